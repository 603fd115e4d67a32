package org.distillgrid.jobs.cli;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.ProgressiveSpan;
import org.distillgrid.jobs.spec.TrainingSettings;

/** Says what the steps of a training take. */
final class BatchText {
  private BatchText() {}

  /** Returns it in words, for instance {@code 16 patches} or {@code 8 windows of 128 pixels}. */
  static String of(TrainingSettings settings, DataSpec data) {
    List<ProgressiveSpan> spans = settings.progressive();
    if (!spans.isEmpty()) {
      ProgressiveSpan last = spans.get(spans.size() - 1);
      return "%s, in the end %s".formatted(windows(spans.get(0)), windows(last));
    }
    Optional<Integer> window = data.window();
    if (window.isPresent()) {
      return windows(settings.batch(), window.get());
    }
    return settings.batch() + " patches";
  }

  private static String windows(ProgressiveSpan span) {
    return windows(span.batch(), span.window());
  }

  private static String windows(int batch, int side) {
    if (batch == 1) {
      return "1 window of %d pixels".formatted(side);
    }
    return "%d windows of %d pixels".formatted(batch, side);
  }
}
