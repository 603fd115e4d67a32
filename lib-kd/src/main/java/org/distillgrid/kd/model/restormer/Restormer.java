package org.distillgrid.kd.model.restormer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.PixelShuffle;
import org.distillgrid.kd.nn.block.Padding;
import org.distillgrid.kd.nn.block.PixelUnshuffle;

/**
 * One Restormer. Its segments are the levels of its U, three of the encoder, the latent one, three
 * of the decoder, and the refinement. A level starts with what brings it to its resolution.
 */
final class Restormer implements Architecture {
  /** Levels of the U, the latent one included. */
  static final int LEVELS = 4;

  private static final int LATENT = LEVELS - 1;

  private final RestormerBlock.Form form;
  private final ConvShape.Bias bias;
  private final Conv2d first;
  private final List<Conv2d> downs = new ArrayList<>();
  private final List<Conv2d> ups = new ArrayList<>();
  private final List<Conv2d> reductions = new ArrayList<>();
  private final List<List<RestormerBlock>> levels = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private final Conv2d last;

  Restormer(ModelName name, ModelTarget target, LayerFactory layers, RestormerBlock.Form form) {
    this.form = form;
    bias = form.bias();
    int channels = target.imageChannels();
    int width = name.whole("c");
    LayerFactory body = layers.as(LayerRole.BODY);
    ConvShape embedding = ConvShape.same(channels, width, 3).withoutBias();
    LayerFactory head = layers.as(LayerRole.HEAD).under("patch_embed");
    first = head.conv("proj", embedding, InputRange.SIGNED);
    addEncoder(name, body, width);
    addDecoder(name, body, width);
    int heads = name.wholes("h").get(0);
    addLevel(body.under("refinement"), 2 * width, name.whole("r"), heads);
    ConvShape writing = new ConvShape(2 * width, channels, 3, 1, 1, 1, bias);
    last = layers.as(LayerRole.TAIL).conv("output", writing, InputRange.SIGNED);
  }

  private void addEncoder(ModelName name, LayerFactory body, int finest) {
    int width = finest;
    for (int level = 0; level < LEVELS; level++) {
      String part = "latent";
      if (level < LATENT) {
        part = "encoder_level" + (level + 1);
      }
      addLevel(body.under(part), width, name.wholes("b").get(level), name.wholes("h").get(level));
      if (level < LATENT) {
        String down = "down" + (level + 1) + "_" + (level + 2);
        ConvShape narrowing = ConvShape.same(width, width / 2, 3).withoutBias();
        downs.add(body.under(down).under("body").conv("0", narrowing, InputRange.SIGNED));
        width *= 2;
      }
    }
  }

  private void addDecoder(ModelName name, LayerFactory body, int finest) {
    int width = finest << LATENT;
    for (int level = LATENT - 1; level >= 0; level--) {
      String up = "up" + (level + 2) + "_" + (level + 1);
      ConvShape widening = ConvShape.same(width, 2 * width, 3).withoutBias();
      ups.add(body.under(up).under("body").conv("0", widening, InputRange.SIGNED));
      // The finest level keeps the channels of its skip; the others are brought back to theirs.
      if (level > 0) {
        ConvShape reducing = new ConvShape(width, width / 2, 1, 1, 0, 1, bias);
        String reduction = "reduce_chan_level" + (level + 1);
        reductions.add(body.conv(reduction, reducing, InputRange.SIGNED));
        width /= 2;
      }
      LayerFactory part = body.under("decoder_level" + (level + 1));
      addLevel(part, width, name.wholes("b").get(level), name.wholes("h").get(level));
    }
  }

  private void addLevel(LayerFactory layers, int width, int count, int heads) {
    List<RestormerBlock> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(new RestormerBlock(layers.under(Integer.toString(i)), width, heads, form));
    }
    levels.add(blocks);
    widths.add(width);
  }

  @Override
  public Flow head(NDArray input) {
    NDArray features = first.forward(Padding.reflectTo(input, 1L << LATENT));
    return new Flow(input, input, List.of(), features);
  }

  @Override
  public int segments() {
    return levels.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    NDArray features = entered(index, flow);
    for (RestormerBlock block : levels.get(index)) {
      features = block.forward(features);
    }
    return flow.after(features);
  }

  private NDArray entered(int index, Flow flow) {
    if (index == 0 || index > 2 * LATENT) {
      return flow.features();
    }
    if (index <= LATENT) {
      return PixelUnshuffle.of(downs.get(index - 1).forward(flow.features()), 2);
    }
    int stage = index - LATENT - 1;
    NDArray enlarged = PixelShuffle.of(ups.get(stage).forward(flow.features()), 2);
    NDArray joined = enlarged.concat(flow.history().get(2 * LATENT - index), 1);
    if (stage < reductions.size()) {
      return reductions.get(stage).forward(joined);
    }
    return joined;
  }

  @Override
  public NDArray tail(Flow flow) {
    Shape shape = flow.input().getShape();
    NDArray residual = Padding.crop(last.forward(flow.features()), shape.get(2), shape.get(3));
    return residual.add(flow.skip());
  }

  @Override
  public int width(int segment) {
    return widths.get(segment);
  }
}
