package org.distillgrid.kd.quant.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.OperandGrids;
import org.distillgrid.kd.quant.Quantization;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.quant.UniformGrid;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of every kind of layer, packed and unpacked. */
class TestPackedWeight {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "minmax",
        "minmax-symmetric",
        "percentile",
        "percentile-symmetric",
        "dobi",
        "dobi-symmetric",
        "2dquant",
        "dorefa",
        "pams",
        "lsq",
        "ddtb",
        "torchptq",
        "torchptq(weights=restricted)",
        "torchqat"
      })
  void givesBackTheFakeQuantisedValuesToTheBit(String quantizer) {
    for (int bits = 2; bits <= 8; bits++) {
      givesBack(quantizer, bits);
      givesBack(quantizer + "-pertensor", bits);
    }
  }

  private static void givesBack(String quantizer, int bits) {
    List<Multiplication> layers = new ArrayList<>();
    ParameterSet parameters = new ParameterSet();
    LayerFactory factory = LayerFactory.into(parameters, layers, Draws.of(quantizer + bits));
    factory.conv("conv", 3, 5, 3, InputRange.SIGNED);
    factory.deconvolution("up", ConvShape.same(2, 3, 5).strided(2, 2), InputRange.SIGNED);
    factory.linear("line", 7, 3, InputRange.SIGNED);
    try (NDManager manager = NDManager.newBaseManager();
        Quantization quantization =
            Quantization.of(
                layers,
                QuantizerSetting.parse(quantizer),
                new Bits(bits, Bits.FULL_WIDTH),
                manager)) {
      parameters.open(manager);
      quantization.calibrate(input -> {}, List.of());
      for (Multiplication multiplication : layers) {
        WeightedLayer layer = (WeightedLayer) multiplication;
        OperandGrids grids = quantization.grids(layer);
        float[] values = grids.weightValues().orElseThrow();
        PackedWeight packed = PackedWeight.of(layer, bits, grids.weight().orElseThrow(), values);
        String what = quantizer + " " + bits + " " + layer.name();
        assertThat(packed.values().values()).as(what).isEqualTo(values);
        assertThat(packed.values().shape()).isEqualTo(layer.weight().shape().getShape());
        assertThat(packed.packed()).hasSize((values.length * bits + 7) / 8);
        long scales = layer.weight().shape().get(layer.outputAxis());
        if (quantizer.endsWith("-pertensor")) {
          scales = 1;
        }
        assertThat(packed.scale()).as(what).hasSize((int) scales);
        assertThat(new HashSet<>(decoded(packed))).as(what).hasSizeGreaterThan(1);
        assertThat(formula(packed)).as(what).isEqualTo(values);
      }
    }
  }

  // The numbers, taken out of the bytes in another way than the code under test does.
  private static List<Integer> decoded(PackedWeight weight) {
    byte[] bigEndian = new byte[weight.packed().length + 1];
    for (int i = 0; i < weight.packed().length; i++) {
      bigEndian[bigEndian.length - 1 - i] = weight.packed()[i];
    }
    BigInteger all = new BigInteger(bigEndian);
    BigInteger mask = BigInteger.valueOf((1 << weight.bits()) - 1);
    int count = (int) HostTensor.elements(weight.shape());
    return IntStream.range(0, count)
        .mapToObj(i -> all.shiftRight(i * weight.bits()).and(mask).intValue())
        .toList();
  }

  private static float[] formula(PackedWeight weight) {
    List<Integer> numbers = decoded(weight);
    long[] sizes = weight.shape();
    int inner = (int) Arrays.stream(sizes).skip(weight.axis() + 1L).reduce(1, (a, b) -> a * b);
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      int channel = (int) (i / inner % sizes[weight.axis()]) % weight.scale().length;
      values[i] = (numbers.get(i) - weight.zero()[channel]) * weight.scale()[channel];
    }
    return values;
  }

  @Test
  void zeroPointsOfDoReFaAreHalves() {
    List<Multiplication> layers = new ArrayList<>();
    ParameterSet parameters = new ParameterSet();
    LayerFactory.into(parameters, layers, Draws.of("w")).linear("line", 4, 2, InputRange.SIGNED);
    try (NDManager manager = NDManager.newBaseManager();
        Quantization quantization =
            Quantization.of(layers, QuantizerSetting.parse("dorefa"), new Bits(2, 32), manager)) {
      parameters.open(manager);
      OperandGrids grids = quantization.grids(layers.get(0));
      PackedWeight packed =
          PackedWeight.of(
              (WeightedLayer) layers.get(0),
              2,
              grids.weight().orElseThrow(),
              grids.weightValues().orElseThrow());
      assertThat(packed.zero()).containsExactly(1.5f, 1.5f);
      assertThat(packed.layout()).isEqualTo("bits=2 axis=0 shape=2x4");
    }
  }

  @Test
  void refusesValuesThatLieOffTheirGrid() {
    List<Multiplication> layers = new ArrayList<>();
    LayerFactory.into(new ParameterSet(), layers, Draws.of("w"))
        .linear("line", 2, 1, InputRange.SIGNED);
    WeightedLayer layer = (WeightedLayer) layers.get(0);
    UniformGrid grid = new UniformGrid(new float[] {0.5f}, new float[] {0}, -2, 1);
    assertThat(PackedWeight.of(layer, 2, grid, new float[] {-1, 0.5f}).packed())
        .containsExactly(0b1100);
    assertThatThrownBy(() -> PackedWeight.of(layer, 2, grid, new float[] {-1, 0.51f}))
        .hasMessage("Cannot pack line.weight: its quantiser gave a value off its own grid: 0.51");
    assertThatThrownBy(() -> PackedWeight.of(layer, 2, grid, new float[] {-1, 1}))
        .hasMessageContaining("a value off its own grid: 1.0");
  }

  @Test
  void packsTheLeastSignificantBitsFirst() {
    byte[] packed = BitPacking.pack(new int[] {1, 2, 7, 4}, 3);
    assertThat(packed).containsExactly(0b11010001, 0b1001);
    assertThat(BitPacking.unpack(packed, 4, 3)).containsExactly(1, 2, 7, 4);
    assertThat(BitPacking.pack(new int[] {255, 1}, 8)).containsExactly(255, 1);
  }
}
