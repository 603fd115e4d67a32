package org.distillgrid.jobs.prepare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.input.Patience;
import org.distillgrid.jobs.prepare.InputFile.Origin;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.task.SuperResolution;

/** Cuts one image again and again, as the tasks of {@code prepare} do with theirs. */
final class OneImageAtATime {
  private OneImageAtATime() {}

  /** Takes the image, how often it is cut, and how many tasks this process has at a time. */
  public static void main(String... arguments) throws Exception {
    Path image = Path.of(arguments[0]);
    InputFile file =
        new InputFile("set", "a.png", image.toString(), Files.size(image), Origin.TRAIN);
    List<CheckedFile> images =
        Collections.nCopies(Integer.parseInt(arguments[1]), new CheckedFile(file, "0"));
    List<PatchRows> tasks = new ArrayList<>();
    for (int task = 0; task < Integer.parseInt(arguments[2]); task++) {
      tasks.add(rows(image, images));
    }
    long rows = 0;
    while (tasks.get(0).hasNext()) {
      for (PatchRows task : tasks) {
        task.next();
        rows++;
      }
    }
    System.out.println(rows + " patches");
  }

  private static PatchRows rows(Path image, List<CheckedFile> images) {
    PatchCutter cutter =
        new PatchCutter(
            new SuperResolution(2), Channels.RGB, 96, 96, 100_000_000, Patience.STANDARD);
    CollectionAccumulator<PatchRows.Rejection> rejected = new CollectionAccumulator<>();
    CollectionAccumulator<String> turned = new CollectionAccumulator<>();
    RunFolder run = RunFolder.of(image.resolveSibling("run").toString(), new Configuration());
    return new PatchRows(run, cutter, images.iterator(), rejected, turned, new LongAccumulator());
  }
}
