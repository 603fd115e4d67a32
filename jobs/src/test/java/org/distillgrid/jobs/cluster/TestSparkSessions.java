package org.distillgrid.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestSparkSessions {
  private static final String MASTER = "spark.master";
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";

  @AfterEach
  void clear() {
    System.clearProperty(MASTER);
    System.clearProperty(DYNAMIC);
  }

  @Test
  void aLocalMasterIsOneSlotWithoutResources() {
    System.setProperty(MASTER, "local[2]");
    SparkSession session = SparkSessions.open("test");
    try {
      SparkContext context = session.sparkContext();
      Slots slots = DeviceSlots.await(session, Duration.ZERO);
      assertThat(slots.count()).isEqualTo(1);
      assertThat(slots.profile()).isEmpty();
      assertThat(context.getPoolForName(SparkSessions.TRIAL_POOL).isDefined()).isTrue();
      assertThat(session.conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
      assertThat(context.uiWebUrl().isEmpty()).isTrue();
      List<AssignedDevice> devices =
          slots
              .occupy(new JavaSparkContext(context).parallelize(List.of(1), 1))
              .map(number -> AssignedDevice.ofTask())
              .collect();
      assertThat(devices).singleElement().satisfies(TestSparkSessions::isDriversCpu);
    } finally {
      session.stop();
    }
  }

  @Test
  void dynamicAllocationIsRefused() {
    System.setProperty(DYNAMIC, "true");

    assertThatThrownBy(() -> SparkSessions.open("test"))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot start: a grid keeps its executors, but spark.dynamicAllocation.enabled is true;"
                + " it must be false");
  }

  @Test
  void outsideATaskThereIsNoDevice() {
    assertThatThrownBy(AssignedDevice::ofTask)
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot tell the assigned device: this thread runs no Spark task");
  }

  private static void isDriversCpu(AssignedDevice device) {
    assertThat(device.slot()).endsWith("/driver/cpu");
    assertThat(device.gpuAddresses()).isEmpty();
  }
}
