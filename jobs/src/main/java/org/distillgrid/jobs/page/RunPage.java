package org.distillgrid.jobs.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.JobNames;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TablePublisher;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.jobs.table.TrialRow;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * A run on one page: an HTML file that needs no network and no other file. Every number in it comes
 * from the tables in force; of a run that is under way it shows what is there.
 */
public final class RunPage {
  private static final int MOST_REJECTED = 500;

  private final RunFolder run;
  private final Tables tables;
  private final String version;
  private final Sections sections = new Sections();

  private RunPage(RunFolder run, Tables tables, String version) {
    this.run = run;
    this.tables = tables;
    this.version = version;
  }

  /**
   * Makes the page of a run and writes it.
   *
   * @param place the file, replacing what was there
   * @throws GridException if the folder is no run folder or has no tables yet, or the file cannot
   *     be written
   */
  public static void write(SparkSession session, RunFolder run, Path place) {
    Path parent = place.getParent();
    if (parent == null || run.files().status(place).filter(FileStatus::isDirectory).isPresent()) {
      throw GridException.of(ErrorCode.OUTPUT, "Cannot write %s: it is a folder", place);
    }
    // Told before the page is made, which takes a while.
    if (run.files().status(parent).filter(FileStatus::isFile).isPresent()) {
      throw GridException.of(ErrorCode.OUTPUT, "Cannot write %s: %s is no folder", place, parent);
    }
    String text = JobNames.of(session).within("report", () -> text(session, run));
    run.files().replace(place, text);
  }

  private static String text(SparkSession session, RunFolder run) {
    Tables.open(session, run);
    String version =
        TablePublisher.currentVersion(run)
            .orElseThrow(
                () ->
                    GridException.of(
                        ErrorCode.INPUT,
                        "Cannot report %s: it has no tables yet; they come about a minute after its teacher and first trials",
                        run.location()));
    return new RunPage(run, Tables.of(session, run, version), version).text();
  }

  private String text() {
    RunSpec spec =
        SpecReader.effective(run.files().requiredText(run.spec()), run.spec().toString());
    Optional<PreparedData> data = PreparedData.read(run);
    PageTables page = PageTables.read(tables);
    List<ImageTable> images = ImageTable.of(tables);
    DifferencesPart differences = DifferencesPart.of(tables);
    sections.add("name", spec.name());
    sections.add("madeAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    sections.add("state", state(spec, page));
    sections.add("asked", new Asked(spec, data, page.trials()).entries());
    Provenance provenance = new Provenance(run, version, data, page.trials());
    sections.add("provenance", provenance.entries());
    sections.add("command", provenance.command());
    sections.add("spec", run.files().requiredText(run.spec()));
    sections.add("trials", TrialLine.of(page.trials()));
    results(firstSet(spec, page), page, differences, images);
    pictures(spec, page, images);
    difficulty(images);
    tuning();
    troubles(page);
    return PageText.of(sections);
  }

  // Of several test sets the answer speaks of the first that the spec names.
  private static String firstSet(RunSpec spec, PageTables page) {
    Set<String> scored =
        page.cells().stream().map(SummaryCell::dataset).collect(Collectors.toSet());
    return spec.evaluate().sets().stream()
        .map(EvaluationSet::name)
        .filter(scored::contains)
        .findFirst()
        .orElse("");
  }

  private void results(
      String dataset, PageTables page, DifferencesPart differences, List<ImageTable> images) {
    List<SummaryCell> cells = page.cells();
    Answer answer = new Answer(dataset, BestCells.of(cells, dataset), Answer.Several.of(cells));
    sections.add("answer", answer.sentences(page.teacher(dataset), differences.significance()));
    sections.add("references", JsonRows.of(page.references()));
    String none = "No trial has finished with a score yet.";
    sections.addUnlessEmpty("summary", SummaryPart.of(page), none);
    sections.addUnlessEmpty(
        "differences",
        differences.shown(),
        "There is no method to compare with none yet (compare --against takes another).");
    sections.addUnlessEmpty("images", images, none);
    Curves curves = Curves.of(page);
    if (curves.trials().isEmpty()) {
      sections.miss("curves", "No trial has finished yet.");
    } else {
      sections.add("curves", curves);
    }
  }

  private void pictures(RunSpec spec, PageTables page, List<ImageTable> images) {
    sections.attempt(
        "crops",
        () -> crops(spec, page, images),
        "The test images are not where the spec names them any more, or none was scored.");
    sections.attempt(
        "maps",
        () -> WeightPictures.of(run, page),
        "No method of this run weights pixels, as spark does, or no such trial has finished.");
  }

  private List<Crops> crops(RunSpec spec, PageTables page, List<ImageTable> sets) {
    String dataset = firstSet(spec, page);
    List<SummaryCell> best = BestCells.of(page.cells(), dataset);
    return sets.stream()
        .filter(set -> set.dataset().equals(dataset))
        .flatMap(set -> Crops.of(run, spec, page, best, set).stream())
        .toList();
  }

  private void difficulty(List<ImageTable> images) {
    if (tables.views().contains(TableName.DIFFICULTY)) {
      sections.add("difficulty", Difficulty.of(tables));
      sections.attempt("patches", () -> HardPatch.of(tables), "No patch was scored.");
    } else {
      sections.miss("difficulty", "The patches have not been scored, which takes a teacher.");
    }
    sections.addUnlessEmpty(
        "gains",
        GainByDifficulty.of(images),
        "A gain by difficulty takes a method beside none and four test images.");
  }

  private void tuning() {
    List<Row> candidates = List.of();
    if (tables.views().contains(TableName.TUNING)) {
      candidates = tables.table(TableName.TUNING).collectAsList();
    }
    sections.addUnlessEmpty(
        "tuning",
        JsonRows.of(candidates),
        "No method of this run has lists of values to choose from.");
  }

  private void troubles(PageTables page) {
    sections.addUnlessEmpty(
        "failures", TrialLine.troubled(page.trials()), "No trial has failed or diverged.");
    List<Row> rejected = List.of();
    if (tables.views().contains(TableName.REJECTED_INPUTS)) {
      rejected =
          tables
              .table(TableName.REJECTED_INPUTS)
              .orderBy("dataset", "path")
              .limit(MOST_REJECTED)
              .collectAsList();
    }
    sections.addUnlessEmpty("rejected", JsonRows.of(rejected), "No image was rejected.");
  }

  private static String state(RunSpec spec, PageTables page) {
    int finished = page.trials(TrialRow.FINISHED).size();
    int failed = page.trials().size() - finished;
    String ended = "%d finished, %d failed".formatted(finished, failed);
    Optional<Integer> asked = asked(spec);
    if (asked.isEmpty()) {
      return "Trials so far: %s.".formatted(ended);
    }
    int missing = asked.get() - page.trials().size();
    if (missing > 0) {
      return "Of %d trials %s; %d are not in the tables.".formatted(asked.get(), ended, missing);
    }
    return "All trials have ended: %s.".formatted(ended);
  }

  private static Optional<Integer> asked(RunSpec spec) {
    try {
      return Optional.of(GridExpansion.expand(spec, Catalog.load()).expected().size());
    } catch (GridException e) {
      // The spec names what another jar brings.
      return Optional.empty();
    }
  }
}
