package org.distillgrid.kd.train;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.distillgrid.kd.distill.PatchMaps;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.HostTensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells where the methods of a cohort distil: in the same few validation patches, spread over all
 * that there are, for every trial that weights pixels.
 */
final class MapPictures {
  private static final Logger LOGGER = LoggerFactory.getLogger(MapPictures.class);
  private static final int MOST = 4;

  private final Task task;
  private final PatchSource patches;
  private final Optional<FrozenTeacher> teacher;
  private final CohortListener listener;
  private final NDManager manager;
  private final Draws draws = Draws.of("maps");

  MapPictures(
      CohortSetup setup,
      Optional<FrozenTeacher> teacher,
      CohortListener listener,
      NDManager manager) {
    this.task = setup.task();
    this.patches = setup.validated();
    this.teacher = teacher;
    this.listener = listener;
    this.manager = manager;
  }

  /**
   * Shows a member that has had all its updates. It reads the member and changes nothing that a
   * result is made of; what goes wrong is logged, as no trial shall fail for its pictures.
   */
  void show(Member member) {
    attempt(
        member,
        frozen -> {
          int count = Math.min(MOST, patches.size());
          for (int number = 0; number < count; number++) {
            int place = number;
            maps(member, frozen, Math.toIntExact((long) number * patches.size() / count))
                .ifPresent(maps -> listener.pictured(member.trial().id(), place, maps));
          }
        });
  }

  /** Shows a member that has updates before it, likewise, in the first of the patches. */
  void showUnderWay(Member member) {
    attempt(
        member,
        frozen ->
            maps(member, frozen, 0)
                .ifPresent(
                    maps -> listener.picturedUnderWay(member.trial().id(), member.step(), maps)));
  }

  private void attempt(Member member, Consumer<FrozenTeacher> work) {
    boolean weights = member.trial().cell().method().weightsPixels();
    if (teacher.isEmpty() || !weights || member.step() == 0) {
      return;
    }
    try {
      work.accept(teacher.get());
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Errors too: that is how Java speaks where it finds no fonts for the captions.
      LOGGER.warn("Trial {} is left without pictures: {}", member.trial().id(), e.toString());
    }
  }

  private Optional<PatchMaps> maps(Member member, FrozenTeacher frozen, int index) {
    PatchSource.Pair pair = patches.pair(index);
    float[] input = task.input(pair.input(), draws.at(index, "input"));
    Map<String, HostTensor> maps = maps(member, frozen, input, pair);
    if (maps.isEmpty()) {
      return Optional.empty();
    }
    PlanarImage stored = pair.input();
    PlanarImage seen = UnitRange.image(input, stored.channels(), stored.height(), stored.width());
    return Optional.of(new PatchMaps(seen, task.scale(), maps));
  }

  private Map<String, HostTensor> maps(
      Member member, FrozenTeacher frozen, float[] input, PatchSource.Pair pair) {
    try (NDManager scratch = manager.newSubManager()) {
      BatchStream.Batch patch = BatchStream.single(input, pair, scratch);
      return GradientMode.off(() -> member.maps(patch, frozen.pass(patch.input())));
    }
  }
}
