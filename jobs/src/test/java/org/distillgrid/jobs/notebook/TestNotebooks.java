package org.distillgrid.jobs.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.display.GUI;
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
  private final GUI forms = new GUI();
  private SparkSession session;
  private ScalaParagraph scala;
  @TempDir static Path run;

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
  void runAllParagraphs() {
    session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.codegen.wholeStage", "false")
            .getOrCreate();
    new NotebookTables(session).publish(run.toString());
    scala = new ScalaParagraph(session);
    assertOpens(run, "v000001");
    for (Notebook.Cell cell : notebook.queries()) {
      Dataset<Row> last = session.emptyDataFrame();
      for (String statement : Notebook.statements(cell)) {
        last = session.sql(statement);
      }
      results.put(cell.title(), new Result(List.of(last.columns()), last.collectAsList()));
    }
  }

  /** Runs the first paragraph on a run folder. */
  private ScalaParagraph.Outcome open(Path folder) {
    forms.setParams(new HashMap<>(Map.of("run", folder.toUri().toString())));
    Notebook.Cell first = notebook.cells().get(0);
    assertThat(first.interpreter()).isEqualTo("spark");
    return scala.run(first.body(), forms);
  }

  private void assertOpens(Path folder, String version) {
    ScalaParagraph.Outcome outcome = open(folder);
    assertThat(outcome.status()).as(outcome.output()).isEqualTo("Success");
    assertThat(outcome.output()).contains("version: String = " + version).doesNotContain("warning");
  }

  @AfterAll
  void stopSession() {
    scala.close();
    session.stop();
  }

  @Test
  void everyParagraphIsTheFirstMarkdownOrSql() {
    assertThat(notebook.name()).isEqualTo("distill-grid/results");
    List<Notebook.Cell> others = notebook.cells().subList(1, notebook.cells().size());
    assertThat(others)
        .allSatisfy(cell -> assertThat(cell.interpreter()).isIn("md", "spark.sql"))
        .allSatisfy(cell -> assertThat(cell.body()).isNotBlank());
  }

  @Test
  void everyChartHasATitleAndTextBeforeItThatSaysWhatToSee() {
    boolean isTold = false;
    for (Notebook.Cell cell : notebook.cells()) {
      boolean isText = cell.interpreter().equals("md");
      if (cell.interpreter().equals("spark.sql")) {
        assertThat(cell.title()).isNotBlank();
        assertThat(isTold).as(cell.title()).isTrue();
      }
      isTold = isTold || isText;
    }
  }

  @Test
  void hasOneForm() {
    assertThat(notebook.formsOfQueries()).isEmpty();
    assertThat(forms.getForms().keySet()).containsExactly("run");
    assertThat(forms.getForms().get("run").getDefaultValue()).isEqualTo("runs/quickstart");
  }

  @Test
  void everyQueryReturnsRows() {
    assertThat(results).hasSizeGreaterThan(8).hasSameSizeAs(notebook.queries());
    assertThat(results)
        .allSatisfy((title, result) -> assertThat(result.rows()).as(title).isNotEmpty());
  }

  @Test
  void aFolderWithoutTablesIsTold() {
    Path nowhere = run.resolve("nowhere");

    assertThat(open(nowhere).output())
        .contains("IllegalArgumentException: Cannot read " + nowhere.toUri())
        .contains("it has no tables");
  }

  @Test
  void theViewsAreThoseOfTheVersionInForce() throws IOException {
    Path older = run.resolveSibling(run.getFileName() + "-older");
    // Tables of earlier versions have no labels of students.
    for (String table : List.of("trials", "metrics", "curves", "summary", "exports")) {
      session
          .read()
          .parquet(run.resolve("tables/v000001/" + table).toString())
          .drop("student_label", "diverged")
          .limit(1)
          .write()
          .parquet(older.resolve("tables/v000007/" + table).toString());
    }
    Files.writeString(older.resolve("tables/CURRENT"), "v000007\n");
    try {
      assertOpens(older, "v000007");
      assertThat(session.table("trials").count()).isOne();
      assertThat(session.sql("SELECT cell FROM named_trials").collectAsList())
          .containsExactly(RowFactory.create("edsr-c16-b4 fp none"));
    } finally {
      open(run);
    }
    assertThat(session.table("trials").count()).isEqualTo(6);
  }

  @Test
  void studentsOfOneModelAreToldApart() {
    assertThat(results.get("PSNR against bits").select("bits", "trained_as", "psnr"))
        .contains(
            List.of("w4a4", "edsr-c16-b4 lsq logits", 32.5),
            List.of("w4a4", "given lsq logits", 32.25));
    assertThat(
            results
                .get("What each method adds to training without a teacher, in dB")
                .select("cell", "gain"))
        .contains(List.of("edsr-c16-b4 w4a4 lsq", 0.5), List.of("given w4a4 lsq", 0.25));
    assertThat(results.get("Validation PSNR while training, in dB").select("trial"))
        .contains(List.of("edsr-c16-b4 w4a4 lsq logits"), List.of("given w4a4 lsq logits"))
        .doesNotContain(List.of("edsr-c16-b4 w4a4 lsq logits weight=4"));
  }

  @Test
  void bestCellIsTheOneOfHighestPsnr() {
    assertThat(results.get("Best cell at each bit-width").select("bits", "trained_as"))
        .containsExactly(
            List.of("fp", "edsr-c16-b4 fp none"), List.of("w4a4", "edsr-c16-b4 lsq logits"));
  }

  @Test
  void failedTrialsShowTheirError() {
    assertThat(results.get("Failed and diverged trials").select("trial_id", "why"))
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
    assertThat(checked)
        .contains("psnr", "loss", "gain", "kibibytes", "giga_bit_operations", "step");
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
