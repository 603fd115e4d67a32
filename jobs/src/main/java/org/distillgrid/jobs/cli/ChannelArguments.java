package org.distillgrid.jobs.cli;

import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine.Option;

/** The option of every command that builds one model; used as a mixin. */
public final class ChannelArguments {
  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "Image channels of the model, 1 or 3; by default what its checkpoint says, else 3.")
  private Integer channels;

  /**
   * Returns the image channels.
   *
   * @param standard what is taken when none are given
   * @throws GridException if they are neither 1 nor 3
   */
  public int orElse(int standard) {
    if (channels == null) {
      return standard;
    }
    if (channels != 1 && channels != 3) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot build a model: --channels must be 1 or 3, not %d", channels);
    }
    return channels;
  }
}
