package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TestDescribeCommand {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void showsLayersAndTotals() {
    int status = run("describe", "--model", "edsr-c16-b4", "--scale", "2", "--bits", "w4a4");
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString().lines())
        .contains("edsr-b4-c16-m0-r1 ×2, input 640×360")
        .anyMatch(line -> line.matches("conv_first +head +3×3 3→16 +16×360×640 +448 .*fp"))
        .anyMatch(line -> line.matches("body.0.conv1 +body +3×3 16→16 +16×360×640 +2,320 .*w4a4"))
        .anyMatch(line -> line.matches("conv_last +tail +3×3 16→3 +3×720×1280 +435 .*fp"))
        .contains("parameters       31,043")
        .anyMatch(line -> line.startsWith("size at w4a4     "))
        .contains("receptive field  24 rows, 24 columns of the input");
  }

  @Test
  void countsBitOperationsOfWhatTheQuantizerCovers() {
    int status =
        run(
            "describe",
            "--model",
            "edsr-c16-b4",
            "--scale",
            "2",
            "--bits",
            "w4a8",
            "--quantizer",
            "lsq-tail-head");
    assertThat(status).as(err.toString()).isZero();
    // 640×360×3×16×9 multiplications, at 4 and 8 bits.
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("conv_first +head .* 0.100 G +3.185 G +w4a8"))
        .anyMatch(line -> line.matches("upsample.0 +upsampler .* 2.123 G +2174.327 G +fp"))
        .anyMatch(line -> line.startsWith("bit operations   "));
  }

  @Test
  void showsTheBitsOfAttentionsProducts() {
    int status =
        run(
            "describe",
            "--model",
            "swinir-c4-d2-h2-w4-f4",
            "--scale",
            "2",
            "--bits",
            "w4a8",
            "--quantizer",
            "minmax-attention");
    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches(".*attn.*product .* a8a8"))
        .anyMatch(line -> line.matches(".*attn.qkv .* w4a8"));
  }

  @Test
  void refusesWhatItCannotDescribe() {
    assertThat(run("describe", "--model", "edsr", "--scale", "5")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "error: Cannot build edsr at scale 5: edsr has scales [1, 2, 3, 4, 8]");
    assertThat(run("describe", "--model", "edsr", "--scale", "2", "--size", "big")).isEqualTo(2);
    assertThat(err.toString())
        .endsWith("error: Cannot describe: --size is written as in 1280x720, not big\n");
    assertThat(run("describe", "--model", "edsr", "--scale", "2", "--channels", "2")).isEqualTo(2);
    assertThat(err.toString())
        .endsWith("error: Cannot build a model: --channels must be 1 or 3, not 2\n");
  }

  private int run(String... arguments) {
    CommandLine command = DistillGrid.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
