package org.distillgrid.jobs.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.jobs.plan.CheckedSpecs;

/** A folder with a spec and the images that it names. */
public final class SpecFolder {
  /** The least spec that is whole. */
  public static final String LEAST =
      """
      name: tiny
      data:
        train: [train]
      grid:
        student: [edsr-c16-b4]
      evaluate:
        sets: [{name: five, path: test}]
      """;

  private final Path folder;

  private SpecFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the images of {@link #LEAST} in a folder. */
  public static SpecFolder in(Path folder) {
    return new SpecFolder(folder).file("train/a.png").file("test/b.png");
  }

  /** Adds a file. */
  public SpecFolder file(String name) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "image");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes the spec and returns where it is. */
  public String spec(String yaml) {
    try {
      return Files.writeString(folder.resolve("spec.yaml"), yaml).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a spec and reads it. */
  public RunSpec read(String yaml, String... overrides) {
    return CheckedSpecs.reader(Catalog.load()).read(spec(yaml), List.of(overrides));
  }
}
