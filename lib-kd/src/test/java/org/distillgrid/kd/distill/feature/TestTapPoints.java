package org.distillgrid.kd.distill.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.Optional;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.Trunk;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestTapPoints {
  @Test
  void pointsLieAtTheSameRelativeDepth() {
    // FAKD's code ends its three parts after 5, 10 and 16 of 16 blocks, and after 10, 21 and 32.
    TapPoints points = TapPoints.of(trunk(16), trunk(32), 3);
    assertThat(points.student()).containsExactly(4, 9, 15);
    assertThat(points.teacher()).containsExactly(9, 20, 31);
  }

  @Test
  void onePointIsTheEndOfTheTrunk() {
    TapPoints points = TapPoints.of(trunk(4), trunk(6), 1);
    assertThat(points.student()).containsExactly(3);
    assertThat(points.teacher()).containsExactly(5);
  }

  @Test
  void aShortNetworkLeavesFewerPoints() {
    TapPoints points = TapPoints.of(trunk(2), trunk(6), 3);
    assertThat(points.student()).containsExactly(0, 1);
    assertThat(points.teacher()).containsExactly(2, 5);
    assertThat(TapPoints.of(trunk(9), trunk(1), 3).student()).containsExactly(8);
  }

  @Test
  void aTeachersMapTakesTheStudentsSize() {
    try (NDManager manager = NDManager.newBaseManager();
        NDManager other = manager.newSubManager()) {
      NDArray student = manager.zeros(new Shape(1, 2, 1, 2));
      NDArray same = other.ones(new Shape(1, 5, 1, 2));
      assertThat(FeaturePair.of(student, same).teacher()).isSameAs(same);
      NDArray large = other.create(new float[] {1, 3, 5, 7, 2, 4, 6, 9}, new Shape(1, 1, 2, 4));
      NDArray averaged = FeaturePair.of(student, large).teacher();
      assertThat(averaged.toFloatArray()).containsExactly(2.5f, 6.75f);
      assertThat(averaged.getManager()).isSameAs(manager);
      NDArray small = other.create(new float[] {8}, new Shape(1, 1, 1, 1));
      assertThat(FeaturePair.of(student, small).teacher().toFloatArray()).containsExactly(8, 8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fitnet", "at", "rkd", "fakd"})
  void aMethodOnFeaturesNeedsATeacher(String method) {
    DistillerContext context =
        new DistillerContext(trunk(3), Optional.empty(), 1, Draws.of("test"), null);
    assertThatThrownBy(() -> MethodSum.parse(method).distiller(context))
        .hasMessage("Cannot use method %s: the trial has no teacher", method);
  }

  @Test
  void relationsNeedTwoImages() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray features = manager.zeros(new Shape(1, 2, 4, 4));
      assertThatThrownBy(() -> BatchRelations.of(features, 2))
          .hasMessage("Cannot use method rkd: it needs two images a batch at least, not 1");
    }
  }

  private static Architecture trunk(int segments) {
    return new Trunk(Collections.nCopies(segments, 4));
  }
}
