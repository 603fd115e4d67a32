package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.Trunk;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestCharbonnier {
  @Test
  void aMethodOnTheOutputCanBeWeightedInSpace() {
    assertThat(MethodSum.parse("spark+charbonnier").canonical()).isEqualTo("spark+charbonnier");
    try (NDManager manager = NDManager.newBaseManager()) {
      LossTerms terms = loss("charbonnier(epsilon=0.001,weight=2)", manager);
      assertThat(terms.byName().keySet()).containsExactly("pixel", "charbonnier");
      float expected = 2 * (float) Math.sqrt(0.25 + 1e-6);
      assertThat(terms.byName().get("charbonnier").getFloat()).isCloseTo(expected, within(1e-6f));
      NDArray thrice = manager.full(new Shape(1, 1, 4, 4), 3);
      LossTerms weighted = terms.weighted(thrice);
      assertThat(weighted.byName().get("charbonnier").getFloat())
          .isCloseTo(3 * expected, within(1e-5f));
      assertThat(weighted.byName().get("pixel").getFloat())
          .isEqualTo(terms.byName().get("pixel").getFloat());
    }
  }

  private static LossTerms loss(String method, NDManager manager) {
    Trunk student = new Trunk(List.of(2, 3));
    Trunk teacher = new Trunk(List.of(5, 4));
    DistillerContext context =
        new DistillerContext(student, Optional.of(teacher), 10, Draws.of("test"), manager);
    NDArray ones = manager.ones(new Shape(1, 3, 4, 4));
    Pass taught = Pass.of(student, manager.full(new Shape(1, 3, 4, 4), 0.5f));
    return MethodSum.parse(method)
        .distiller(context)
        .loss(new StepTensors(0, ones, ones, taught, Optional.of(Pass.of(teacher, ones))));
  }
}
