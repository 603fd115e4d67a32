package org.distillgrid.jobs.page;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The answer of a run in three sentences: the best cell at each bit-width, how far it is from the
 * teacher and from full precision, and which methods differ from none beyond chance.
 *
 * @param dataset the test set that the first two speak of
 * @param best the best cells on it, from full precision down; none as long as no trial has finished
 * @param several how many students and quantisers the run has, more than one of which are named
 */
record Answer(String dataset, List<SummaryCell> best, Several several) {
  /** Whether cells have to be told apart by their student or quantiser. */
  record Several(boolean students, boolean quantizers) {
    static Several of(List<SummaryCell> summary) {
      return new Several(
          count(summary, CellName::student) > 1,
          count(
                  summary.stream().filter(row -> !row.cell().bits().equals("fp")).toList(),
                  CellName::quantizer)
              > 1);
    }

    private static long count(List<SummaryCell> summary, Function<CellName, String> part) {
      return summary.stream().map(row -> part.apply(row.cell())).distinct().count();
    }
  }

  /**
   * Returns the sentences.
   *
   * @param teacher the teacher's mean PSNR on the set, if there is one
   */
  List<String> sentences(OptionalDouble teacher, Significance significance) {
    if (best.isEmpty()) {
      return List.of("No trial has finished with a score yet.");
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "On %s the best cell is %s."
            .formatted(dataset, joined(row -> told(row) + " at " + bits(row))));
    sentences.add(distances(teacher));
    sentences.add(significance.sentence());
    return sentences;
  }

  private String distances(OptionalDouble teacher) {
    List<String> clauses = new ArrayList<>();
    if (teacher.isPresent()) {
      clauses.add(
          joined(row -> signed(row.minusTeacher()) + " at " + bits(row))
              + " to the teacher (%s)".formatted(Decibels.of(teacher.getAsDouble())));
    }
    if (best.stream().anyMatch(row -> row.minusFullPrecision().isPresent())) {
      clauses.add(
          joined(row -> signed(row.minusFullPrecision()) + " at " + bits(row))
              + " to the same student at full precision without a method");
    }
    if (clauses.isEmpty()) {
      return "There is neither a teacher nor a student at full precision to compare with.";
    }
    return "That is " + String.join(", and ", clauses) + ".";
  }

  private String joined(Function<SummaryCell, String> part) {
    return best.stream().map(part).collect(Collectors.joining(", "));
  }

  private String told(SummaryCell row) {
    List<String> parts = new ArrayList<>();
    if (several.students) {
      parts.add(row.cell().student());
    }
    if (several.quantizers && !row.cell().bits().equals("fp")) {
      parts.add(row.cell().quantizer());
    }
    parts.add(row.method());
    return String.join(" ", parts) + " with " + Decibels.of(row.psnr());
  }

  private static String bits(SummaryCell row) {
    return row.cell().bits();
  }

  private static String signed(OptionalDouble decibels) {
    if (decibels.isEmpty()) {
      return "unknown";
    }
    return Decibels.signed(decibels.getAsDouble());
  }
}
