package org.distillgrid.jobs.run.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.distillgrid.jobs.draft.SpecImages;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDiskEstimate {
  @TempDir Path folder;

  private DiskEstimate of(String method) {
    Catalog catalog = Catalog.load();
    RunSpec spec =
        SpecFolder.in(folder)
            .read(
                SpecFolder.LEAST + "teacher: {model: edsr}\n",
                "grid.method=[" + method + "]",
                "grid.seed=[0, 1]");
    return DiskEstimate.of(
        spec, catalog, GridExpansion.expand(spec, catalog), new SpecImages(100, 1e6));
  }

  @Test
  void ofATunedMethodOnlyOneCandidateCountsAtFurtherSeeds() {
    // Three candidates and the chosen one are as many trials as two methods at two seeds.
    assertThat(of("'fakd(weight=[0.004, 0.04, 0.4])'"))
        .isEqualTo(of("fakd, 'fakd(weight=0.4)'"))
        .isNotEqualTo(of("fakd"));
  }
}
