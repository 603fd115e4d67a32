package org.distillgrid.jobs.spec;

/** Spells the place of a key in a spec, for instance {@code evaluate.sets[0].path}. */
public final class SpecPath {
  private SpecPath() {}

  public static String child(String parent, String key) {
    if (parent.isEmpty()) {
      return key;
    }
    return parent + "." + key;
  }

  public static String element(String parent, int index) {
    return parent + "[" + index + "]";
  }

  /** Returns whether a place is another one or lies inside it. */
  static boolean isWithin(String path, String outer) {
    return path.equals(outer) || path.startsWith(outer + ".") || path.startsWith(outer + "[");
  }
}
