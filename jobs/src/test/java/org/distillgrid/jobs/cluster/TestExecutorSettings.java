package org.distillgrid.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TestExecutorSettings {
  private static final SparkConf EMPTY = new SparkConf(false);

  @Test
  void executorsReadLocalJarsWhereTheyLie() {
    SparkConf configuration =
        EMPTY
            .clone()
            .set("spark.executor.extraClassPath", "/site/*")
            .set("spark.jars", "file:///a/one%20a.jar,/b/two b.jar,hdfs://host/three.jar");

    settings(List.of()).putInto(configuration);

    assertThat(configuration.get("spark.executor.extraClassPath"))
        .isEqualTo("/site/*:/a/one a.jar:/b/two b.jar");
    assertThat(configuration.get("spark.jars")).isEqualTo("hdfs://host/three.jar");
  }

  @Test
  void whatTheUserSetsWins() {
    SparkConf configuration =
        EMPTY
            .clone()
            .set("spark.executor.memory", "5g")
            .set("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=9");

    settings(List.of()).putInto(configuration);

    assertThat(configuration.get("spark.executor.memory")).isEqualTo("5g");
    assertThat(configuration.get("spark.executor.extraJavaOptions"))
        .isEqualTo("-XX:ActiveProcessorCount=4 -XX:ActiveProcessorCount=9");
  }

  @Test
  void asManyExecutorsAreAskedForAsThereAre() {
    SparkConf configuration = EMPTY.clone();

    settings(List.of("0", "1", "2")).putInto(configuration);

    assertThat(configuration.get("spark.cores.max")).isEqualTo("27");
    assertThat(configuration.get("spark.executor.cores")).isEqualTo("9");
    assertThat(configuration.get("spark.executor.memory")).isEqualTo("1024m");
    assertThat(configuration.get("spark.executor.resource.gpu.amount")).isEqualTo("1");
  }

  @Test
  void besideATrainingThereIsRoomForOtherTasks() {
    for (int cores = 1; cores <= 8; cores++) {
      SparkConf configuration = EMPTY.clone();
      ExecutorSettings.of(new Workers(2, cores, 1L << 30, List.of(), "")).putInto(configuration);
      int offered = configuration.getInt("spark.executor.cores", 0);
      int longTask = configuration.getInt("spark.distillGrid.longTaskCpus", 0);
      int training =
          (int)
              DeviceSlots.of(List.of(new Executor("0", offered, List.of())))
                  .profile()
                  .orElseThrow()
                  .taskResourcesJMap()
                  .get("cpus")
                  .amount();

      assertThat(offered - training).isEqualTo(cores);
      assertThat(2 * training).isGreaterThan(offered);
      assertThat(offered / longTask).isEqualTo(cores);
    }
  }

  @Test
  void coresOfTheUsersOwnAreLeftAsTheyAre() {
    SparkConf configuration = EMPTY.clone().set("spark.executor.cores", "5");

    settings(List.of()).putInto(configuration);

    assertThat(configuration.get("spark.executor.cores")).isEqualTo("5");
    assertThat(configuration.contains("spark.distillGrid.longTaskCpus")).isFalse();
    assertThat(configuration.get("spark.executor.extraJavaOptions"))
        .isEqualTo("-XX:ActiveProcessorCount=5");
  }

  private static ExecutorSettings settings(List<String> gpus) {
    return ExecutorSettings.of(new Workers(3, 4, 1L << 30, gpus, ""));
  }
}
