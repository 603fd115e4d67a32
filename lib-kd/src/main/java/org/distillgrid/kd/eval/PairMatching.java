package org.distillgrid.kd.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which input belongs to which target, by their names. Whoever has no partner, or might have two,
 * has none: a wrong pair would be trained on without a word.
 *
 * @param <T> what has a name
 * @param pairs in the order of the targets
 * @param lone all others, targets first
 */
public record PairMatching<T>(List<Pair<T>> pairs, List<Lone<T>> lone) {
  private static final int NAMED = 3;

  /** Takes unmodifiable copies. */
  public PairMatching {
    pairs = List.copyOf(pairs);
    lone = List.copyOf(lone);
  }

  /** Two that belong together. */
  public record Pair<T>(T target, T input) {}

  /**
   * One that has no partner.
   *
   * @param reason why, one line
   */
  public record Lone<T>(T item, String reason) {}

  /** Those of one key, on both sides. */
  private record Group<T>(List<T> targets, List<T> inputs) {
    Group() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Matches two lists.
   *
   * @param name returns a name: folders, each followed by a slash, and the file's without its
   *     ending; folders are equal on both sides
   */
  public static <T> PairMatching<T> of(
      List<T> targets, List<T> inputs, Function<T, String> name, PairKeys keys) {
    Map<String, Group<T>> byName = new LinkedHashMap<>();
    Map<String, Group<T>> byKey = new LinkedHashMap<>();
    List<Lone<T>> lone = new ArrayList<>();
    targets.forEach(target -> group(byName, name.apply(target)).targets().add(target));
    inputs.forEach(input -> group(byName, name.apply(input)).inputs().add(input));
    Map<T, T> partners = new LinkedHashMap<>();
    byName.forEach(
        (each, group) -> {
          if (keys.equalNamesFirst() && !group.targets().isEmpty() && !group.inputs().isEmpty()) {
            settle(group, name, partners, lone);
            return;
          }
          for (T target : group.targets()) {
            place(byKey, each, keys.ofTarget(last(each)), lone, target)
                .ifPresent(of -> of.targets().add(target));
          }
          for (T input : group.inputs()) {
            place(byKey, each, keys.ofInput(last(each)), lone, input)
                .ifPresent(of -> of.inputs().add(input));
          }
        });
    byKey.values().forEach(group -> settle(group, name, partners, lone));
    return new PairMatching<>(
        targets.stream()
            .filter(partners::containsKey)
            .map(target -> new Pair<>(target, partners.get(target)))
            .toList(),
        ordered(targets, inputs, lone));
  }

  private static <T> Optional<Group<T>> place(
      Map<String, Group<T>> byKey, String name, Optional<String> key, List<Lone<T>> lone, T item) {
    if (key.isEmpty()) {
      lone.add(new Lone<>(item, "Cannot pair image: its name does not fit the pattern"));
    }
    return key.map(of -> group(byKey, name.substring(0, name.length() - last(name).length()) + of));
  }

  private static <T> void settle(
      Group<T> group, Function<T, String> name, Map<T, T> partners, List<Lone<T>> lone) {
    List<T> targets = group.targets();
    List<T> inputs = group.inputs();
    if (targets.size() == 1 && inputs.size() == 1) {
      partners.put(targets.get(0), inputs.get(0));
    } else if (inputs.isEmpty()) {
      targets.forEach(
          each -> lone.add(new Lone<>(each, "Cannot pair image: no input has its name")));
    } else if (targets.isEmpty()) {
      inputs.forEach(
          each -> lone.add(new Lone<>(each, "Cannot pair image: no target has its name")));
    } else {
      String reason =
          "Cannot pair image: targets %s and inputs %s may belong together"
              .formatted(named(targets, name), named(inputs, name));
      targets.forEach(each -> lone.add(new Lone<>(each, reason)));
      inputs.forEach(each -> lone.add(new Lone<>(each, reason)));
    }
  }

  private static <T> String named(List<T> items, Function<T, String> name) {
    String first = items.stream().limit(NAMED).map(name).collect(Collectors.joining(", ", "[", ""));
    if (items.size() > NAMED) {
      return first + ", …]";
    }
    return first + "]";
  }

  private static <T> List<Lone<T>> ordered(List<T> targets, List<T> inputs, List<Lone<T>> lone) {
    Map<T, Lone<T>> byItem = new LinkedHashMap<>();
    lone.forEach(each -> byItem.put(each.item(), each));
    List<Lone<T>> ordered = new ArrayList<>();
    targets.stream().filter(byItem::containsKey).forEach(each -> ordered.add(byItem.get(each)));
    inputs.stream().filter(byItem::containsKey).forEach(each -> ordered.add(byItem.get(each)));
    return ordered;
  }

  private static <T> Group<T> group(Map<String, Group<T>> groups, String key) {
    return groups.computeIfAbsent(key, absent -> new Group<>());
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
