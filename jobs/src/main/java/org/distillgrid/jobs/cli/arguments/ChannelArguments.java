package org.distillgrid.jobs.cli.arguments;

import java.util.OptionalInt;
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
   * Returns the image channels, if any are given.
   *
   * @throws GridException if they are neither 1 nor 3
   */
  public OptionalInt given() {
    if (channels == null) {
      return OptionalInt.empty();
    }
    if (channels != 1 && channels != 3) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot build a model: --channels must be 1 or 3, not %d", channels);
    }
    return OptionalInt.of(channels);
  }

  /**
   * Returns the image channels.
   *
   * @param standard what is taken when none are given
   * @throws GridException if they are neither 1 nor 3
   */
  public int orElse(int standard) {
    return given().orElse(standard);
  }
}
