package org.distillgrid.jobs.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Where an exported file goes.
 *
 * @param run the run folder
 * @param out the file, or none for one in the run's folder of exports
 */
record ExportPlace(RunFolder run, Optional<Path> out) {
  /**
   * Writes the file.
   *
   * @param name its name in the folder of exports
   * @return its path: below the run folder, or fully qualified elsewhere
   * @throws GridException if it cannot be written
   */
  String write(String name, byte[] content) {
    if (out.isEmpty()) {
      String relative = run.export(name);
      run.files().replace(run.at(relative), content);
      return relative;
    }
    try {
      return Files.write(out.get(), content).toAbsolutePath().toString();
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.OUTPUT, "Cannot write %s: %s", out.get(), e);
    }
  }
}
