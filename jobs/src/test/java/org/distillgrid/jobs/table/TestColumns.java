package org.distillgrid.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestColumns {
  private static final Columns<String> COLUMNS =
      Columns.<String>none()
          .required("text", ColumnType.TEXT, "the text", text -> text)
          .required("part", ColumnType.TEXT, "the folder's name tells it")
          .optional("first", ColumnType.INT, "its first character", TestColumns::first);

  private static Optional<Integer> first(String text) {
    return text.chars().boxed().findFirst();
  }

  @Test
  void aRowHasTheColumnsOfItsSchema() {
    assertThat(COLUMNS.schema().fieldNames()).containsExactly("text", "part", "first");
    assertThat(COLUMNS.rowSchema().simpleString()).isEqualTo("struct<text:string,first:int>");
    assertThat(COLUMNS.rowSchema().fields()[0].nullable()).isFalse();
    assertThat(COLUMNS.rowSchema().fields()[1].nullable()).isTrue();
    assertThat(COLUMNS.schema().fields()[2].getComment().get()).isEqualTo("its first character");
    assertThat(COLUMNS.row("a").mkString(" ")).isEqualTo("a 97");
    assertThat(COLUMNS.row("").isNullAt(1)).isTrue();
  }

  @Test
  void onlyAnOptionalColumnIsNull() {
    Columns<String> required =
        Columns.<String>none().required("text", ColumnType.TEXT, "the text", text -> null);

    assertThatThrownBy(() -> required.row("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A row has no text");
  }
}
