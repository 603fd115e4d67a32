package org.distillgrid.clusters;

import java.util.List;
import java.util.Set;
import org.apache.spark.internal.config.ConfigEntry;

/** The properties that Spark, its YARN and its Kubernetes part register. */
final class SparkKeys {
  private static final List<String> REGISTRIES =
      List.of(
          "org.apache.spark.internal.config.package$",
          "org.apache.spark.deploy.yarn.config.package$",
          "org.apache.spark.deploy.k8s.Config$");

  /** Keys that go on with a name of the user's choice. */
  private static final List<String> OPEN =
      List.of("spark.executorEnv.", "spark.yarn.appMasterEnv.", "spark.hadoop.");

  /** What Spark reads before it has any registry. */
  private static final Set<String> FIRST = Set.of("spark.master", "spark.app.name");

  private static final String RESOURCE = "spark.executor.resource.gpu.";
  private static final Set<String> OF_RESOURCES = Set.of("amount", "discoveryScript", "vendor");

  private SparkKeys() {}

  /** Returns whether Spark reads a key. */
  static boolean known(String key) {
    for (String registry : REGISTRIES) {
      load(registry);
    }
    if (key.startsWith(RESOURCE)) {
      return OF_RESOURCES.contains(key.substring(RESOURCE.length()));
    }
    return FIRST.contains(key)
        || OPEN.stream().anyMatch(key::startsWith)
        || ConfigEntry.findEntry(key) != null;
  }

  // Its entries are registered when it is initialised.
  private static void load(String registry) {
    try {
      Class.forName(registry);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
