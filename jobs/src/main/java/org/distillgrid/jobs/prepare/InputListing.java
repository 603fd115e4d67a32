package org.distillgrid.jobs.prepare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.input.DatasetNames;
import org.distillgrid.jobs.input.Found;
import org.distillgrid.jobs.input.FoundFile;
import org.distillgrid.jobs.input.FoundPair;
import org.distillgrid.jobs.input.FoundPairs;
import org.distillgrid.jobs.input.InputWalk;
import org.distillgrid.jobs.input.Misfit;
import org.distillgrid.jobs.input.PairInput;
import org.distillgrid.jobs.input.PairWalk;
import org.distillgrid.jobs.prepare.InputFile.Origin;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.table.RejectedInput;

/**
 * The files that a spec names for training and validation, each list walked by itself. A data set
 * is called after the folder that it lies in. Pairs are matched within their entry.
 */
final class InputListing {
  private final Map<Origin, InputWalk> walks = new EnumMap<>(Origin.class);
  private final RunFiles storage;
  private final DatasetNames names = new DatasetNames();
  private final List<InputFile> files = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();

  /** What is no usable file, under the name of its data folder. */
  private record Rejected(String dataset, Misfit misfit) {}

  InputListing(RunFiles storage) {
    this.storage = storage;
  }

  /**
   * Adds what one entry of the spec names.
   *
   * @throws org.distillgrid.kd.error.GridException if it names nothing new
   */
  void add(Origin origin, ImageSource source) {
    source.path().ifPresent(entry -> addImages(origin, entry));
    if (source.hasPairs()) {
      addPairs(origin, source);
    }
  }

  private void addImages(Origin origin, String entry) {
    InputWalk walk = walks.computeIfAbsent(origin, first -> new InputWalk(storage));
    Found found = walk.find(origin.key(), entry);
    found.files().forEach(file -> files.add(input(file, origin)));
    found
        .misfits()
        .forEach(misfit -> rejected.add(new Rejected(names.of(misfit.file().base()), misfit)));
  }

  private void addPairs(Origin origin, ImageSource source) {
    FoundPairs found = new PairWalk(storage).find(origin.key(), source);
    found.pairs().forEach(pair -> files.add(input(pair, origin)));
    found
        .misfits()
        .forEach(
            misfit ->
                rejected.add(new Rejected(DatasetNames.telling(misfit.file().base()), misfit)));
  }

  /** Returns the files found so far, in the order of the spec. */
  List<InputFile> files() {
    return List.copyOf(files);
  }

  /** Returns the folders that are named like images. */
  List<RejectedInput> folders() {
    return rejected(misfit -> misfit.kind() == Misfit.Kind.FOLDER);
  }

  /** Returns what else was found and is no file. */
  List<RejectedInput> others() {
    return rejected(misfit -> misfit.kind() != Misfit.Kind.FOLDER);
  }

  private List<RejectedInput> rejected(Predicate<Misfit> chosen) {
    return rejected.stream()
        .filter(each -> chosen.test(each.misfit()))
        .map(
            each ->
                new RejectedInput(
                    each.dataset(),
                    each.misfit().file().location(),
                    each.misfit().reason(),
                    each.misfit().file().bytes()))
        .toList();
  }

  private InputFile input(FoundFile file, Origin origin) {
    return new InputFile(
        names.of(file.base()), file.image(), file.location(), file.bytes(), origin);
  }

  private InputFile input(FoundPair pair, Origin origin) {
    FoundFile target = pair.target();
    return new InputFile(
        names.ofPairs(target.base(), pair.input().base()),
        target.image(),
        target.location(),
        target.bytes(),
        origin,
        List.of(PairInput.of(pair)));
  }
}
