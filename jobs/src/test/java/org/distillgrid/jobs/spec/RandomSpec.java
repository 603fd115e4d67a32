package org.distillgrid.jobs.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes specs that are nearly right, and values that are not. */
final class RandomSpec {
  private static final List<String> KEYS =
      List.of(
          "name",
          "data",
          "data.train",
          "data.validate",
          "data.channels",
          "data.patch",
          "data.stride",
          "data.crop",
          "data.window",
          "data.maxPixels",
          "task",
          "task.name",
          "task.scale",
          "teacher",
          "teacher.model",
          "teacher.weights",
          "teacher.train.steps",
          "teacher.train.decayAt",
          "encoder.weights",
          "encoder.train",
          "grid",
          "grid.student",
          "grid.student[0].model",
          "grid.student[0].weights",
          "grid.student[1].as",
          "grid.bits",
          "grid.quantizer",
          "grid.method",
          "grid.seed",
          "grid.include",
          "grid.exclude",
          "grid.include[0].bits",
          "grid.tune",
          "grid.tune.seeds",
          "train",
          "train.start",
          "train.steps",
          "train.pretrain",
          "train.pretrain.batch",
          "train.learningRate",
          "train.decayAt",
          "train.decayAt[1]",
          "train.ema",
          "train.schedule",
          "train.warmUp",
          "train.betas",
          "train.betas[1]",
          "train.clip",
          "train.loss",
          "train.progressive",
          "train.progressive[0]",
          "train.progressive[0].from",
          "evaluate",
          "evaluate.sets",
          "evaluate.sets[0]",
          "evaluate.sets[0].name",
          "evaluate.sets[0].path",
          "evaluate.sets[1].path",
          "evaluate.sets[0].space",
          "evaluate.sets[0].crop",
          "evaluate.memory",
          "evaluate.lpips",
          "evaluate.lpips.features",
          "cluster.threads",
          "output",
          "output.path",
          "nothing",
          "train.<<",
          "a.b[3].c");
  private static final List<String> SCALARS =
      List.of(
          "010",
          "08",
          "0o10",
          "0x1F",
          "1e4",
          "1e1",
          "1_000",
          "-1",
          "0",
          "3",
          "48",
          "96",
          "1.5",
          ".5",
          "5.",
          "1e-4",
          "1e999999",
          "-.inf",
          ".nan",
          "99999999999999999999",
          "yes",
          "no",
          "true",
          "null",
          "~",
          "",
          "''",
          "' '",
          "2024",
          "2024-01-02",
          "1:30",
          "~/x",
          "~",
          "~root/x",
          "train",
          "test",
          "train/*.png",
          "train/{a",
          "train/[",
          "../x",
          "a\\b",
          "//",
          "/",
          ".",
          "file:///no",
          "no-such://h/x",
          "x.pth#ema",
          "random",
          "cosine",
          "l1",
          "{from: 0, window: 32, batch: 3}",
          "fp",
          "w4a4",
          "W4A4",
          "w9a9",
          "edsr-c8-b2",
          "edsr_c8_b2",
          "edsr-",
          "EDSR",
          "dncnn-c8-d3",
          "sr",
          "denoise-s25",
          "denoise",
          "blur-g1.2+denoise-s5",
          "blur",
          "lsq",
          "minmax",
          "none",
          "logits",
          "logits as x",
          "at as ../x",
          "spark(",
          "spark(reward=ema)+at",
          "\"a\\nb\"",
          "\"\\u0000\"",
          "\"\\u2028\"",
          "\"\\uD800\"",
          "%d%s%n",
          "\u00fc",
          "\ud83d\ude00",
          "*a",
          "&a 3",
          "&a [3]",
          "!!str 3",
          "!!int x",
          "!!binary aGk=",
          "!x y",
          "|\n  a\n  b",
          "- 1",
          "? x",
          "@",
          "`",
          "\t",
          "{",
          "]",
          "# 3",
          "a: b",
          "<<: *a",
          "{<<: *a}",
          "{<<: {steps: 3}}");
  private static final String START =
      """
      name: tiny
      data: {train: [train], patch: 48, stride: 48}
      grid: {student: [edsr-c8-b2], bits: [fp, w4a4]}
      teacher: {model: edsr-c8-b2, train: &a {steps: 40}}
      evaluate:
        sets: [{name: five, path: test}]
      """;

  private final Random random;

  RandomSpec(Random random) {
    this.random = random;
  }

  /** Returns a spec of few or no mistakes. */
  String yaml() {
    StringBuilder yaml = new StringBuilder(START);
    if (random.nextInt(3) == 0) {
      yaml.append("train: {<<: *a, pretrain: *a}\n");
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      yaml.append(key().split("[.\\[]")[0]).append(": ").append(value(0)).append('\n');
    }
    for (int i = random.nextInt(4); i > 0 && random.nextBoolean(); i--) {
      int at = random.nextInt(yaml.length());
      yaml.replace(at, Math.min(yaml.length(), at + random.nextInt(3)), scalar());
    }
    return yaml.toString();
  }

  /** Returns values that take the place of the spec's. */
  List<String> overrides() {
    List<String> overrides = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      overrides.add(key() + "=" + value(0));
    }
    return overrides;
  }

  private String value(int depth) {
    return switch (random.nextInt(6 + depth)) {
      case 0 -> "[" + scalar() + ", " + value(depth + 1) + "]";
      case 1 ->
          "{" + lastKey() + ": " + value(depth + 1) + ", " + lastKey() + ": " + scalar() + "}";
      case 2 -> "[".repeat(random.nextInt(80)) + scalar();
      default -> scalar();
    };
  }

  private String scalar() {
    if (random.nextInt(10) == 0) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append((char) (1 + random.nextInt(255)));
      }
      return text.toString();
    }
    return SCALARS.get(random.nextInt(SCALARS.size()));
  }

  private String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private String lastKey() {
    String[] parts = key().split("[.\\[]");
    return parts[parts.length - 1];
  }
}
