package org.distillgrid.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TestAnswer {
  private static final Significance NOTHING = new Significance("", List.of());

  private static SummaryCell row(String bits, String method, double psnr, OptionalDouble teacher) {
    CellName cell = new CellName("edsr", bits, "lsq", method);
    return new SummaryCell(cell, method, "Set5", psnr, teacher, OptionalDouble.of(psnr - 34));
  }

  private static List<String> sentences(List<SummaryCell> rows, OptionalDouble teacher) {
    List<SummaryCell> best = BestCells.of(rows, "Set5");
    return new Answer("Set5", best, Answer.Several.of(rows)).sentences(teacher, NOTHING);
  }

  @Test
  void namesTheBestCellAtEachBitWidthAndItsDistances() {
    OptionalDouble far = OptionalDouble.of(-0.5);
    List<SummaryCell> rows =
        List.of(
            row("w2a2", "none", 31, far),
            row("w4a4", "none", 33, far),
            row("w4a4", "logits", 33.25, OptionalDouble.of(-0.25)),
            row("fp", "none", 34, far));

    assertThat(sentences(rows, OptionalDouble.of(34.5)))
        .containsExactly(
            "On Set5 the best cell is none with 34.000 dB at fp, logits with 33.250 dB at w4a4,"
                + " none with 31.000 dB at w2a2.",
            "That is −0.500 dB at fp, −0.250 dB at w4a4, −0.500 dB at w2a2 to the teacher"
                + " (34.500 dB), and +0.000 dB at fp, −0.750 dB at w4a4, −3.000 dB at w2a2 to the"
                + " same student at full precision without a method.",
            "No method can be compared with none yet, so no difference is tested.");
  }

  @Test
  void tellsStudentsApartWhereThereAreSeveralAndDoesWithoutATeacher() {
    SummaryCell one = row("fp", "none", 34, OptionalDouble.empty());
    SummaryCell other =
        new SummaryCell(
            new CellName("rlfn", "fp", "fp", "tuned"),
            "tuned (weight=0.4)",
            "Set5",
            35,
            OptionalDouble.empty(),
            OptionalDouble.empty());

    assertThat(sentences(List.of(one, other), OptionalDouble.empty()))
        .startsWith(
            "On Set5 the best cell is rlfn tuned (weight=0.4) with 35.000 dB at fp.",
            "There is neither a teacher nor a student at full precision to compare with.");
  }

  @Test
  void identicalImagesAreInfinitelyAlike() {
    double infinite = Double.POSITIVE_INFINITY;
    List<SummaryCell> rows = List.of(row("fp", "none", infinite, OptionalDouble.of(infinite)));

    assertThat(sentences(rows, OptionalDouble.of(34)))
        .startsWith(
            "On Set5 the best cell is none with ∞ dB at fp.",
            "That is +∞ dB at fp to the teacher (34.000 dB), and +∞ dB at fp to the same student at"
                + " full precision without a method.");
  }

  @Test
  void saysThatNothingHasFinished() {
    assertThat(sentences(List.of(), OptionalDouble.empty()))
        .containsExactly("No trial has finished with a score yet.");
  }
}
