package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestNetwork {
  private static final ModelTarget TWICE = new ModelTarget(3, 2);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void computesTheSameFromItsCheckpoint() {
    Network trained = build("edsr-c4-b1", TWICE);
    Checkpoint checkpoint = trained.checkpoint();
    Network loaded = Network.load("edsr-b1-c4", TWICE, checkpoint, "student", manager);
    NDArray input = manager.arange(48f).reshape(1, 3, 4, 4).div(48);
    assertThat(loaded.forward(input)).isEqualTo(trained.forward(input));
    assertThat(checkpoint.metadata())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("model", "edsr-b1-c4-m0-r1", "scale", "2", "channels", "3"));
  }

  @Test
  void refusesTheScalesOfQuantisers() {
    Network trained = build("edsr-c4-b1", TWICE);
    Map<String, HostTensor> tensors = new TreeMap<>(trained.checkpoint().tensors());
    tensors.put("body.0.conv1.input_scale", new HostTensor(new long[] {1}, new float[] {2}));
    Network other = Network.build("edsr-c4-b1", TWICE, Draws.of("other"), manager);
    assertThatThrownBy(() -> other.load(Checkpoint.of(tensors, Map.of()), "student"))
        .hasMessageContaining("body.0.conv1.input_scale has no place in the network");
  }

  @Test
  void refusesAScaleThatTheModelLacks() {
    assertThatThrownBy(() -> build("edsr-c4-b1", new ModelTarget(3, 5)))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot build edsr-c4-b1 at scale 5: edsr has scales [1, 2, 3, 4, 8]");
  }

  @Test
  void refusesAnUnknownModelOrOption() {
    assertThatThrownBy(() -> build("edsir-c4", TWICE))
        .hasMessage("Unknown model: edsir (did you mean edsr?)");
    assertThatThrownBy(() -> build("edsr-d4", TWICE))
        .hasMessageStartingWith("Cannot build edsr-d4: edsr has no option d");
    assertThatThrownBy(() -> build("edsr-c0", TWICE))
        .hasMessage("Cannot build edsr-c0: c must lie between 1 and 1024");
  }

  @Test
  void saysWhichShapesDiffer() {
    Checkpoint wide = build("edsr-c8-b1", TWICE).checkpoint();
    assertThatThrownBy(() -> Network.load("edsr-c4-b1", TWICE, wide, "w.npz", manager))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot load w.npz into edsr-c4-b1 ×2: 11 tensors differ ("
                + "conv_first.weight has shape (8, 3, 3, 3), not (4, 3, 3, 3); "
                + "conv_first.bias has shape (8), not (4); "
                + "body.0.conv1.weight has shape (8, 8, 3, 3), not (4, 4, 3, 3); …)");
  }

  @Test
  void saysWhichTensorsAreMissing() {
    Checkpoint twice = build("edsr-c4-b1", TWICE).checkpoint();
    assertThatThrownBy(
            () -> Network.load("edsr-c4-b1", new ModelTarget(3, 4), twice, "w.npz", manager))
        .hasMessage(
            "Cannot load w.npz into edsr-c4-b1 ×4: 2 tensors differ ("
                + "upsample.2.weight is missing; upsample.2.bias is missing)");
  }

  @Test
  void saysWhichTensorsAreTooMany() {
    Checkpoint deep = build("edsr-c4-b2", TWICE).checkpoint();
    Network shallow = build("edsr-c4-b1", TWICE);
    assertThatThrownBy(() -> shallow.load(deep, "w.npz"))
        .hasMessage(
            "Cannot load w.npz into edsr-c4-b1 ×2: 4 tensors differ ("
                + "body.1.conv1.bias has no place in the network; "
                + "body.1.conv1.weight has no place in the network; "
                + "body.1.conv2.bias has no place in the network; …)");
  }

  @Test
  void refusesWeightsThatMeanSomethingElse() {
    Checkpoint scaled = build("edsr-c4-b1-r0.1", TWICE).checkpoint();
    assertThatThrownBy(() -> Network.load("edsr-c4-b1", TWICE, scaled, "w.npz", manager))
        .hasMessage(
            "Cannot load w.npz into edsr-b1-c4-m0-r1: it holds weights of edsr-b1-c4-m0-r0.1");
  }

  private Network build(String model, ModelTarget target) {
    return Network.build(model, target, Draws.of("t"), manager);
  }
}
