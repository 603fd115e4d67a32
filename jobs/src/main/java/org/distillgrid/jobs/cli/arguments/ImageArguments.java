package org.distillgrid.jobs.cli.arguments;

import org.distillgrid.kd.image.ImageReader;
import picocli.CommandLine.Option;

/** The option of every command that reads images; used as a mixin. */
public final class ImageArguments {
  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "100000000",
      description = "Refuse images of more pixels (default: ${DEFAULT-VALUE}).")
  private long maxPixels;

  /** Returns the reader that refuses larger images. */
  public ImageReader reader() {
    return ImageReader.bounded(maxPixels);
  }
}
