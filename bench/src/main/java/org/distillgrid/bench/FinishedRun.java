package org.distillgrid.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Circumstances;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.plan.ContentKeys;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialIds;
import org.distillgrid.jobs.run.Grid;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.train.CurvePoint;

/**
 * A run folder in which thousands of trials have finished, made without training them: one trial is
 * trained, its result is given to all, with the scores of fourteen images and a curve of a hundred
 * points; its weights are linked. The journal has two events a trial, and there are no tables.
 */
final class FinishedRun {
  private static final int A_SEED = 20;
  private static final int IMAGES = 14;
  private static final int POINTS = 20;
  private static final List<String> SERIES =
      List.of("loss/pixel", "loss/total", "learning_rate", "validation_psnr", "method/none");
  private static final String ATTEMPT = "01a2251b608e-80fb28-0";
  private static final JsonMapper JSON = new JsonMapper();
  private static final String YAML =
      """
      name: finished
      data: {train: [train], patch: 32, stride: 32}
      task: {name: sr, scale: 2}
      grid:
        student: [edsr-c4-b1]
        bits: [w8a8, w6a6, w4a4, w3a3, w2a2]
        quantizer: [lsq, dorefa, pams, minmax]
        method: [none]
        seed: [%s]
      train:
        pretrain: {steps: 2, batch: 2}
        steps: 2
        batch: 2
        calibrationBatches: 1
        validatePatches: 2
      evaluate: {sets: [{name: test, path: test}]}
      output: {path: "%s"}
      """;

  private final Path folder;
  private final RunFolder run;

  FinishedRun(Path folder) {
    this.folder = folder;
    this.run = RunFolder.of(folder.resolve("run").toString(), new Configuration());
  }

  /** Returns the spec's file. */
  String spec() {
    return folder.resolve("finished.yaml").toString();
  }

  /** Makes the folder. */
  void make(SparkSession session, int trials) throws IOException {
    for (int i = 0; i < 3; i++) {
      image(folder.resolve("train/" + i + ".png"), i);
    }
    image(folder.resolve("test/3.png"), 3);
    write(1);
    FinishedResult one =
        (FinishedResult)
            Grid.of(session, spec(), "grid.bits=[w4a4]", "grid.quantizer=[lsq]")
                .run()
                .outcomes()
                .get(0)
                .result();
    write(trials / A_SEED);
    RunSpec spec = CheckedSpecs.reader(Catalog.load()).read(spec(), List.of());
    List<Trial> all = GridExpansion.expand(spec, Catalog.load()).trials();
    String data = PreparedData.read(run).orElseThrow().fingerprint();
    TrialIds ids = TrialIds.of(all, new ContentKeys(data, "", ""));
    byte[] template = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(lengthened(one));
    String text = new String(template, StandardCharsets.UTF_8);
    int event = 1_000;
    for (Trial trial : all) {
      String id = ids.id(trial);
      finish(id, text.replace(one.trialId(), id), one);
      event(event, Event.of(EventKind.TRIAL_STARTED, id, ATTEMPT, ""));
      event(event + 1, Event.of(EventKind.TRIAL_FINISHED, id, ATTEMPT, one.weightHash()));
      event += 2;
    }
    run.files().delete(run.tables());
    run.files().delete(run.journalIndex());
  }

  private void write(int seeds) throws IOException {
    String numbers =
        LongStream.range(0, seeds).mapToObj(Long::toString).collect(Collectors.joining(", "));
    Files.writeString(
        folder.resolve("finished.yaml"), YAML.formatted(numbers, folder.resolve("run")));
  }

  private static FinishedResult lengthened(FinishedResult one) {
    Circumstances old = one.circumstances();
    List<ImageMetrics> scores = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      scores.add(new ImageMetrics("test", "image-" + i + ".png", 30 + i / 7.0, 0.9, null, "y", 2));
    }
    List<CurvePoint> curve = new ArrayList<>();
    for (int step = 1; step <= POINTS; step++) {
      for (String series : SERIES) {
        curve.add(new CurvePoint(100L * step, series, 1 / (1.0 + step)));
      }
    }
    String place = "attempts/" + one.trialId() + "/" + ATTEMPT + "/";
    return new FinishedResult(
        new Circumstances(
            one.trialId(),
            ATTEMPT,
            old.steps(),
            old.device(),
            old.slot(),
            old.threads(),
            old.teacherHash(),
            old.versions(),
            old.finishedAt()),
        one.seconds(),
        one.parameters(),
        one.packedBytes(),
        one.macs(),
        one.bitOperations(),
        one.weightHash(),
        place + "weights.safetensors",
        place + "packed.safetensors",
        "",
        one.lpips(),
        scores,
        curve);
  }

  private void finish(String id, String result, FinishedResult one) throws IOException {
    Path attempt = folder.resolve("run/attempts/" + id + "/" + ATTEMPT);
    Files.createDirectories(attempt);
    Files.createLink(
        attempt.resolve("weights.safetensors"), folder.resolve("run/" + one.weights()));
    Files.createLink(attempt.resolve("packed.safetensors"), folder.resolve("run/" + one.packed()));
    Files.writeString(attempt.resolve("result.json"), result);
  }

  private void event(int number, Event event) throws IOException {
    String name =
        String.format(Locale.ROOT, "%08d-%s-%s.json", number, event.kind().text(), event.subject());
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("run/journal").resolve(name).toFile(), event);
  }

  private static void image(Path file, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
