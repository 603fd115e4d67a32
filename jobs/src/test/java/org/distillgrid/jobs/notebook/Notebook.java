package org.distillgrid.jobs.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.zeppelin.display.Input;
import org.apache.zeppelin.interpreter.util.SqlSplitter;
import org.apache.zeppelin.notebook.Note;
import org.apache.zeppelin.notebook.Paragraph;
import org.apache.zeppelin.notebook.ParagraphTextParser;

/** A Zeppelin note, read by Zeppelin's own classes. */
final class Notebook {
  /**
   * One paragraph.
   *
   * @param interpreter its first line, {@code md} or {@code spark.sql}
   * @param body what follows it
   */
  record Cell(String title, String interpreter, String body, Map<String, Object> config) {}

  private final String json;
  private final Note note;

  private Notebook(String json, Note note) {
    this.json = json;
    this.note = note;
  }

  static Notebook read(Path file) throws IOException {
    String json = Files.readString(file);
    return new Notebook(json, Note.fromJson("test", json));
  }

  String json() {
    return json;
  }

  String name() {
    return note.getName();
  }

  List<Paragraph> paragraphs() {
    return note.getParagraphs();
  }

  List<Cell> cells() {
    return paragraphs().stream().map(Notebook::cell).toList();
  }

  List<Cell> queries() {
    return cells().stream().filter(cell -> cell.interpreter().equals("spark.sql")).toList();
  }

  /** Returns the names of the forms that the texts of queries would make. */
  Set<String> formsOfQueries() {
    Set<String> forms = new TreeSet<>();
    for (Cell cell : queries()) {
      for (boolean ofNote : new boolean[] {true, false}) {
        forms.addAll(Input.extractSimpleQueryForm(cell.body(), ofNote).keySet());
      }
    }
    return forms;
  }

  /** Returns the statements of a query as Zeppelin sends them to Spark. */
  static List<String> statements(Cell cell) {
    return new ArrayList<>(new SqlSplitter().splitSql(cell.body()));
  }

  private static Cell cell(Paragraph paragraph) {
    ParagraphTextParser.ParseResult parsed = ParagraphTextParser.parse(paragraph.getText());
    return new Cell(
        paragraph.getTitle(), parsed.getIntpText(), parsed.getScriptText(), paragraph.getConfig());
  }
}
