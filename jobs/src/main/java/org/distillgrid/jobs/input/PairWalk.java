package org.distillgrid.jobs.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.kd.eval.PairKeys;
import org.distillgrid.kd.eval.PairMatching;
import org.distillgrid.kd.image.ImageNames;

/**
 * Finds the images of both sides of pairs, each by an {@link InputWalk} of its own, and matches
 * them by their names. Where a side is a glob that leads to several folders, what these have not in
 * common belongs to the names: {@code train/A/sharp/1.png} goes with {@code train/A/blur/1.png}.
 */
public final class PairWalk {
  private final RunFiles storage;

  /** Looks into the given file systems. */
  public PairWalk(RunFiles storage) {
    this.storage = storage;
  }

  /**
   * Returns what a source of pairs leads to.
   *
   * @param key names it in messages
   * @throws org.distillgrid.kd.error.GridException if a side leads to nothing
   */
  public FoundPairs find(String key, ImageSource source) {
    Found inputs = side(key, source.input().orElseThrow());
    Found targets = side(key, source.target().orElseThrow());
    PairKeys keys = source.pattern().map(PairKeys::byPattern).orElseGet(PairKeys::byFieldRoles);
    Map<FoundFile, String> ofInputs = names(inputs.files());
    Map<FoundFile, String> ofTargets = names(targets.files());
    PairMatching<Side> matching =
        PairMatching.of(
            targets.files().stream().map(file -> new Side(file, ofTargets.get(file))).toList(),
            inputs.files().stream().map(file -> new Side(file, ofInputs.get(file))).toList(),
            Side::name,
            keys);
    List<Misfit> misfits = new ArrayList<>(targets.misfits());
    misfits.addAll(inputs.misfits());
    matching
        .lone()
        .forEach(
            lone -> misfits.add(new Misfit(lone.item().file(), Misfit.Kind.LONE, lone.reason())));
    return new FoundPairs(
        matching.pairs().stream()
            .map(pair -> new FoundPair(pair.target().file(), pair.input().file()))
            .toList(),
        misfits);
  }

  /** A file and what it is matched by. */
  private record Side(FoundFile file, String name) {}

  private Found side(String key, String entry) {
    return new InputWalk(storage, InputWalk.Videos.TOLD).find(key, entry);
  }

  private static Map<FoundFile, String> names(List<FoundFile> files) {
    List<String[]> folders =
        files.stream().map(FoundFile::base).distinct().map(base -> base.split("/")).toList();
    Map<String, String> own = new HashMap<>();
    Map<FoundFile, String> names = new HashMap<>();
    for (FoundFile file : files) {
      String part = own.computeIfAbsent(file.base(), base -> ownPart(base.split("/"), folders));
      names.put(file, part + ImageNames.stem(file.image()));
    }
    return names;
  }

  // Each part of a folder that is another in another folder.
  private static String ownPart(String[] folder, List<String[]> all) {
    StringBuilder own = new StringBuilder();
    for (int i = 0; i < folder.length; i++) {
      int place = i;
      boolean isCommon =
          all.stream()
              .allMatch(other -> place < other.length && other[place].equals(folder[place]));
      if (!isCommon) {
        own.append(folder[i]).append('/');
      }
    }
    return own.toString();
  }
}
