package org.distillgrid.kd.weights.file;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What training programs call the networks in a checkpoint. Averaged weights come first: they are
 * what BasicSR and others test and release.
 */
final class PartNames {
  /** By these names a dictionary is taken before others, in this order. */
  private static final List<String> USUAL =
      List.of(
          "params_ema",
          "params",
          "state_dict_ema",
          "model_ema",
          "ema_model",
          "generator_ema",
          "net_g_ema",
          "ema",
          "state_dict",
          "model_state_dict",
          "model_state",
          "state",
          "model",
          "network",
          "net",
          "net_g",
          "netG",
          "generator",
          "g",
          "weights",
          "module");

  private static final Set<String> AVERAGED =
      Set.of("ema", "swa", "avg", "averaged", "average", "shadow");

  // DataParallel and DistributedDataParallel, and torch.compile, put these before every name.
  private static final Set<String> WRAPPERS = Set.of("module", "_orig_mod");

  // Beside a network of these names no other restores images.
  private static final Set<String> ASIDE =
      Set.of(
          "discriminator",
          "net_d",
          "netd",
          "d",
          "critic",
          "loss",
          "losses",
          "criterion",
          "perceptual",
          "perceptual_loss",
          "vgg",
          "lpips",
          "teacher",
          "student",
          "data_preprocessor",
          "metrics",
          "metric",
          "optimizer",
          "optimizer_g",
          "optimizer_d");

  private PartNames() {}

  static boolean isUsual(NameTree node) {
    return USUAL.contains(node.name());
  }

  static boolean isWrapper(NameTree node) {
    return WRAPPERS.contains(node.name());
  }

  static boolean isAside(NameTree node) {
    return ASIDE.contains(node.name().toLowerCase(Locale.ROOT));
  }

  /** Returns whether a name, or one above it, says that weights are averaged. */
  static boolean isAveraged(String path) {
    return tokens(path).stream().anyMatch(AVERAGED::contains);
  }

  /** Returns the words of a name: {@code generator_ema} has two, {@code netGEma} three. */
  static List<String> tokens(String path) {
    return List.of(
        path.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1 $2")
            .toLowerCase(Locale.ROOT)
            .strip()
            .split("[^a-z0-9]+"));
  }

  /** Averaged weights first, then the usual names in their order; all others are alike. */
  static Comparator<NameTree> preference() {
    return Comparator.comparingInt(PartNames::rank);
  }

  private static int rank(NameTree node) {
    NameTree named = node;
    while (isWrapper(named) && named.parent().isPresent()) {
      named = named.parent().get();
    }
    int place = USUAL.indexOf(named.name());
    if (place < 0) {
      place = USUAL.size();
    }
    if (!isAveraged(node.path())) {
      place += USUAL.size() + 1;
    }
    return place;
  }
}
