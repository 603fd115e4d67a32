package org.distillgrid.jobs.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.input.DatasetNames;
import org.distillgrid.jobs.input.Found;
import org.distillgrid.jobs.input.FoundFile;
import org.distillgrid.jobs.input.FoundPair;
import org.distillgrid.jobs.input.FoundPairs;
import org.distillgrid.jobs.input.InputWalk;
import org.distillgrid.jobs.input.PairWalk;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.InputEntries;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PairedFiles;
import org.distillgrid.kd.image.PlanarImage;

/**
 * The ground truths that a command line names, found as those of a spec are.
 *
 * @param images none of which has been read yet
 * @param misfits a line for each that looks like one and is no file
 * @param folders how many data sets they are
 */
record GroundTruths(List<NamedImage> images, List<String> misfits, int folders) {
  /**
   * Finds them.
   *
   * @throws GridException with code INPUT if an argument leads to none
   */
  static GroundTruths of(List<String> arguments, ImageReader reader) {
    InputEntries entries = InputEntries.of(arguments);
    RunFiles files = new RunFiles(entries.configuration());
    InputWalk walk = new InputWalk(files);
    DatasetNames names = new DatasetNames();
    List<NamedImage> images = new ArrayList<>();
    List<String> misfits = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (String entry : entries.paths()) {
      Found found = walk.find("--data", entry);
      for (FoundFile file : found.files()) {
        String dataset = names.of(file.base());
        folders.add(dataset);
        images.add(new NamedImage(dataset, file.image(), reading(file, files, reader)));
      }
      found
          .misfits()
          .forEach(misfit -> misfits.add(line(misfit.file().location(), misfit.reason())));
    }
    return new GroundTruths(images, misfits, folders.size());
  }

  /**
   * Finds targets and their inputs.
   *
   * @param targets arguments, of which each belongs to the argument for inputs at its place
   * @param pattern how inputs are called, if the field's suffixes do not tell
   * @param warnings takes a line about each input that is its target
   * @throws GridException with code INPUT if an argument leads to nothing, with code USAGE if there
   *     are more arguments of one kind
   */
  static GroundTruths ofPairs(
      List<String> targets,
      List<String> inputs,
      Optional<String> pattern,
      ImageReader reader,
      Consumer<String> warnings) {
    InputEntries truths = InputEntries.of(targets);
    InputEntries shown = InputEntries.of(inputs);
    if (truths.paths().size() != shown.paths().size()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot pair images: --data names %d paths, --inputs %d",
          truths.paths().size(),
          shown.paths().size());
    }
    RunFiles files = new RunFiles(truths.configuration());
    PairWalk walk = new PairWalk(files);
    DatasetNames names = new DatasetNames();
    List<NamedImage> images = new ArrayList<>();
    List<String> misfits = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (int i = 0; i < truths.paths().size(); i++) {
      FoundPairs found =
          walk.find(
              "--data",
              new ImageSource(
                  Optional.empty(),
                  Optional.of(shown.paths().get(i)),
                  Optional.of(truths.paths().get(i)),
                  pattern));
      for (FoundPair pair : found.pairs()) {
        String dataset = names.ofPairs(pair.target().base(), pair.input().base());
        folders.add(dataset);
        images.add(
            new NamedImage(dataset, pair.target().image(), reading(pair.target(), files, reader))
                .withInput(readingInput(pair, files, reader, warnings)));
      }
      found
          .misfits()
          .forEach(misfit -> misfits.add(line(misfit.file().location(), misfit.reason())));
    }
    return new GroundTruths(images, misfits, folders.size());
  }

  /** Returns what an image is called in a table: with its data set, if there are several. */
  String name(ImageScore score) {
    if (folders > 1) {
      return score.dataset() + "/" + score.image();
    }
    return score.image();
  }

  private static Supplier<PlanarImage> reading(FoundFile file, RunFiles files, ImageReader reader) {
    return () -> read(file, files, reader::read);
  }

  private static Supplier<PlanarImage> readingInput(
      FoundPair pair, RunFiles files, ImageReader reader, Consumer<String> warnings) {
    return () -> {
      byte[] target = read(pair.target(), files, bytes -> bytes);
      return read(
          pair.input(),
          files,
          bytes -> {
            PairedFiles.requireAlike(target, bytes);
            if (Arrays.equals(target, bytes)) {
              String reason = "input and target hold the same, and there is nothing to restore";
              warnings.accept("warning: " + line(pair.input().location(), reason));
            }
            return reader.read(bytes);
          });
    };
  }

  private static <T> T read(FoundFile file, RunFiles files, Function<byte[], T> of) {
    Path path = new Path(file.location());
    try (FSDataInputStream stream = files.fileSystem(path).open(path)) {
      return of.apply(stream.readAllBytes());
    } catch (GridException e) {
      throw GridException.of(e, e.code(), "%s", line(file.location(), e.getMessage()));
    } catch (IOException e) {
      String reason = "Cannot read file: " + Messages.firstLine(e);
      throw GridException.of(e, ErrorCode.INPUT, "%s", line(file.location(), reason));
    }
  }

  // As it is typed, where it is a file of this machine.
  private static String line(String location, String reason) {
    return location.replaceFirst("^file:(//)?/", "/") + ": " + reason;
  }
}
