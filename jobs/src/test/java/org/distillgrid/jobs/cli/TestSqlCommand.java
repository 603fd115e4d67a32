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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        .endsWith("(this run has: trials, metrics, curves, summary, exports)")
        .doesNotContain("\n");
    assertThat(failure("SELEC 1"))
        .startsWith("Cannot answer query: [PARSE_SYNTAX_ERROR]")
        .doesNotContain("\n");
    assertThat(failure("SELECT 1 / 0"))
        .startsWith("Cannot answer query: [DIVIDE_BY_ZERO]")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH late AS (SELECT * FROM curves WHERE step > 500) SELECT series FROM late",
        "SELECT c.series, (SELECT max(value) FROM curves) FROM curves c ORDER BY 1 LIMIT 1 OFFSET 1",
        "SELECT series, count(*) FROM curves GROUP BY ALL HAVING count(*) > 0",
        "SELECT series, rank() OVER w FROM curves WINDOW w AS (ORDER BY value)",
        "SELECT * FROM curves UNION ALL (SELECT * FROM curves EXCEPT SELECT * FROM curves)",
        "SELECT * FROM curves a JOIN curves b USING (step) WHERE a.step IN (SELECT step FROM curves)",
        "SELECT * FROM curves LATERAL VIEW explode(array(1, 2)) AS n",
        "SELECT * FROM curves, LATERAL (SELECT step + 1 AS next)",
        "SELECT * FROM (SELECT series, value FROM curves) PIVOT (avg(value) FOR series IN ('a'))",
        "FROM curves |> WHERE step > 100 |> SELECT step",
        "SELECT /*+ BROADCAST(c) */ * FROM curves c TABLESAMPLE (10 ROWS)",
        "SELECT n FROM range(3) AS r(n) JOIN (VALUES (1), (2)) AS v(m) ON n = m",
        "SELECT 1",
        "TABLE curves",
        "SHOW TABLES",
        "SHOW COLUMNS FROM curves",
        "DESCRIBE curves",
        "DESCRIBE curves step",
        "DESCRIBE QUERY SELECT * FROM curves",
        "EXPLAIN SELECT * FROM curves"
      })
  void answersQueriesOverTheRun(String query) {
    assertThat(sql(folder.toString(), query)).endsWith(" rows)\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t AS SELECT * FROM curves",
        "CREATE OR REPLACE TEMP VIEW curves AS SELECT 1",
        "DROP VIEW curves",
        "INSERT INTO curves SELECT * FROM curves",
        "INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv SELECT * FROM curves",
        "FROM curves INSERT INTO curves SELECT *",
        "EXPLAIN INSERT INTO curves SELECT * FROM curves",
        "SET spark.sql.shuffle.partitions=3",
        "SET",
        "RESET",
        "ADD JAR '/tmp/x.jar'",
        "REFRESH TABLE curves",
        "REFRESH '/tmp'",
        "CACHE TABLE curves",
        "USE other",
        "SELECT * FROM text.`/etc/hostname`",
        "SELECT * FROM curves WHERE step IN (SELECT 1 FROM parquet.`/tmp`)",
        "WITH a AS (SELECT * FROM csv.`/etc/hostname`) SELECT * FROM a",
        "SELECT (SELECT max(value) FROM text.`/etc/hostname`)",
        "DESCRIBE text.`/etc/hostname`",
        "SELECT * FROM IDENTIFIER('text.`/etc/hostname`')",
        "SELECT IDENTIFIER('reflect')('java.lang.System', 'getProperty', 'user.home')",
        "EXECUTE IMMEDIATE 'DROP VIEW curves'",
        "SELECT reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT series FROM curves ORDER BY Java_Method('java.lang.Math', 'abs', 1)",
        "SELECT TRANSFORM(series) USING 'cat' AS x FROM curves"
      })
  void refusesWhatGoesBeyondTheRun(String query) {
    assertThat(failure(query))
        .matches(
            "Cannot answer query: .* (is no query|is no table of a run|runs Java code|may name"
                + " anything); only queries over the run's tables are answered, unless"
                + " --unrestricted is given");
  }

  @Test
  void goesBeyondTheRunWhenAsked() {
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
