package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TablePublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestSqlCommand {
  @TempDir private Path folder;
  private String master;

  @BeforeEach
  void publish() {
    master = System.getProperty("spark.master");
    System.setProperty("spark.master", "local[1]");
    SparkSession spark = LocalSpark.open(1);
    Map<TableName, Dataset<Row>> tables = new EnumMap<>(TableName.class);
    for (TableName table : TableName.published()) {
      tables.put(table, spark.createDataFrame(List.of(), table.schema()));
    }
    List<Row> points =
        List.of(
            RowFactory.create("0123456789abcdef", 100L, "loss/l1", 0.25),
            RowFactory.create("0123456789abcdef", 2000L, "validation, psnr", 31.5));
    tables.put(TableName.CURVES, spark.createDataFrame(points, TableName.CURVES.schema()));
    new TablePublisher(RunFolder.of(folder.toString(), new Configuration())).publish(tables);
    spark.stop();
  }

  @AfterEach
  void restoreMaster() {
    if (master == null) {
      System.clearProperty("spark.master");
    } else {
      System.setProperty("spark.master", master);
    }
  }

  @Test
  void printsAlignedColumns() {
    assertThat(
            sql(
                folder.toString(),
                "SELECT step, series, value, cast(null AS int) AS other FROM curves"))
        .isEqualTo(
            """
            step  series            value  other
             100  loss/l1            0.25   null
            2000  validation, psnr   31.5   null
            (2 rows)
            """);
    assertThat(
            sql(
                "--csv",
                folder.toString(),
                "SELECT series, value, null AS other FROM curves ORDER BY step"))
        .isEqualTo(
            """
            series,value,other
            loss/l1,0.25,
            "validation, psnr",31.5,
            """);
  }

  @Test
  void saysInOneLineWhatIsWrongWithAQuery() {
    assertThat(failure("SELECT * FROM curvs"))
        .startsWith("Cannot answer query: [TABLE_OR_VIEW_NOT_FOUND]")
        .endsWith("(this run has: trials, metrics, curves, summary, tuning, exports)")
        .doesNotContain("\n");
    assertThat(failure("SELEC 1"))
        .startsWith("Cannot answer query: [PARSE_SYNTAX_ERROR]")
        .doesNotContain("\n");
    assertThat(failure("SELECT 1 / 0"))
        .startsWith("Cannot answer query: [DIVIDE_BY_ZERO]")
        .doesNotContain("\n");
  }

  @Test
  void goesBeyondTheRunOnlyWhenAsked() {
    assertThat(failure("SELECT reflect('java.lang.Math', 'abs', -1) AS one"))
        .isEqualTo(
            "Cannot answer query: function reflect runs Java code; only queries over the run's"
                + " tables are answered, unless --unrestricted is given");
    assertThat(
            sql(
                "--unrestricted",
                "--csv",
                folder.toString(),
                "SELECT reflect('java.lang.Math', 'abs', -1) AS one"))
        .isEqualTo("one\n1\n");
  }

  private String sql(String... arguments) {
    StringWriter out = new StringWriter();
    String[] message = new String[1];
    int status = line(out, message).execute(arguments);
    assertThat(message[0]).isNull();
    assertThat(status).isZero();
    return out.toString();
  }

  private String failure(String query) {
    String[] message = new String[1];
    assertThat(line(new StringWriter(), message).execute(folder.toString(), query)).isNotZero();
    return message[0];
  }

  private CommandLine line(StringWriter out, String[] message) {
    return new CommandLine(new SqlCommand())
        .setOut(new PrintWriter(out))
        .setExecutionExceptionHandler(
            (exception, line, result) -> {
              message[0] = exception.getMessage();
              return 2;
            });
  }
}
