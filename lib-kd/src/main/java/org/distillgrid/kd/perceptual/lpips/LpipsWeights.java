package org.distillgrid.kd.perceptual.lpips;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.HostTensor;

/**
 * One of the two files of weights: the tensors that it must hold. Others beside them, a classifier
 * say, are passed over.
 *
 * @param backbone whose they are
 * @param kind what a message calls them
 * @param wanted sizes by name
 */
record LpipsWeights(Backbone backbone, String kind, Map<String, Shape> wanted) {
  private static final String LINEAR = "linear weights";
  private static final String FEATURES = "backbone";

  // A whole LPIPS saved by lpips keeps torchvision's numbers within its slices.
  private static final Pattern SLICE = Pattern.compile("net\\.slice\\d+\\.(\\d+\\..+)");
  private static final Pattern BARE = Pattern.compile("\\d+\\..+");

  /** Returns the weights of a backbone, under torchvision's names. */
  static LpipsWeights features(Backbone backbone) {
    ParameterSet parameters = new ParameterSet();
    stages(backbone, parameters);
    return new LpipsWeights(backbone, FEATURES, parameters.shapes());
  }

  /** Returns the linear weights for a backbone, under lpips' names. */
  static LpipsWeights linear(Backbone backbone) {
    Map<String, Shape> shapes = new TreeMap<>();
    for (FeatureStack.Stage stage : stages(backbone, new ParameterSet())) {
      if (stage.width() > 0) {
        shapes.put(linear(shapes.size()), new Shape(1, stage.width(), 1, 1));
      }
    }
    return new LpipsWeights(backbone, LINEAR, shapes);
  }

  /** Returns how many bytes they take. */
  long bytes() {
    return Float.BYTES * wanted.values().stream().mapToLong(Shape::size).sum();
  }

  /** Returns the layers of a backbone, whose parameters are added to a set. */
  static List<FeatureStack.Stage> stages(Backbone backbone, ParameterSet parameters) {
    return backbone.stages(
        LayerFactory.into(parameters, new ArrayList<>(), Draws.of("overwritten")));
  }

  /** Returns the name of the linear weights of one of the features that are compared. */
  static String linear(int place) {
    return "lin" + place + ".model.1.weight";
  }

  /** Returns tensors, or their sizes, under torchvision's names. */
  static <T> Map<String, T> named(Map<String, T> stored) {
    Map<String, T> named = new TreeMap<>();
    stored.forEach((name, tensor) -> named.put(named(name), tensor));
    return named;
  }

  private static String named(String name) {
    Matcher slice = SLICE.matcher(name);
    if (slice.matches()) {
      return "features." + slice.group(1);
    }
    if (BARE.matcher(name).matches()) {
      return "features." + name;
    }
    return name;
  }

  /** Returns the first thing that keeps tensors of some sizes from being these weights. */
  Optional<String> misfit(Map<String, long[]> sizes) {
    for (Map.Entry<String, Shape> entry : wanted.entrySet()) {
      long[] found = sizes.get(entry.getKey());
      if (found == null) {
        return Optional.of("it has no tensor " + entry.getKey());
      }
      if (!Arrays.equals(found, entry.getValue().getShape())) {
        return Optional.of(
            String.format(
                "%s has shape %s, not %s", entry.getKey(), new Shape(found), entry.getValue()));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the tensors among those of a file.
   *
   * @throws GridException if one is missing or has another size; it says whose weights they are if
   *     that shows
   */
  Map<String, HostTensor> of(LpipsSource source) {
    Map<String, HostTensor> tensors = named(source.checkpoint().tensors());
    Map<String, long[]> sizes = new TreeMap<>();
    tensors.forEach((name, tensor) -> sizes.put(name, tensor.shape()));
    Optional<String> misfit = misfit(sizes);
    if (misfit.isPresent()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot load %s as the %s of LPIPS %s: %s",
          source.name(),
          kind,
          backbone.text(),
          found(sizes).orElse(misfit.get()));
    }
    tensors.keySet().retainAll(wanted.keySet());
    return tensors;
  }

  private static Optional<String> found(Map<String, long[]> sizes) {
    for (Backbone other : Backbone.values()) {
      for (LpipsWeights weights : List.of(features(other), linear(other))) {
        if (weights.misfit(sizes).isEmpty()) {
          return Optional.of("it holds the " + weights.kind() + " of " + other.text());
        }
      }
    }
    return Optional.empty();
  }
}
