package org.distillgrid.kd.image;

import java.util.List;
import java.util.Locale;

/**
 * Which files of a folder are taken for images: those with the suffix of a format that is read,
 * whatever its case, unless a dot in front hides them.
 */
public final class ImageNames {
  private static final List<String> SUFFIXES =
      List.of("png", "jpg", "jpeg", "jpe", "jfif", "bmp", "dib", "tif", "tiff", "webp");

  private ImageNames() {}

  /** Returns the suffixes, without a dot. */
  public static List<String> suffixes() {
    return SUFFIXES;
  }

  /** Returns whether a folder's file of this name is taken for an image. */
  public static boolean isImage(String name) {
    int dot = name.lastIndexOf('.');
    String suffix = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot > 0 && !isHidden(name) && SUFFIXES.contains(suffix);
  }

  /** Returns whether a file or folder of this name is passed over. */
  public static boolean isHidden(String name) {
    return name.startsWith(".");
  }

  /** Returns a file's name without its suffix. */
  public static String stem(String name) {
    int dot = name.lastIndexOf('.');
    if (dot <= 0) {
      return name;
    }
    return name.substring(0, dot);
  }
}
