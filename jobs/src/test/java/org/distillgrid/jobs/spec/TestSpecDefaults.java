package org.distillgrid.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins every key and every default: changing one is a change that users see. */
class TestSpecDefaults {
  @TempDir Path folder;

  @Test
  void writesEveryKeyWithItsDefault() {
    RunSpec spec =
        SpecFolder.in(folder).read(SpecFolder.LEAST, "teacher.model=edsr", "output.path=/runs/x");

    assertThat(SpecWriter.yaml(spec).replace(folder.toString(), "/f"))
        .isEqualTo(
            """
            name: tiny
            data:
              train:
              - /f/train
              validate: []
              channels: 3
              patch: 96
              stride: 96
              crop: grid
              window: null
              maxPixels: 100000000
            task:
              name: sr
              scale: 2
            teacher:
              model: edsr
              weights: null
              train:
                steps: 10000
                batch: 16
                learningRate: 5.0E-4
                schedule: step
                decayAt:
                - 0.5
                - 0.8
                decay: 0.5
                leastRate: 0.0
                cosineFrom: 0.0
                warmUp: 0
                optimizer: adam
                betas:
                - 0.9
                - 0.99
                weightDecay: 0.0
                clip: 0.0
                loss: l1
                progressive: []
                ema: 0.999
                validateEvery: 500
                checkpointEvery: 500
                threads: null
              predict: once
              cache:
                path: null
                mostGiB: 20.0
            encoder:
              weights: null
              train:
                steps: 2000
                batch: 8
                learningRate: 0.001
                schedule: step
                decayAt:
                - 0.5
                - 0.8
                decay: 0.5
                leastRate: 0.0
                cosineFrom: 0.0
                warmUp: 0
                optimizer: adam
                betas:
                - 0.9
                - 0.99
                weightDecay: 0.0
                clip: 0.0
                loss: l1
                progressive: []
                ema: 0.99
                validateEvery: 500
                checkpointEvery: 500
                threads: null
            grid:
              student:
              - edsr-c16-b4
              bits:
              - fp
              quantizer:
              - lsq
              method:
              - none
              seed:
              - 0
              include: []
              exclude: []
              tune:
                seeds: []
            train:
              start: null
              pretrain:
                steps: 10000
                batch: 16
                learningRate: 5.0E-4
                schedule: step
                decayAt:
                - 0.5
                - 0.8
                decay: 0.5
                leastRate: 0.0
                cosineFrom: 0.0
                warmUp: 0
                optimizer: adam
                betas:
                - 0.9
                - 0.99
                weightDecay: 0.0
                clip: 0.0
                loss: l1
                progressive: []
                ema: 0.999
                validateEvery: 500
                checkpointEvery: 500
                threads: null
              steps: 5000
              batch: 16
              learningRate: 1.0E-4
              schedule: step
              decayAt:
              - 0.5
              - 0.8
              decay: 0.5
              leastRate: 0.0
              cosineFrom: 0.0
              warmUp: 0
              optimizer: adam
              betas:
              - 0.9
              - 0.99
              weightDecay: 0.0
              clip: 0.0
              loss: l1
              progressive: []
              ema: 0.999
              validateEvery: 500
              checkpointEvery: 500
              calibrationBatches: 4
              validatePatches: 16
            evaluate:
              sets:
              - name: five
                path: /f/test
                space: null
                crop: null
              memory: 8192
              onBadImage: refuse
              lpips: null
            cluster:
              threads: 1
              cohort: 0
              startupDeadlineSeconds: 120
            output:
              path: /runs/x
            """);
  }

  @Test
  void takesAnEarlierSpecAsItWasMeant() {
    RunSpec spec = SpecFolder.in(folder).read(SpecFolder.LEAST, "teacher.model=edsr");
    String earlier =
        SpecWriter.yaml(spec).replaceFirst("(?s)  predict: once.*?mostGiB: 20.0\n", "");

    assertThat(earlier).doesNotContain("predict:", "cache:");
    assertThat(SpecReader.effective(earlier, "spec.yaml"))
        .isEqualTo(spec.withTeacherAtEveryBatch())
        .isNotEqualTo(spec);
    assertThat(spec.predictsOnce()).isTrue();
    assertThat(spec.withTeacherAtEveryBatch().predictsOnce()).isFalse();
  }

  @Test
  void resolvesACacheFromTheCurrentFolder() {
    SpecFolder images = SpecFolder.in(folder);
    String here = Path.of("").toAbsolutePath().toString();

    assertThat(cache(images, "kept")).contains(here + "/kept");
    assertThat(cache(images, "hdfs://name/kept")).contains("hdfs://name/kept");
    assertThat(cache(images, "null")).isEmpty();
  }

  private static Optional<String> cache(SpecFolder images, String path) {
    return images
        .read(SpecFolder.LEAST, "teacher={model: edsr}", "teacher.cache.path=" + path)
        .teacher()
        .orElseThrow()
        .cache()
        .path();
  }

  @Test
  void readsBackWhatItWrites() {
    RunSpec spec =
        SpecFolder.in(folder)
            .read(
                SpecFolder.LEAST,
                "name='1.5'",
                "teacher.model=edsr",
                "grid.bits=[fp, w4a4]",
                "grid.seed=[0, 1]",
                "grid.include=[{bits: w4a4, quantizer: minmax}]",
                "train.learningRate=0.00012345678901");

    assertThat(SpecReader.effective(SpecWriter.yaml(spec), "spec.yaml")).isEqualTo(spec);
  }
}
