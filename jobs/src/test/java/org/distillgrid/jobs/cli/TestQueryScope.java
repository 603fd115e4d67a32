package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestQueryScope {
  private static SparkSession spark;

  @BeforeAll
  static void open() {
    spark = LocalSpark.open(1);
    spark
        .createDataFrame(List.of(), TableName.CURVES.schema())
        .createOrReplaceTempView(TableName.CURVES.view());
  }

  @AfterAll
  static void stop() {
    spark.stop();
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
        "SELECT /*+ BROADCAST(c) */ * FROM curves TABLESAMPLE (10 ROWS) AS c",
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
  void answersQueriesOverViews(String query) throws Exception {
    QueryScope.require(spark, query);

    assertThat(spark.sql(query).columns()).isNotEmpty();
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
  void refusesWhatGoesBeyondViews(String query) {
    assertThatThrownBy(() -> QueryScope.require(spark, query))
        .isInstanceOf(GridException.class)
        .message()
        .matches(
            "Cannot answer query: .* (is no query|is no table of a run|runs Java code|may name"
                + " anything); only queries over the run's tables are answered, unless"
                + " --unrestricted is given");
  }
}
