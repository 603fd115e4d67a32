package org.distillgrid.jobs;

import org.apache.spark.sql.SparkSession;

/** A small Spark session of this JVM, quiet and without a web page. */
public final class LocalSpark {
  private LocalSpark() {}

  /** Opens a session with some cores. */
  public static SparkSession open(int cores) {
    SparkSession session =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .appName("test")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            // Compiling a plan takes longer than a test's few rows take without.
            .config("spark.sql.codegen.wholeStage", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
            .getOrCreate();
    session.sparkContext().setLogLevel("OFF");
    return session;
  }
}
