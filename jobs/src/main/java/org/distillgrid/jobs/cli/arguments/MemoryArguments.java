package org.distillgrid.jobs.cli.arguments;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.eval.MemoryBound;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option of every command that restores whole images; used as a mixin. */
public final class MemoryArguments {
  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "8g",
      converter = Size.class,
      description =
          "Memory that one image may take, as 512m or 4g; an image that would take more is restored"
              + " in overlapping tiles (default: ${DEFAULT-VALUE}).")
  private MemoryBound bound;

  /** Returns the bound. */
  public MemoryBound bound() {
    return bound;
  }

  /** Reads mebibytes and gibibytes. */
  static final class Size implements ITypeConverter<MemoryBound> {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})([mg])");
    private static final long MEBIBYTES = 1024;

    @Override
    public MemoryBound convert(String text) {
      Matcher size = SIZE.matcher(text);
      if (!size.matches()) {
        throw new TypeConversionException("a size is written as in 512m or 4g, not " + text);
      }
      long count = Long.parseLong(size.group(1));
      return switch (size.group(2)) {
        case "g" -> MemoryBound.mebibytes(count * MEBIBYTES);
        default -> MemoryBound.mebibytes(count);
      };
    }
  }
}
