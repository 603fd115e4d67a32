package org.distillgrid.jobs.folder;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

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

  /** Returns the canonical spec that the run was made with. */
  public Path spec() {
    return below("spec.yaml");
  }

  /** Returns the folder of what {@code prepare} and {@code score} make. */
  public Path data() {
    return below("data");
  }

  /** Returns the patch table, partitioned by dataset and split. */
  public Path patches() {
    return below("data/patches");
  }

  /** Returns the table of files that could not be used. */
  public Path rejectedInputs() {
    return below("data/rejected_inputs");
  }

  /** Returns the table of difficulty signals. */
  public Path difficulty() {
    return below("data/difficulty");
  }

  /** Returns what says that the patch table is whole; written last. */
  public Path prepared() {
    return below("data/_prepared.json");
  }

  /** Returns what says that the difficulty table is whole; written last. */
  public Path scored() {
    return below("data/_scored.json");
  }

  /** Returns the teacher's folder. */
  public Path teacher() {
    return below("teacher");
  }

  /** Returns the teacher's checkpoint. */
  public Path teacherWeights() {
    return below("teacher/weights.safetensors");
  }

  /** Returns what says how the teacher came about. */
  public Path teacherState() {
    return below("teacher/teacher.json");
  }

  /** Returns the checkpoint of the encoder that methods compare images in. */
  public Path encoderWeights() {
    return below("encoder/weights.safetensors");
  }

  /** Returns what says how the encoder came about. */
  public Path encoderState() {
    return below("encoder/encoder.json");
  }

  /** Returns the folder of one shared full-precision student. */
  public Path pretrained(String id) {
    return below("pretrained/" + id);
  }

  /** Returns the folder of all attempts at one trial. */
  public Path attempts(String trialId) {
    return below("attempts/" + trialId);
  }

  /** Returns the folder that one attempt, and nothing else, writes to. */
  public Path attempt(String trialId, String attemptId) {
    return new Path(attempts(trialId), attemptId);
  }

  /** Returns the folder of exported networks and of what is known of each. */
  public Path exports() {
    return below("exports");
  }

  /** Returns the folder of events, one immutable file each. */
  public Path journal() {
    return below("journal");
  }

  /** Returns the folder of published table versions. */
  public Path tables() {
    return below("tables");
  }

  /** Returns the pointer to the table version in force. */
  public Path currentVersion() {
    return below("tables/CURRENT");
  }

  /** Returns the folder of one published table in one version, for instance {@code v000001}. */
  public Path table(String version, String view) {
    return below("tables/" + version + "/" + view);
  }

  /** Returns the name of a version by its number from 1. */
  public static String versionName(int number) {
    return String.format(Locale.ROOT, "v%06d", number);
  }

  private Path below(String relative) {
    return new Path(location, relative);
  }
}
