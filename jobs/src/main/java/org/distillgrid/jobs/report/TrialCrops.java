package org.distillgrid.jobs.report;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.jobs.table.TrainedStudent;
import org.distillgrid.jobs.table.TrialRow;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.CropSheet;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.eval.MemoryBound;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.eval.ShownImage;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Comparison;
import org.distillgrid.kd.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores one image with trials of a run, for the eye to compare. */
public final class TrialCrops {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrialCrops.class);
  private static final String LABEL = "student_label";

  private final RunFolder run;
  private final Choice choice;
  private final MemoryBound memory;
  private final Dataset<Row> trials;

  /**
   * Which trials are shown.
   *
   * @param student a model or a label; null where the run has one only
   * @param quantizer null where the run has one only beside full precision
   * @param method the distillation method or its label
   * @param seed null for the least
   */
  public record Choice(String student, String quantizer, String method, Long seed) {}

  /**
   * Chooses among the finished trials of a run.
   *
   * @param memory what one image may take; larger ones are restored in tiles
   */
  public TrialCrops(Tables tables, RunFolder run, Choice choice, MemoryBound memory) {
    this.run = run;
    this.choice = choice;
    this.memory = memory;
    this.trials =
        tables
            .labelled(TableName.TRIALS)
            .where(col("status").equalTo(TrialRow.FINISHED))
            .where(isOf(choice.method()));
  }

  // A tuned method's label stands for the chosen candidate.
  private static Column isOf(String method) {
    Column isNamed = col("tuned").isNull().or(col("label").notEqual(col("tuned")));
    return col("method")
        .equalTo(method)
        .or(col("label").equalTo(method).and(isNamed))
        .or(col("tuned").equalTo(method).and(col("chosen")));
  }

  /**
   * Returns the degraded image, a restoration at each of the bit-widths, and the ground truth.
   *
   * @throws GridException if there is no such trial, or more than one
   */
  public List<CropSheet.Panel> panels(NamedImage image, List<String> bits) {
    PlanarImage truth = image.image().get();
    List<CropSheet.Panel> panels = new ArrayList<>();
    for (String width : bits) {
      TrainedStudent trial = new TrainedStudent(run, trial(width));
      Task task = trial.task();
      try (LoadedNetwork loaded = trial.open()) {
        ShownImage shown = ShownImage.of(image, task, loaded.network().target().imageChannels());
        truth = shown.whole();
        if (panels.isEmpty()) {
          panels.add(new CropSheet.Panel("input", shown.input(), task.scale()));
        }
        PlanarImage restored = shown.restoredBy(loaded.network(), memory, LOGGER::warn);
        double psnr = Comparison.by(task.judgement()).score(shown.truth(), restored).psnr();
        String caption = String.format(Locale.ROOT, "%s: %.2f dB", width, psnr);
        panels.add(new CropSheet.Panel(caption, restored, 1));
      }
    }
    panels.add(new CropSheet.Panel("ground truth", truth, 1));
    return panels;
  }

  private Row trial(String bits) {
    Dataset<Row> found = trials.where(col("bits").equalTo(bits));
    if (choice.student() != null) {
      found =
          found.where(
              col("student").equalTo(choice.student()).or(col(LABEL).equalTo(choice.student())));
    }
    if (choice.quantizer() != null && !bits.equals("fp")) {
      found = found.where(col("quantizer").equalTo(choice.quantizer()));
    }
    if (choice.seed() != null) {
      found = found.where(col("seed").equalTo(choice.seed()));
    }
    List<Row> rows = found.orderBy("seed").collectAsList();
    if (rows.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot show %s: %s has no finished trial of it with method %s",
          bits,
          run.location(),
          choice.method());
    }
    Row first = rows.get(0);
    for (Row other : rows) {
      requireSame(LABEL, "--student", first, other, bits);
      requireSame("quantizer", "--quantizer", first, other, bits);
    }
    return first;
  }

  private static void requireSame(String column, String option, Row first, Row other, String bits) {
    if (!first.getAs(column).equals(other.getAs(column))) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot choose a trial of %s: say %s (%s or %s)",
          bits,
          option,
          first.getAs(column),
          other.getAs(column));
    }
  }
}
