package org.distillgrid.jobs.plan;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.distillgrid.kd.distill.PixelLoss;
import org.distillgrid.kd.nn.optimizer.Optimizer;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.recipe.Descent;
import org.distillgrid.kd.train.recipe.RateCourse;
import org.distillgrid.kd.train.recipe.Windows;

/**
 * What of a recipe decides an id. Ids are older than recipes: what is at its standard takes no part
 * in them.
 */
final class RecipeParts {
  private RecipeParts() {}

  /** Adds what differs from the standard, and takes out what it does not read. */
  static void join(SortedMap<String, Object> parts, Schedule schedule) {
    course(parts, schedule.course());
    descent(parts, schedule.descent());
    windows(parts, schedule.windows());
  }

  private static void course(SortedMap<String, Object> parts, RateCourse course) {
    if (course.warmUp() > 0) {
      parts.put("warmUp", course.warmUp());
    }
    switch (course.shape()) {
      case STEP -> {}
      case COSINE -> {
        parts.remove("decayAt");
        parts.remove("decay");
        parts.put("schedule", "cosine");
        parts.put("leastRate", course.leastRate());
        parts.put("cosineFrom", course.cosineFrom());
      }
    }
  }

  private static void descent(SortedMap<String, Object> parts, Descent descent) {
    Optimizer optimizer = descent.optimizer();
    if (!optimizer.equals(Optimizer.STANDARD)) {
      parts.put("optimizer", name(optimizer.kind()));
      parts.put("betas", List.of(optimizer.beta1(), optimizer.beta2()));
      parts.put("weightDecay", optimizer.weightDecay());
    }
    if (descent.clip() > 0) {
      parts.put("clip", descent.clip());
    }
    if (descent.loss() != PixelLoss.L1) {
      parts.put("loss", name(descent.loss()));
    }
  }

  private static void windows(SortedMap<String, Object> parts, Windows windows) {
    if (windows.side() > 0) {
      parts.put("window", windows.side());
    }
    if (!windows.progressive().isEmpty()) {
      parts.put("progressive", windows.progressive().stream().map(RecipeParts::span).toList());
    }
  }

  private static List<Number> span(Windows.Span span) {
    return List.of(span.from(), span.window(), span.batch());
  }

  private static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
