package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.notebook.Paragraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestNotebooks {
  private final Notebook notebook;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private SparkSession session;

  /** What the last statement of a query returned. */
  private record Result(List<String> columns, List<Row> rows) {
    List<List<Object>> select(String... names) {
      return rows.stream()
          .map(row -> Arrays.stream(names).map(name -> row.get(row.fieldIndex(name))).toList())
          .toList();
    }
  }

  TestNotebooks() throws IOException {
    notebook = Notebook.read(checkout().resolve("notebooks/results.zpln"));
  }

  @BeforeAll
  void runAllQueries(@TempDir Path run) {
    session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.codegen.wholeStage", "false")
            .getOrCreate();
    String version = new NotebookTables(session).publish(run.toString());
    Map<String, Object> forms = Map.of("run", run.toUri().toString(), "version", version);
    for (Notebook.Cell cell : notebook.queries()) {
      Dataset<Row> last = session.emptyDataFrame();
      for (String statement : Notebook.statements(cell, forms)) {
        last = session.sql(statement);
      }
      results.put(cell.title(), new Result(List.of(last.columns()), last.collectAsList()));
    }
  }

  @AfterAll
  void stopSession() {
    session.stop();
  }

  @Test
  void everyParagraphIsMarkdownOrSql() {
    assertThat(notebook.name()).isEqualTo("distill-grid/results");
    assertThat(notebook.cells()).extracting(Notebook.Cell::interpreter).contains("md");
    assertThat(notebook.cells())
        .allSatisfy(cell -> assertThat(cell.interpreter()).isIn("md", "spark.sql"))
        .allSatisfy(cell -> assertThat(cell.body()).isNotBlank());
  }

  @Test
  void formsDefaultToTheQuickstart() {
    assertThat(notebook.forms())
        .containsEntry("run", "runs/quickstart")
        .containsEntry("version", "v000001")
        .containsEntry("dataset", "%")
        .containsOnlyKeys("run", "version", "dataset", "bits", "series");
  }

  @Test
  void everyQueryReturnsRows() {
    assertThat(results).hasSizeGreaterThan(8).hasSameSizeAs(notebook.queries());
    assertThat(results)
        .allSatisfy((title, result) -> assertThat(result.rows()).as(title).isNotEmpty());
  }

  @Test
  void firstQueryShowsTheVersionInForce() {
    assertThat(results.get("Version of the tables in force").select("version"))
        .containsExactly(List.of("v000001"));
  }

  @Test
  void bestCellIsTheOneOfHighestPsnr() {
    assertThat(results.get("Best cell at each bit-width").select("bits", "method"))
        .containsExactly(List.of("fp", "none"), List.of("w4a4", "logits"));
  }

  @Test
  void failedTrialsShowTheirError() {
    assertThat(results.get("Failed trials").select("trial_id", "error"))
        .containsExactly(List.of("d", "Cannot train: loss is not finite at step 7"));
  }

  @Test
  void chartsUseColumnsOfTheirQueries() {
    List<String> checked = new ArrayList<>();
    for (Notebook.Cell cell : notebook.queries()) {
      List<String> columns = results.get(cell.title()).columns();
      for (Map<String, Object> axis : axes(cell)) {
        String name = (String) axis.get("name");
        int index = ((Number) axis.get("index")).intValue();
        assertThat(columns).as(cell.title()).hasSizeGreaterThan(index);
        assertThat(columns.get(index)).as(cell.title()).isEqualTo(name);
        checked.add(name);
      }
    }
    assertThat(checked).contains("psnr", "loss", "gain", "kibibytes", "step");
  }

  @Test
  void holdsNoResultsUsersOrDates() {
    assertThat(notebook.paragraphs()).allSatisfy(TestNotebooks::assertFresh);
    assertThat(notebook.json())
        .doesNotContain("\"user\"", "\"dateCreated\"", "\"dateStarted\"", "\"dateFinished\"")
        .doesNotContain("\"dateUpdated\"", "\"msg\"", "\"code\"", "\"runtimeInfos\"");
  }

  private static void assertFresh(Paragraph paragraph) {
    assertThat(paragraph.getStatus().name()).isEqualTo("READY");
    assertThat(paragraph.getReturn()).isNull();
  }

  /** Returns the columns that a query's chart names. */
  private static List<Map<String, Object>> axes(Notebook.Cell cell) {
    Map<String, Object> graph = child(child(child(cell.config(), "results"), "0"), "graph");
    List<Map<String, Object>> axes = new ArrayList<>();
    for (String kind : List.of("keys", "groups", "values")) {
      ((List<?>) graph.get(kind)).forEach(axis -> axes.add(cast(axis)));
    }
    Object setting = graph.get("setting");
    if (graph.get("mode").equals("scatterChart")) {
      child(cast(setting), "scatterChart").values().forEach(axis -> axes.add(cast(axis)));
    }
    return axes;
  }

  private static Map<String, Object> child(Map<String, Object> parent, String key) {
    return cast(parent.get(key));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object value) {
    return (Map<String, Object>) value;
  }

  private static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("notebooks"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
