package org.distillgrid.clusters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/** YARN and HDFS on this machine, and the Spark of the build with its YARN part. */
final class HadoopCluster implements AutoCloseable {
  private static final String EXECUTOR = "YarnCoarseGrainedExecutorBackend";
  private static final String APPLICATION_MASTER = "deploy.yarn.ApplicationMaster";

  private static final Path HOME =
      Launcher.root().resolve("cluster-tests/target/spark-home").toAbsolutePath();

  private final Path folder;
  private final Process hadoop;
  private final FileSystem files;

  private HadoopCluster(Path folder, Process hadoop, FileSystem files) {
    this.folder = folder;
    this.hadoop = hadoop;
    this.files = files;
  }

  /**
   * Starts a cluster.
   *
   * @param folder an empty folder for all that it writes
   */
  static HadoopCluster start(Path folder) throws IOException, InterruptedException {
    sparkHome();
    Path log = folder.resolve("hadoop.log");
    Path last = folder.resolve("conf/yarn-site.xml");
    Process hadoop =
        Processes.server(
            MiniHadoop.class, log, List.of(folder.toString()), () -> Files.exists(last));
    Configuration configuration = new Configuration(false);
    configuration.addResource(
        new org.apache.hadoop.fs.Path(folder.resolve("conf/core-site.xml").toUri()));
    return new HadoopCluster(folder, hadoop, FileSystem.newInstance(configuration));
  }

  /** Returns a launcher for commands of this cluster. */
  Launcher launcher() throws IOException {
    String configuration = folder.resolve("conf").toString();
    return new Launcher(
        Files.createDirectories(folder.resolve("printed")),
        Map.of("SPARK_HOME", HOME.toString(), "HADOOP_CONF_DIR", configuration),
        Map.of("spark.yarn.jars", "local:" + HOME.resolve("jars") + "/*"));
  }

  /** Returns the address of a file or folder on HDFS. */
  String at(String path) {
    return files.getUri() + path;
  }

  /** Copies a folder to HDFS. */
  void copy(Path local, String path) throws IOException {
    files.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(path));
  }

  /** Returns how many files below a folder of HDFS have names that begin so. */
  int count(String path, String beginning) {
    int count = 0;
    try {
      RemoteIterator<LocatedFileStatus> all =
          files.listFiles(new org.apache.hadoop.fs.Path(path), true);
      while (all.hasNext()) {
        if (all.next().getPath().getName().startsWith(beginning)) {
          count++;
        }
      }
    } catch (IOException e) {
      // Not there yet, or a file that was there when the walk began is gone now.
      return 0;
    }
    return count;
  }

  /** Kills the container of one executor; returns whether there was one. */
  boolean killExecutor() {
    return Processes.killOne(hadoop, EXECUTOR);
  }

  /** Kills the container of the driver, of an application in cluster mode. */
  boolean killDriver() {
    return Processes.killOne(hadoop, APPLICATION_MASTER);
  }

  @Override
  public void close() {
    Processes.kill(hadoop);
  }

  // What a Spark distribution has and the Spark of the build has not: its YARN part.
  private static void sparkHome() throws IOException {
    Path built = Launcher.root().resolve("jobs/target/spark-home");
    deleteTree(HOME);
    Files.createDirectories(HOME.resolve("jars"));
    for (String folder : List.of("bin", "conf", "RELEASE")) {
      copyTree(built.resolve(folder), HOME.resolve(folder));
    }
    try (var jars = Files.list(built.resolve("jars"))) {
      for (Path jar : jars.toList()) {
        Files.createSymbolicLink(HOME.resolve("jars").resolve(jar.getFileName()), jar);
      }
    }
    for (Path jar : Processes.jars(path -> path.contains("/spark-yarn_"))) {
      Files.createSymbolicLink(HOME.resolve("jars").resolve(jar.getFileName()), jar);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }
}
