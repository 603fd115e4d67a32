package org.distillgrid.kd.train.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.distill.PixelLoss;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.nn.optimizer.Optimizer;
import org.distillgrid.kd.perceptual.EncoderShape;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.perceptual.VqEncoder;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.Cohorts;
import org.distillgrid.kd.train.CurvePoint;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.train.recipe.Descent;
import org.distillgrid.kd.train.recipe.Windows;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestEncoderTraining {
  private static final EncoderShape NARROW =
      new EncoderShape(List.of(4, 4, 4, 4, 8), 1, 2, List.of(), 4, 4, 8);

  @TempDir Path folder;

  @Test
  void learnsToShowThePatches() {
    Schedule schedule = new Schedule(120, 2, 3e-3, List.of(), 1, 0.9, 40, 1000);
    TrainedTrial trained = run(setup(schedule, patches()), Optional.empty()).finished.get("vq");
    List<Double> pixel = series(trained, "loss/pixel");
    assertThat(pixel).hasSize(3);
    assertThat(pixel.get(2)).isLessThan(0.8 * pixel.get(0));
    List<Double> psnr = series(trained, "validation_psnr");
    assertThat(psnr.get(2)).isGreaterThan(psnr.get(0));
    // Without entries made anew one or two of the eight would be left.
    assertThat(series(trained, "method/encoder/entries_used").get(2)).isGreaterThanOrEqualTo(4);
    try (NDManager manager = NDManager.newBaseManager();
        VqEncoder encoder = VqEncoder.load(trained.weights(), "what was trained", manager)) {
      NDArray image = manager.ones(new Shape(1, 3, 17, 16));
      PerceptualEncoder.Encoding encoding = encoder.encode(image);
      assertThat(encoding.levels().get(4).getShape()).isEqualTo(new Shape(1, 8, 2, 1));
      assertThat(encoder.codebook().getShape()).isEqualTo(new Shape(8, 4));
    }
    assertThat(trained.weights().tensors().keySet()).noneMatch(name -> name.startsWith("decoder."));
  }

  private static List<Double> series(TrainedTrial trained, String name) {
    return trained.curve().stream()
        .filter(point -> point.series().equals(name))
        .map(CurvePoint::value)
        .toList();
  }

  @Test
  void aResumedTrainingEndsAsAnUninterruptedOne() {
    assertResumes(Cohorts.SHORT);
  }

  @Test
  void aTrainingByAnotherRecipeResumesToo() {
    Optimizer adamw = new Optimizer(Optimizer.Kind.ADAMW, 0.9, 0.999, 0.01);
    assertResumes(
        Cohorts.SHORT
            .withDescent(new Descent(adamw, 0.1, PixelLoss.L1))
            .withWindows(Windows.of(16)));
  }

  private void assertResumes(Schedule schedule) {
    EncoderSetup setup = setup(schedule, patches());
    TrainedTrial whole = run(setup, Optional.empty()).finished.get("vq");
    Cohorts.Recorder broken =
        new Cohorts.Recorder() {
          @Override
          public void stepEnded(long step, long steps) {
            if (step == 7) {
              throw new IllegalStateException("the machine went away");
            }
          }
        };
    assertThatThrownBy(() -> EncoderTraining.run(Cohorts.CPU, setup, Optional.empty(), broken))
        .hasMessage("the machine went away");
    Path file = folder.resolve("state.safetensors");
    Safetensors.write(broken.states.get("vq"), file);
    TrainedTrial resumed = run(setup, Optional.of(Safetensors.read(file))).finished.get("vq");
    assertThat(resumed.weightHash()).isEqualTo(whole.weightHash());
    assertThat(resumed.curve()).isEqualTo(whole.curve());
    assertThat(resumed.weights().metadata()).isEqualTo(whole.weights().metadata());
  }

  @Test
  void takesGreyPatchesOfAnySize() {
    List<PatchSource.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] samples = new byte[20 * 18];
      Arrays.fill(samples, (byte) (50 * i));
      PlanarImage image = new PlanarImage(1, 18, 20, samples);
      pairs.add(new PatchSource.Pair(image, image));
    }
    Schedule two = new Schedule(2, 1, 1e-3, List.of(), 1, 0, 1, 1);
    PatchSource grey = Cohorts.source(pairs);
    TrainedTrial trained = run(setup(two, grey), Optional.empty()).finished.get("vq");
    assertThat(series(trained, "validation_psnr")).hasSize(2).allMatch(Double::isFinite);
  }

  @Test
  void arraysDoNotPileUp() {
    Schedule forty = new Schedule(40, 2, 1e-3, List.of(), 1, 0.9, 1000, 1000);
    EncoderSetup setup = setup(forty, patches());
    Cohorts.withoutLeak(
        "encoder",
        2,
        40,
        (manager, listener) -> EncoderTraining.run(manager, setup, Optional.empty(), listener));
  }

  private static Cohorts.Recorder run(EncoderSetup setup, Optional<Checkpoint> resume) {
    Cohorts.Recorder recorder = new Cohorts.Recorder();
    EncoderTraining.run(Cohorts.CPU, setup, resume, recorder);
    assertThat(recorder.failures).isEmpty();
    return recorder;
  }

  private static PatchSource patches() {
    return Cohorts.patches(10, "training");
  }

  private static EncoderSetup setup(Schedule schedule, PatchSource training) {
    return new EncoderSetup(
        "vq",
        NARROW,
        new SuperResolution(2),
        0,
        schedule,
        training,
        Cohorts.patches(2, "validation"));
  }
}
