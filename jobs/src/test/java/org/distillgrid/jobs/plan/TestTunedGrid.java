package org.distillgrid.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids whose methods have lists of values. */
class TestTunedGrid {
  private static final ContentKeys KEYS = new ContentKeys("da7a", "7eac4e5", "e4c0de5");
  private static final String TUNED = "grid.method=['fakd(weight=[0.004, 0.4])']";

  @TempDir Path folder;

  private RunSpec spec(String... overrides) {
    return SpecFolder.in(folder).read(SpecFolder.LEAST + "teacher: {model: edsr}\n", overrides);
  }

  private TrialPlan plan(String... overrides) {
    return GridExpansion.expand(spec(overrides), Catalog.load());
  }

  private static List<String> names(List<Trial> trials) {
    return trials.stream().map(Trial::name).toList();
  }

  @Test
  void candidatesAreAtTheFirstSeedAndOneOfThemIsAtTheOthers() {
    TrialPlan plan = plan(TUNED, "grid.seed=[3, 1, 2]");

    assertThat(plan.trials()).hasSize(6);
    assertThat(names(plan.expected()))
        .containsExactly(
            "edsr-c16-b4 fp fp fakd(weight=0.004) seed 3",
            "edsr-c16-b4 fp fp fakd(weight=0.4) seed 3",
            "edsr-c16-b4 fp fp fakd(weight=0.4) seed 1",
            "edsr-c16-b4 fp fp fakd(weight=0.4) seed 2");
    assertThat(plan.later()).hasSize(4);
    assertThat(plan.trials()).allMatch(trial -> trial.label().equals("fakd(weight=[0.004,0.4])"));
    assertThat(plan.tuned())
        .singleElement()
        .satisfies(
            cell -> {
              assertThat(cell.tuneSeeds()).containsExactly(3L);
              assertThat(cell.furtherSeeds()).containsExactly(1L, 2L);
              assertThat(cell.place()).isEqualTo("edsr-c16-b4 fp fp");
            });
  }

  @Test
  void aCandidateIsTheTrialThatItIsByItself() {
    List<String> tuned =
        plan(TUNED, "grid.seed=[0, 1]").trials().stream().map(trial -> trial.id(KEYS)).toList();
    List<String> plain =
        plan("grid.method=['fakd(weight=0.004)', 'fakd(weight=0.4)']", "grid.seed=[0, 1]")
            .trials()
            .stream()
            .map(trial -> trial.id(KEYS))
            .toList();

    assertThat(tuned).isEqualTo(plain).doesNotHaveDuplicates();
  }

  @Test
  void eachCellIsTunedByItselfAndThoseWithoutTrainingAreNot() {
    TrialPlan plan =
        plan(
            "grid.bits=[w4a4, w2a2]",
            "grid.quantizer=[lsq, minmax]",
            "grid.seed=[0, 1, 2]",
            "grid.tune.seeds=[2, 0]",
            "grid.method=[none, 'fakd(weight=[0.004, 0.4]) as tuned']");

    assertThat(plan.tuned())
        .extracting(TunedCell::place, TunedCell::label, TunedCell::tuneSeeds)
        .containsExactly(
            tuple("edsr-c16-b4 w4a4 lsq", "tuned", List.of(0L, 2L)),
            tuple("edsr-c16-b4 w2a2 lsq", "tuned", List.of(0L, 2L)));
    assertThat(plan.tuned().get(0).compared()).hasSize(4);
    // none of lsq and minmax, two candidates at two seeds, one at the third.
    assertThat(plan.expected()).hasSize(2 * (3 + 3 + 2 * 2 + 1));
  }

  @Test
  void aMethodMayBeNamedByItselfBeside() {
    TrialPlan plan = plan("grid.method=[logits, 'logits(weight=[1, 2])']", "grid.seed=[0, 1]");

    assertThat(plan.trials())
        .extracting(Trial::label)
        .containsExactly("logits", "logits", "logits(weight=[1,2])", "logits(weight=[1,2])");
    assertThat(names(List.copyOf(plan.later())))
        .containsExactly("edsr-c16-b4 fp fp logits(weight=2) seed 1");
    assertThat(plan.expected()).hasSize(4);
  }

  @Test
  void excludeTakesOutATunedMethodOrOneCandidate() {
    assertThat(
            names(
                plan(
                        "grid.method=[none, 'fakd(weight=[0.004, 0.05, 0.4]) as tuned']",
                        "grid.bits=[fp, w4a4]",
                        "grid.exclude=[{bits: fp, method: tuned},"
                            + " {bits: w4a4, method: 'fakd(weight=0.4)'}]")
                    .trials()))
        .containsExactly(
            "edsr-c16-b4 fp fp none seed 0",
            "edsr-c16-b4 w4a4 lsq none seed 0",
            "edsr-c16-b4 w4a4 lsq fakd(weight=0.004) seed 0",
            "edsr-c16-b4 w4a4 lsq fakd(weight=0.05) seed 0");
  }

