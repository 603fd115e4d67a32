package org.distillgrid.clusters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gaul.s3proxy.Main;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server on this machine, which keeps its objects in memory, and a gate before it. */
final class S3Server implements AutoCloseable {
  private static final String BUCKET = "grids";
  private static final String KEY = "tester";
  private static final String SECRET = "not-a-secret";

  private final Process server;
  private final S3Gate gate;

  private S3Server(Process server, S3Gate gate) {
    this.server = server;
    this.gate = gate;
  }

  /**
   * Starts a server with an empty bucket.
   *
   * @param folder takes its settings and its log
   */
  static S3Server start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path properties =
        Files.writeString(
            folder.resolve("s3proxy.conf"),
            String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + KEY,
                "s3proxy.credential=" + SECRET,
                "s3proxy.ignore-unknown-headers=true",
                "jclouds.provider=transient",
                "jclouds.identity=unused",
                "jclouds.credential=unused"));
    Process server =
        Processes.server(
            Main.class,
            folder.resolve("s3.log"),
            List.of("--properties", properties.toString()),
            () -> listens(port));
    makeBucket(port);
    return new S3Server(server, S3Gate.open(port));
  }

  /** Returns the address of an object or folder. */
  String at(String path) {
    return "s3a://" + BUCKET + path;
  }

  /** Returns the request that writes an object, as its first line begins. */
  String write(String path) {
    return "PUT /" + BUCKET + path + " ";
  }

  /** Returns what all requests pass. */
  S3Gate gate() {
    return gate;
  }

  /** Returns what Spark is told of the server. */
  Map<String, String> properties() {
    return Map.of(
        "spark.hadoop.fs.s3a.endpoint",
        "http://127.0.0.1:" + gate.port(),
        "spark.hadoop.fs.s3a.endpoint.region",
        "us-east-1",
        "spark.hadoop.fs.s3a.path.style.access",
        "true",
        "spark.hadoop.fs.s3a.access.key",
        KEY,
        "spark.hadoop.fs.s3a.secret.key",
        SECRET,
        "spark.driver.extraJavaOptions",
        "-Daws.requestChecksumCalculation=WHEN_REQUIRED"
            + " -Daws.responseChecksumValidation=WHEN_REQUIRED");
  }

  /** Returns the jars that teach Hadoop to speak S3. */
  static String jars() {
    return Processes.jars(
            path ->
                path.contains("/hadoop-aws")
                    || path.contains("/software/amazon/")
                    || path.contains("/org/apache/httpcomponents/")
                    || path.contains("/org/reactivestreams/"))
        .stream()
        .map(Path::toString)
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() throws IOException {
    gate.close();
    Processes.kill(server);
  }

  private static void makeBucket(int port) {
    AwsBasicCredentials credentials = AwsBasicCredentials.create(KEY, SECRET);
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(ApacheHttpClient.builder())
            .build()) {
      client.createBucket(request -> request.bucket(BUCKET));
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
