package org.distillgrid.kd.eval;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Names as the tools of the field write them: DIV2K appends the scale ({@code 0801x2}), BasicSR and
 * KAIR a method or an experiment ({@code baby_SwinIR}), pairs of folders their role ({@code a_lq},
 * {@code a_gt}). Where nothing of that fits, roles count wherever they stand, see {@link
 * FieldRoles}.
 */
final class FieldSuffixes implements PairNaming {
  private static final String ROLE =
      "gt|hr|hq|lr|lq|sr|ref|reference|target|clean|noisy|noise|input|output|out|restored|result";
  private static final Pattern SUFFIX =
      Pattern.compile("(?i)(?<=.)(?:[_-]?x[2-8]|[_-](?:" + ROLE + ")|_SRF_[2-8])$");
  private static final Pattern APPENDED = Pattern.compile("(?i)x[2-8](?:[_.-].*)?|[_.-].+");

  @Override
  public Optional<String> partner(String reference, Collection<String> restored) {
    if (restored.contains(reference)) {
      return Optional.of(reference);
    }
    String base = base(reference);
    List<String> sameBase = restored.stream().filter(name -> base(name).equals(base)).toList();
    if (!sameBase.isEmpty()) {
      return only(reference, sameBase);
    }
    List<String> longer = restored.stream().filter(name -> appends(name, base)).toList();
    if (!longer.isEmpty()) {
      return only(reference, longer);
    }
    String core = FieldRoles.core(reference);
    return only(
        reference, restored.stream().filter(name -> FieldRoles.core(name).equals(core)).toList());
  }

  private static Optional<String> only(String reference, List<String> names) {
    if (names.size() > 1) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot pair images by name: %s and %s may both belong to %s",
          names.get(0),
          names.get(1),
          reference);
    }
    return names.stream().findFirst();
  }

  private static boolean appends(String name, String base) {
    return name.startsWith(base) && APPENDED.matcher(name.substring(base.length())).matches();
  }

  // A name may carry several: img_001_SRF_2_HR.
  private static String base(String name) {
    String shorter = SUFFIX.matcher(name).replaceFirst("");
    if (shorter.equals(name)) {
      return name;
    }
    return base(shorter);
  }
}
