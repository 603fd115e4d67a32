package org.distillgrid.kd.eval;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.distillgrid.kd.model.LayerCost;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Models;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.model.NetworkCost;
import org.distillgrid.kd.model.reach.ReceptiveField;
import org.distillgrid.kd.nn.MatrixProduct;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.quant.packed.PackedStudent;
import org.distillgrid.kd.random.Draws;

/**
 * What a network is made of and what it takes at given bit-widths.
 *
 * @param name its name with every option
 * @param inputHeight rows of the input that costs are given for
 * @param inputWidth its columns
 * @param layers in the order in which they run
 * @param parameters all weights and biases, those outside layers included
 * @param packedBytes length of the file that holds it at the bits, see {@link PackedStudent}
 * @param field how much of the input an output pixel depends on
 */
public record ModelDescription(
    String name,
    int inputHeight,
    int inputWidth,
    List<Layer> layers,
    long parameters,
    long packedBytes,
    ReceptiveField field) {

  /**
   * One layer, or one product of two activations.
   *
   * @param cost its shapes, parameters and multiplications
   * @param operands the bits of its operands: {@code fp}, {@code w4a8}, or {@code a8a8} for a
   *     product of two activations
   * @param bitOperations multiplications times the bits of both operands
   */
  public record Layer(LayerCost cost, String operands, long bitOperations) {
    private static Layer of(LayerCost cost, Multiplication multiplication, Bits bits) {
      String operands = bits.toString();
      if (multiplication instanceof MatrixProduct) {
        operands = operands.replace('w', 'a');
      }
      return new Layer(cost, operands, cost.macs() * bits.weight() * bits.activation());
    }
  }

  public ModelDescription {
    layers = List.copyOf(layers);
  }

  /**
   * Describes a network without weights.
   *
   * @param model its name, for instance {@code edsr-c64-b16}
   * @param setting the quantiser whose scales count
   * @param bits the bit-widths of the layers that it is put into
   * @param outputHeight rows of the restored image
   * @param outputWidth its columns
   */
  public static ModelDescription of(
      String model,
      ModelTarget target,
      QuantizerSetting setting,
      Bits bits,
      int outputHeight,
      int outputWidth) {
    ModelName name = ModelName.parse(model, Models.registry());
    return of(name, target, setting, bits, outputHeight, outputWidth);
  }

  /**
   * Describes a network without weights.
   *
   * @param name its name, parsed
   * @param setting the quantiser whose scales count
   * @param bits the bit-widths of the layers that it is put into
   * @param outputHeight rows of the restored image
   * @param outputWidth its columns
   */
  public static ModelDescription of(
      ModelName name,
      ModelTarget target,
      QuantizerSetting setting,
      Bits bits,
      int outputHeight,
      int outputWidth) {
    Draws draws = Draws.of("described");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        QuantizedNetwork student =
            QuantizedNetwork.build(name, target, setting, bits, draws, manager)) {
      Network network = student.network();
      // No value decides a length, so first values do.
      long packedBytes = PackedStudent.of(student).length();
      NetworkCost cost = NetworkCost.of(network, outputHeight, outputWidth);
      Map<String, Multiplication> byName =
          network.multiplications().stream()
              .collect(Collectors.toMap(Multiplication::name, Function.identity()));
      List<Layer> layers = new ArrayList<>();
      for (LayerCost layer : cost.layers()) {
        Multiplication multiplication = byName.get(layer.name());
        layers.add(Layer.of(layer, multiplication, setting.bits(multiplication, bits)));
      }
      return new ModelDescription(
          network.name().canonical(),
          cost.inputHeight(),
          cost.inputWidth(),
          layers,
          network.parameters().learnedElements(),
          packedBytes,
          ReceptiveField.of(network));
    }
  }

  /** Returns the multiplications with an addition of all layers together. */
  public long macs() {
    return layers.stream().mapToLong(layer -> layer.cost().macs()).sum();
  }

  /** Returns the multiplications times both bit-widths, all layers together. */
  public long bitOperations() {
    return layers.stream().mapToLong(Layer::bitOperations).sum();
  }
}
