package org.distillgrid.jobs.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.distillgrid.jobs.cluster.AssignedDevice;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.PatchStore;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionShard;
import org.distillgrid.kd.prediction.ShardHeader;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.Predictor;
import org.distillgrid.kd.train.TrainingDevice;

/** Makes shards of predictions on the device of the Spark task that it runs in. */
final class PredictTask {
  private final CohortOrder.Work work;
  private final RunFolder run;
  private final PredictionSet set;
  private final List<PredictOrder.Shard> whole = new ArrayList<>();
  private final Map<Integer, String> wrong = new HashMap<>();

  PredictTask(CohortOrder.Work work) {
    this.work = work;
    this.run = work.run();
    this.set = work.predictions().set();
  }

  /** Returns what every shard is, once all are whole: what is there is not made again. */
  List<PredictOrder.Shard> run(List<Integer> numbers) {
    List<Integer> missing = new ArrayList<>();
    for (int number : numbers) {
      if (!find(number)) {
        missing.add(number);
      }
    }
    if (!missing.isEmpty()) {
      make(missing);
    }
    return List.copyOf(whole);
  }

  private boolean find(int number) {
    Path path = path(number);
    Optional<byte[]> content = run.files().bytes(path);
    if (content.isEmpty()) {
      return false;
    }
    try {
      keep(number, content.get(), PredictOrder.Shard.How.FOUND);
      return true;
    } catch (GridException e) {
      wrong.put(number, e.getMessage());
      return false;
    }
  }

  private void make(List<Integer> missing) {
    TrainingDevice device =
        TrainingDevice.of(AssignedDevice.ofTask().gpuAddresses(), work.threads());
    try (PatchStore patches = PatchStore.open(run, PreparedData.TRAIN, work.data())) {
      Predictor predictor =
          new Predictor(
              device,
              CohortTask.teacher(work).orElseThrow(),
              Tasks.of(work.task().name(), work.task().scale()),
              patches);
      predictor.predict(missing.stream().map(set::shard).toList(), new Keeper());
    }
  }

  private final class Keeper implements Predictor.Listener {
    private final TaskContext context = TaskContext.get();

    @Override
    public void passed() {
      if (context.isInterrupted()) {
        throw GridException.of(ErrorCode.CLUSTER, "Cannot go on predicting: the run was stopped");
      }
    }

    @Override
    public void made(ShardHeader shard, byte[] content) {
      int number = shard.first() / set.patchesInShard();
      run.files().replace(path(number), content);
      keep(number, content, PredictOrder.Shard.How.MADE);
    }
  }

  private void keep(int number, byte[] content, PredictOrder.Shard.How how) {
    String checksum =
        PredictionShard.of(content, set.shard(number), path(number).toString()).checksum();
    whole.add(new PredictOrder.Shard(number, checksum, how, wrong.getOrDefault(number, "")));
  }

  private Path path(int number) {
    return work.predictions().place().shard(number);
  }
}
