package org.distillgrid.kd.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestVqEncoder {
  private static final Checkpoint FIXTURE = NarrowEncoder.fixture();
  private static final double TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 1e-4;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"colour", "grey"})
  void computesWhatPyTorchDoes(String images) {
    try (NDManager manager = NDManager.newBaseManager();
        VqEncoder encoder = NarrowEncoder.open(manager)) {
      NDArray input = Fixtures.array(FIXTURE, images, manager);
      input.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        PerceptualEncoder.Encoding encoding = encoder.encode(input);
        NDArray sum = signed(images, "latent", encoding.latent());
        for (int i = 0; i < encoding.levels().size(); i++) {
          sum = sum.add(signed(images, Integer.toString(i), encoding.levels().get(i)));
        }
        collector.backward(sum);
      }
      same(images + ".gradient", input.getGradient(), GRADIENT_TOLERANCE);
      List<NDArray> alone = GradientMode.off(() -> encoder.levels(input));
      for (int i = 0; i < PerceptualEncoder.LEVELS; i++) {
        same(images + "." + i, alone.get(i), TOLERANCE);
      }
    }
  }

  private static NDArray signed(String images, String key, NDArray computed) {
    same(images + "." + key, computed, TOLERANCE);
    NDArray signs = Fixtures.array(FIXTURE, images + ".signs." + key, computed.getManager());
    return computed.mul(signs).sum();
  }

  private static void same(String name, NDArray computed, double tolerance) {
    HostTensor wanted = FIXTURE.tensors().get(name);
    assertThat(computed.getShape()).as(name).isEqualTo(new Shape(wanted.shape()));
    double greatest =
        IntStream.range(0, wanted.values().length)
            .mapToDouble(i -> Math.abs(wanted.values()[i]))
            .max()
            .orElseThrow();
    assertThat(greatest).isPositive();
    assertThat(computed.toFloatArray())
        .as(name)
        .containsExactly(wanted.values(), within((float) (tolerance * greatest)));
  }

  @Test
  void itsOwnWeightsHaveNoGradientAndItsFeaturesBelongToTheImages() {
    try (NDManager manager = NDManager.newBaseManager();
        VqEncoder encoder = NarrowEncoder.open(manager)) {
      int before = manager.getManagedArrays().size();
      try (NDManager step = manager.newSubManager()) {
        NDArray input = Fixtures.array(FIXTURE, "grey", step);
        input.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          PerceptualEncoder.Encoding encoding = encoder.encode(input);
          assertThat(encoding.latent().getManager()).isSameAs(step);
          assertThat(encoding.levels())
              .allSatisfy(level -> assertThat(level.getManager()).isSameAs(step));
          collector.backward(encoding.latent().sum());
        }
        assertThat(encoder.codebook().hasGradient()).isFalse();
        assertThat(encoder.codebook().getShape()).isEqualTo(new Shape(7, 5));
      }
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void hasTheNamesAndSizesOfTheReleasedVqgan() {
    ParameterSet parameters = new ParameterSet();
    new VqEncoder(EncoderShape.f16(), parameters, Draws.of("shapes"));
    Map<String, Shape> shapes = parameters.shapes();
    assertThat(shapes)
        .containsEntry("encoder.conv_in.weight", new Shape(128, 3, 3, 3))
        .containsEntry("encoder.down.0.block.1.norm2.bias", new Shape(128))
        .containsEntry("encoder.down.2.block.0.nin_shortcut.weight", new Shape(256, 128, 1, 1))
        .containsEntry("encoder.down.3.downsample.conv.weight", new Shape(256, 256, 3, 3))
        .containsEntry("encoder.down.4.attn.1.proj_out.weight", new Shape(512, 512, 1, 1))
        .containsEntry("encoder.mid.attn_1.q.bias", new Shape(512))
        .containsEntry("encoder.conv_out.weight", new Shape(256, 512, 3, 3))
        .containsEntry("quant_conv.weight", new Shape(256, 256, 1, 1))
        .containsEntry("quantize.embedding.weight", new Shape(1024, 256))
        .doesNotContainKey("encoder.down.3.attn.0.q.weight")
        .doesNotContainKey("encoder.down.4.downsample.conv.weight")
        .hasSize(147);
    // Zeros of those sizes stand for the released file, whose normalisation has 32 groups.
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    shapes.forEach(
        (name, shape) ->
            tensors.put(name, new HostTensor(shape.getShape(), new float[(int) shape.size()])));
    Checkpoint released = Checkpoint.of(tensors, Map.of());
    assertThat(EncoderGuess.of(released, "it")).isEqualTo(EncoderShape.f16());
    assertThat(VqEncoder.name(released, "it"))
        .isEqualTo("vq-w128x128x256x256x512-b2-g32-a4-l256-d256-n1024");
  }

  @Test
  void passesOverOtherTensorsAndReadsItsOwnFileBack() {
    SortedMap<String, HostTensor> more = new TreeMap<>(NarrowEncoder.weights().tensors());
    HostTensor other = new HostTensor(new long[] {2}, new float[2]);
    more.put("decoder.conv_in.weight", other);
    more.put("loss.discriminator.main.0.weight", other);
    Checkpoint whole = Checkpoint.of(more, Map.of("groups", "2"));
    Path file = folder.resolve("encoder.safetensors");
    Safetensors.write(VqEncoder.only(whole, "it"), file);
    Checkpoint kept = Safetensors.read(file);
    assertThat(kept.tensors().keySet()).isEqualTo(NarrowEncoder.weights().tensors().keySet());
    assertThat(EncoderGuess.of(kept, "it")).isEqualTo(EncoderGuess.of(whole, "it"));
  }

  @Test
  void saysInOneLineWhatIsMissing() {
    refused("encoder.down.3.block.0.conv1.weight", "it has no tensor encoder.down.3.block.0.conv1");
    refused("quantize.embedding.weight", "it has no tensor quantize.embedding.weight");
    refused("encoder.mid.attn_1.k.bias", "Cannot load vq.pth: it has no tensor encoder.mid.attn_1");
    Checkpoint weights = NarrowEncoder.weights();
    assertThatThrownBy(() -> VqEncoder.only(Checkpoint.of(weights.tensors(), Map.of()), "vq.pth"))
        .hasMessage("Cannot load vq.pth as a VQ encoder: 4 channels do not fall into 32 groups");
  }

  private static void refused(String without, String message) {
    SortedMap<String, HostTensor> fewer = new TreeMap<>(NarrowEncoder.weights().tensors());
    fewer.remove(without);
    Checkpoint checkpoint = Checkpoint.of(fewer, Map.of("groups", "2"));
    assertThatThrownBy(() -> VqEncoder.only(checkpoint, "vq.pth"))
        .hasMessageContaining(message)
        .hasMessageContaining("vq.pth");
  }
}
