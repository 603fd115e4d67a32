package org.distillgrid.kd.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exported quantised networks in ONNX Runtime against the fake-quantised networks. */
class TestQuantizedExport {
  @ParameterizedTest
  @CsvSource({
    "minmax, w8a8",
    "minmax-pertensor, w8a8",
    "minmax-symmetric, w8a8",
    "minmax, w4a8",
    "minmax, w6a6",
    "minmax, w8a32",
    "minmax, w32a8",
    "minmax-head-tail-upsampler, w8a8",
    "percentile, w8a4",
    "dobi-pertensor, w4a4",
    "2dquant, w3a3",
    "dorefa, w8a8",
    "dorefa, w4a4",
    "pams, w8a8",
    "pams-pertensor, w4a4",
    "lsq, w8a8",
    "lsq, w4a4",
    "lsq, w2a2",
    "ddtb, w8a8",
    "ddtb, w4a4",
    "torchptq-all, w8a8",
    "torchptq(reduceRange=true)-all, w8a8",
    "torchptq(observer=moving)-pertensor-all, w4a4",
    "torchqat-all, w8a8",
    "torchqat(weights=restricted)-all, w8a8",
    "torchqat-all, w4a4"
  })
  void everyQuantizerIsExact(String quantizer, String bits) {
    requireParity("edsr-c8-b2", 2, quantizer, bits);
  }

  @ParameterizedTest
  @CsvSource({
    "rlfn-c8, 2, minmax, w8a8",
    "rcan-c8-g1-b2-q4, 2, minmax-symmetric, w8a8",
    "imdn-c8-b1, 2, lsq, w4a4",
    "rfdn-c8-b1, 2, minmax, w8a8",
    "srcnn-c8x4, 2, minmax-head-tail, w8a8",
    "vdsr-d5-c8, 2, minmax-symmetric, w8a8",
    "fsrcnn-d8-s4-m2, 3, minmax-head-tail, w8a8",
    "fsrcnn-d8-s4-m2, 2, lsq-tail, w4a4",
    "mirnet-c8-g1-b1-h2, 1, minmax, w8a8",
    "nafnet-w4-e1x1-m1-d1x1, 1, minmax, w8a8",
    "restormer-c4-b1x1x1x1-r1-h1x1x2x2, 1, minmax-attention, w8a8",
    "restormer-c4-b1x1x1x1-r1-h1x1x2x2, 1, lsq, w4a4",
    "swinir-c8-d2-h2, 2, minmax-attention, w8a8",
    "swinir-c8-d2-h2, 2, lsq-pertensor, w4a4",
    "swinir-c8-d2-h2, 2, torchptq-all, w8a8",
    "rlfn-c8, 2, torchptq-all, w8a8",
    "srcnn-c8x4, 2, torchqat-all, w8a8",
    "rfdn-c8-b1, 2, torchqat-all, w8a8",
    "mirnet-c8-g1-b1-h2, 1, torchptq-all, w8a8"
  })
  void everyArchitectureIsExact(String model, int scale, String quantizer, String bits) {
    requireParity(model, scale, quantizer, bits);
  }

  private static void requireParity(String model, int scale, String quantizer, String bits) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                model,
                new ModelTarget(3, scale),
                quantizer,
                Bits.parse(bits),
                Draws.of("student"),
                manager)) {
      NDArray images = Parity.images(manager, 1, 3, 24, 32);
      student.calibrate(List.of(images));
      OnnxFile file = OnnxExport.of(student, 24, 32);
      assertThat(Parity.greatest(student, file, images))
          .as("one step of an activation")
          .isLessThanOrEqualTo(Parity.step(student));
    }
  }
}
