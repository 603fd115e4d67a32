package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.distillgrid.kd.eval.LpipsMetric;
import org.distillgrid.kd.task.Score;

/**
 * Prints scores as comma-separated values: image, PSNR in dB, SSIM, and LPIPS if it is measured.
 */
final class ScoreCsv {
  private static final String COLUMNS = "image,psnr,ssim";

  private final PrintWriter out;
  private final LpipsMetric lpips;

  /** Prints the names of the columns. */
  ScoreCsv(PrintWriter out, LpipsMetric lpips) {
    this.out = out;
    this.lpips = lpips;
    out.println(COLUMNS + ifMeasured(",lpips"));
    out.flush();
  }

  /**
   * Prints one line; an infinite PSNR, of identical images, is printed as {@code inf}, and nothing
   * for an SSIM or an LPIPS that there is not.
   */
  void print(String image, Score score) {
    String psnr = "inf";
    if (!Double.isInfinite(score.psnr())) {
      psnr = number(score.psnr(), "%.4f");
    }
    String distance = ifMeasured("," + optional(score.lpips()));
    out.printf("%s,%s,%s%s%n", field(image), psnr, optional(score.ssim()), distance);
    out.flush();
  }

  private String ifMeasured(String text) {
    if (lpips.isPresent()) {
      return text;
    }
    return "";
  }

  private static String optional(OptionalDouble value) {
    if (value.isEmpty()) {
      return "";
    }
    return number(value.getAsDouble(), "%.6f");
  }

  private static String number(double value, String format) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String field(String text) {
    if (text.matches("[^\",\r\n]*")) {
      return text;
    }
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
