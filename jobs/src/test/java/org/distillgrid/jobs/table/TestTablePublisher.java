package org.distillgrid.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTablePublisher {
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void openSpark() {
    spark = LocalSpark.open(2);
  }

  @AfterAll
  static void closeSpark() {
    spark.stop();
  }

  @Test
  void switchesAllTablesAtOnceAndKeepsOneVersionBefore() throws IOException {
    RunFolder run = run("out");
    TablePublisher publisher = new TablePublisher(run);
    assertThat(publisher.publish(tables(1))).isEqualTo("v000001");
    assertThat(publisher.publish(tables(2))).isEqualTo("v000002");
    assertThat(publisher.publish(tables(3))).isEqualTo("v000003");
    assertThat(names(run)).containsExactlyInAnyOrder("v000002", "v000003", "CURRENT");
    Tables tables = Tables.open(spark, run);
    assertThat(tables.views()).containsExactlyElementsOf(TableName.published());
    assertThat(spark.sql("SELECT value FROM curves ORDER BY value").collectAsList())
        .extracting(row -> row.getDouble(0))
        .containsExactly(0.0, 1.0, 2.0);
    assertThat(spark.table("summary").schema().simpleString())
        .isEqualTo(TableName.SUMMARY.schema().simpleString());
  }

  @Test
  void ignoresAndClearsWhatAKilledDriverLeft() throws IOException {
    RunFolder run = run("out");
    TablePublisher publisher = new TablePublisher(run);
    publisher.publish(tables(1));
    Path half = Path.of(run.table("v000002", TableName.CURVES.view()).toUri());
    Files.createDirectories(half.resolve("_temporary/0"));
    Files.writeString(half.resolve("part-00000.parquet"), "half a file");
    assertThat(Tables.of(spark, run).table(TableName.CURVES).count()).isEqualTo(1);

    assertThat(publisher.publish(tables(2))).isEqualTo("v000003");
    assertThat(Tables.of(spark, run).table(TableName.CURVES).count()).isEqualTo(2);
    assertThat(names(run)).containsExactlyInAnyOrder("v000001", "v000003", "CURRENT");
  }

  @Test
  void knowsAVersionByWhatItWasMadeFromWhileItIsWhole() throws IOException {
    RunFolder run = run("out");
    TablePublisher publisher = new TablePublisher(run);
    Map<TableName, Dataset<Row>> tables = tables(1);
    Dataset<Row> summary = tables.remove(TableName.SUMMARY);
    publisher.publish(
        tables,
        fresh -> {
          assertThat(fresh.table(TableName.CURVES).count()).isEqualTo(1);
          return summary;
        },
        "ab12");
    assertThat(publisher.inForce("ab12")).contains("v000001");
    assertThat(publisher.inForce("ab13")).isEmpty();

    Path curves = Path.of(run.table("v000001", TableName.CURVES.view()).toUri());
    try (Stream<Path> files = Files.list(curves)) {
      for (Path part : files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        Files.delete(part);
      }
    }
    assertThat(publisher.inForce("ab12")).isEmpty();
    publisher.publish(tables(1));
    assertThat(publisher.inForce("ab12")).isEmpty();
  }

  @Test
  void refusesOtherColumns() {
    Map<TableName, Dataset<Row>> tables = tables(1);
    tables.put(TableName.CURVES, tables.get(TableName.CURVES).drop("step"));
    assertThatThrownBy(() -> new TablePublisher(run("out")).publish(tables))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Columns of curves differ: ");
  }

  @Test
  void saysInOneLineThatItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    RunFolder run = RunFolder.of(file.resolve("out").toString(), new Configuration());
    assertThatThrownBy(() -> new TablePublisher(run).publish(tables(1)))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT))
        .hasMessageStartingWith("Cannot write file:")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAFolderThatIsNoRun() {
    assertThatThrownBy(() -> Tables.open(spark, run("nowhere")))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot open %s: no run folder (it has neither spec.yaml nor tables)",
            run("nowhere").location());
  }

  @Test
  void replacesSmallFilesWithoutTraces() throws IOException {
    RunFolder run = run("files");
    org.apache.hadoop.fs.Path file = run.journal();
    run.files().replace(file, "first");
    run.files().replace(file, "second");
    assertThat(run.files().text(file)).contains("second");
    assertThat(run.files().text(run.spec())).isEmpty();
    try (Stream<Path> left = Files.list(Path.of(run.root().toUri()))) {
      assertThat(left).hasSize(1);
    }
  }

  private static Map<TableName, Dataset<Row>> tables(int curvePoints) {
    Map<TableName, Dataset<Row>> tables = new EnumMap<>(TableName.class);
    for (TableName table : TableName.published()) {
      tables.put(table, spark.createDataFrame(List.of(), table.schema()));
    }
    List<Row> points = new ArrayList<>();
    for (int i = 0; i < curvePoints; i++) {
      points.add(RowFactory.create("0123456789abcdef", (long) i, "loss/l1", (double) i));
    }
    tables.put(
        TableName.CURVES, spark.createDataFrame(points, TableName.CURVES.schema()).repartition(2));
    return tables;
  }

  private RunFolder run(String name) {
    return RunFolder.of(folder.resolve(name).toString(), new Configuration());
  }

  private static List<String> names(RunFolder run) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(run.tables().toUri()))) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
