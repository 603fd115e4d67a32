package org.distillgrid.clusters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A grid of a few trials on a few photographs: a spec and its images, side by side in a folder. */
final class SmallGrid {
  private static final List<String> TRAIN = List.of("brick.png", "camera.png", "gravel.png");
  private static final String TEST = "coffee.png";

  private SmallGrid() {}

  /**
   * Writes the spec {@code grid.yaml} and the images that it names by their relative paths.
   *
   * @param bits the widths of the grid, for instance {@code [fp, w4a4]}; two trials each
   * @param steps updates of each trial
   */
  static Path write(Path folder, String bits, int steps) throws IOException {
    Path sample = Launcher.root().resolve("data/sample");
    Files.createDirectories(folder.resolve("train"));
    Files.createDirectories(folder.resolve("test"));
    for (String name : TRAIN) {
      Files.copy(sample.resolve("train").resolve(name), folder.resolve("train").resolve(name));
    }
    Files.copy(sample.resolve("test").resolve(TEST), folder.resolve("test").resolve(TEST));
    return Files.writeString(folder.resolve("grid.yaml"), yaml(bits, steps));
  }

  private static String yaml(String bits, int steps) {
    return String.format(
        Locale.ROOT,
        """
        name: small
        data: {train: [train], patch: 64, stride: 64}
        task: {name: sr, scale: 2}
        teacher: {model: edsr-c4-b2, train: {steps: 4, batch: 4}}
        grid:
          student: [edsr-c4-b1]
          bits: %s
          quantizer: [lsq]
          method: [none, logits]
          seed: [0]
        train:
          pretrain: {steps: 4, batch: 4}
          steps: %d
          batch: 8
          validateEvery: 100
          checkpointEvery: 10
        evaluate: {sets: [{name: test, path: test}]}
        cluster: {threads: 1}
        """,
        bits,
        steps);
  }
}
