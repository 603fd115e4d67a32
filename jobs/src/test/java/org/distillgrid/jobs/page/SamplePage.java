package org.distillgrid.jobs.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.distillgrid.kd.image.PlanarImage;

/** What a page shows of a run with three seeds that has something of everything. */
final class SamplePage {
  /** A label that would be markup, and end a script, were it not text. */
  static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  static final List<String> BITS = List.of("fp", "w4a4", "w2a2");
  private static final List<String> METHODS = List.of("none", "logits", "spark", HOSTILE);
  private static final List<String> SETS = List.of("Set5", "Set14");
  private static final int IMAGES = 8;

  private SamplePage() {}

  static Sections sections() {
    Sections sections = new Sections();
    sections.add("name", "sample");
    sections.add("madeAt", "2026-01-01T00:00:00Z");
    sections.add("state", "Of 40 trials 36 finished, 1 failed; 3 are not in the tables.");
    sections.add("answer", List.of("One.", "Two.", "Three."));
    sections.add("asked", List.of(new Entry("Task", "sr ×2"), new Entry("Methods", HOSTILE)));
    sections.add("provenance", List.of(new Entry("Tables", "v000001")));
    sections.add("command", "bin/distill-grid run spec.yaml");
    sections.add("spec", "name: sample");
    sections.add("references", references());
    sections.add("summary", summary());
    sections.add("differences", differences());
    sections.add("tuning", tuning());
    sections.add("curves", curves());
    sections.add("images", SETS.stream().map(SamplePage::images).toList());
    sections.add("gains", GainByDifficulty.of(SETS.stream().map(SamplePage::images).toList()));
    sections.add("crops", crops());
    sections.add(
        "maps",
        List.of(
            new WeightPictures(
                "a",
                cell("w4a4", "spark"),
                0,
                List.of(new WeightPictures.AtStep(10, picture(40))),
                List.of(picture(40)))));
    sections.add("difficulty", new Difficulty(900, signals()));
    sections.add("patches", List.of(new HardPatch("t91/" + HOSTILE, 0.02, 0.05, picture(16))));
    List<TrialLine> failed = List.of(trial("spark", "failed", "loss is not finite " + HOSTILE));
    sections.add("failures", failed);
    sections.add("trials", failed);
    sections.add(
        "rejected",
        List.of(Map.of("dataset", "t91", "path", "/a/" + HOSTILE, "reason", "empty", "bytes", 0)));
    return sections;
  }

  private static CellName cell(String bits, String method) {
    return new CellName("edsr-c16-b4", bits, "lsq", method);
  }

  private static TrialLine trial(String method, String status, String note) {
    return new TrialLine("a", cell("w4a4", method), 0, "", status, note, 10, 1.5, "cpu", "00");
  }

  private static double psnr(String set, String bits, String method, int image) {
    return 34
        - 3 * SETS.indexOf(set)
        - BITS.indexOf(bits)
        + 0.05 * METHODS.indexOf(method)
        + Math.sin(image + METHODS.indexOf(method) / 4.0);
  }

  private static List<Map<String, Object>> references() {
    return SETS.stream()
        .flatMap(
            set ->
                List.of("bicubic", "teacher").stream()
                    .map(id -> Map.<String, Object>of("dataset", set, "trial_id", id, "psnr", 33)))
        .toList();
  }

