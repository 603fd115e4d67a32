package org.distillgrid.jobs.cluster;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Tasks that keep a core busy and hold an image. Executors of this machine offer Spark more task
 * slots than they have cores, so that a table can be written while they train; a long task takes
 * two of them, and as many run at once as there are cores.
 */
public final class LongTasks {
  private static final String CPUS = "spark.distillGrid.longTaskCpus";
  private static final int TASK_SLOTS = 2;

  private LongTasks() {}

  /** Returns how many task slots an executor offers: one is left when a training has its half. */
  static int taskSlots(int cores) {
    return TASK_SLOTS * cores + 1;
  }

  /** Notes that executors offer {@link #taskSlots}. */
  static void putInto(SparkConf configuration) {
    configuration.set(CPUS, Integer.toString(TASK_SLOTS));
  }

  /** Returns tasks of which no executor runs more at once than it has cores. */
  public static <T> JavaRDD<T> of(JavaSparkContext spark, JavaRDD<T> tasks) {
    int cpus = spark.getConf().getInt(CPUS, 1);
    if (cpus == 1) {
      return tasks;
    }
    TaskResourceRequests requests = new TaskResourceRequests().cpus(cpus);
    return tasks.withResources(new ResourceProfileBuilder().require(requests).build());
  }
}