  @Test
  void toExcludeATunedMethodIsNotToExcludeWhatIsNamedByItselfBeside() {
    String grid = "grid.method=[fakd, 'fakd(weight=[0.01, 0.4]) as tuned', 'fakd(weight=0.4)']";

    assertThat(names(plan(grid, "grid.exclude=[{method: tuned}]").trials()))
        .containsExactly(
            "edsr-c16-b4 fp fp fakd seed 0", "edsr-c16-b4 fp fp fakd(weight=0.4) seed 0");
    assertThat(names(plan(grid, "grid.exclude=[{method: 'fakd(weight=0.4)'}]").trials()))
        .containsExactly(
            "edsr-c16-b4 fp fp fakd seed 0", "edsr-c16-b4 fp fp fakd(weight=0.01) seed 0");
  }

  @Test
  void optionsGoByTheirNamesHoweverTheyAreWritten() {
    List<String> written =
        names(plan("grid.method=['fakd(weight=[1, 0.4], points=[2, 1])']").trials());

    assertThat(written)
        .isEqualTo(names(plan("grid.method=['fakd(points=[2, 1], weight=[1, 0.4])']").trials()))
        .first()
        .isEqualTo("edsr-c16-b4 fp fp fakd(points=2,weight=1) seed 0");
    assertThat(written.get(1)).isEqualTo("edsr-c16-b4 fp fp fakd(points=2,weight=0.4) seed 0");
  }

  @Test
  void aGridMayGrowByValuesAndSeeds() {
    RunSpec old = spec(TUNED);
    RunSpec longer =
        spec("grid.method=['fakd(weight=[0.04, 0.004, 0.4]) as t']", "grid.seed=[0, 1]");
    RunSpec other = spec("grid.method=['fakd(weight=[0.04, 0.4])']");
    RunSpec elsewhere = spec(TUNED, "grid.seed=[0, 1]", "grid.tune.seeds=[1]");

    assertThat(SpecDifference.between(old, longer, Catalog.load())).isEmpty();
    assertThat(SpecDifference.between(old, elsewhere, Catalog.load())).isEmpty();
    assertThat(SpecDifference.between(longer, old, Catalog.load())).isNotEmpty();
    assertThat(SpecDifference.between(old, other, Catalog.load()))
        .containsExactly("grid.method: [fakd(weight=[0.004, 0.4])] → [fakd(weight=[0.04, 0.4])]");
  }

  @Test
  void refusesWhatCannotBeTuned() {
    refused("grid.tune.seeds: 9 is no seed of the grid (valid: [0])", TUNED, "grid.tune.seeds=9");
    refused("grid.tune.seeds: 0 appears twice", TUNED, "grid.tune.seeds=[0, 0]");
    refused("grid.method: Cannot tune method fakd(weight=[]): ", "grid.method=['fakd(weight=[])']");
    refused(
        "grid.method: Cannot tune fakd(weight=[0.04,0.4]) and fakd(weight=[0.4,4]) both:"
            + " fakd(weight=0.4) is a candidate of both",
        "grid.method=['fakd(weight=[0.04, 0.4])', 'fakd(weight=[0.4, 4])']");
    refused(
        "grid.method: fakd(weight=[4e-2, 0.4]) appears twice, as fakd(weight=[0.04, 0.4]) is the"
            + " same",
        "grid.method=['fakd(weight=[0.04, 0.4])', 'fakd(weight=[4e-2, 0.4])']");
    refused(
        "Cannot tune fakd(weight=[0.004,0.4]) of edsr-c16-b4 fp fp: its candidates have different"
            + " seeds, weight=0.004 at [1] and weight=0.4 at [0, 1]",
        TUNED,
        "grid.seed=[0, 1]",
        "grid.exclude=[{method: 'fakd(weight=0.004)', seed: 0}]");
    refused(
        "Cannot tune t of edsr-c16-b4 fp fp: it has seeds [1], and none of grid.tune.seeds [0]",
        "grid.seed=[0, 1]",
        "grid.method=[none, 'fakd(weight=[0.004, 0.4]) as t']",
        "grid.tune.seeds=0",
        "grid.exclude=[{method: t, seed: 0}]");
  }

  private void refused(String problem, String... overrides) {
    assertThatThrownBy(() -> spec(overrides))
        .isInstanceOf(GridException.class)
        .hasMessageContaining(problem);
  }
}
