package org.distillgrid.jobs.prepare;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.jobs.table.PackFolder;
import org.distillgrid.jobs.table.PatchStore;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.Training;

/** Prepares a folder of images and trains some steps on its patches. */
final class TrainsMoreThanItsHeap {
  private static final int STEPS = 3;

  private TrainsMoreThanItsHeap() {}

  /** Takes the folder of images and one to write to. */
  public static void main(String... arguments) throws IOException {
    Path place = Path.of(arguments[1]);
    RunFolder run = RunFolder.of(place.resolve("run").toString(), new Configuration());
    PreparedData prepared = prepare(arguments[0], run);
    PackFolder packs = new PackFolder(place.resolve("packs"));
    try (PatchStore patches =
        PatchStore.open(run, PreparedData.TRAIN, prepared.fingerprint(), packs)) {
      TrainedTrial trained =
          Training.builder()
              .setStudent("edsr-c8-b1")
              .setTask(Tasks.of("sr", 2))
              .setPatches(patches)
              .optSteps(STEPS)
              .build()
              .run();
      System.out.printf(
          "%d steps: %d bytes mapped, %d direct, %d of heap%n",
          trained.steps(), used("mapped"), used("direct"), Runtime.getRuntime().maxMemory());
    }
  }

  private static PreparedData prepare(String images, RunFolder run) throws IOException {
    DataSpec data =
        new DataSpec(List.of(ImageSource.at(images)), List.of(), 3, 96, 96, 100_000_000);
    try (SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            // Spark keeps 300 MiB for itself, which is more than there is.
            .config("spark.testing.reservedMemory", "0")
            .getOrCreate()) {
      session.sparkContext().setLogLevel("OFF");
      return PrepareJob.run(session, data, new TaskSpec("sr", 2), run, message -> {});
    }
  }

  private static long used(String pool) {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(bean -> bean.getName().equals(pool))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
