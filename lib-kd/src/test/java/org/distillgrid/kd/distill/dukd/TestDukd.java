package org.distillgrid.kd.distill.dukd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.Trunk;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestDukd {
  private static final int SIDE = 6;

  @Test
  void allFourChangesInOrder() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = images(2, 3, manager);
      Augmentation all = Augmentation.drawn(images, 1, Draws.of("any").at(0, "test"));
      float[] before = images.toFloatArray();
      float[] after = all.of(images).toFloatArray();
      // Reversed both ways, then transposed: (r, c) comes from (2 - c, 2 - r).
      for (int plane = 0; plane < 6; plane++) {
        for (int r = 0; r < 3; r++) {
          for (int c = 0; c < 3; c++) {
            float source = before[plane * 9 + (2 - c) * 3 + 2 - r];
            assertThat(after[plane * 9 + r * 3 + c]).isCloseTo(1 - source, within(1e-6f));
          }
        }
      }
    }
  }

  @Test
  void everyDrawIsUndone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = images(5, 4, manager);
      Set<List<Augmentation.Change>> seen = new HashSet<>();
      for (int step = 0; step < 40; step++) {
        Augmentation drawn = Augmentation.drawn(images, 0.3, Draws.of("undo").at(step, "test"));
        assertThat(drawn.undone(drawn.of(images)).toFloatArray())
            .containsExactly(images.toFloatArray(), within(1e-6f));
        seen.add(drawn.steps().stream().map(Augmentation.Step::change).toList());
      }
      assertThat(seen).hasSizeGreaterThan(3);
      assertThat(Augmentation.drawn(images, 0, Draws.of("none").at(0, "test")).steps()).isEmpty();
    }
  }

  @Test
  void imagesAreChangedEachOnItsOwn() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray images = images(64, 4, manager);
      Augmentation drawn = Augmentation.drawn(images, 0.3, Draws.of("apart").at(0, "test"));
      assertThat(drawn.steps()).hasSize(4);
      for (Augmentation.Step step : drawn.steps()) {
        assertThat(step.changed().sum().getFloat()).isBetween(8f, 32f);
        assertThat(step.changed().add(step.kept()).toFloatArray()).containsOnly(1);
      }
    }
  }

  @Test
  void imagesThatAreNotSquareAreNotTransposed() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray wide = manager.zeros(new Shape(2, 3, 4, 6));
      Augmentation drawn = Augmentation.drawn(wide, 1, Draws.of("wide").at(0, "test"));
      assertThat(drawn.steps()).hasSize(3);
      assertThat(drawn.of(wide).getShape()).isEqualTo(wide.getShape());
    }
  }

  @Test
  void tilesOfTheTargetAreLabelledByTheTeacher() {
    try (Case trial = new Case()) {
      Distiller method = trial.method("dukd(probability=0)");
      List<Double> tiles = trial.lossesOfTiles();
      Set<Integer> drawn = new HashSet<>();
      for (int step = 0; step < 40; step++) {
        double loss = trial.term(method, step, "dukd_zoom");
        assertThat(tiles).anySatisfy(tile -> assertThat(tile).isCloseTo(loss, within(1e-6)));
        for (int i = 0; i < tiles.size(); i++) {
          if (Math.abs(tiles.get(i) - loss) < 1e-6) {
            drawn.add(i);
          }
        }
      }
      assertThat(drawn).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void consistencyWithoutChangesIsTheTermOfLogits() {
    try (Case trial = new Case()) {
      Distiller unchanged = trial.method("dukd(zoom=0,consistency=1,probability=0)");
      double logits = trial.term(unchanged, 3, "logits");
      assertThat(trial.term(unchanged, 3, "dukd_consistency")).isCloseTo(logits, within(1e-6));
      Distiller changed = trial.method("dukd(zoom=0,consistency=1,probability=1)");
      double other = trial.term(changed, 3, "dukd_consistency");
      assertThat(Math.abs(other - logits)).isGreaterThan(1e-4);
      assertThat(trial.loss(changed, 3).byName().keySet())
          .containsExactly("pixel", "logits", "dukd_consistency");
    }
  }

  @Test
  void inputsThatAreSmallAlreadyAreNotMadeSmaller() {
    try (Case trial = new Case()) {
      Distiller method = trial.method("dukd(out=1)");
      assertThatThrownBy(() -> trial.loss(method, 3))
          .hasMessage(
              "Cannot use method dukd: out makes inputs of 6×6 2 times smaller, and the least side"
                  + " is 8");
    }
  }

  @Test
  void itNeedsATeacher() {
    DistillerContext context =
        new DistillerContext(new Trunk(List.of(4)), Optional.empty(), 1, Draws.of("test"), null);
    assertThatThrownBy(() -> MethodSum.parse("dukd").distiller(context))
        .hasMessage("Cannot use method dukd: the trial has no teacher");
  }

  private static NDArray images(int count, int side, NDManager manager) {
    var draws = Draws.of("images").at(side, "test");
    Shape shape = new Shape(count, 3, side, side);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, shape, manager);
  }

  /** A student and a teacher for ×2, with one batch. */
  private static final class Case implements AutoCloseable {
    private static final ModelTarget DOUBLED = new ModelTarget(3, 2);
    private final NDManager manager = NDManager.newBaseManager();
    private final Network student =
        Network.build("edsr-c4-b1", DOUBLED, Draws.of("student"), manager);
    private final Network teacher =
        Network.build("edsr-c6-b1", DOUBLED, Draws.of("teacher"), manager);
    private final NDArray input = images(2, SIDE, manager);
    private final NDArray target = images(2, 2 * SIDE, manager);

    Distiller method(String name) {
      return MethodSum.parse(name)
          .distiller(
              new DistillerContext(
                  student.architecture(),
                  Optional.of(teacher.architecture()),
                  100,
                  Draws.of("trial"),
                  manager));
    }

    LossTerms loss(Distiller method, long step) {
      Pass taught = Pass.of(student.architecture(), input);
      Pass teaching = Pass.of(teacher.architecture(), input);
      return method.loss(new StepTensors(step, input, target, taught, Optional.of(teaching)));
    }

    double term(Distiller method, long step, String term) {
      return loss(method, step).byName().get(term).getFloat();
    }

    List<Double> lossesOfTiles() {
      List<Double> losses = new ArrayList<>();
      for (int top : List.of(0, SIDE)) {
        for (int left : List.of(0, SIDE)) {
          NDArray tile =
              target.get(":, :, {}:{}, {}:{}", top, top + SIDE, left, left + SIDE).duplicate();
          NDArray gap = student.forward(tile).sub(teacher.forward(tile)).abs().mean();
          losses.add((double) gap.getFloat());
        }
      }
      return losses;
    }

    @Override
    public void close() {
      student.close();
      teacher.close();
      manager.close();
    }
  }
}
