package org.distillgrid.kd.distill;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.OptionValues;

/**
 * Whether methods can be added up.
 *
 * @param text the sum as it is written
 * @param settings its methods
 */
record SumChecks(String text, List<MethodSetting> settings) {
  /**
   * Checks the sum.
   *
   * @throws GridException if it makes no sense
   */
  void check() {
    if (settings.stream().filter(SumChecks::weights).count() > 1) {
      throw refused("only one of its methods can weight pixels");
    }
    Set<String> names = new HashSet<>();
    for (MethodSetting setting : settings) {
      if (!names.add(setting.name())) {
        throw refused("it has " + setting.name() + " twice");
      }
      requireSummable(setting);
      requireNothingLost(setting);
    }
    requireSomethingToWeight();
    TermShares.of(settings, text);
  }

  private static boolean weights(MethodSetting setting) {
    return setting.method() instanceof WeightingMethod;
  }

  private void requireSummable(MethodSetting setting) {
    if (settings.size() > 1
        && setting.method() instanceof TermMethod method
        && !method.isSummable()) {
      throw refused(setting.name() + " stands alone or not at all");
    }
  }

  private void requireNothingLost(MethodSetting setting) {
    if (settings.size() == 1 || !(setting.method() instanceof WeightingMethod method)) {
      return;
    }
    Map<String, String> standard = OptionValues.standard(method.options()).byKey();
    for (String key : new TreeSet<>(method.optionsAlone())) {
      if (!setting.values().word(key).equals(standard.get(key))) {
        throw refused(key + " of " + setting.name() + " counts only where it stands alone");
      }
    }
  }

  private void requireSomethingToWeight() {
    List<MethodSetting> others = settings.stream().filter(setting -> !weights(setting)).toList();
    if (others.isEmpty() || others.stream().anyMatch(MethodSetting::hasPixelTerms)) {
      return;
    }
    for (MethodSetting setting : settings) {
      if (weights(setting)) {
        String having =
            others.stream().map(MethodSetting::canonical).collect(Collectors.joining("+"));
        throw refused(setting.name() + " weights pixel-wise terms and " + having + " has none");
      }
    }
  }

  private GridException refused(String why) {
    return GridException.of(ErrorCode.USAGE, "Cannot use method %s: %s", text, why);
  }
}