  private static List<Map<String, Object>> summary() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String set : SETS) {
      for (String bits : BITS) {
        for (String method : METHODS) {
          double psnr = psnr(set, bits, method, 0);
          int width = 32 >> (2 * BITS.indexOf(bits));
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("student_label", "edsr-c16-b4");
          row.put("bits", bits);
          row.put("quantizer", "lsq");
          row.put("label", method);
          row.put("dataset", set);
          row.put("n", 3);
          row.put("n_diverged", 0);
          row.put("psnr_mean", psnr);
          row.put("psnr_std", 0.1);
          row.put("ssim_mean", 0.9);
          row.put("psnr_minus_teacher", psnr - 34);
          row.put("packed_bytes", 1000 * width + METHODS.indexOf(method));
          row.put("bit_operations", 1e9 * width * width);
          row.put("latency_ms", 2.0 + width);
          row.put("fronts", List.of("size", "operations", "latency"));
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static List<DifferencesPart.Shown> differences() {
    List<DifferencesPart.Shown> all = new ArrayList<>();
    for (String bits : BITS) {
      for (String method : METHODS.subList(1, METHODS.size())) {
        double mean = 0.01 * METHODS.indexOf(method);
        all.add(
            new DifferencesPart.Shown(
                "edsr-c16-b4",
                bits,
                "lsq",
                "(all)",
                method,
                3,
                16,
                mean,
                0.01,
                0.02,
                0.015,
                0.04,
                0.001,
                0.002 * METHODS.indexOf(method)));
      }
    }
    return all;
  }

  private static List<Map<String, Object>> tuning() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String bits : BITS) {
      for (double weight : new double[] {0.04, 0.4, 4}) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("student_label", "edsr-c16-b4");
        row.put("bits", bits);
        row.put("quantizer", "lsq");
        row.put("tuned", HOSTILE);
        row.put("options", "weight=" + weight);
        row.put("validation_psnr_mean", finished(weight));
        row.put("n", 1);
        row.put("chosen", weight == 0.4);
        row.put("at_edge", weight != 0.4);
        rows.add(row);
      }
    }
    return rows;
  }

  // One has failed.
  private static Double finished(double weight) {
    if (weight > 1) {
      return null;
    }
    return 30 + weight;
  }

  private static Curves curves() {
    List<Curves.OfTrial> trials = new ArrayList<>();
    List<Long> steps = List.of(10L, 20L, 30L);
    for (String bits : BITS) {
      for (String method : METHODS) {
        for (long seed = 0; seed < 2; seed++) {
          List<Curves.Series> series = new ArrayList<>();
          series.add(new Curves.Series("validation_psnr", steps, List.of(30.0, 31.0, 32.0 + seed)));
          series.add(new Curves.Series("loss/l1", steps, List.of(0.3, 0.2, 0.1)));
          for (int quarter = 1; quarter <= 4; quarter++) {
            String name = "method/spark/weight/gap_q" + quarter;
            series.add(new Curves.Series(name, steps, List.of(0.5, 0.4, 0.1 * quarter)));
          }
          trials.add(new Curves.OfTrial("a" + seed, cell(bits, method), seed, series));
        }
      }
    }
    return new Curves(trials, 40);
  }

  private static ImageTable images(String set) {
    List<String> names = IntStream.range(0, IMAGES).mapToObj(i -> HOSTILE + i + ".png").toList();
    List<ImageTable.Scores> scores = new ArrayList<>();
    for (String bits : BITS) {
      METHODS.forEach(
          method -> scores.add(new ImageTable.Scores(cell(bits, method), of(set, bits, method))));
    }
    return new ImageTable(
        set,
        names,
        IMAGES,
        Map.of("bicubic", of(set, "w2a2", "none"), "teacher", of(set, "fp", "none")),
        scores);
  }

  private static List<Double> of(String set, String bits, String method) {
    return IntStream.range(0, IMAGES).mapToObj(image -> psnr(set, bits, method, image)).toList();
  }

  private static List<Crops> crops() {
    List<Crops.Panel> panels = new ArrayList<>();
    for (String title : List.of("input", "fp", "w4a4", "w2a2", "teacher", "ground truth")) {
      panels.add(new Crops.Panel(title, HOSTILE, 33.0, picture(16)));
    }
    return List.of(new Crops("Set5", "bird.png", 16, panels));
  }

  private static List<Difficulty.Signal> signals() {
    List<Double> shares = List.of(0.3, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.03, 0.02);
    return List.of(
        new Difficulty.Signal("teacher_gap", shares),
        new Difficulty.Signal("student_error", shares));
  }

  private static String picture(int side) {
    byte[] samples = new byte[side * side];
    IntStream.range(0, samples.length).forEach(i -> samples[i] = (byte) (i * 7));
    return DataUri.of(new PlanarImage(1, side, side, samples));
  }
}
