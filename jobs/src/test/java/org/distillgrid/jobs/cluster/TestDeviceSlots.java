package org.distillgrid.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.TaskResourceRequest;
import org.junit.jupiter.api.Test;

class TestDeviceSlots {
  @Test
  void aCohortTakesMoreThanHalfOfAnExecutor() {
    Slots slots = DeviceSlots.of(List.of(cpu("0", 4), cpu("1", 4)));

    assertThat(slots.count()).isEqualTo(2);
    assertThat(amount(slots, "cpus")).isEqualTo(3);
    assertThat(profile(slots).taskResourcesJMap()).doesNotContainKey("gpu");
  }

  @Test
  void aCohortTakesOneGpu() {
    Slots slots = DeviceSlots.of(List.of(gpu("0", 4, "0"), gpu("1", 4, "1")));

    assertThat(slots.count()).isEqualTo(2);
    assertThat(amount(slots, "cpus")).isEqualTo(3);
    assertThat(amount(slots, "gpu")).isEqualTo(1);
  }

  @Test
  void noExecutorHasRoomForTwoCohorts() {
    Slots slots = DeviceSlots.of(List.of(cpu("0", 2), cpu("1", 5), cpu("2", 8)));

    assertThat(amount(slots, "cpus")).isEqualTo(5);
    assertThat(slots.count()).isEqualTo(2);
  }

  @Test
  void anExecutorWithSpareGpusIsOneSlot() {
    Slots slots = DeviceSlots.of(List.of(gpu("0", 4, "0", "1")));

    assertThat(slots.count()).isEqualTo(1);
    assertThat(amount(slots, "cpus")).isEqualTo(3);
  }

  @Test
  void anExecutorOfOneCoreIsTakenWhole() {
    Slots slots = DeviceSlots.of(List.of(cpu("0", 1), cpu("1", 1)));

    assertThat(amount(slots, "cpus")).isEqualTo(1);
    assertThat(slots.count()).isEqualTo(2);
  }

  private static Executor cpu(String id, int cores) {
    return new Executor(id, cores, List.of());
  }

  private static Executor gpu(String id, int cores, String... addresses) {
    return new Executor(id, cores, List.of(addresses));
  }

  private static ResourceProfile profile(Slots slots) {
    return slots.profile().orElseThrow();
  }

  private static double amount(Slots slots, String resource) {
    TaskResourceRequest request = profile(slots).taskResourcesJMap().get(resource);
    return request.amount();
  }
}
