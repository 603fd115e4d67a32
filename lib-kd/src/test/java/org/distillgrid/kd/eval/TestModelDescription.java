package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.quant.packed.PackedStudent;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestModelDescription {
  private static final ModelTarget TARGET = new ModelTarget(3, 2);
  private static final String SWINIR = "swinir-c4-d2-h2-w4-f4";

  @Test
  void bitOperationsAreMacsTimesTheBitsOfBothOperands() {
    // 640×360 places of 16→16 3×3 in nine layers of the trunk; head, upsampler, tail at 32 bits.
    long places = 640L * 360;
    long trunk = places * 9 * 16 * 16 * 9;
    long rest = places * (3 * 16 * 9 + 16 * 64 * 9 + 4 * 16 * 3 * 9);
    ModelDescription full = describe("edsr-c16-b4", "lsq", "fp");
    assertThat(full.macs()).isEqualTo(trunk + rest);
    assertThat(full.bitOperations()).isEqualTo((trunk + rest) * 32 * 32);
    assertThat(describe("edsr-c16-b4", "lsq", "w4a8").bitOperations())
        .isEqualTo(trunk * 4 * 8 + rest * 32 * 32);
    assertThat(describe("edsr-c16-b4", "lsq", "w4a32").bitOperations())
        .isEqualTo(trunk * 4 * 32 + rest * 32 * 32);
    for (String whole : List.of("lsq-head-upsampler-tail", "lsq-all", "torchqat-all")) {
      assertThat(describe("edsr-c16-b4", whole, "w2a2").bitOperations())
          .isEqualTo((trunk + rest) * 2 * 2);
    }
  }

  @Test
  void aProductOfActivationsHasTheirBitsOnBothSides() {
    Map<String, ModelDescription.Layer> plain = layers(describe(SWINIR, "minmax", "w4a8"));
    Map<String, ModelDescription.Layer> attentive =
        layers(describe(SWINIR, "minmax-attention", "w4a8"));
    String product =
        plain.keySet().stream()
            .filter(name -> plain.get(name).cost().kernel().equals("product"))
            .findFirst()
            .orElseThrow();
    long macs = plain.get(product).cost().macs();
    assertThat(plain.get(product).operands()).isEqualTo("fp");
    assertThat(plain.get(product).bitOperations()).isEqualTo(macs * 32 * 32);
    assertThat(attentive.get(product).operands()).isEqualTo("a8a8");
    assertThat(attentive.get(product).bitOperations()).isEqualTo(macs * 8 * 8);
    assertThat(layers(describe(SWINIR, "minmax-all", "w4a8")).get(product).operands())
        .isEqualTo("a8a8");
    assertThat(layers(describe(SWINIR, "minmax-attention", "w4a32")).get(product).operands())
        .isEqualTo("fp");
  }

  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b1, minmax, fp",
    "edsr-c4-b1, minmax, w3a4",
    "edsr-c4-b1, dorefa-pertensor, w4a4",
    "edsr-c4-b1, torchqat-all, w8a8",
    "swinir-c4-d2-h2-w4-f4, ddtb-attention, w4a8"
  })
  void theSizeIsThatOfTheFileOfAnyStudent(String model, String quantizer, String bits) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                model, TARGET, quantizer, Bits.parse(bits), Draws.of("s"), manager)) {
      assertThat(describe(model, quantizer, bits).packedBytes())
          .isEqualTo(PackedStudent.of(student).bytes().length);
    }
  }

  private static Map<String, ModelDescription.Layer> layers(ModelDescription description) {
    return description.layers().stream()
        .collect(Collectors.toMap(layer -> layer.cost().name(), layer -> layer));
  }

  private static ModelDescription describe(String model, String quantizer, String bits) {
    QuantizerSetting setting = QuantizerSetting.parse(quantizer);
    return ModelDescription.of(model, TARGET, setting, Bits.parse(bits), 720, 1280);
  }
}
