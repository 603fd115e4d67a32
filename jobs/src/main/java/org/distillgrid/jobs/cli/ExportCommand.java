package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.export.ExportJob;
import org.distillgrid.jobs.export.PackedExport;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.ExportResult;
import org.distillgrid.jobs.report.ExportTable;
import org.distillgrid.jobs.run.RunLock;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.export.OnnxFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: a trial's student as a file for other runtimes. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes the student of a trial as a file. ONNX: integers between QuantizeLinear and"
            + " DequantizeLinear where it is quantised; the file is scored in ONNX Runtime on the"
            + " run's evaluation sets, beside the fake-quantised student, and both stand in the"
            + " tables exports and summary. Packed: every weight as a number of its bits, to the"
            + " bit what the trial trained.",
    footerHeading = "%nExample:%n",
    footer = {
      "  distill-grid export runs/quickstart 3f2a --out student.onnx",
      "  distill-grid export runs/quickstart 3f2a --format packed --out packed.safetensors"
    })
public final class ExportCommand implements Callable<Integer> {
  private static final int STANDARD_SIDE = 128;

  /** A file format. */
  enum Format {
    /** Open Neural Network Exchange. */
    ONNX,
    /** Safetensors with the weights at their bits. */
    PACKED
  }

  @Mixin private RunArguments run;

  @Parameters(
      index = "1",
      paramLabel = "TRIAL",
      description = "The trial's id, or the beginning of it.")
  private String trial;

  @Option(
      names = "--format",
      defaultValue = "onnx",
      description = "The format: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The file to write (default: RUN/exports/<trial>.onnx or"
              + " RUN/exports/<trial>-packed.safetensors).")
  private Path out;

  @Option(
      names = "--size",
      split = "x",
      arity = "1",
      hideParamSyntax = true,
      paramLabel = "WIDTHxHEIGHT",
      description =
          "Size of the degraded image, for students that ONNX can hold for one only (default:"
              + " 128x128).")
  private List<Integer> size;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    requireSense();
    try (OpenRun opened = run.open()) {
      switch (format) {
        case ONNX -> onnx(opened);
        case PACKED -> packed(opened);
      }
    }
    return 0;
  }

  private void requireSense() {
    if (size == null) {
      return;
    }
    if (format != Format.ONNX) {
      throw GridException.of(ErrorCode.USAGE, "Cannot export: --size goes with --format onnx");
    }
    if (size.size() != 2 || size.get(0) < 1 || size.get(1) < 1) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot export: --size takes WIDTHxHEIGHT, for instance 128x128");
    }
  }

  private void onnx(OpenRun opened) {
    OnnxFile.Size only = new OnnxFile.Size(STANDARD_SIDE, STANDARD_SIDE);
    if (size != null) {
      only = new OnnxFile.Size(size.get(1), size.get(0));
    }
    // Taking the lock of a folder that is no run would make one of it.
    opened.tables();
    SparkSession session = opened.session();
    RunFolder folder = opened.folder();
    RunLock lock = RunLock.take(folder);
    try (lock) {
      print(new ExportJob(session, folder).run(trial, Optional.ofNullable(out), only));
      say("Tables: " + folder.location() + " (" + ExportTable.publish(session, folder) + ")");
    }
  }

  // No table changes, so that no lock is needed: it may be done while the run goes on.
  private void packed(OpenRun opened) {
    PackedExport.Outcome outcome =
        new PackedExport(opened.session(), opened.folder()).run(trial, Optional.ofNullable(out));
    say(
        String.format(
            Locale.ROOT,
            "%s: %s, %d bytes, %s",
            format.name(),
            outcome.path(),
            outcome.bytes(),
            outcome.source()));
  }

  private void print(ExportJob.Outcome outcome) {
    ExportResult result = outcome.result();
    String taken = "images of any size";
    if (!outcome.obstacle().isEmpty()) {
      taken = "images of " + result.size() + " only: " + outcome.obstacle();
    }
    say(
        String.format(
            Locale.ROOT,
            "%s: %s, %d bytes, opset %d, takes %s",
            format.name(),
            result.path(),
            result.bytes(),
            result.opset(),
            taken));
    if (result.scores().isEmpty()) {
      say("Not scored: evaluation sets hold images of other sizes, or there are none.");
    }
    Map<String, List<ExportResult.Score>> sets = new LinkedHashMap<>();
    result
        .scores()
        .forEach(
            score -> sets.computeIfAbsent(score.dataset(), set -> new ArrayList<>()).add(score));
    sets.forEach(
        (set, scores) -> {
          double fake = mean(scores.stream().mapToDouble(ExportResult.Score::psnrFake).toArray());
          double whole =
              mean(scores.stream().mapToDouble(ExportResult.Score::psnrInteger).toArray());
          say(
              String.format(
                  Locale.ROOT,
                  "%s: PSNR %.4f dB here, %.4f dB in %s (%+.4f)",
                  set,
                  fake,
                  whole,
                  result.runtime(),
                  whole - fake));
        });
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private void say(String line) {
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(line);
    writer.flush();
  }
}
