package org.distillgrid.jobs.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.input.DatasetNames;
import org.distillgrid.jobs.input.Found;
import org.distillgrid.jobs.input.FoundFile;
import org.distillgrid.jobs.input.InputWalk;
import org.distillgrid.jobs.spec.InputEntries;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.image.ImageReader;
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

  /** Returns what an image is called in a table: with its data set, if there are several. */
  String name(ImageScore score) {
    if (folders > 1) {
      return score.dataset() + "/" + score.image();
    }
    return score.image();
  }

  private static Supplier<PlanarImage> reading(FoundFile file, RunFiles files, ImageReader reader) {
    return () -> {
      Path path = new Path(file.location());
      try (FSDataInputStream stream = files.fileSystem(path).open(path)) {
        return reader.read(stream.readAllBytes());
      } catch (GridException e) {
        throw GridException.of(e, e.code(), "%s", line(file.location(), e.getMessage()));
      } catch (IOException e) {
        String reason = "Cannot read file: " + Messages.firstLine(e);
        throw GridException.of(e, ErrorCode.INPUT, "%s", line(file.location(), reason));
      }
    };
  }

  // As it is typed, where it is a file of this machine.
  private static String line(String location, String reason) {
    return location.replaceFirst("^file:(//)?/", "/") + ": " + reason;
  }
}
