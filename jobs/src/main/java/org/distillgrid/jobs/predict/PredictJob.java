package org.distillgrid.jobs.predict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.ProgressLine;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.PredictionKey;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.PredictedData;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.worker.KeptPredictions;
import org.distillgrid.jobs.worker.PredictOrder;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionSize;

/**
 * Has the teacher of a run restore every training patch in all eight turns, once for all trials
 * that read nothing else of it. What is whole is taken over, shard by shard.
 */
public final class PredictJob {
  // So that slots that are faster than others get more of it.
  private static final int ORDERS_IN_SLOT = 4;

  private final RunInputs inputs;
  private final RunFiles files;
  private final KeptPredictions kept;
  private final SortedMap<String, String> of = new TreeMap<>();
  private final Consumer<String> messages;

  private PredictJob(
      RunInputs inputs, PredictionKey key, KeptPredictions kept, Consumer<String> messages) {
    this.inputs = inputs;
    this.files = inputs.run().files();
    this.kept = kept;
    this.messages = messages;
    key.parts().forEach((part, value) -> of.put(part, value.toString()));
  }

  /**
   * Refuses predictions that could not be kept, before anything is done for them.
   *
   * @param patches training patches
   * @throws org.distillgrid.kd.error.GridException if they are too many for the cache, or it cannot
   *     be written
   */
  public static void check(RunSpec spec, RunFolder run, long patches) {
    PredictionCache.of(spec, run).require(set("", spec, patches).bytes());
  }

  /**
   * Returns the predictions of a run whose patches and teacher are there, once they are whole.
   *
   * @param inUse tells of a run folder, by its location, whether a driver works on it
   * @param messages takes the summary, a line at a time
   * @throws org.distillgrid.kd.error.GridException if they cannot be made or kept
   */
  public static KeptPredictions run(
      RunInputs inputs, Fleet fleet, Predicate<String> inUse, Consumer<String> messages) {
    RunSpec spec = inputs.spec();
    long patches = PreparedData.read(inputs.run()).orElseThrow().patches().get(PreparedData.TRAIN);
    PredictionKey key =
        new PredictionKey(
            inputs.catalog().model(inputs.teacher().name()).canonical(),
            inputs.teacher().hash(),
            spec.task().name(),
            spec.task().scale(),
            spec.data().channels(),
            inputs.data(),
            spec.cluster().threads());
    PredictionCache cache = PredictionCache.of(spec, inputs.run());
    PredictionPlace place = cache.place(key.id());
    PredictionSet set = set(key.id(), spec, patches);
    Predicate<String> others = run -> !run.equals(inputs.run().location()) && inUse.test(run);
    cache.makeRoom(place, set.bytes(), others, messages);
    PredictJob job = new PredictJob(inputs, key, new KeptPredictions(place, set), messages);
    job.clear(others);
    cache.use(place, inputs.run());
    return job.make(fleet);
  }

  /**
   * Returns what is to be predicted.
   *
   * @param key its id
   * @param patches training patches
   */
  static PredictionSet set(String key, RunSpec spec, long patches) {
    int side = spec.data().patch();
    PredictionSize size = new PredictionSize(spec.data().channels(), side, side);
    return PredictionSet.of(key, Math.toIntExact(patches), size);
  }

  // What another key left here, or a process that was killed while it wrote.
  private void clear(Predicate<String> others) {
    PredictionPlace place = kept.place();
    Optional<PredictedData> state = PredictedData.read(place, files);
    if (state.isPresent() && !isOurs(state.get())) {
      messages.accept(
          "Predictions made anew: those in %s are of another teacher, task or patches"
              .formatted(place.root()));
      files.delete(place.state());
      files.delete(place.root());
    } else if (!CacheEntry.of(place, files).isInUse(others)) {
      files.list(place.root()).stream()
          .map(status -> status.getPath())
          .filter(path -> path.getName().endsWith(".tmp"))
          .forEach(files::delete);
    }
  }

  private boolean isOurs(PredictedData state) {
    return state.of().equals(of) && kept.set().equals(state.set());
  }

  private KeptPredictions make(Fleet fleet) {
    long began = System.nanoTime();
    PredictionSet set = kept.set();
    boolean wasWhole = PredictedData.read(kept.place(), files).isPresent();
    String[] checksums = new String[set.shards()];
    int[] made = new int[1];
    fleet.awaitAll(
        orders(fleet.slots()),
        "predictions",
        shards -> {
          for (PredictOrder.Shard shard : shards) {
            checksums[shard.number()] = shard.checksum();
            if (shard.how() == PredictOrder.Shard.How.MADE) {
              made[0]++;
            }
            if (!shard.wrong().isEmpty()) {
              messages.accept("Predictions made anew: " + shard.wrong());
            }
          }
        });
    PredictedData state = new PredictedData(of, set, List.of(checksums));
    if (!wasWhole || made[0] > 0) {
      state.write(kept.place(), files);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    messages.accept(summary(made[0], took));
    return kept;
  }

  private String summary(int made, Duration took) {
    PredictionSet set = kept.set();
    String what =
        "%,d patches in 8 turns, %s in %s"
            .formatted(set.patches(), PredictionCache.amount(set.bytes()), kept.place().root());
    if (made == 0) {
      return "Predictions are there: " + what;
    }
    return "Predicted: %s; %d of %d shards made in %s"
        .formatted(what, made, set.shards(), ProgressLine.time(took));
  }

  private List<PredictOrder> orders(int slots) {
    PredictionSet set = kept.set();
    int count = Math.min(set.shards(), slots * ORDERS_IN_SLOT);
    List<PredictOrder> orders = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      int from = (int) ((long) set.shards() * part / count);
      int to = (int) ((long) set.shards() * (part + 1) / count);
      List<Integer> shards = IntStream.range(from, to).boxed().toList();
      orders.add(new PredictOrder(inputs.withPredictions(kept).predicting(), shards));
    }
    return orders;
  }
}
