package org.distillgrid.kd.eval;

import java.util.Collection;
import java.util.Optional;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Names as a pattern says.
 *
 * @param reference the ground truth's
 * @param restored the other's
 */
record NamePattern(Template reference, Template restored) implements PairNaming, PairKeys {
  private static final String NAME = "{}";

  /** What stands before and behind the name. */
  private record Template(String before, String behind) {
    Optional<String> name(String whole) {
      if (whole.length() <= before.length() + behind.length()
          || !whole.startsWith(before)
          || !whole.endsWith(behind)) {
        return Optional.empty();
      }
      return Optional.of(whole.substring(before.length(), whole.length() - behind.length()));
    }

    String whole(String name) {
      return before + name + behind;
    }
  }

  static NamePattern of(String pattern) {
    int colon = pattern.indexOf(':');
    if (colon < 0) {
      return new NamePattern(new Template("", ""), template(pattern, pattern));
    }
    return new NamePattern(
        template(pattern.substring(0, colon), pattern),
        template(pattern.substring(colon + 1), pattern));
  }

  @Override
  public Optional<String> partner(String name, Collection<String> names) {
    return reference.name(name).map(restored::whole).filter(names::contains);
  }

  @Override
  public Optional<String> ofTarget(String name) {
    return reference.name(name);
  }

  @Override
  public Optional<String> ofInput(String name) {
    return restored.name(name);
  }

  @Override
  public boolean equalNamesFirst() {
    return false;
  }

  private static Template template(String part, String pattern) {
    int place = part.indexOf(NAME);
    if (place < 0 || part.indexOf(NAME, place + 1) >= 0) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot read pattern %s: want {} once for the name, as in {}_x2 or {}_gt:{}_lq",
          pattern);
    }
    return new Template(part.substring(0, place), part.substring(place + NAME.length()));
  }
}
