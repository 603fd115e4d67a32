package org.distillgrid.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.SpecChecks;
import org.distillgrid.jobs.spec.binding.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specs that come with the project are whole, whether or not their images are here. */
class TestGrids {
  private static final Path GRIDS = Path.of("../grids");

  @ParameterizedTest
  @MethodSource("grids")
  void passesEveryCheckButThatOfItsInputs(Path grid) throws IOException {
    List<String> lines = Files.readAllLines(grid);
    RunSpec spec = SpecReader.effective(String.join("\n", lines), grid.toString());
    Problems problems = new Problems(grid.toString());
    new SpecChecks(Catalog.load(), problems).check(spec);

    problems.throwIfAny();
    Path schema = grid.getParent().relativize(GRIDS.resolve("spec.schema.json"));
    assertThat(lines)
        .startsWith(
            "# yaml-language-server: $schema=" + schema,
            "# bin/distill-grid run grids/" + GRIDS.relativize(grid));
    assertThat(spec.name() + ".yaml").isEqualTo(grid.getFileName().toString());
    assertThat(GridExpansion.expand(spec, Catalog.load()).trials()).isNotEmpty();
  }

  static List<Path> grids() throws IOException {
    try (Stream<Path> files = Files.walk(GRIDS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
