package com.example;

import java.nio.file.Path;
import org.distillgrid.kd.eval.Evaluation;
import org.distillgrid.kd.task.Score;
import org.distillgrid.kd.task.Tasks;

/** Scores a published checkpoint on a folder of images: {@code WEIGHTS MODEL SCALE IMAGES}. */
public final class ScoreFolder {
  private ScoreFolder() {}

  public static void main(String[] arguments) {
    Score mean =
        Evaluation.builder()
            .setWeights(Path.of(arguments[0]))
            .optModel(arguments[1])
            .setTask(Tasks.of("sr", Integer.parseInt(arguments[2])))
            .setImages(Path.of(arguments[3]))
            .optListener(image -> print(image.image(), image.score()))
            .build()
            .run()
            .mean();
    print("mean", mean);
  }

  private static void print(String what, Score score) {
    System.out.printf(
        "%s: %.3f dB, SSIM %.4f%n", what, score.psnr(), score.ssim().orElse(Double.NaN));
  }
}
