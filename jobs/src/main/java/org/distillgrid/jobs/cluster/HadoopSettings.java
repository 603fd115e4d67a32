package org.distillgrid.jobs.cluster;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil$;

/** Hadoop's settings, for commands that need files but no Spark session. */
public final class HadoopSettings {
  private HadoopSettings() {}

  /** Returns them, with those that Spark was given as {@code spark.hadoop.*}. */
  public static Configuration ofCommand() {
    return SparkHadoopUtil$.MODULE$.newConfiguration(new SparkConf());
  }
}
