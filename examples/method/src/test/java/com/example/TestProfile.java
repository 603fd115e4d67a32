package com.example;

import static org.assertj.core.api.Assertions.assertThat;

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

class TestProfile {
  @Test
  void aMethodOnFeaturesIsASumOverPoints() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Trunk student = new Trunk(List.of(2, 3));
      Trunk teacher = new Trunk(List.of(5, 4));
      DistillerContext context =
          new DistillerContext(student, Optional.of(teacher), 10, Draws.of("test"), manager);
      NDArray ones = manager.ones(new Shape(1, 3, 4, 4));
      Pass taught = Pass.of(student, manager.full(new Shape(1, 3, 4, 4), 0.5f));
      Pass teaching = Pass.of(teacher, ones);
      LossTerms terms =
          MethodSum.parse("profile(points=2,weight=3)+logits")
              .distiller(context)
              .loss(new StepTensors(0, ones, ones, taught, Optional.of(teaching)));

      assertThat(terms.byName().keySet()).containsExactly("pixel", "logits", "profile");
      // Every one of its two points has features of 0.5 and of 1.
      assertThat(terms.byName().get("profile").getFloat()).isEqualTo(3 * 2 * 0.5f);
    }
  }
}
