package org.distillgrid.kd.task;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;

/**
 * Several degradations one after the other; each gets what the one before it made, clamped and
 * rounded to 8 bits. Those before the first that is drawn are done once, for the whole image; from
 * there on all is done at every look. Judged as its part that enlarges is, or else its first.
 *
 * @param parts at least two; what enlarges is preceded by nothing that is drawn
 * @param first the index of the first that is drawn, or else of the last: its stored input is kept
 */
record SummedTask(List<Task> parts, int first) implements Task {
  private static final long serialVersionUID = 1L;

  /**
   * Returns the sum of parts.
   *
   * @throws GridException if something drawn comes before what enlarges, or a part degrades nothing
   */
  static SummedTask of(List<Task> parts) {
    requireDegrading(parts);
    int first = 0;
    while (first < parts.size() - 1 && parts.get(first).inputIsFixed()) {
      first++;
    }
    SummedTask sum = new SummedTask(List.copyOf(parts), first);
    for (Task part : sum.later()) {
      if (part.scale() > 1) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot set task %s: %s must come before %s, which is drawn for every patch",
            sum.name(),
            part.name(),
            parts.get(first).name());
      }
    }
    return sum;
  }

  private static void requireDegrading(List<Task> parts) {
    parts.stream()
        .filter(Task::readsInputs)
        .findFirst()
        .ifPresent(
            part -> {
              throw GridException.of(
                  ErrorCode.USAGE,
                  "Cannot add to task %s: its inputs are files, as they are",
                  part.name());
            });
  }

  @Override
  public String name() {
    return parts.stream().map(Task::name).collect(Collectors.joining("+"));
  }

  @Override
  public int scale() {
    return leading().scale();
  }

  @Override
  public PlanarImage align(PlanarImage groundTruth) {
    return leading().align(groundTruth);
  }

  @Override
  public PlanarImage degrade(PlanarImage aligned) {
    PlanarImage image = aligned;
    for (Task part : parts.subList(0, first + 1)) {
      image = part.degrade(image);
    }
    return image;
  }

  @Override
  public Channels channels(int imageChannels) {
    return leading().channels(imageChannels);
  }

  @Override
  public float[] input(PlanarImage stored, UniformRandomProvider draws) {
    float[] values = parts.get(first).input(stored, draws);
    for (Task part : later()) {
      PlanarImage image =
          UnitRange.image(values, stored.channels(), stored.height(), stored.width());
      values = part.input(part.degrade(image), draws);
    }
    return values;
  }

  @Override
  public boolean inputIsFixed() {
    return parts.get(first).inputIsFixed();
  }

  @Override
  public Judgement judgement() {
    return leading().judgement();
  }

  private List<Task> later() {
    return parts.subList(first + 1, parts.size());
  }

  private Task leading() {
    return parts.stream().filter(part -> part.scale() > 1).findFirst().orElse(parts.get(0));
  }
}
