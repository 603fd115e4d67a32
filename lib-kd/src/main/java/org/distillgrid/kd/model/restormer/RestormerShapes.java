package org.distillgrid.kd.model.restormer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.distillgrid.kd.model.ModelGuess;
import org.distillgrid.kd.model.ModelOption;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.RoundedSize;
import org.distillgrid.kd.model.TensorShapes;

/**
 * Reads the options of a Restormer off the shapes of a checkpoint.
 *
 * @param shapes under the names of the authors' code
 */
record RestormerShapes(TensorShapes shapes) {
  private static final String FIRST = "patch_embed.proj.weight";
  private static final String REFINEMENT = "refinement";
  private static final List<String> LEVELS =
      List.of("encoder_level1", "encoder_level2", "encoder_level3", "latent");

  /** Returns the network; none if no factor explains what is hidden inside its blocks. */
  Optional<ModelGuess> guess() {
    return RoundedSize.factor(hidden(), RestormerFamily.EXPANSION)
        .map(factor -> ModelGuess.of(model(factor), new ModelTarget(channels(), 1)));
  }

  private String model(String factor) {
    return String.format(
        Locale.ROOT,
        "restormer-c%d-b%s-r%d-h%s-f%s-bias%d-norm%d",
        shapes.sizeOrZero(FIRST, 0),
        eachLevel(level -> blocks(LEVELS.get(level))),
        blocks(REFINEMENT),
        eachLevel(this::heads),
        factor,
        present("output.bias"),
        norm());
  }

  private int channels() {
    return shapes.sizeOrZero(FIRST, 1);
  }

  private static String eachLevel(IntUnaryOperator number) {
    return ModelOption.written(IntStream.range(0, LEVELS.size()).map(number));
  }

  private int blocks(String part) {
    return shapes.count(part + ".*.attn.temperature", 0);
  }

  private int present(String name) {
    if (shapes.has(name)) {
      return 1;
    }
    return 0;
  }

  // The refinement has the heads of the finest level. Where there is no block, heads say nothing.
  private int heads(int level) {
    OptionalInt heads = shapes.size(LEVELS.get(level) + ".0.attn.temperature", 0);
    if (heads.isEmpty() && level == 0) {
      heads = shapes.size(REFINEMENT + ".0.attn.temperature", 0);
    }
    return heads.orElse(RestormerFamily.HEADS.get(level));
  }

  private int norm() {
    List<String> blocks = parts().stream().filter(part -> blocks(part) > 0).toList();
    if (blocks.isEmpty()) {
      return 1;
    }
    return present(blocks.get(0) + ".0.norm1.body.bias");
  }

  private List<RoundedSize> hidden() {
    List<RoundedSize> hidden = new ArrayList<>();
    for (String part : parts()) {
      String narrowing = part + ".0.ffn.project_out.weight";
      if (shapes.has(narrowing)) {
        hidden.add(
            new RoundedSize(shapes.sizeOrZero(narrowing, 0), shapes.sizeOrZero(narrowing, 1)));
      }
    }
    return hidden;
  }

  private static List<String> parts() {
    List<String> parts = new ArrayList<>(LEVELS);
    parts.add(REFINEMENT);
    return parts;
  }
}
