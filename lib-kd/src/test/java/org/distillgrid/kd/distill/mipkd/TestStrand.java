package org.distillgrid.kd.distill.mipkd;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.Pass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What later parts of a network read of its earlier ones. */
class TestStrand {
  /** Every segment adds one; the tail shows the skip and all features since. */
  private record Counting() implements Architecture {
    @Override
    public Flow head(NDArray input) {
      return new Flow(input, input.add(100), List.of(), input);
    }

    @Override
    public int segments() {
      return 4;
    }

    @Override
    public Flow segment(int index, Flow flow) {
      return flow.after(flow.features().add(1));
    }

    @Override
    public NDArray tail(Flow flow) {
      return flow.skip().concat(NDArrays.concat(new NDList(flow.history()), 1), 1);
    }

    @Override
    public int width(int segment) {
      return 1;
    }
  }

  private NDManager manager;
  private Strand strand;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    NDArray input = manager.zeros(new Shape(1, 1, 1, 1));
    List<NDArray> own = Pass.of(new Counting(), input).features();
    strand = new Strand(new Counting(), List.of(1, 3), input, own);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aPartThatWasLeftOutIsThatOfTheNetworksOwnPass() {
    assertThat(strand.part(1, features(70)).toFloatArray()).containsExactly(100, 1, 2, 3, 70);
  }

  @Test
  void aPartThatWasRunIsThatOfThePath() {
    assertThat(strand.part(0, features(50)).toFloatArray()).containsExactly(52);
    assertThat(strand.part(1, features(70)).toFloatArray()).containsExactly(100, 1, 50, 51, 70);
  }

  @Test
  void theRestLeavesNothingBehind() {
    assertThat(strand.rest(0, features(50)).toFloatArray()).containsExactly(100, 1, 50, 51, 52);
    assertThat(strand.part(1, features(70)).toFloatArray()).containsExactly(100, 1, 2, 3, 70);
  }

  @Test
  void whatEntersIsBroughtToTheNetworksSize() {
    NDArray large = manager.create(new float[] {1, 2, 3, 6}, new Shape(1, 1, 2, 2));
    assertThat(strand.part(1, large).toFloatArray()).containsExactly(100, 1, 2, 3, 3);
  }

  private NDArray features(float value) {
    return manager.full(new Shape(1, 1, 1, 1), value);
  }
}
