package org.distillgrid.jobs.predict;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.random.Sha256;

/**
 * A folder of predictions that several runs share, each key in a folder of its own, and all
 * together no larger than the spec allows.
 */
final class PredictionCache {
  private static final String STANDARD = "predictions";
  private static final double MIB = 1L << 20;
  private static final double GIB = 1L << 30;

  private final RunFiles files;
  private final Path root;
  private final double mostGiB;

  private PredictionCache(RunFiles files, Path root, double mostGiB) {
    this.files = files;
    this.root = root;
    this.mostGiB = mostGiB;
  }

  /** Returns the cache of a run whose spec has a teacher; nothing is made. */
  static PredictionCache of(RunSpec spec, RunFolder run) {
    TeacherSpec.Cache cache = spec.teacher().orElseThrow().cache();
    Path root = cache.path().map(run::at).orElseGet(() -> beside(run.root()));
    return new PredictionCache(run.files(), root, cache.mostGiB());
  }

  private static Path beside(Path run) {
    return new Path(Optional.ofNullable(run.getParent()).orElse(run), STANDARD);
  }

  /** Returns its folder. */
  Path root() {
    return root;
  }

  /** Returns the place of a key. */
  PredictionPlace place(String id) {
    return PredictionPlace.below(root, id);
  }

  /** Returns an amount such as {@code 5.17 GiB} or {@code 421.88 MiB}. */
  static String amount(long bytes) {
    if (bytes < GIB) {
      return String.format(Locale.ROOT, "%.2f MiB", bytes / MIB);
    }
    return String.format(Locale.ROOT, "%.2f GiB", bytes / GIB);
  }

  /**
   * Refuses predictions that could never be kept here, whatever is deleted for them.
   *
   * @throws GridException if they are too many, or the folder cannot be written
   */
  void require(long bytes) {
    if (!holds(bytes)) {
      throw GridException.of(
          ErrorCode.OUTPUT,
          "Cannot keep predictions of %s: more than teacher.cache.mostGiB %s; raise it or set"
              + " teacher.predict: batch",
          amount(bytes),
          number(mostGiB));
    }
    Path trial = new Path(root, "_writable-" + UUID.randomUUID());
    try {
      files.replace(trial, "");
      files.delete(trial);
    } catch (GridException e) {
      throw GridException.of(
          e,
          ErrorCode.OUTPUT,
          "Cannot keep predictions in %s: %s; set another teacher.cache.path, or teacher.predict:"
              + " batch",
          root,
          Messages.firstLine(Messages.rootCause(e)));
    }
  }

  /**
   * Deletes what no run uses, the least recently used first, until so much more fits.
   *
   * @param inUse tells of a run folder whether a driver works on it
   * @param messages takes a line for each key that goes
   * @throws GridException if it does not fit all the same
   */
  void makeRoom(
      PredictionPlace place, long bytes, Predicate<String> inUse, Consumer<String> messages) {
    require(bytes);
    List<CacheEntry> others = new ArrayList<>();
    files.list(root).stream()
        .filter(status -> CacheEntry.isEntry(status, files))
        .map(status -> CacheEntry.of(new PredictionPlace(status.getPath().toString()), files))
        .filter(entry -> !entry.place().id().equals(place.id()))
        .sorted(Comparator.comparingLong(CacheEntry::lastUsed))
        .forEach(others::add);
    long kept = others.stream().mapToLong(CacheEntry::bytes).sum();
    for (CacheEntry entry : others) {
      if (holds(kept + bytes)) {
        return;
      }
      if (!entry.isInUse(inUse)) {
        entry.delete(files);
        kept -= entry.bytes();
        messages.accept(
            "Predictions deleted: %s of %s, not in use"
                .formatted(amount(entry.bytes()), entry.place().root()));
      }
    }
    if (!holds(kept + bytes)) {
      throw GridException.of(
          ErrorCode.OUTPUT,
          "Cannot keep predictions of %s in %s: other runs use %s there, and"
              + " teacher.cache.mostGiB is %s",
          amount(bytes),
          root,
          amount(kept),
          number(mostGiB));
    }
  }

  /** Notes that a run uses a key from now on. */
  void use(PredictionPlace place, RunFolder run) {
    byte[] location = run.location().getBytes(StandardCharsets.UTF_8);
    String name = HexFormat.of().formatHex(Sha256.digest().digest(location)).substring(0, 16);
    files.replace(new Path(place.users(), name), run.location());
  }

  /** Returns whether so much may lie in it. */
  boolean holds(long bytes) {
    return bytes <= mostGiB * GIB;
  }

  private static String number(double value) {
    if (value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }
}
