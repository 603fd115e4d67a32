package org.distillgrid.jobs.folder;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * Where everything of one run lies, on any Hadoop file system. It can be sent to executors: it
 * carries the driver's Hadoop settings.
 *
 * @param location the folder, fully qualified
 * @param configuration the driver's Hadoop settings
 */
public record RunFolder(String location, SerializableConfiguration configuration)
    implements Serializable {

  /**
   * Returns the run folder at a path; nothing is created.
   *
   * @param path a path of the default file system or a URI
   * @param configuration Hadoop's settings
   * @throws GridException if the path's file system is unknown or cannot be reached
   */
  public static RunFolder of(String path, Configuration configuration) {
    Path parsed = new Path(path);
    try {
      Path qualified = parsed.getFileSystem(configuration).makeQualified(parsed);
      return new RunFolder(qualified.toString(), new SerializableConfiguration(configuration));
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.USAGE, "Cannot use run folder: %s: %s", path, e.getMessage());
    }
  }

  /** Returns the small files of this folder. */
  public RunFiles files() {
    return new RunFiles(configuration.value());
  }

  /** Returns the folder itself. */
  public Path root() {
    return new Path(location);
  }

  /**
   * Returns what lies below this folder.
   *
   * @param relative its path below this folder, as results and orders name it; one that is fully
   *     qualified stays what it is
   */
  public Path at(String relative) {
    return new Path(location, relative);
  }

  /**
   * Returns a checkpoint.
   *
   * @param relative its path below this folder
   * @throws GridException if it is not there or damaged
   */
  public Checkpoint checkpoint(String relative) {
    Path path = at(relative);
    return Checkpoints.read(files().required(path), path.toString());
  }

  /** Returns the canonical spec that the run was made with. */
  public Path spec() {
    return at("spec.yaml");
  }

  /** Returns the folder of what {@code prepare} and {@code score} make. */
  public Path data() {
    return at("data");
  }

  /** Returns the patch table, partitioned by dataset and split. */
  public Path patches() {
    return at("data/patches");
  }

  /** Returns the table of files that could not be used. */
  public Path rejectedInputs() {
    return at("data/rejected_inputs");
  }

  /** Returns the table of difficulty signals. */
  public Path difficulty() {
    return at("data/difficulty");
  }

  /** Returns what says that the patch table is whole; written last. */
  public Path prepared() {
    return at("data/_prepared.json");
  }

  /** Returns what says that the difficulty table is whole; written last. */
  public Path scored() {
    return at("data/_scored.json");
  }

  /** Returns the place of the teacher. */
  public SharedPlace teacher() {
    return new SharedPlace(this, "teacher");
  }

  /** Returns what says how the teacher scores, and what no network is needed for. */
  public Path references() {
    return at("teacher/references.json");
  }

  /** Returns the place of the encoder that methods compare images in. */
  public SharedPlace encoder() {
    return new SharedPlace(this, "encoder");
  }

  /** Returns the place of the network in whose features LPIPS compares images. */
  public SharedPlace lpips() {
    return new SharedPlace(this, "lpips");
  }

  /** Returns the place of weights that the spec gives a student, by their SHA-256. */
  public SharedPlace student(String hash) {
    return new SharedPlace(this, "students/" + hash.substring(0, 16), "student");
  }

  /** Returns the place of the attempts at one shared full-precision student. */
  public TrainingPlace pretrained(String id) {
    return training("pretrained/" + id);
  }

  /** Returns the folder of the attempts at all trials. */
  public Path attempts() {
    return at("attempts");
  }

  /** Returns the place of the attempts at one trial. */
  public TrainingPlace attempts(String trialId) {
    return training("attempts/" + trialId);
  }

  /** Returns the place of the attempts that lie in a folder below this one. */
  public TrainingPlace training(String relative) {
    return new TrainingPlace(this, relative);
  }

  /** Returns the folder of exported networks and of what is known of each. */
  public Path exports() {
    return at("exports");
  }

  /** Returns a file of the folder of exports, by its path below this folder. */
  public String export(String name) {
    return "exports/" + name;
  }

  /** Returns the folder of events, one immutable file each. */
  public Path journal() {
    return at("journal");
  }

  /** Returns what the journal and the results amount to, in one file. */
  public Path journalIndex() {
    return at("journal.index");
  }

  /** Returns what its driver keeps other drivers out with. */
  public Path lock() {
    return at("_driver.json");
  }

  /** Returns what its driver tells of how far it has come. */
  public Path progress() {
    return at("_progress.json");
  }

  /** Returns the folder of published table versions. */
  public Path tables() {
    return at("tables");
  }

  /** Returns the pointer to the table version in force. */
  public Path currentVersion() {
    return at("tables/CURRENT");
  }

  /** Returns the page that shows the run to people. */
  public Path page() {
    return at("report.html");
  }

  /** Returns the folder of one version of all published tables, for instance {@code v000001}. */
  public Path version(String version) {
    return at("tables/" + version);
  }

  /** Returns the folder of one published table in one version, for instance {@code v000001}. */
  public Path table(String version, String view) {
    return at("tables/" + version + "/" + view);
  }

  /** Returns the name of a version by its number from 1. */
  public static String versionName(int number) {
    return String.format(Locale.ROOT, "v%06d", number);
  }
}
