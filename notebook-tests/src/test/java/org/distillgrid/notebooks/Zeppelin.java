package org.distillgrid.notebooks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Zeppelin server on this machine, a process of its own. */
final class Zeppelin {
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private final Process process;
  private final Path home;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private Zeppelin(Process process, Path home, int port) {
    this.process = process;
    this.home = home;
    this.port = port;
  }

  /** Returns the checkout's folder. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("notebooks"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /**
   * Starts a server whose files lie in a folder, and waits until it serves.
   *
   * @param note id of a note that it has already
   * @param json that note
   */
  static Zeppelin start(Path folder, String note, String json)
      throws IOException, InterruptedException {
    int port = freePort();
    Path home = ZeppelinHome.in(folder.resolve("zeppelin"), port);
    Files.writeString(home.resolve("notebook/opened_" + note + ".zpln"), json);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Xmx512m",
            "-Dzeppelin.home=" + home,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "org.apache.zeppelin.server.ZeppelinServer");
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("ZEPPELIN_HOME", home.toString());
    builder.environment().put("ZEPPELIN_CONF_DIR", home.resolve("conf").toString());
    // Without a name the server ends when it cannot read from a terminal.
    builder.environment().put("ZEPPELIN_IDENT_STRING", "test");
    builder.directory(home.toFile()).redirectErrorStream(true);
    builder.redirectOutput(home.resolve("logs/server.log").toFile());
    Zeppelin zeppelin = new Zeppelin(builder.start(), home, port);
    zeppelin.awaitVersion();
    return zeppelin;
  }

  /** Returns the id of a note that it has imported. */
  String imported(String json) throws IOException, InterruptedException {
    return ask("POST", "/notebook/import", json).get("body").getAsString();
  }

  /** Runs all paragraphs of a note, one after the other, and returns it as it is then. */
  JsonObject runAll(String note) throws IOException, InterruptedException {
    ask("POST", "/notebook/job/" + note + "?blocking=true&isolated=true", "");
    return ask("GET", "/notebook/" + note, "").getAsJsonObject("body");
  }

  /** Returns what server and interpreters have printed, as far as it may explain a failure. */
  String log() throws IOException {
    StringBuilder log = new StringBuilder();
    for (Path file : List.of(home.resolve("logs/server.log"), home.resolve("logs/spark.log"))) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        lines
            .subList(Math.max(0, lines.size() - 20), lines.size())
            .forEach(line -> log.append(line).append('\n'));
      }
    }
    return log.toString();
  }

  /** Stops the server with the interpreters that it has started. */
  void stop() throws InterruptedException {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private void awaitVersion() throws IOException, InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        ask("GET", "/version", "");
        return;
      } catch (IOException e) {
        Thread.sleep(500);
      }
    }
    throw new AssertionError("Zeppelin did not start:\n" + log());
  }

  private JsonObject ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api" + path))
            .timeout(DEADLINE)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(path + ": " + response.statusCode() + " " + response.body());
    }
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
