package org.distillgrid.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

/** {@code -Ddocs.update=true} writes the page anew. */
class TestTablesPage {
  private static final String START = "<!-- tables -->\n";
  private static final String END = "<!-- end of tables -->\n";

  @Test
  void showsEveryTableAndColumn() throws IOException {
    Path page = Path.of("..", "docs", "tables.md");
    String text = Files.readString(page);
    String expected = START + rendered() + END;
    if (Boolean.getBoolean("docs.update")) {
      int from = text.indexOf(START);
      int to = text.indexOf(END) + END.length();
      text = text.substring(0, from) + expected + text.substring(to);
      Files.writeString(page, text);
    }
    assertThat(text).contains(expected);
  }

  @Test
  void explainsEveryColumn() {
    for (TableName table : TableName.values()) {
      for (StructField field : table.schema().fields()) {
        assertThat(field.getComment().isDefined()).as(table + "." + field.name()).isTrue();
      }
    }
  }

  private static String rendered() {
    StringBuilder page = new StringBuilder();
    for (TableName table : TableName.values()) {
      page.append("\n## `").append(table.view()).append("`\n").append(table.help());
      page.append("\n\n| column | type | meaning |\n|---|---|---|\n");
      for (StructField field : table.schema().fields()) {
        page.append("| `").append(field.name()).append("` | ").append(type(field)).append(" | ");
        page.append(field.getComment().get().replace("|", "\\|").replace("<", "&lt;"));
        page.append(" |\n");
      }
    }
    return page.append('\n').toString();
  }

  private static String type(StructField field) {
    String type = field.dataType().simpleString();
    if (field.nullable()) {
      return type + ", may be null";
    }
    return type;
  }
}
