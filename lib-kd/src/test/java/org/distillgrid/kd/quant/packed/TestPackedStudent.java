package org.distillgrid.kd.quant.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Mutations;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPackedStudent {
  private static final ModelTarget TARGET = new ModelTarget(3, 2);
  private static final String CONV = "body.0.conv1.weight";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b1, fp, fp",
    "edsr-c4-b1, minmax, w8a8",
    "edsr-c4-b1, lsq, w32a4",
    "edsr-c4-b1, lsq-pertensor-head-upsampler-tail, w4a32",
    "edsr-c4-b1, percentile-symmetric, w3a5",
    "edsr-c4-b1, dobi-head-tail, w5a8",
    "edsr-c4-b1, 2dquant, w2a2",
    "edsr-c4-b1, dorefa, w4a4",
    "edsr-c4-b1, pams, w6a6",
    "edsr-c4-b1, ddtb, w7a3",
    "edsr-c4-b1, torchptq(reduceRange=true)-all, w8a8",
    "edsr-c4-b1, torchqat(weights=restricted)-all, w8a8",
    "swinir-c4-d2-h2-w4-f4, torchqat-all, w4a4",
    "fsrcnn-d6-s4-m1, minmax-head-upsampler-tail, w4a8",
    "swinir-c4-d2-h2-w4-f4, lsq-attention, w4a6",
    "swinir-c4-d2-h2-w4-f4, ddtb-pertensor-attention, w2a8"
  })
  void readsBackToTheSameOutputs(String model, String quantizer, String bits) {
    Path file = folder.resolve("packed.safetensors");
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                model, TARGET, quantizer, Bits.parse(bits), Draws.of("s"), manager)) {
      NDArray input = manager.arange(0f, 1f, 1f / 192).reshape(new Shape(1, 3, 8, 8));
      student.calibrate(List.of(input));
      PackedStudent.of(student).write(file);
      assertThat(file).hasSize(PackedStudent.of(student).length());
      assertThat(file).hasBinaryContent(PackedStudent.of(student).bytes());
      try (QuantizedNetwork saved =
          QuantizedNetwork.load(model, TARGET, student.checkpoint(), "s", manager)) {
        assertThat(file).hasBinaryContent(PackedStudent.of(saved).bytes());
      }
      Checkpoint stored = Safetensors.read(file);
      assertThat(stored.metadata()).containsAllEntriesOf(student.checkpoint().metadata());
      for (Checkpoint read : List.of(stored, PackedStudent.read(file))) {
        try (QuantizedNetwork again =
            QuantizedNetwork.load(
                model, TARGET, PackedStudent.unpacked(read, "the file"), "the file", manager)) {
          assertThat(again.network().forward(input).toFloatArray())
              .isEqualTo(student.network().forward(input).toFloatArray());
          assertThat(again.bits()).isEqualTo(PackedStudent.activationsOnly(student.bits()));
        }
      }
    }
  }

  @Test
  void holdsPackedWeightsScalesAndTheRest() {
    Checkpoint stored = Safetensors.read(packed("lsq", "w4a4"), "w");
    assertThat(stored.tensors().keySet())
        .containsExactly(
            "body.0.conv1.bias",
            "body.0.conv1.input_scale",
            "body.0.conv1.weight.packed",
            "body.0.conv1.weight.scale",
            "body.0.conv1.weight.zero",
            "body.0.conv2.bias",
            "body.0.conv2.input_scale",
            "body.0.conv2.weight.packed",
            "body.0.conv2.weight.scale",
            "body.0.conv2.weight.zero",
            "conv_after_body.bias",
            "conv_after_body.input_scale",
            "conv_after_body.weight.packed",
            "conv_after_body.weight.scale",
            "conv_after_body.weight.zero",
            "conv_first.bias",
            "conv_first.weight",
            "conv_last.bias",
            "conv_last.weight",
            "upsample.0.bias",
            "upsample.0.weight");
    assertThat(stored.tensors().get(CONV + ".packed").shape()).containsExactly(4 * 4 * 9 / 2);
    assertThat(stored.tensors().get(CONV + ".scale").shape()).containsExactly(4);
    assertThat(stored.tensors().get(CONV + ".zero").values()).containsOnly(8);
    assertThat(stored.metadata())
        .containsEntry("model", "edsr-b1-c4-m0-r1")
        .containsEntry("scale", "2")
        .containsEntry("channels", "3")
        .containsEntry("quantizer", "lsq")
        .containsEntry("bits", "w4a4")
        .containsEntry(CONV + ".packed", "bits=4 axis=0 shape=4x4x3x3");
  }

  @Test
  void fewerBitsAreFewerBytes() {
    int eight = packed("minmax", "w8a8").length;
    int four = packed("minmax", "w4a4").length;
    assertThat(eight - four).isBetween(3 * 4 * 4 * 9 / 2 - 8, 3 * 4 * 4 * 9 / 2 + 8);
  }

  @Test
  void refusesWhatTheFileClaimsFalsely() {
    assertRefused(
        metadata -> metadata.put(CONV + ".packed", "bits=4 axis=0 shape=4x4x3x4"),
        CONV + ".packed has another length than its shape and bits need");
    assertRefused(
        metadata -> metadata.put(CONV + ".packed", "bits=4 axis=0 shape=999999999x999999999x99999"),
        CONV + ".packed has another length than its shape and bits need");
    assertRefused(
        metadata -> metadata.put(CONV + ".packed", "bits=5 axis=0 shape=4x4x3x3"),
        CONV + ".packed has another length than its shape and bits need");
    assertRefused(
        metadata -> metadata.put(CONV + ".packed", "bits=4 axis=2 shape=4x4x3x3"),
        "the scales and zero points of " + CONV + " do not fit its shape");
    assertRefused(
        metadata -> metadata.put(CONV + ".packed", "bits=9 axis=0 shape=4"),
        "its metadata describe no layout for " + CONV + ".packed");
    assertRefused(
        metadata -> metadata.put("a\nb.packed", "bits=4 axis=0 shape=4"),
        "it has no tensor a?b.packed");
    assertRefused(metadata -> metadata.put("bits", "w4"), "its metadata name no valid bits");
    assertRefused(metadata -> metadata.remove("bits"), "its metadata name no valid bits");
  }

  @Test
  void refusesTensorsThatAreNotWhatTheyShouldBe() {
    Checkpoint stored = Safetensors.read(packed("lsq", "w4a4"), "w");
    SortedMap<String, HostTensor> tensors = new TreeMap<>(stored.tensors());
    tensors.put(CONV + ".packed", new HostTensor(new long[] {72}, new float[72]));
    tensors.get(CONV + ".packed").values()[3] = Float.NaN;
    Checkpoint notBytes = new Checkpoint(tensors, stored.metadata());
    assertThatThrownBy(() -> PackedStudent.unpacked(notBytes, "w"))
        .hasMessage(
            "Cannot read w as a packed student: %s.packed holds something other than bytes", CONV);
    tensors.put(CONV + ".packed", stored.tensors().get(CONV + ".packed"));
    tensors.put(CONV, new HostTensor(new long[] {1}, new float[1]));
    Checkpoint twice = new Checkpoint(tensors, stored.metadata());
    assertThatThrownBy(() -> PackedStudent.unpacked(twice, "w"))
        .hasMessage("Cannot read w as a packed student: it holds %s twice", CONV);
  }

  @Test
  void refusesEveryDamageInOneLine() {
    int[] counts = new int[2];
    Mutations.of(
        packed("minmax", "w3a4"),
        10_000,
        damaged -> {
          try {
            PackedStudent.read(damaged, "w");
            counts[0]++;
          } catch (GridException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INPUT);
            assertThat(e.getMessage())
                .matches("Cannot read w as (safetensors|a packed student): .*");
            counts[1]++;
          }
        });
    assertThat(counts[0]).isPositive();
    assertThat(counts[1]).isGreaterThan(1000);
  }

  private static void assertRefused(Consumer<SortedMap<String, String>> change, String reason) {
    Checkpoint stored = Safetensors.read(packed("lsq", "w4a4"), "w");
    SortedMap<String, String> metadata = new TreeMap<>(stored.metadata());
    change.accept(metadata);
    byte[] content = Safetensors.bytes(new Checkpoint(stored.tensors(), metadata));
    assertThatThrownBy(() -> PackedStudent.read(content, "w"))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot read w as a packed student: " + reason);
  }

  private static byte[] packed(String quantizer, String bits) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                "edsr-c4-b1", TARGET, quantizer, Bits.parse(bits), Draws.of("s"), manager)) {
      student.calibrate(List.of(manager.arange(0f, 1f, 1f / 192).reshape(1, 3, 8, 8)));
      return PackedStudent.of(student).bytes();
    }
  }
}
