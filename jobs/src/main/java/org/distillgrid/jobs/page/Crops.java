package org.distillgrid.jobs.page;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.jobs.table.TrialRow;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.eval.MemoryBound;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.eval.ShownImage;
import org.distillgrid.kd.eval.WorstSquare;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same crop of an image as the run's best trials restore it, where the least bits do worst.
 *
 * @param side height and width of the crop, pixels of the ground truth
 */
record Crops(String dataset, String image, int side, List<Panel> panels) {
  private static final Logger LOGGER = LoggerFactory.getLogger(Crops.class);
  private static final int MOST_SIDE = 128;

  /**
   * One picture.
   *
   * @param psnr of the whole image, decibels, as the table {@code metrics} has it; null for input
   *     and ground truth
   */
  record Panel(String title, String detail, Double psnr, String source) {}

  /** What crops are made with. */
  private record Kit(
      RunSpec spec, JudgedImages images, List<ShownNetwork> networks, Tables tables) {}

  /** Returns crops of the hardest image of a set and of the middle one. */
  static List<Crops> of(
      RunFolder run, RunSpec spec, PageTables page, List<SummaryCell> best, ImageTable set) {
    Kit kit =
        new Kit(
            spec,
            new JudgedImages(run, spec),
            ShownNetwork.of(run, spec, page.shown(TrialRow.FINISHED), best),
            page.tables());
    Set<String> names = new LinkedHashSet<>();
    names.add(set.images().get(0));
    names.add(set.images().get(set.images().size() / 2));
    return names.stream()
        .map(name -> of(kit, set.dataset(), name))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Crops> of(Kit kit, String dataset, String image) {
    return kit.images.find(dataset, image).map(found -> of(kit, found));
  }

  private static Crops of(Kit kit, NamedImage image) {
    Task task = Tasks.of(kit.spec.task().name(), kit.spec.task().scale());
    MemoryBound memory = MemoryBound.mebibytes(kit.spec.evaluate().memory());
    ShownImage shown = ShownImage.of(image, task, kit.spec.data().channels());
    List<PlanarImage> restored = new ArrayList<>();
    int students = 0;
    for (ShownNetwork network : kit.networks) {
      try (LoadedNetwork loaded = network.opening().open()) {
        restored.add(shown.restoredBy(loaded.network(), memory, LOGGER::debug));
      }
      if (!network.id().equals(Findings.TEACHER)) {
        students++;
      }
    }
    PlanarImage least = restored.get(Math.max(0, students - 1));
    WorstSquare square = WorstSquare.of(shown.truth(), least, MOST_SIDE, task.scale());
    Map<String, Double> psnr = psnr(kit, image);
    List<Panel> panels = new ArrayList<>();
    PlanarImage input = square.ofSmaller(shown.input(), task.scale());
    panels.add(new Panel("input", task.name(), null, DataUri.of(input)));
    for (int i = 0; i < restored.size(); i++) {
      ShownNetwork network = kit.networks.get(i);
      panels.add(
          new Panel(
              network.title(),
              network.detail(),
              psnr.get(network.id()),
              DataUri.of(square.of(restored.get(i)))));
    }
    panels.add(new Panel("ground truth", "", null, DataUri.of(square.of(shown.truth()))));
    return new Crops(image.dataset(), image.name(), square.side(), panels);
  }

  private static Map<String, Double> psnr(Kit kit, NamedImage image) {
    Object[] ids = kit.networks.stream().map(ShownNetwork::id).toArray();
    Map<String, Double> psnr = new HashMap<>();
    for (Row row :
        kit.tables
            .table(TableName.METRICS)
            .filter(col("dataset").equalTo(image.dataset()))
            .filter(col("image").equalTo(image.name()))
            .filter(col("trial_id").isin(ids))
            .collectAsList()) {
      psnr.put(row.getAs("trial_id"), JsonRows.finite(row.<Double>getAs("psnr")));
    }
    return psnr;
  }
}
