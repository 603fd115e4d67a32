package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.distillgrid.kd.task.Score;

/** Prints scores as comma-separated values: image, PSNR in dB, SSIM. */
final class ScoreCsv {
  private final PrintWriter out;

  /** Prints the names of the columns. */
  ScoreCsv(PrintWriter out) {
    this.out = out;
    out.println("image,psnr,ssim");
    out.flush();
  }

  /**
   * Prints one line; an infinite PSNR, of identical images, is printed as {@code inf}, and nothing
   * for an SSIM that there is not.
   */
  void print(String image, Score score) {
    String psnr = "inf";
    if (!Double.isInfinite(score.psnr())) {
      psnr = String.format(Locale.ROOT, "%.4f", score.psnr());
    }
    String ssim = "";
    if (score.ssim().isPresent()) {
      ssim = String.format(Locale.ROOT, "%.6f", score.ssim().getAsDouble());
    }
    out.printf("%s,%s,%s%n", field(image), psnr, ssim);
    out.flush();
  }

  private static String field(String text) {
    if (text.matches("[^\",\r\n]*")) {
      return text;
    }
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
