package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.worker.KeptPredictions;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.jobs.worker.PredictOrder;
import org.distillgrid.jobs.worker.PredictOrder.Shard.How;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards that are made by several orders, some of which were cut off. */
class TestPredictOrder {
  private static final PredictionSet SET =
      new PredictionSet("key", 8, new PredictionSize(3, 32, 32), 2);

  @TempDir Path folder;
  private RunInputs inputs;
  private JavaSparkContext spark;

  @Test
  void goesOnShardByShardToTheSameBytes() throws IOException {
    try (TinyRun tiny = new TinyRun(folder)) {
      assertThat(tiny.run("prepare").status()).isZero();
      assertThat(tiny.run("teach").status()).isZero();
      inputs(tiny);
      SparkSession session = LocalSpark.open(2);
      try {
        spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        goesOn();
      } finally {
        session.stop();
      }
    }
  }

  private void inputs(TinyRun tiny) throws IOException {
    RunFolder run = RunFolder.of(tiny.folder("run").toString(), new Configuration());
    Catalog catalog = Catalog.load();
    inputs =
        new RunInputs(
            CheckedSpecs.reader(catalog).read(tiny.spec().toString(), List.of()),
            catalog,
            run,
            PreparedData.read(run).orElseThrow().fingerprint(),
            new NetworkWeights("edsr-c4-b1", run.teacher().weights(), "hash"),
            KeptPredictions.NONE,
            NetworkWeights.NONE,
            NetworkWeights.NONE,
            Map.of(),
            List.of());
  }

  private void goesOn() throws IOException {
    List<PredictOrder.Shard> whole = carryOut("whole", List.of(0, 1, 2, 3));
    assertThat(whole).extracting(PredictOrder.Shard::how).containsOnly(How.MADE);

    assertThat(carryOut("parts", List.of(2, 1))).hasSize(2);
    Path damaged = shard("parts", 1);
    Files.write(damaged, new byte[99]);
    List<PredictOrder.Shard> rest = carryOut("parts", List.of(3, 2, 1, 0));

    assertThat(rest)
        .extracting(PredictOrder.Shard::number, PredictOrder.Shard::how)
        .containsExactlyInAnyOrder(
            tuple(0, How.MADE), tuple(1, How.MADE), tuple(2, How.FOUND), tuple(3, How.MADE));
    assertThat(rest)
        .filteredOn(shard -> shard.number() == 1)
        .allMatch(shard -> shard.wrong().endsWith("shard-000001.bin: cut short, 99 bytes"));
    for (PredictOrder.Shard shard : whole) {
      assertThat(rest)
          .filteredOn(other -> other.number() == shard.number())
          .allMatch(other -> other.checksum().equals(shard.checksum()));
      assertThat(shard("parts", shard.number()))
          .hasSameBinaryContentAs(shard("whole", shard.number()));
    }
  }

  private List<PredictOrder.Shard> carryOut(String place, List<Integer> shards) {
    KeptPredictions kept = new KeptPredictions(place(place), SET);
    PredictOrder order = new PredictOrder(inputs.withPredictions(kept).predicting(), shards);
    return spark.parallelize(List.of(order), 1).map(PredictOrder::carryOut).collect().get(0);
  }

  private PredictionPlace place(String name) {
    return new PredictionPlace("file:" + folder.resolve(name));
  }

  private Path shard(String name, int number) {
    return Path.of(place(name).shard(number).toUri().getPath());
  }
}
