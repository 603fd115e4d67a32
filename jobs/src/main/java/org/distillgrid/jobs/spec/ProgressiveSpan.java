package org.distillgrid.jobs.spec;

import java.io.Serializable;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.kd.train.recipe.Windows;

/** Steps of a training that take windows of one size, as far as the next span. */
public record ProgressiveSpan(
    @Key(
            help = "fraction of the steps at which the span begins; 0 for the first",
            least = 0,
            most = 0.999999)
        double from,
    @Key(
            help = "side of a window in ground-truth pixels, a multiple of task.scale",
            least = 1,
            most = 4096)
        int window,
    @Key(help = "windows a step", least = 1, most = 4096) int batch)
    implements Serializable {
  Windows.Span span() {
    return new Windows.Span(from, window, batch);
  }
}
