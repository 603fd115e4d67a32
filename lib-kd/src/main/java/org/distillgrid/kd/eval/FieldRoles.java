package org.distillgrid.kd.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words by which data sets of the field tell the two images of a pair apart, wherever they
 * stand in a name: {@code norain-1} and {@code rain-1}, {@code 0001_GT_SRGB_010} and {@code
 * 0001_NOISY_SRGB_010}, {@code d800_real} and {@code d800_mean}, {@code 0801} and {@code 0801x4}.
 */
public final class FieldRoles {
  private static final Set<String> ROLES =
      Set.of(
          "gt",
          "hr",
          "hq",
          "lr",
          "lq",
          "ref",
          "reference",
          "target",
          "targets",
          "clean",
          "noisy",
          "noise",
          "input",
          "inputs",
          "output",
          "real",
          "mean",
          "rain",
          "rainy",
          "norain",
          "blur",
          "blurry",
          "blurred",
          "sharp",
          "low",
          "high",
          "normal",
          "hazy",
          "clear",
          "degraded",
          "truth",
          "groundtruth",
          "lrbi",
          "bicubic");
  private static final String SCALE = "[xX][2-8]";
  private static final Pattern ENDS_WITH_SCALE = Pattern.compile("(.*[^_-])" + SCALE);
  private static final Pattern ITS_WORDS =
      Pattern.compile("(?i)(?<=^|[_-])SRF[_-][2-8](?=$|[_-])|[^_-]+");

  private FieldRoles() {}

  /** Returns whether a folder's name says no more than which side of its pairs it holds. */
  public static boolean isRole(String name) {
    return core(name).isEmpty();
  }

  /** Returns what a name without its ending keeps when roles and scales go; it may be nothing. */
  static String core(String name) {
    List<String> kept = new ArrayList<>();
    Matcher words = ITS_WORDS.matcher(name);
    while (words.find()) {
      String word = words.group();
      Matcher scaled = ENDS_WITH_SCALE.matcher(word);
      if (scaled.matches()) {
        word = scaled.group(1);
      }
      if (!isDropped(word)) {
        kept.add(word);
      }
    }
    return String.join("_", kept);
  }

  private static boolean isDropped(String word) {
    return word.matches(SCALE)
        || word.matches("(?i)SRF[_-][2-8]")
        || ROLES.contains(word.toLowerCase(Locale.ROOT));
  }
}
