package org.distillgrid.kd.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.block.BatchNorm;

/** One DnCNN; every convolution between the first and the last is a segment. */
final class DnCnn implements Architecture {
  // As in both code bases of the authors, who found a large momentum to suit noise as the output.
  static final BatchNorm.Constants CONSTANTS = new BatchNorm.Constants(1e-4f, 0.95f);

  private static final String PREFIX = "model";

  /** The names of one convolution and of the normalisation behind it. */
  record Names(String conv, Optional<String> norm) {}

  /** conv–(batch normalisation)–ReLU. */
  private record Block(Conv2d conv, Optional<BatchNorm> norm) {
    NDArray forward(NDArray input) {
      NDArray features = conv.forward(input);
      if (norm.isPresent()) {
        features = norm.get().forward(features);
      }
      return Activation.relu(features);
    }

    Block unobserved() {
      return new Block(conv, norm.map(BatchNorm::unobserved));
    }
  }

  private final int width;
  private final Conv2d first;
  private final List<Block> blocks = new ArrayList<>();
  private final Conv2d last;

  DnCnn(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    width = name.whole("c");
    List<Names> names = names(name);
    LayerFactory head = layers.as(LayerRole.HEAD);
    first = head.conv(names.get(0).conv(), channels, width, 3, InputRange.SIGNED);
    for (Names block : names.subList(1, names.size() - 1)) {
      blocks.add(
          new Block(
              layers
                  .as(LayerRole.BODY)
                  .conv(block.conv(), width, width, 3, InputRange.NON_NEGATIVE),
              block.norm().map(norm -> new BatchNorm(layers.under(norm), width, CONSTANTS))));
    }
    last =
        layers
            .as(LayerRole.TAIL)
            .conv(names.get(names.size() - 1).conv(), width, channels, 3, InputRange.NON_NEGATIVE);
  }

  private DnCnn(int width, Conv2d first, List<Block> blocks, Conv2d last) {
    this.width = width;
    this.first = first;
    this.blocks.addAll(blocks);
    this.last = last;
  }

  /** Returns the names of the convolutions in order, numbered as the entries of one sequence. */
  static List<Names> names(ModelName name) {
    int depth = name.whole("d");
    int entry = 0;
    List<Names> names = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      boolean normalised = name.whole("n") == 1 && i > 0 && i < depth - 1;
      Optional<String> norm = Optional.empty();
      int entries = 2;
      if (normalised) {
        norm = Optional.of(PREFIX + "." + (entry + 1));
        entries = 3;
      }
      names.add(new Names(PREFIX + "." + entry, norm));
      entry += entries;
    }
    return names;
  }

  @Override
  public Flow head(NDArray input) {
    return Flow.start(input, Activation.relu(first.forward(input)));
  }

  @Override
  public int segments() {
    return blocks.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return flow.after(blocks.get(index).forward(flow.features()));
  }

  @Override
  public NDArray tail(Flow flow) {
    return flow.input().sub(last.forward(flow.features()));
  }

  @Override
  public int width(int segment) {
    return width;
  }

  @Override
  public Architecture unobserved() {
    return new DnCnn(width, first, blocks.stream().map(Block::unobserved).toList(), last);
  }
}
