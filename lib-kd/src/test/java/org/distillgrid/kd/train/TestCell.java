package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class TestCell {
  private static final Cell CELL =
      Cell.of("edsr-c16-b4", "w4a4", "minmax-tail-head", "spark(grid=4)+mipkd", 3);

  @Test
  void travelsAsItsNamesAreSpelled() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(CELL);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Cell read = (Cell) in.readObject();
      assertThat(read).isEqualTo(CELL).hasSameHashCodeAs(CELL).hasToString(CELL.toString());
      assertThat(read.student().text()).isEqualTo("edsr-c16-b4");
    }
  }

  @Test
  void keepsTheStudentsSpellingAlone() {
    assertThat(CELL).hasToString("edsr-c16-b4 w4a4 minmax-head-tail spark(grid=4)+mipkd seed 3");
    assertThat(Cell.of("edsr-b4-c16", "fp", "fp", "none", 0))
        .isNotEqualTo(Cell.of("edsr-c16-b4", "fp", "fp", "none", 0));
  }

  @Test
  void knowsWhetherItIsTrained() {
    assertThat(Cell.of("edsr-c16-b4", "w4a4", "lsq", "none", 0).isTrained()).isTrue();
    assertThat(CELL.isTrained()).isFalse();
    assertThat(Cell.fullPrecision(CELL.student(), 3))
        .hasToString("edsr-c16-b4 fp fp none seed 3")
        .matches(Cell::isTrained);
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> Cell.of("edsr-c4-b1", "w4a4", "lsq", "alchemy", 0))
        .hasMessageContaining("Unknown method: alchemy");
  }
}
