package org.distillgrid.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.TrainSpec;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.Schedule;
import org.junit.jupiter.api.Test;

class TestTrial {
  private static final ContentKeys KEYS = new ContentKeys("da7a", "7eac4e5", "e4c0de5");
  private static final Schedule PRETRAIN = schedule(10, 100);
  private static final Schedule TRAIN = schedule(5, 100);
  private static final Trial TRIAL = trial("w4a4", "lsq", "logits", 0, PRETRAIN, TRAIN, 1);

  @Test
  void hasAnIdThatNeverChanges() {
    assertThat(TRIAL.id(KEYS)).isEqualTo("20983c912428c575");
    assertThat(TRIAL.pretrainKey().id(KEYS)).isEqualTo("0a1384937615e521");
  }

  @Test
  void changesItsIdWithWhateverDecidesItsNumbers() {
    Set<String> ids = new HashSet<>();
    List<Trial> others =
        List.of(
            TRIAL,
            trial("w2a2", "lsq", "logits", 0, PRETRAIN, TRAIN, 1),
            trial("w4a4", "minmax", "logits", 0, PRETRAIN, TRAIN, 1),
            trial("w4a4", "lsq", "none", 0, PRETRAIN, TRAIN, 1),
            trial("w4a4", "lsq", "logits", 1, PRETRAIN, TRAIN, 1),
            trial("w4a4", "lsq", "logits", 0, schedule(11, 100), TRAIN, 1),
            trial("w4a4", "lsq", "logits", 0, PRETRAIN, schedule(6, 100), 1),
            trial("w4a4", "lsq", "logits", 0, PRETRAIN, TRAIN, 2));
    others.forEach(trial -> ids.add(trial.id(KEYS)));
    ids.add(TRIAL.id(new ContentKeys("other", "7eac4e5", "e4c0de5")));
    ids.add(TRIAL.id(new ContentKeys("da7a", "other", "e4c0de5")));

    assertThat(ids).hasSize(others.size() + 2);
  }

  @Test
  void dependsOnTheEncoderWhereItsMethodReadsOne() {
    ContentKeys others = new ContentKeys("da7a", "7eac4e5", "other");
    Trial reading = trial("w4a4", "lsq", "csd", 0, PRETRAIN, TRAIN, 1);

    assertThat(TRIAL.id(others)).isEqualTo(TRIAL.id(KEYS));
    assertThat(reading.id(others)).isNotEqualTo(reading.id(KEYS));
  }

  @Test
  void hasAnotherIdWhereTheTeacherWasPredictedOnce() {
    Trial predicted = trial(TRIAL.cell(), "logits", PRETRAIN, TRAIN, 1, TeacherSpec.Predict.ONCE);

    assertThat(predicted.isPredicted()).isTrue();
    assertThat(TRIAL.isPredicted()).isFalse();
    assertThat(predicted.id(KEYS)).isNotEqualTo(TRIAL.id(KEYS)).isEqualTo("1d3d8270e813f7b5");
    assertThat(predicted.pretrainKey()).isEqualTo(TRIAL.pretrainKey());
  }

  @Test
  void dependsOnTheTeacherWhereItsMethodReadsIt() {
    ContentKeys others = new ContentKeys("da7a", "other", "e4c0de5");
    Trial alone = trial("w4a4", "lsq", "none", 0, PRETRAIN, TRAIN, 1);

    assertThat(alone.id(others)).isEqualTo(alone.id(KEYS));
    assertThat(alone.formerId(others)).isNotEqualTo(alone.formerId(KEYS));
    assertThat(TRIAL.id(others)).isNotEqualTo(TRIAL.id(KEYS));
    assertThat(TRIAL.formerId(KEYS)).isEqualTo(TRIAL.id(KEYS));
  }

  @Test
  void dependsOnTheThreadsOfBothTrainings() {
    Trial one = trial("w4a4", "lsq", "logits", 0, PRETRAIN, TRAIN, 1);
    Trial two = trial("w4a4", "lsq", "logits", 0, PRETRAIN, TRAIN, 2);
    Set<String> ids =
        Set.of(
            one.id(KEYS),
            two.id(KEYS),
            withPretrainThreads(one, 2).id(KEYS),
            withPretrainThreads(two, 1).id(KEYS));

    assertThat(ids).hasSize(4);
    assertThat(withPretrainThreads(one, 2).pretrainKey()).isEqualTo(two.pretrainKey());
  }

  private static Trial withPretrainThreads(Trial trial, int threads) {
    return new Trial(
        trial.task(),
        trial.scale(),
        trial.channels(),
        trial.cell(),
        trial.label(),
        trial.teacher(),
        trial.from(),
        trial.pretrain(),
        trial.train(),
        trial.calibrationBatches(),
        trial.validatePatches(),
        threads,
        trial.threads(),
        trial.predict());
  }

  @Test
  void keepsItsIdWhateverTheCheckpoints() {
    Trial other = trial("w4a4", "lsq", "logits", 0, schedule(10, 7), schedule(5, 7), 1);

    assertThat(other.id(KEYS)).isEqualTo(TRIAL.id(KEYS));
    assertThat(other.pretrainKey().id(KEYS)).isEqualTo(TRIAL.pretrainKey().id(KEYS));
  }

  @Test
  void keepsItsIdWhateverItsLabel() {
    Trial other = trial("w4a4", "lsq", "logits", "plain", 0, PRETRAIN, TRAIN, 1);

    assertThat(other.id(KEYS)).isEqualTo(TRIAL.id(KEYS));
    assertThat(other.name()).isEqualTo(TRIAL.name());
  }

  @Test
  void travelsToExecutors() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(TRIAL);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(TRIAL);
    }
  }

  private static Schedule schedule(long steps, long checkpointEvery) {
    return new Schedule(steps, 4, 1e-3, List.of(0.5), 0.5, 0.99, 2, checkpointEvery);
  }

  private static Trial trial(
      String bits,
      String quantizer,
      String method,
      long seed,
      Schedule pretrain,
      Schedule train,
      int threads) {
    return trial(bits, quantizer, method, method, seed, pretrain, train, threads);
  }

  private static Trial trial(
      String bits,
      String quantizer,
      String method,
      String label,
      long seed,
      Schedule pretrain,
      Schedule train,
      int threads) {
    Cell cell = Cell.of("edsr-c16-b4", bits, quantizer, method, seed);
    return trial(cell, label, pretrain, train, threads, TeacherSpec.Predict.BATCH);
  }

  private static Trial trial(
      Cell cell,
      String label,
      Schedule pretrain,
      Schedule train,
      int threads,
      TeacherSpec.Predict predict) {
    return new Trial(
        "sr",
        2,
        3,
        cell,
        label,
        "edsr-b4-c32-m0-r1",
        new StudentStart("edsr-c16-b4", TrainSpec.Start.PRETRAINED, ""),
        pretrain,
        train,
        4,
        16,
        threads,
        threads,
        predict);
  }
}
