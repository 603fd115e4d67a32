package org.distillgrid.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestPublication {
  private static final Findings FINDINGS = new Findings(Map.of(), Map.of(), "");

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();

  private Publication failingOnce(Duration pause) {
    return new Publication(
        findings -> {
          if (calls.incrementAndGet() == 1) {
            throw new IllegalStateException("no such column: psnr\nand more");
          }
          return "v000001";
        },
        pause,
        warnings::add);
  }

  @Test
  void saysWhyAnOfferFailedAndPublishesAtTheEnd() {
    try (Publication publication = failingOnce(Duration.ZERO)) {
      assertThat(publication.offer(() -> FINDINGS)).isTrue();

      assertThat(publication.publish(FINDINGS)).isEqualTo("v000001");
      assertThat(warnings)
          .containsExactly("Tables are published at the end only: no such column: psnr");
    }
  }

  @Test
  void takesNoOfferBeforeItsTime() {
    try (Publication publication = failingOnce(Duration.ofHours(1))) {
      assertThat(publication.offer(() -> FINDINGS)).isFalse();

      assertThatThrownBy(() -> publication.publish(FINDINGS))
          .isInstanceOf(GridException.class)
          .hasMessage("Cannot publish tables: no such column: psnr");
      assertThat(warnings).isEmpty();
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void restsTenTimesAsLongAsThePublicationTook() {
    Publication publication =
        new Publication(
            findings -> {
              calls.incrementAndGet();
              LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
              return "v000001";
            },
            Duration.ZERO,
            warnings::add);
    try (publication) {
      publication.offer(() -> FINDINGS);
      publication.publish(FINDINGS);
      publication.offer(() -> FINDINGS);
      publication.publish(FINDINGS);

      assertThat(calls).hasValue(3);
    }
  }
}
