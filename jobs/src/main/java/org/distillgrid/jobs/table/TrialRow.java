package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.BOOLEAN;
import static org.distillgrid.jobs.table.ColumnType.INT;
import static org.distillgrid.jobs.table.ColumnType.LONG;
import static org.distillgrid.jobs.table.ColumnType.REAL;
import static org.distillgrid.jobs.table.ColumnType.TEXT;
import static org.distillgrid.jobs.table.ColumnType.TIME;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Circumstances;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.LpipsNetwork;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.quant.Bits;

/**
 * What a row of {@link TableName#TRIALS} is made from.
 *
 * @param name name of the run's spec
 * @param run the run folder
 * @param teacherHash SHA-256 of the weights of the run's teacher; empty where there is none
 * @param trial what was trained
 * @param tuning its part in the tuning of its cell; null where its method is not tuned
 * @param result what came of it
 */
public record TrialRow(
    String name,
    RunFolder run,
    String teacherHash,
    TrialAxes trial,
    TuningPart tuning,
    TrialResult result) {
  /** What the column {@code status} says of a trial that has finished. */
  public static final String FINISHED = "finished";

  private static final String FAILED = "failed";

  /** The columns. */
  public static final Columns<TrialRow> COLUMNS =
      Columns.<TrialRow>none()
          .required(
              "trial_id",
              TEXT,
              "16 hexadecimal digits over all that decides the numbers",
              row -> row.result.trialId())
          .required("name", TEXT, "name of the run's spec", TrialRow::name)
          .required("task", TEXT, "task family, for instance sr", row -> row.trial.task())
          .required("scale", INT, "target size over input size", row -> row.trial.scale())
          .required("student", TEXT, "model name of the student", row -> row.trial.student())
          .optional(
              "student_label",
              TEXT,
              "what the spec calls the student; without a label, its model",
              row -> Optional.of(row.trial.studentLabel()))
          .optional(
              "start",
              TEXT,
              "what the student started from: pretrained, scratch, given or teacher",
              row -> Optional.of(row.trial.start()))
          .required(
              "bits",
              TEXT,
              "fp, or weight and activation bits such as w4a4",
              row -> row.trial.bits())
          .required(
              "bits_weight",
              INT,
              "bits of a weight, 32 for full precision",
              row -> row.bits().weight())
          .required(
              "bits_activation",
              INT,
              "bits of an activation, 32 for full precision",
              row -> row.bits().activation())
          .required(
              "quantizer",
              TEXT,
              "quantiser, fp when nothing is quantised",
              row -> row.trial.quantizer())
          .required(
              "method", TEXT, "distillation method, none without one", row -> row.trial.method())
          .required(
              "label",
              TEXT,
              "what the spec calls the method; without a label, the method",
              row -> row.trial.label())
          .optional(
              "tuned",
              TEXT,
              "what the spec calls the tuned method that it is a candidate of, or the chosen one;"
                  + " null for others",
              row -> row.part(TuningPart::label))
          .optional(
              "tuned_options",
              TEXT,
              "its values of the tuned method's lists, weight=0.04; null likewise",
              row -> row.part(TuningPart::options))
          .optional(
              "candidate",
              BOOLEAN,
              "whether its validation counts for the choice: its seed is one of grid.tune; null"
                  + " likewise",
              row -> row.part(TuningPart::isCandidate))
          .optional(
              "chosen",
              BOOLEAN,
              "whether its values are the chosen ones of its cell: a candidate with false is a"
                  + " candidate only; null likewise, and until all candidates have ended",
              row -> Optional.ofNullable(row.tuning).flatMap(TuningPart::chosen))
          .required("seed", LONG, "seed of the trial", row -> row.trial.seed())
          .optional(
              "teacher_predict",
              TEXT,
              "once where what the method reads of the teacher was predicted once for all patches,"
                  + " batch where the teacher ran at every step; null where it reads nothing",
              row -> row.trial.predict())
          .required("status", TEXT, "finished or failed", TrialRow::status)
          .optional("error", TEXT, "why it failed, one line", TrialRow::error)
          .optional(
              "diverged",
              TEXT,
              "why its training counts as diverged; null if it does not",
              row -> row.finished(FinishedResult::diverged).filter(why -> !why.isEmpty()))
          .required("steps", LONG, "updates made", row -> row.circumstances().steps())
          .required("seconds", REAL, "time that the trial took of its cohort's", TrialRow::seconds)
          .required(
              "attempt",
              TEXT,
              "id of the attempt whose result this is",
              row -> row.circumstances().attempt())
          .required(
              "device", TEXT, "cpu, or a GPU such as gpu:0", row -> row.circumstances().device())
          .required(
              "slot",
              TEXT,
              "host, executor and address that Spark assigned",
              row -> row.circumstances().slot())
          .required(
              "threads",
              INT,
              "intra-op threads of the engine",
              row -> row.circumstances().threads())
          .optional(
              "parameters",
              LONG,
              "weights and biases of the student",
              row -> row.finished(FinishedResult::parameters))
          .optional(
              "packed_bytes",
              LONG,
              "length of the file that holds the student at its bits",
              TrialRow::packedBytes)
          .optional(
              "macs",
              LONG,
              "multiplications with an addition for a result of 1280×720",
              row -> row.finished(FinishedResult::macs))
          .optional(
              "bit_operations",
              LONG,
              "macs, each times the bits of both operands, 32 for full precision",
              row -> row.finished(FinishedResult::bitOperations))
          .optional(
              "weight_hash",
              TEXT,
              "SHA-256 of the evaluated weights, hexadecimal",
              row -> row.finished(FinishedResult::weightHash))
          .optional("weights_path", TEXT, "file of the evaluated weights", TrialRow::weights)
          .optional(
              "packed_path",
              TEXT,
              "file of the student at its bits; null, as packed_bytes, where the version of then"
                  + " kept none",
              TrialRow::packed)
          .required(
              "teacher",
              TEXT,
              "model name of the teacher; empty where the trial reads none",
              row -> row.ofTeacher(row.trial.teacher()))
          .required(
              "teacher_hash",
              TEXT,
              "SHA-256 of the teacher's weights, hexadecimal; empty where the trial reads none",
              row -> row.ofTeacher(row.teacherHash))
          .optional(
              "lpips_backbone",
              TEXT,
              "in whose features LPIPS compared images; null where it was not measured",
              row -> row.lpips(LpipsNetwork::backbone))
          .optional(
              "lpips_hash",
              TEXT,
              "SHA-256 of its weights and the linear ones, hexadecimal; null likewise",
              row -> row.lpips(LpipsNetwork::hash))
          .required(
              "version",
              TEXT,
              "version of distill-grid",
              row -> row.circumstances().versions().distillGrid())
          .required(
              "engine_version",
              TEXT,
              "version of PyTorch",
              row -> row.circumstances().versions().engine())
          .required(
              "java_version", TEXT, "version of Java", row -> row.circumstances().versions().java())
          .required("finished_at", TIME, "when the trial ended", TrialRow::finishedAt);

  private <T> Optional<T> part(Function<TuningPart, T> value) {
    return Optional.ofNullable(tuning).map(value);
  }

  private String ofTeacher(String what) {
    if (trial.readsTeacher()) {
      return what;
    }
    return "";
  }

  private Bits bits() {
    return Bits.parse(trial.bits());
  }

  private Circumstances circumstances() {
    return result.circumstances();
  }

  private String status() {
    return result.either(finished -> FINISHED, failed -> FAILED);
  }

  private Optional<String> error() {
    return result.either(finished -> Optional.empty(), failed -> Optional.of(failed.error()));
  }

  private double seconds() {
    return finished(FinishedResult::seconds).orElse(0.0);
  }

  private Optional<Long> packedBytes() {
    return packed().flatMap(path -> finished(FinishedResult::packedBytes));
  }

  private Optional<String> weights() {
    return finished(FinishedResult::weights).flatMap(this::file);
  }

  private Optional<String> packed() {
    return finished(FinishedResult::packed).flatMap(this::file);
  }

  private Optional<String> file(String relative) {
    return Optional.of(relative)
        .filter(path -> !path.isEmpty())
        .map(path -> run.at(path).toString());
  }

  private Optional<String> lpips(Function<LpipsNetwork, String> value) {
    return finished(FinishedResult::lpips).map(value);
  }

  /** Returns what only a finished trial has, if it is there. */
  private <T> Optional<T> finished(Function<FinishedResult, T> value) {
    return result.either(
        finished -> Optional.ofNullable(value.apply(finished)), failed -> Optional.empty());
  }

  private Timestamp finishedAt() {
    return Timestamp.from(Instant.parse(circumstances().finishedAt()));
  }
}
