package org.distillgrid.jobs.run;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.prepare.PrepareJob;
import org.distillgrid.jobs.score.ScoreJob;
import org.distillgrid.jobs.score.StudentChoice;
import org.distillgrid.jobs.shared.ReferenceScores;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.table.ScoredData;

/**
 * A grid of trials on a Spark session, run whole or stage by stage. Whatever is done lies in the
 * run folder that the spec names; what is there already is taken over, so that the same grid run
 * again goes on where the last run stopped.
 */
public final class Grid {
  private final SparkSession session;
  private final RunSpec spec;
  private final Catalog catalog;
  private Choice choice = Choice.ALL;
  private GridListener listener = line -> {};

  private Grid(SparkSession session, RunSpec spec, Catalog catalog) {
    this.session = session;
    this.spec = spec;
    this.catalog = catalog;
  }

  /**
   * Returns the grid of a spec that has been read and checked.
   *
   * @param session stays open, and is needed as long as the result's tables are queried
   */
  public static Grid of(SparkSession session, RunSpec spec) {
    return new Grid(session, spec, Catalog.load());
  }

  /**
   * Returns the grid of a YAML file.
   *
   * @param location a file of this machine or a Hadoop URI
   * @param overrides values in place of the file's, for instance {@code grid.seed=[0, 1]}
   * @throws org.distillgrid.kd.error.GridException with everything that is wrong with it, a line
   *     each
   */
  public static Grid of(SparkSession session, String location, String... overrides) {
    Catalog catalog = Catalog.load();
    RunSpec spec = CheckedSpecs.reader(catalog).read(location, List.of(overrides));
    return new Grid(session, spec, catalog);
  }

  /**
   * Returns the grid of a YAML text; relative paths start from the current folder.
   *
   * @throws org.distillgrid.kd.error.GridException with everything that is wrong with it, a line
   *     each
   */
  public static Grid ofYaml(SparkSession session, String yaml, String... overrides) {
    Catalog catalog = Catalog.load();
    RunSpec spec = CheckedSpecs.reader(catalog).readText(yaml, List.of(overrides));
    return new Grid(session, spec, catalog);
  }

  /** Trains only the trials whose id begins so. */
  public Grid optOnly(String beginningOfId) {
    choice = new Choice(beginningOfId, choice.afterFailure());
    return this;
  }

  /** Stops all trials when one has failed; a later run goes on with the others. */
  public Grid optFailFast() {
    choice = new Choice(choice.only(), FleetStage.Next.STOP);
    return this;
  }

  /** Tells somebody how the grid fares; nobody is told otherwise. */
  public Grid optListener(GridListener told) {
    listener = told;
    return this;
  }

  /**
   * Runs every stage: prepares patches, trains or takes what trials share, trains every trial that
   * is missing, and publishes the tables.
   *
   * @return what came of it, failed trials included
   * @throws org.distillgrid.kd.error.GridException if an input, the teacher, the cluster or the run
   *     folder fails, or another driver is at work on it
   */
  public GridResult run() {
    return claimed(grid -> GridRun.run(grid, choice));
  }

  /**
   * Cuts the images into patches: the first stage of a run.
   *
   * @throws org.distillgrid.kd.error.GridException if no image is left, or nothing can be written
   */
  public PreparedData prepare() {
    return claimed(grid -> PrepareJob.run(session, grid.spec(), grid.run(), grid::say));
  }

  /**
   * Trains or takes the teacher, and scores it and bicubic interpolation on the test sets.
   *
   * @throws org.distillgrid.kd.error.GridException if patches are missing that it is trained on, or
   *     it cannot be trained
   */
  public ReferenceScores teach() {
    return claimed(grid -> new TeacherStage(grid).alone());
  }

  /**
   * Scores the difficulty of the patches.
   *
   * @param student whose error counts
   * @throws org.distillgrid.kd.error.GridException if patches or teacher are missing
   */
  public ScoredData score(StudentChoice student) {
    return claimed(grid -> ScoreJob.run(session, grid.spec(), grid.run(), student, grid::say));
  }

  private <T> T claimed(Function<GridContext, T> work) {
    RunFolder run =
        RunFolder.of(spec.output().path(), session.sparkContext().hadoopConfiguration());
    RunClaim claim = RunClaim.take(run, spec, listener::line);
    try (claim) {
      return work.apply(new GridContext(session, claim.spec(), catalog, run, listener));
    }
  }
}
