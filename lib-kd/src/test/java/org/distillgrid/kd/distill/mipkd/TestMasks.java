package org.distillgrid.kd.distill.mipkd;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestMasks {
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
  void randomMasksAreDrawnForEveryChannelRowAndColumnOfAStep() {
    Latents latents = ofShape(new Shape(2, 8, 20, 25));
    Masks masks = new RandomMasks(Draws.of("masks"), 0.3);
    NDArray mask = masks.at(5, 1, latents);
    assertThat(mask.getShape()).isEqualTo(new Shape(1, 8, 20, 25));
    assertThat(mask.toFloatArray()).containsOnly(0, 1);
    assertThat(mask.mean().getFloat()).isBetween(0.27f, 0.33f);
    for (int axis = 1; axis < 4; axis++) {
      NDArray first = mask.get(new NDIndex(":,".repeat(axis) + "0:1"));
      NDArray second = mask.get(new NDIndex(":,".repeat(axis) + "1:2"));
      assertThat(first).as("axis %d", axis).isNotEqualTo(second);
    }
    assertThat(masks.at(5, 1, latents)).isEqualTo(mask);
    assertThat(masks.at(6, 1, latents)).isNotEqualTo(mask);
    assertThat(masks.at(5, 2, latents)).isNotEqualTo(mask);
  }

  @Test
  void theEndsOfTheRangeAreNothingAndAll() {
    Latents latents = Latents.of(values(1, 2, 3, 4), values(4, 3, 2, 1));
    Draws draws = Draws.of("masks");
    assertThat(new RandomMasks(draws, 0).at(0, 0, latents).toFloatArray()).containsOnly(0);
    assertThat(new RandomMasks(draws, 1).at(0, 0, latents).toFloatArray()).containsOnly(1);
    assertThat(new GridMasks(0).at(0, 0, latents).toFloatArray()).containsOnly(0);
    assertThat(new GridMasks(1).at(0, 0, latents).toFloatArray()).containsOnly(1);
    assertThat(new SimilarityMasks(0).at(0, 0, latents).toFloatArray()).containsOnly(0);
    assertThat(new SimilarityMasks(1).at(0, 0, latents).toFloatArray()).containsOnly(1);
  }

  @Test
  void aGridOfOneHalfIsAChequerboard() {
    NDArray mask = new GridMasks(0.5).at(0, 0, ofShape(new Shape(2, 3, 2, 4)));
    assertThat(mask.getShape()).isEqualTo(new Shape(1, 1, 2, 4));
    assertThat(mask.toFloatArray()).containsExactly(0, 1, 0, 1, 1, 0, 1, 0);
  }

  @Test
  void aGridTakesItsPart() {
    NDArray mask = new GridMasks(0.25).at(0, 0, ofShape(new Shape(1, 1, 4, 8)));
    assertThat(mask.mean().getFloat()).isEqualTo(0.25f);
    assertThat(mask.mean(new int[] {2}).toFloatArray()).containsOnly(0.25f);
  }

  @Test
  void theLeastSimilarPlacesAreTheTeachers() {
    // Cosines: 1, 0, −1, 0.6 at the four places of the first image; lengths do not count.
    NDArray teacher =
        manager.create(
            new float[] {1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0}, new Shape(2, 2, 2, 2));
    NDArray student =
        manager.create(
            new float[] {9, 0, -1, 3, 0, 2, 0, 4, 0, 1, 5, -2, 1, 0, 0, 0}, new Shape(2, 2, 2, 2));
    NDArray mask = new SimilarityMasks(0.5).at(0, 0, new Latents(teacher, student));
    assertThat(mask.getShape()).isEqualTo(new Shape(2, 1, 2, 2));
    assertThat(mask.toFloatArray()).containsExactly(0, 1, 1, 0, 1, 0, 0, 1);
  }

  @Test
  void aMaskTakesTheTeachersWhereItIsOne() {
    Latents latents = Latents.of(values(1, 2, 3, 4), values(5, 6, 7, 8));
    NDArray mask = manager.create(new float[] {1, 0, 0, 1}, new Shape(1, 1, 2, 2));
    assertThat(latents.mixed(mask).toFloatArray()).containsExactly(1, 6, 7, 4);
  }

  private Latents ofShape(Shape shape) {
    return new Latents(manager.zeros(shape), manager.zeros(shape));
  }

  private NDArray values(float... values) {
    return manager.create(values, new Shape(1, 1, 2, 2));
  }
}
