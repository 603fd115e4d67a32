package org.distillgrid.jobs.table;

import java.nio.file.Path;
import org.distillgrid.jobs.cluster.LocalDisk;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.train.recipe.Window;

/**
 * The patches of one split, sorted by patch id, from a file on the local disk that is mapped into
 * memory: a set may be larger than memory. The file is made from the patch table once a host, in
 * {@link LocalDisk}; no Spark session is needed.
 */
public final class PatchStore implements PatchSource, AutoCloseable {
  private final PatchPack pack;

  private PatchStore(PatchPack pack) {
    this.pack = pack;
  }

  /**
   * Opens the patches of a split, making the local file if this host has none yet. Several
   * processes may do so at once.
   *
   * @param split {@link PreparedData#TRAIN} or {@link PreparedData#VALID}
   * @param fingerprint the fingerprint of the patch table that is meant
   * @throws GridException if the run has no such patch table, or it has no patch in the split
   */
  public static PatchStore open(RunFolder run, String split, String fingerprint) {
    return open(run, split, fingerprint, PackFolder.ofThisHost());
  }

  /** Opens the patches of a split, keeping the local file in the given folder. */
  public static PatchStore open(
      RunFolder run, String split, String fingerprint, PackFolder folder) {
    PreparedData prepared =
        PreparedData.read(run)
            .orElseThrow(
                () ->
                    GridException.of(
                        ErrorCode.INPUT, "Cannot open patches: %s has none", run.location()));
    if (!prepared.fingerprint().equals(fingerprint)) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot open patches of %s: fingerprint differs (%s → %s)",
          run.location(),
          fingerprint,
          prepared.fingerprint());
    }
    if (prepared.patches().getOrDefault(split, 0L) == 0) {
      throw GridException.of(
          ErrorCode.INPUT, "Cannot open patches of %s: split %s is empty", run.location(), split);
    }
    PatchTableReader table = new PatchTableReader(run, split);
    Path file = folder.file(fingerprint + "-" + split, PackIndex::isWhole, table::pack);
    return new PatchStore(PatchPack.map(file));
  }

  @Override
  public int size() {
    return pack.layout().count();
  }

  @Override
  public int image(int index) {
    return pack.image(index);
  }

  @Override
  public Pair pair(int index) {
    return pack.read(index, pack.layout().whole());
  }

  @Override
  public Pair pair(int index, Window window) {
    return pack.read(index, window);
  }

  /** Lets go of the mapped file, which stays on the host for the next one. */
  @Override
  public void close() {
    pack.close();
  }
}
