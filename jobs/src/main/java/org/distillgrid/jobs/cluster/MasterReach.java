package org.distillgrid.jobs.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Knocks at a standalone master's door before Spark does, which fails late and at length. */
final class MasterReach {
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");
  private static final Pattern PLACE = Pattern.compile("(.+):([0-9]{1,5})");
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** A master that is just being started is waited for, a wrong name not for minutes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private MasterReach() {}

  /**
   * Returns when one of the masters answers; other kinds of masters are not looked at.
   *
   * @param deadline after which nobody waits any more
   * @throws GridException if none answers
   */
  static void require(String master, Duration deadline) {
    Matcher standalone = STANDALONE.matcher(master);
    if (!standalone.matches()) {
      return;
    }
    List<String> places = List.of(standalone.group(1).split(","));
    long patience = Math.min(PATIENCE.toNanos(), deadline.toNanos());
    long start = System.nanoTime();
    Optional<String> problem = problem(places);
    while (problem.isPresent() && System.nanoTime() - start < patience) {
      pause();
      problem = problem(places);
    }
    if (problem.isPresent()) {
      throw GridException.of(
          ErrorCode.CLUSTER,
          "Cannot start: no master at %s (%s); see that it runs and is reached from here",
          master,
          problem.get());
    }
  }

  private static Optional<String> problem(List<String> places) {
    String last = "";
    for (String place : places) {
      Matcher parts = PLACE.matcher(place);
      if (!parts.matches()) {
        last = place + ": want HOST:PORT";
      } else {
        Optional<String> problem = knock(parts.group(1), Integer.parseInt(parts.group(2)));
        if (problem.isEmpty()) {
          return Optional.empty();
        }
        last = place + ": " + problem.get();
      }
    }
    return Optional.of(last);
  }

  private static Optional<String> knock(String host, int port) {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        return Optional.of("unknown host");
      }
      socket.connect(address, (int) ANSWER.toMillis());
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot start: interrupted");
    }
  }
}
