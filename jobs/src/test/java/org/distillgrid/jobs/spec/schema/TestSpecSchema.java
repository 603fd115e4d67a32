package org.distillgrid.jobs.spec.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.SpecFolder;
import org.distillgrid.jobs.spec.yaml.YamlText;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Ddocs.update=true} writes the committed schema anew. */
class TestSpecSchema {
  private static final Path GRIDS = Path.of("../grids");
  private static final Path COMMITTED = GRIDS.resolve("spec.schema.json");
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(SpecSchema.of(Catalog.load()));

  @TempDir Path folder;

  @Test
  void theCommittedSchemaIsThatOfTheKeys() throws IOException {
    String schema = SpecSchema.text(Catalog.load());
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(COMMITTED, schema);
    }
    assertThat(COMMITTED).content().isEqualTo(schema);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void takesEveryGrid(Path grid) throws IOException {
    assertThat(problems(Files.readString(grid))).isEmpty();
  }

  static List<Path> grids() throws IOException {
    try (Stream<Path> files = Files.walk(GRIDS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train: {steps: 1e4, decayAt: 0.5, betas: null}",
        "train:",
        "name: 2024",
        "grid: {student: edsr-c16-b4, seed: 3, bits: w2a8}",
        "grid: {student: [{model: rlfn, as: mine}, srcnn-9-1-5, srcnn-k9x5x5, imdn]}",
        "grid: {student: edsr, bits: w4a4, quantizer: ['pams(rate=0.02)-head', minmax-symmetric]}",
        "teacher: {model: edsr}\ngrid: {student: teacher, method: none}",
        "teacher: {model: edsr}\n"
            + "grid: {student: edsr-c16, method: ['logits + at(weight=4) as both', 'spark']}",
        "teacher: {model: edsr}\n"
            + "grid: {student: edsr-c16, method: 'at(weight=[0.4, 4]) as best', tune: {seeds: [0]}}",
        "teacher: {model: edsr}\n"
            + "grid: {student: edsr-c16, method: [none, logits as plain],"
            + " exclude: {method: plain}}",
        "task: {name: blur-g1.2+denoise-s5}",
        "data: {train: {path: train}, crop: grid}",
        "evaluate: {sets: {name: 7, path: test, space: y, crop: 3}, onBadImage: skip}",
      })
  void takesWhatTheReaderTakes(String keys) {
    String yaml = spec(keys);

    SpecFolder.in(folder).read(yaml);
    assertThat(problems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train: {stepz: 5}",
        "trian: {steps: 5}",
        "train: {steps: many}",
        "train: {steps: 2.5}",
        "train: {steps: '5'}",
        "train: [1]",
        "train: {steps: 0}",
        "train: {learningRate: 2}",
        "train: {decayAt: [0.5, late]}",
        "train: {schedule: linear}",
        "data: {train: train, patch: 8}",
        "data: {patch: 48}",
        "data:",
        "name: a b",
        "name: ''",
        "teacher: {weights: a.pth}",
        "teacher: {model: edsr-z4}",
        "grid: {bits: fp}",
        "grid: {student: edrs}",
        "grid: {student: edsr-c16x3}",
        "grid: {student: [edsr, null]}",
        "grid: {student: edsr, bits: w9a4}",
        "grid: {student: edsr, quantizer: pams(rat=0.02)}",
        "grid: {student: edsr, quantizer: lsq-symmetric}",
        "grid: {student: edsr, method: lgits}",
        "grid: {student: edsr, method: logits+lgits}",
        "grid: {student: edsr, method: at(wieght=4)}",
        "grid: {student: edsr, method: at(weight=much)}",
        "grid: {student: edsr, method: 'at(weight=[4, much])'}",
        "grid: {student: edsr, method: 'at(weight=[])'}",
        "grid: {student: edsr, seed: -1}",
        "task: {name: denoise-q10}",
        "evaluate: {sets: {name: a/b, path: test}}",
      })
  void refusesWhatTheReaderRefuses(String keys) {
    String yaml = spec(keys);

    assertThatThrownBy(() -> SpecFolder.in(folder).read(yaml)).isInstanceOf(GridException.class);
    assertThat(problems(yaml)).isNotEmpty();
  }

  @Test
  void tellsWhatNamesMean() {
    String schema = SpecSchema.text(Catalog.load());

    assertThat(schema)
        .contains(Catalog.load().methods().named("logits").help())
        .contains("\"description\" : \"updates of the network\"")
        .contains("\"default\" : 5000");
  }

  private static String spec(String keys) {
    StringBuilder yaml = new StringBuilder(keys).append('\n');
    for (String part : SpecFolder.LEAST.split("\n(?=\\S)")) {
      String key = part.substring(0, part.indexOf(':') + 1);
      if (keys.lines().noneMatch(line -> line.startsWith(key))) {
        yaml.append(part.stripTrailing()).append('\n');
      }
    }
    return yaml.toString();
  }

  private static List<Error> problems(String yaml) {
    return SCHEMA.validate(PlainJson.of(YamlText.parse(yaml, "a spec")));
  }
}
