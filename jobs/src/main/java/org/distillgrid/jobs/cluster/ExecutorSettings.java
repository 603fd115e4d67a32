package org.distillgrid.jobs.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * The Spark properties with which the executors of this machine start.
 *
 * @param cores of each executor
 * @param defaults those that hold where the user has none of his own
 */
record ExecutorSettings(int cores, Map<String, String> defaults) {
  private static final String CORES = "spark.executor.cores";
  private static final String JARS = "spark.jars";
  private static final String CLASS_PATH = "spark.executor.extraClassPath";
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  static ExecutorSettings of(Workers workers) {
    Map<String, String> defaults = new LinkedHashMap<>();
    int taskSlots = LongTasks.taskSlots(workers.cores());
    defaults.put(CORES, Integer.toString(taskSlots));
    defaults.put("spark.cores.max", Integer.toString(workers.count() * taskSlots));
    defaults.put("spark.executor.memory", Bytes.mebibytes(workers.heapBytes()) + "m");
    defaults.put("spark.driver.host", LocalWorkers.HOST);
    defaults.put("spark.driver.bindAddress", LocalWorkers.HOST);
    // The driver has enough to do while they start, and then need not count them.
    defaults.put("spark.scheduler.minRegisteredResourcesRatio", "0.0");
    defaults.put("spark.default.parallelism", Integer.toString(workers.count() * taskSlots));
    if (!workers.gpus().isEmpty()) {
      defaults.put("spark.executor.resource.gpu.amount", "1");
      defaults.put("spark.worker.resource.gpu.amount", "1");
    }
    return new ExecutorSettings(workers.cores(), defaults);
  }

  /** Adds them to a configuration. */
  void putInto(SparkConf configuration) {
    int processors = configuration.getInt(CORES, cores);
    if (!configuration.contains(CORES)) {
      LongTasks.putInto(configuration);
    }
    defaults.forEach(configuration::setIfMissing);
    // Of its own number of cores each JVM has its collector's threads, not of the machine's.
    String option = "-XX:ActiveProcessorCount=" + processors;
    configuration.set(OPTIONS, (option + " " + configuration.get(OPTIONS, "")).strip());
    share(configuration);
  }

  /** Lets executors read the jars of this machine where they lie; else each copies all of them. */
  private static void share(SparkConf configuration) {
    List<String> path = new ArrayList<>();
    List<String> fetched = new ArrayList<>();
    for (String jar : configuration.get(JARS, "").split(",", -1)) {
      String place = jar;
      if (jar.startsWith("file:")) {
        place = URI.create(jar).getPath();
      }
      if (!place.contains(":") && !place.isEmpty()) {
        path.add(Path.of(place).toAbsolutePath().toString());
      } else if (!jar.isEmpty()) {
        fetched.add(jar);
      }
    }
    if (!path.isEmpty()) {
      String given = configuration.get(CLASS_PATH, "");
      if (!given.isEmpty()) {
        path.add(0, given);
      }
      configuration.set(CLASS_PATH, String.join(":", path));
      configuration.set(JARS, String.join(",", fetched));
    }
  }
}
