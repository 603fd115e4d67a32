package org.distillgrid.jobs.cli;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Tells the version of distill-grid, of its source, and of what it stands on. */
public final class Version implements IVersionProvider {
  // In the jar with PyTorch's libraries, of which nothing is loaded here.
  private static final String PYTORCH = "native/lib/pytorch.properties";

  /** Returns the version of this jar, or {@code development} where it is not in a jar. */
  public static String distillGrid() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "distill-grid " + distillGrid() + ", " + Commit.ofBuild().text(),
      "Spark "
          + org.apache.spark.package$.MODULE$.SPARK_VERSION()
          + ", Scala "
          + scala.util.Properties.versionNumberString(),
      "DJL " + Engine.getDjlVersion() + ", PyTorch " + pytorch(bundled(), System.getenv()),
      "Java " + Runtime.version()
    };
  }

  /**
   * Returns the version of PyTorch and what it computes on.
   *
   * @param bundled what the jar with PyTorch's libraries says; empty where there is none
   * @param environment where a site names libraries of its own
   */
  static String pytorch(Properties bundled, Map<String, String> environment) {
    String folder = environment.get("PYTORCH_LIBRARY_PATH");
    if (folder != null) {
      return environment.getOrDefault("PYTORCH_VERSION", "of unknown version") + " in " + folder;
    }
    String version = bundled.getProperty("version");
    if (version == null) {
      return "not found";
    }
    // 2.7.1-20250812: the day on which DJL packed it.
    return version.replaceFirst("-.*", "") + " (" + bundled.getProperty("flavor") + ")";
  }

  private static Properties bundled() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream file = loader.getResourceAsStream(PYTORCH)) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
