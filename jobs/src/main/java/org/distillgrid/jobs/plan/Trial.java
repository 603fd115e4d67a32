package org.distillgrid.jobs.plan;

import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.Schedule;

/**
 * One training of the grid: everything that decides its numbers, except the contents of its inputs,
 * and what tables call its method.
 *
 * @param task the task's name
 * @param scale target size over input size
 * @param channels image channels
 * @param cell its place in the grid: what is trained how
 * @param label what tables call its method: the spec's label for it, or the method's name
 * @param teacher the teacher's canonical name; empty when the run has none
 * @param from what its student starts from
 * @param pretrain schedule of the full-precision student that the trial starts from
 * @param train schedule of the trial itself
 * @param calibrationBatches batches on which quantisers set their first ranges
 * @param validatePatches most patches of one validation
 * @param pretrainThreads threads of the full-precision student's training
 * @param threads threads of the trial's own training
 * @param predict whether what its method reads of the teacher was computed once for all patches
 */
public record Trial(
    String task,
    int scale,
    int channels,
    Cell cell,
    String label,
    String teacher,
    StudentStart from,
    Schedule pretrain,
    Schedule train,
    int calibrationBatches,
    int validatePatches,
    int pretrainThreads,
    int threads,
    TeacherSpec.Predict predict)
    implements Serializable {

  /** Returns whether its numbers depend on the teacher. */
  public boolean readsTeacher() {
    return cell.method().teacherUse() != TeacherUse.NONE;
  }

  /**
   * Returns the trial's id: 16 hexadecimal digits that no other trial has.
   *
   * @param keys of which only those need be known that the trial reads
   */
  public String id(ContentKeys keys) {
    return id(keys, pretrainKey().id(keys));
  }

  /** Returns the trial's id where that of the student that it starts from is known. */
  String id(ContentKeys keys, String pretrained) {
    SortedMap<String, Object> parts = ownParts(keys, pretrained);
    if (readsTeacher()) {
      addTeacher(parts, keys);
    }
    return CanonicalHash.id(parts);
  }

  /**
   * Returns the id that versions gave it that had the teacher in the id of every trial; equal to
   * {@link #id} where it still is.
   */
  public String formerId(ContentKeys keys) {
    SortedMap<String, Object> parts = ownParts(keys, pretrainKey().id(keys));
    addTeacher(parts, keys);
    return CanonicalHash.id(parts);
  }

  private SortedMap<String, Object> ownParts(ContentKeys keys, String pretrained) {
    SortedMap<String, Object> parts = new TreeMap<>();
    parts.put("kind", "trial");
    parts.put("pretrained", pretrained);
    parts.put("bits", cell.bits().toString());
    parts.put("quantizer", cell.quantizer().canonical());
    parts.put("method", cell.method().identity());
    parts.put("train", CanonicalHash.schedule(train));
    parts.put("calibrationBatches", calibrationBatches);
    // The id of the full-precision student has its own threads, which are the trial's by default.
    if (threads != pretrainThreads || !from.isPretrained()) {
      parts.put("threads", threads);
    }
    if (cell.method().readsEncoder()) {
      parts.put("encoderHash", keys.encoder());
    }
    // Ids are older than predictions: without them they are what they were.
    if (isPredicted()) {
      parts.put("teacherPredict", "once");
    }
    return parts;
  }

  private void addTeacher(SortedMap<String, Object> parts, ContentKeys keys) {
    parts.put("teacher", teacher);
    parts.put("teacherHash", keys.teacher());
  }

  /** Returns whether it is taught by predictions that were made once for all patches. */
  public boolean isPredicted() {
    return predict == TeacherSpec.Predict.ONCE;
  }

  /** Returns what this trial starts from. */
  public PretrainKey pretrainKey() {
    return new PretrainKey(
        task,
        scale,
        channels,
        cell.student(),
        from,
        cell.seed(),
        pretrain,
        validatePatches,
        pretrainThreads);
  }

  /** Returns the trial in words, for instance {@code edsr-c16-b4 w4a4 lsq logits seed 0}. */
  public String name() {
    return cell.toString();
  }
}
