package org.distillgrid.kd.model.swinir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.LayerRole;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.LayerNorm;
import org.distillgrid.kd.nn.block.MeanShift;
import org.distillgrid.kd.nn.block.Padding;
import org.distillgrid.kd.nn.block.WindowAttention;
import org.distillgrid.kd.nn.block.WindowGrid;

/**
 * One SwinIR; every residual group of Swin transformer blocks is a segment. Features between
 * segments are N×C×H×W whose channels lie side by side in memory, so that tokens (N×H×W×C) and maps
 * are views of each other and no copy is made between the two.
 */
final class SwinIr implements Architecture {
  /** Transformer blocks and a convolution, added to their input. */
  private record Group(List<SwinBlock> blocks, Conv2d last) {
    NDArray forward(NDArray map) {
      NDArray tokens = tokens(map);
      for (SwinBlock block : blocks) {
        tokens = block.forward(tokens);
      }
      return last.forward(map(tokens)).add(map);
    }
  }

  private final int width;
  private final int scale;
  private final WindowGrid grid;
  private final MeanShift shift;
  private final Conv2d first;
  private final LayerNorm firstNorm;
  private final List<Group> groups = new ArrayList<>();
  private final LayerNorm lastNorm;
  private final Conv2d afterBody;
  private final SwinIrTail tail;

  SwinIr(ModelName name, ModelTarget target, LayerFactory layers) {
    int channels = target.imageChannels();
    width = name.whole("c");
    scale = target.scale();
    grid = new WindowGrid(name.whole("w"));
    shift = new MeanShift((float) name.number("i"));
    LayerFactory body = layers.as(LayerRole.BODY);
    first = layers.as(LayerRole.HEAD).conv("conv_first", channels, width, 3, InputRange.SIGNED);
    firstNorm = new LayerNorm(body.under("patch_embed").under("norm"), width, SwinBlock.EPSILON);
    List<Integer> depths = name.wholes("d");
    List<Integer> heads = name.wholes("h");
    int inner = (int) (width * name.number("m"));
    for (int i = 0; i < depths.size(); i++) {
      int groupHeads = heads.get(Math.min(i, heads.size() - 1));
      SwinBlock.Sizes sizes = new SwinBlock.Sizes(width, inner, groupHeads, grid);
      groups.add(group(body.under("layers").under(Integer.toString(i)), sizes, depths.get(i)));
    }
    lastNorm = new LayerNorm(body.under("norm"), width, SwinBlock.EPSILON);
    afterBody = body.conv("conv_after_body", width, width, 3, InputRange.SIGNED);
    tail = SwinIrTail.of(name, target, layers);
  }

  private Group group(LayerFactory layers, SwinBlock.Sizes sizes, int depth) {
    LayerFactory blocks = layers.under("residual_group").under("blocks");
    List<SwinBlock> made = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      WindowAttention.Place place = WindowAttention.Place.ALIGNED;
      if (i % 2 == 1) {
        place = WindowAttention.Place.SHIFTED;
      }
      made.add(SwinBlock.of(blocks.under(Integer.toString(i)), sizes, place));
    }
    return new Group(made, layers.conv("conv", width, width, 3, InputRange.SIGNED));
  }

  @Override
  public Flow head(NDArray input) {
    NDArray image = shift.enter(Padding.reflectTo(input, grid.side()));
    NDArray shallow = first.forward(image);
    NDArray features = map(firstNorm.forward(tokens(shallow)));
    return new Flow(input, shallow, List.of(), features);
  }

  @Override
  public int segments() {
    return groups.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return flow.after(Scratch.run(flow.features(), groups.get(index)::forward));
  }

  @Override
  public NDArray tail(Flow flow) {
    return output(flow, joined(flow));
  }

  @Override
  public NDArray joined(Flow flow) {
    NDArray deep = map(lastNorm.forward(tokens(flow.features())));
    return afterBody.forward(deep).add(flow.skip());
  }

  @Override
  public double range() {
    return shift.range();
  }

  @Override
  public NDArray output(Flow flow, NDArray joined) {
    Shape shape = flow.input().getShape();
    NDArray restored =
        Padding.crop(tail.forward(joined), shape.get(2) * scale, shape.get(3) * scale);
    if (scale == 1) {
      // The range cancels out, and so does the mean: what is restored is a residual.
      return Scaled.over(shift.range(), restored).add(flow.input());
    }
    return shift.leave(restored);
  }

  @Override
  public int width(int segment) {
    return width;
  }

  private static NDArray tokens(NDArray map) {
    return map.transpose(0, 2, 3, 1);
  }

  private static NDArray map(NDArray tokens) {
    return tokens.transpose(0, 3, 1, 2);
  }
}
