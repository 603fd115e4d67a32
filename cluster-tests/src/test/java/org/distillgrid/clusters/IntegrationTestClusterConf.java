package org.distillgrid.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the files of {@code cluster-conf} name is known to Spark, or there. */
class IntegrationTestClusterConf {
  private static final Path CONF = Launcher.root().resolve("cluster-conf");
  private static final Path KUBERNETES = CONF.resolve("kubernetes");

  @TestFactory
  Stream<DynamicTest> everyPropertyIsOneOfSparks() throws IOException {
    Map<String, Path> files = defaults();
    assertThat(files).containsOnlyKeys("gpu", "kubernetes", "standalone", "yarn");
    return files.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> check(each.getValue())));
  }

  private static void check(Path file) throws IOException {
    Properties properties = properties(file);
    assertThat(properties.stringPropertyNames()).allMatch(SparkKeys::known);
    // What a user may uncomment.
    Stream<String> suggested =
        Files.readAllLines(file).stream()
            .filter(line -> line.matches("# spark\\.\\S+\\s+\\S+"))
            .map(line -> line.split("\\s+")[1]);
    assertThat(suggested).allMatch(SparkKeys::known);
    assertThat(properties)
        .containsEntry("spark.dynamicAllocation.enabled", "false")
        .containsEntry("spark.speculation", "false")
        .containsEntry("spark.executor.resource.gpu.amount", "1");
    assertThat(file.resolveSibling("README.md")).exists();
  }

  @Test
  void aKeyThatSparkDoesNotKnowIsFound() {
    assertThat(SparkKeys.known("spark.executor.memory")).isTrue();
    assertThat(SparkKeys.known("spark.executer.memory")).isFalse();
    assertThat(SparkKeys.known("spark.yarn.applicationMasterEnv.A")).isFalse();
    assertThat(SparkKeys.known("spark.executor.resource.gpu.number")).isFalse();
    assertThat(SparkKeys.known("spark.kubernetes.driver.podTemplate")).isFalse();
  }

  @Test
  void filesThatPropertiesNameAreThere() throws IOException {
    Properties yarn = properties(CONF.resolve("yarn/spark-defaults.conf"));
    Properties kubernetes = properties(KUBERNETES.resolve("spark-defaults.conf"));
    for (String file :
        List.of(
            yarn.getProperty("spark.yarn.dist.files"),
            kubernetes.getProperty("spark.kubernetes.driver.podTemplateFile"),
            kubernetes.getProperty("spark.kubernetes.executor.podTemplateFile"))) {
      assertThat(Launcher.root().resolve(file)).isRegularFile();
    }
    // In a container only its own folder is sure.
    Path script = Path.of(yarn.getProperty("spark.executor.resource.gpu.discoveryScript"));
    assertThat(yarn.getProperty("spark.yarn.dist.files")).endsWith("/" + script.getFileName());
  }

  @Test
  void podTemplatesAreWhatSparkReads() throws IOException {
    Properties properties = properties(KUBERNETES.resolve("spark-defaults.conf"));
    List<JsonNode> objects = Yaml.documents(KUBERNETES.resolve("account.yaml"));
    String claim = Yaml.named(objects, "PersistentVolumeClaim");
    assertThat(properties.getProperty("spark.kubernetes.authenticate.driver.serviceAccountName"))
        .isEqualTo(Yaml.named(objects, "ServiceAccount"));
    for (String role : List.of("driver", "executor")) {
      JsonNode pod = Yaml.documents(KUBERNETES.resolve(role + "-template.yaml")).get(0);
      assertThat(pod.path("apiVersion").asText()).isEqualTo("v1");
      assertThat(pod.path("kind").asText()).isEqualTo("Pod");
      JsonNode container = pod.path("spec").path("containers").path(0);
      assertThat(container.path("name").asText())
          .isEqualTo(
              properties.getProperty("spark.kubernetes." + role + ".podTemplateContainerName"));
      List<String> volumes = pod.path("spec").path("volumes").findValuesAsText("name");
      assertThat(container.path("volumeMounts").findValuesAsText("name"))
          .contains("shared")
          .isSubsetOf(volumes);
      assertThat(pod.path("spec").findValuesAsText("claimName")).containsExactly(claim);
    }
  }

  @Test
  void theImageCopiesWhatTheBuildMakes() throws IOException {
    List<List<String>> copies =
        Files.readAllLines(KUBERNETES.resolve("Dockerfile")).stream()
            .filter(line -> line.startsWith("COPY "))
            .map(line -> Stream.of(line.split("\\s+")).skip(1))
            .map(words -> words.filter(word -> !word.startsWith("--")).toList())
            .toList();
    assertThat(copies).hasSize(3).allMatch(words -> words.size() == 2);
    assertThat(copies).allMatch(words -> Files.exists(Launcher.root().resolve(words.get(0))));
    String script =
        properties(KUBERNETES.resolve("spark-defaults.conf"))
            .getProperty("spark.executor.resource.gpu.discoveryScript");
    assertThat(copies).anyMatch(words -> words.get(1).equals(script));
    String readme = Files.readString(KUBERNETES.resolve("README.md"));
    assertThat(copies).anyMatch(words -> readme.contains("local://" + words.get(1)));
  }

  private static Map<String, Path> defaults() throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> folders = Files.list(CONF)) {
      folders.forEach(
          folder ->
              files.put(folder.getFileName().toString(), folder.resolve("spark-defaults.conf")));
    }
    return files;
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }
}
