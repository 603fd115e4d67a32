package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestReceptiveField {
  @Test
  void x() {
    for (String m :
        new String[] {
          "edsr-c4-b2/1",
          "edsr-c4-b2/2",
          "edsr-c4-b2/3",
          "edsr-c4-b16/4",
          "edsr-c4-b32/8",
          "rlfn-c4/2",
          "edsr-c256-b32/2"
        }) {
      long t = System.nanoTime();
      String[] a = m.split("/");
      ReceptiveField f = field(a[0], Integer.parseInt(a[1]));
      System.out.println(
          m
              + " "
              + ((Record) f.rows()).getClass()
              + f.rows()
              + f.columns()
              + " "
              + (f.rows() instanceof Reach.Local l ? l.radius() + " " + l.period() : "")
              + " "
              + (System.nanoTime() - t) / 1e6);
    }
    assertThat(1).isEqualTo(1);
  }

  private static ReceptiveField field(String model, int scale) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network = Network.build(model, new ModelTarget(3, scale), Draws.of("t"), manager)) {
      return ReceptiveField.of(network);
    }
  }
}
