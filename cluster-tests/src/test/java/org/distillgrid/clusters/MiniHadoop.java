package org.distillgrid.clusters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS and YARN, a node each, in one JVM. Leaves what clients need in {@code conf}, the file {@code
 * yarn-site.xml} last, and runs until it is killed.
 */
final class MiniHadoop {
  private static final String MEMORY = "8192";
  private static final List<String> FOR_CLIENTS =
      List.of(
          "fs.defaultFS",
          "yarn.resourcemanager.address",
          "yarn.resourcemanager.scheduler.address",
          "yarn.resourcemanager.webapp.address");

  private MiniHadoop() {}

  public static void main(String[] arguments) {
    try {
      start(Path.of(arguments[0]));
    } catch (IOException | RuntimeException | Error e) {
      e.printStackTrace();
      // What has started already would keep this process alive.
      System.exit(1);
    }
  }

  private static void start(Path folder) throws IOException {
    System.setProperty("test.build.data", folder.resolve("yarn").toString());
    YarnConfiguration configuration = new YarnConfiguration();
    MiniDFSCluster dfs =
        new MiniDFSCluster.Builder(configuration, folder.resolve("dfs").toFile())
            .numDataNodes(1)
            .build();
    dfs.waitActive();
    configuration.set("fs.defaultFS", dfs.getURI().toString());
    configuration.set("yarn.minicluster.yarn.nodemanager.resource.memory-mb", MEMORY);
    configuration.set("yarn.scheduler.minimum-allocation-mb", "256");
    configuration.set("yarn.scheduler.maximum-allocation-mb", MEMORY);
    configuration.set("yarn.nodemanager.vmem-check-enabled", "false");
    configuration.set("yarn.nodemanager.disk-health-checker.enable", "false");
    configuration.set("yarn.scheduler.capacity.root.queues", "default");
    configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
    configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    MiniYARNCluster yarn = new MiniYARNCluster("grid", 1, 1, 1);
    yarn.init(configuration);
    yarn.start();
    write(yarn.getConfig(), Files.createDirectories(folder.resolve("conf")));
  }

  private static void write(Configuration from, Path folder) throws IOException {
    Configuration site = new Configuration(false);
    FOR_CLIENTS.forEach(key -> site.set(key, from.get(key)));
    site.set("dfs.replication", "1");
    for (String name : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml")) {
      Path fresh = folder.resolve(name + ".tmp");
      try (OutputStream file = Files.newOutputStream(fresh)) {
        site.writeXml(file);
      }
      Files.move(fresh, folder.resolve(name));
    }
  }
}
