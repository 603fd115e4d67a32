package org.distillgrid.jobs.predict;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
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
  private final String[] checksums;
  private int made;

  private PredictJob(
      RunInputs inputs, PredictionKey key, KeptPredictions kept, Consumer<String> messages) {
    this.inputs = inputs;
    this.files = inputs.run().files();
    this.kept = kept;
    this.messages = messages;
    this.checksums = new String[kept.set().shards()];
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
   * Returns how many orders make the predictions.
   *
   * @param patches training patches
   * @param slots how many orders can be carried out at once
   */
  public static int orders(RunSpec spec, long patches, int slots) {
    return Math.min(set("", spec, patches).shards(), slots * ORDERS_IN_SLOT);
  }

  /**
   * Makes room for the predictions of a run whose patches and teacher are there.
   *
   * @param inUse tells of a run folder, by its location, whether a driver works on it
   * @param messages takes what is worth saying, a line at a time
   * @throws org.distillgrid.kd.error.GridException if they cannot be kept
   */
  public static PredictJob begin(
      RunInputs inputs, Predicate<String> inUse, Consumer<String> messages) {
    RunSpec spec = inputs.spec();
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
    PredictionSet set = set(key.id(), spec, trainingPatches(inputs.run()));
    Predicate<String> others = run -> !run.equals(inputs.run().location()) && inUse.test(run);
    cache.makeRoom(place, set.bytes(), others, messages);
    PredictJob job = new PredictJob(inputs, key, new KeptPredictions(place, set), messages);
    job.clear(others);
    cache.use(place, inputs.run());
    return job;
  }

  /** Returns how many training patches a run has, which must be prepared. */
  public static long trainingPatches(RunFolder run) {
    return PreparedData.read(run).orElseThrow().patches().get(PreparedData.TRAIN);
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
          .map(FileStatus::getPath)
          .filter(path -> path.getName().endsWith(".tmp"))
          .forEach(files::delete);
    }
  }

  private boolean isOurs(PredictedData state) {
    return of.equals(state.of()) && kept.set().equals(state.set());
  }

  /** Returns one of the orders that make all shards, or find them whole. */
  public PredictOrder order(int number, int orders) {
    long shards = kept.set().shards();
    int from = (int) (shards * number / orders);
    int to = (int) (shards * (number + 1) / orders);
    return new PredictOrder(
        inputs.withPredictions(kept).predicting(), IntStream.range(from, to).boxed().toList());
  }

  /** Takes what an order has left. */
  public void take(List<PredictOrder.Shard> shards) {
    for (PredictOrder.Shard shard : shards) {
      checksums[shard.number()] = shard.checksum();
      if (shard.how() == PredictOrder.Shard.How.MADE) {
        made++;
      }
      if (!shard.wrong().isEmpty()) {
        messages.accept("Predictions made anew: " + shard.wrong());
      }
    }
  }

  /** Returns the predictions once all orders have been carried out, and makes them valid. */
  public KeptPredictions finish() {
    PredictedData state = new PredictedData(of, kept.set(), List.of(checksums));
    if (!PredictedData.read(kept.place(), files).equals(Optional.of(state))) {
      state.write(kept.place(), files);
    }
    messages.accept(summary());
    return kept;
  }

  private String summary() {
    PredictionSet set = kept.set();
    String what =
        "%,d patches in 8 turns, %s in %s"
            .formatted(set.patches(), PredictionCache.amount(set.bytes()), kept.place().root());
    if (made == 0) {
      return "Predictions are there: " + what;
    }
    return "Predicted: %s; %d of %d shards made".formatted(what, made, set.shards());
  }
}
