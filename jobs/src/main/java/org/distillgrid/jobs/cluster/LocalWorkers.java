package org.distillgrid.jobs.cluster;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * A standalone master and workers inside this process, whose executors are processes beside it:
 * what Spark's {@code local-cluster} master is, with a folder, a secret and a GPU a worker of our
 * own choice. They listen on the loopback alone.
 */
final class LocalWorkers implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  private static final int ANY_PORT = 0;
  private static final int SECRET_BYTES = 32;
  private static final String SECRET = "spark.authenticate.secret";

  private final WorkerFolder folder;
  private final List<RpcEnv> environments = new ArrayList<>();
  private String master = "";

  private LocalWorkers(WorkerFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts them.
   *
   * @param configuration of the session; it is told what all must agree on
   */
  static LocalWorkers start(Workers workers, SparkConf configuration) {
    LocalWorkers started = new LocalWorkers(WorkerFolder.open());
    try {
      started.open(workers, configuration);
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private synchronized void open(Workers workers, SparkConf configuration) {
    ExecutorSettings.of(workers).putInto(configuration);
    // Others on this machine reach the loopback too, and a master starts what it is sent.
    configuration.setIfMissing("spark.authenticate", "true").setIfMissing(SECRET, secret());
    SparkConf own = configuration.clone();
    own.set("spark.master.rest.enabled", "false").set("spark.shuffle.service.enabled", "false");
    RpcEnv first = Master.startRpcEnvAndEndpoint(HOST, ANY_PORT, ANY_PORT, own)._1();
    environments.add(first);
    master = "spark://" + HOST + ":" + first.address().port();
    int memory = (int) configuration.getSizeAsMb("spark.executor.memory", "");
    int cores = configuration.getInt("spark.executor.cores", workers.cores());
    for (int number = 0; number < workers.count(); number++) {
      environments.add(
          Worker.startRpcEnvAndEndpoint(
              HOST,
              ANY_PORT,
              ANY_PORT,
              cores,
              memory,
              new String[] {master},
              folder.path().toString(),
              Option.apply(number),
              own.clone(),
              resources(workers, number)));
    }
    configuration.set("spark.master", master);
  }

  /** Returns the file that gives a worker its GPU, as Spark's standalone workers read it. */
  private Option<String> resources(Workers workers, int number) {
    if (workers.gpus().isEmpty()) {
      return Option.empty();
    }
    String allocation =
        String.format(
            "[{\"id\": {\"componentName\": \"spark.worker\", \"resourceName\": \"%s\"},"
                + " \"addresses\": [\"%s\"]}]",
            Executor.GPU, workers.gpus().get(number));
    Path file = folder.write("worker-" + number + ".json", allocation);
    return Option.apply(file.toString());
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Ends the workers with their executors, and the master. */
  @Override
  public synchronized void close() {
    for (int last = environments.size() - 1; last >= 0; last--) {
      environments.get(last).shutdown();
    }
    environments.forEach(RpcEnv::awaitTermination);
    environments.clear();
    folder.close();
  }
}
