package org.distillgrid.kd.perceptual.lpips;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.perceptual.lpips.FeatureLayer.Ends;

/**
 * The layers of a backbone up to the last that is looked at. Names count as torchvision does, whose
 * sequence has convolutions, activations and pooling as members of their own.
 */
final class FeatureStack {
  /**
   * A layer and whether its features are compared.
   *
   * @param width channels of the features; 0 if they are not compared
   */
  record Stage(FeatureLayer layer, int width) {}

  private static final int COLOURS = 3;

  private final LayerFactory layers;
  private final List<Stage> stages = new ArrayList<>();

  private FeatureStack(LayerFactory layers) {
    this.layers = layers.under("features");
  }

  /** Returns AlexNet (Krizhevsky, 2014) as in torchvision. */
  static List<Stage> alexNet(LayerFactory layers) {
    FeatureStack stack = new FeatureStack(layers);
    stack.compared(0, new ConvShape(COLOURS, 64, 11, 4, 2, 1, ConvShape.Bias.PRESENT));
    stack.pool(3, Ends.WHOLE_WINDOWS);
    stack.compared(3, ConvShape.same(64, 192, 5));
    stack.pool(3, Ends.WHOLE_WINDOWS);
    stack.compared(6, ConvShape.same(192, 384, 3));
    stack.compared(8, ConvShape.same(384, 256, 3));
    stack.compared(10, ConvShape.same(256, 256, 3));
    return stack.stages;
  }

  /** Returns SqueezeNet 1.1 (Iandola et al., 2016) as in torchvision. */
  static List<Stage> squeezeNet(LayerFactory layers) {
    FeatureStack stack = new FeatureStack(layers);
    stack.compared(0, ConvShape.same(COLOURS, 64, 3).strided(2, 0));
    stack.pool(3, Ends.CUT_WINDOWS);
    stack.fire(3, 64, 16, 64, 0);
    stack.fire(4, 128, 16, 64, 128);
    stack.pool(3, Ends.CUT_WINDOWS);
    stack.fire(6, 128, 32, 128, 0);
    stack.fire(7, 256, 32, 128, 256);
    stack.pool(3, Ends.CUT_WINDOWS);
    stack.fire(9, 256, 48, 192, 384);
    stack.fire(10, 384, 48, 192, 384);
    stack.fire(11, 384, 64, 256, 512);
    stack.fire(12, 512, 64, 256, 512);
    return stack.stages;
  }

  /** Returns VGG-16 (Simonyan and Zisserman, 2015) as in torchvision. */
  static List<Stage> vgg16(LayerFactory layers) {
    FeatureStack stack = new FeatureStack(layers);
    int in = COLOURS;
    int place = 0;
    for (Block block : List.of(new Block(64, 2), new Block(128, 2), new Block(256, 3))) {
      place = stack.block(place, in, block);
      in = block.width();
    }
    place = stack.block(place, in, new Block(512, 3));
    stack.block(place, 512, new Block(512, 3));
    stack.stages.remove(stack.stages.size() - 1);
    return stack.stages;
  }

  private record Block(int width, int convolutions) {}

  // The last convolution of a block is compared; a pooling follows.
  private int block(int first, int in, Block block) {
    int place = first;
    int width = in;
    for (int i = 1; i < block.convolutions(); i++) {
      conv(place, ConvShape.same(width, block.width(), 3), 0);
      width = block.width();
      place += 2;
    }
    compared(place, ConvShape.same(width, block.width(), 3));
    pool(2, Ends.WHOLE_WINDOWS);
    return place + 3;
  }

  private void compared(int place, ConvShape shape) {
    conv(place, shape, shape.out());
  }

  private void conv(int place, ConvShape shape, int width) {
    stages.add(new Stage(FeatureLayer.conv(layers, Integer.toString(place), shape), width));
  }

  private void fire(int place, int in, int squeezed, int expanded, int width) {
    stages.add(
        new Stage(
            FeatureLayer.fire(layers, Integer.toString(place), in, squeezed, expanded), width));
  }

  private void pool(int side, Ends ends) {
    stages.add(new Stage(FeatureLayer.pool(side, ends), 0));
  }
}
