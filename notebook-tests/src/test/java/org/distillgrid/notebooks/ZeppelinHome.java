package org.distillgrid.notebooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lays out the folder that a Zeppelin server is started in. */
final class ZeppelinHome {
  private static final String INTERPRETERS = "org.distillgrid.jobs.notebook.";

  private final Path home;

  private ZeppelinHome(Path home) {
    this.home = home;
  }

  /**
   * Makes the folder for a server on a port, with interpreters for {@code spark} and {@code md}.
   */
  static Path in(Path home, int port) throws IOException {
    ZeppelinHome made = new ZeppelinHome(home);
    for (String part : List.of("bin", "conf", "logs", "notebook", "run", "war")) {
      Files.createDirectories(home.resolve(part));
    }
    made.site(port);
    made.interpreters("spark", "spark", "SparkInterpreter", "sql", "SqlInterpreter");
    made.interpreters("md", "md", "TextInterpreter");
    made.launcher();
    return home;
  }

  private void site(int port) throws IOException {
    Map<String, String> properties =
        Map.of(
            "zeppelin.server.addr", "127.0.0.1",
            "zeppelin.server.port", Integer.toString(port),
            "zeppelin.war", home.resolve("war").toString(),
            "zeppelin.angular.war", home.resolve("war").toString(),
            "zeppelin.search.enable", "false",
            "zeppelin.notebook.dir", home.resolve("notebook").toString(),
            "zeppelin.notebook.storage", "org.apache.zeppelin.notebook.repo.VFSNotebookRepo",
            "zeppelin.interpreter.remoterunner", "bin/interpreter.sh",
            "zeppelin.interpreter.connect.timeout", "180000");
    Files.writeString(
        home.resolve("conf/zeppelin-site.xml"),
        properties.entrySet().stream()
            .map(
                entry ->
                    "<property><name>%s</name><value>%s</value></property>"
                        .formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("\n", "<configuration>\n", "\n</configuration>\n")));
  }

  /** Adds a group; of its interpreters, a name and a class each, the first is the standard one. */
  private void interpreters(String group, String... namesAndClasses) throws IOException {
    StringBuilder setting = new StringBuilder("[");
    for (int i = 0; i < namesAndClasses.length; i += 2) {
      if (i > 0) {
        setting.append(",\n");
      }
      setting.append(
          """
          {"group": "%s", "name": "%s", "className": "%s", "defaultInterpreter": %s, "properties": {}}"""
              .formatted(group, namesAndClasses[i], INTERPRETERS + namesAndClasses[i + 1], i == 0));
    }
    Path folder = Files.createDirectories(home.resolve("interpreter").resolve(group));
    Files.writeString(folder.resolve("interpreter-setting.json"), setting.append("]\n"));
  }

  // In place of Zeppelin's own script: the Spark of the build, and the interpreters of its tests.
  private void launcher() throws IOException {
    Path jobs = Zeppelin.root().resolve("jobs/target");
    Path beside = Zeppelin.root().resolve("notebook-tests/target/interpreter");
    Path script =
        Files.writeString(
            home.resolve("bin/interpreter.sh"),
            """
            #!/usr/bin/env bash
            while getopts "hc:p:r:i:d:l:vu:g:" option; do
              case $option in
                c) host=$OPTARG ;;
                p) port=$OPTARG ;;
                r) range=$OPTARG ;;
                i) id=$OPTARG ;;
                g) group=$OPTARG ;;
              esac
            done
            export SPARK_LOCAL_IP=127.0.0.1
            exec '%1$s/bin/java' '@%2$s/spark-home/java.options' -Xmx1g \\
              '-Dlog4j2.configurationFile=%2$s/spark-home/conf/log4j2.properties' \\
              -cp '%2$s/test-classes:%3$s/*:%2$s/spark-home/jars/*' \\
              org.apache.zeppelin.interpreter.remote.RemoteInterpreterServer \\
              "$host" "$port" "$id" "$range" >'%4$s'/logs/"$group".log 2>&1
            """
                .formatted(System.getProperty("java.home"), jobs, beside, home));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("Cannot be made executable: " + script);
    }
  }
}
