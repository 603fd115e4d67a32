package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.distill.MethodSetting;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.registry.OptionValues;

/**
 * Spells a tuned method in the one way: as methods are, options by key and without those that have
 * their standard values, but with all lists.
 *
 * @param method one of its candidates
 * @param lists the lists
 */
record TunedSpelling(MethodSum method, List<ListedValues> lists) {
  String text() {
    List<String> parts = new ArrayList<>();
    for (int part = 0; part < method.settings().size(); part++) {
      parts.add(part(part, method.settings().get(part)));
    }
    return String.join("+", parts);
  }

  private String part(int part, MethodSetting setting) {
    Map<String, String> standard = OptionValues.standard(setting.method().options()).byKey();
    List<String> options = new ArrayList<>();
    setting
        .values()
        .byKey()
        .forEach(
            (key, value) -> {
              Optional<ListedValues> list = list(part, key);
              if (list.isPresent()) {
                options.add(key + "=" + list.get().text());
              } else if (!value.equals(standard.get(key))) {
                options.add(key + "=" + value);
              }
            });
    if (options.isEmpty()) {
      return setting.method().name();
    }
    return setting.method().name() + "(" + String.join(",", options) + ")";
  }

  private Optional<ListedValues> list(int part, String key) {
    return lists.stream().filter(list -> list.isChoice() && list.isOf(part, key)).findFirst();
  }
}
