package org.distillgrid.jobs.shared;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.LpipsSpec;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.PartFit;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;

/**
 * The network in whose features LPIPS compares a run's images: taken from the two files of the
 * spec, and kept in the run folder, where executors read it. A run has one, for its column compares
 * trials with each other.
 */
public final class LpipsWeights {
  private final RunSpec spec;
  private final RunFiles files;

  /** Looks for that of a spec. */
  public LpipsWeights(RunSpec spec, RunFiles files) {
    this.spec = spec;
    this.files = files;
  }

  /**
   * Returns the weights of the spec's files; nothing where it names none, or one is not there.
   *
   * @throws GridException if one cannot be read or holds the weights of another network
   */
  public Optional<Checkpoint> given() {
    return spec.evaluate()
        .lpips()
        .filter(lpips -> missing(lpips).isEmpty())
        .map(lpips -> lpips.files().weights(this::take));
  }

  private TakenWeights take(String source, PartFit fit) {
    WeightPath where = where(source);
    return Checkpoints.take(files.required(new Path(where.file())), where, fit);
  }

  private Optional<String> missing(LpipsSpec lpips) {
    return List.of(lpips.features(), lpips.linear()).stream()
        .map(source -> where(source).file())
        .filter(file -> !files.exists(new Path(file)))
        .findFirst();
  }

  private WeightPath where(String source) {
    return WeightPath.of(source, name -> files.exists(new Path(name)));
  }

  /**
   * Puts the weights into a run folder, unless they are there. Where a file is missing, the
   * folder's own copy serves; without one there is no LPIPS.
   *
   * @param given what {@link #given} returned
   * @param messages takes a line that says which network it is, or why there is none
   * @throws GridException if the run has measured LPIPS with other weights
   */
  public NetworkWeights keep(RunFolder run, Optional<Checkpoint> given, Consumer<String> messages) {
    if (spec.evaluate().lpips().isEmpty()) {
      return NetworkWeights.NONE;
    }
    LpipsSpec lpips = spec.evaluate().lpips().get();
    KeptNetwork kept = KeptNetwork.at(run.lpips(), "backbone");
    Optional<NetworkState> earlier =
        kept.find(why -> messages.accept("LPIPS is damaged and taken anew: " + why));
    if (given.isEmpty()) {
      return withoutFile(run, lpips, earlier, messages);
    }
    String name = lpips.backbone().text();
    String source = lpips.features() + ", " + lpips.linear();
    NetworkState state = NetworkState.taken(name, WeightHash.of(given.get().tensors()), source);
    earlier.ifPresent(before -> requireSame(run, before, state));
    if (earlier.isEmpty()) {
      kept.replace(given.get(), state);
    }
    messages.accept("LPIPS taken: " + name + " of " + source);
    return weights(run, state);
  }

  private NetworkWeights withoutFile(
      RunFolder run, LpipsSpec lpips, Optional<NetworkState> earlier, Consumer<String> messages) {
    String missing = "there is no file " + missing(lpips).orElse("any more");
    Optional<NetworkState> same =
        earlier.filter(state -> state.name().equals(lpips.backbone().text()));
    if (same.isEmpty()) {
      messages.accept("LPIPS is left out, its column null: " + missing);
      return NetworkWeights.NONE;
    }
    messages.accept("LPIPS by the run's own copy of " + same.get().name() + ": " + missing);
    return weights(run, same.get());
  }

  private static void requireSame(RunFolder run, NetworkState before, NetworkState now) {
    if (!before.weightHash().equals(now.weightHash())) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot measure LPIPS with %s of %s: this run has %s of %s (delete %s if no trial has"
              + " been scored, or name another output.path)",
          now.name(),
          now.source(),
          before.name(),
          before.source(),
          run.at(run.lpips().name()));
    }
  }

  private static NetworkWeights weights(RunFolder run, NetworkState state) {
    return new NetworkWeights(state.name(), run.lpips().weights(), state.weightHash());
  }
}
