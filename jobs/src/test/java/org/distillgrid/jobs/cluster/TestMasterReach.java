package org.distillgrid.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestMasterReach {
  private static final Duration SOON = Duration.ofMillis(600);

  @Test
  void oneOfSeveralMastersIsEnough() throws IOException {
    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String master = "spark://127.0.0.1:1,127.0.0.1:" + open.getLocalPort();
      assertThatCode(() -> MasterReach.require(master, SOON)).doesNotThrowAnyException();
    }
  }

  @Test
  void whatDoesNotAnswerIsOneLine() {
    assertThatThrownBy(() -> MasterReach.require("spark://nowhere.invalid:7077", SOON))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot start: no master at spark://nowhere.invalid:7077 (nowhere.invalid:7077:"
                + " unknown host); see that it runs and is reached from here")
        .extracting(failure -> ((GridException) failure).code())
        .isEqualTo(ErrorCode.CLUSTER);
    assertThatThrownBy(() -> MasterReach.require("spark://127.0.0.1:1", SOON))
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> MasterReach.require("spark://host", SOON))
        .hasMessageContaining("host: want HOST:PORT");
  }

  @Test
  void otherMastersAreNotLookedAt() {
    long start = System.nanoTime();
    MasterReach.require("yarn", Duration.ofHours(1));
    MasterReach.require("local[2]", Duration.ofHours(1));
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
  }
}
