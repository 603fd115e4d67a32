package org.distillgrid.kd.distill.feature;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Pass;

/**
 * The segments after which features of student and teacher are compared: point k of K lies after
 * ⌊k·n/K⌋ of a network's n segments, and is paired with the other network's point of that relative
 * depth; the last one is the end of both trunks, or lies behind the long skip. A network of fewer
 * than K segments leaves as many points as it has segments. Source: known for three points, as in
 * FAKD's code.
 *
 * @param student indices of the student's segments
 * @param teacher indices of the teacher's segments, one for each of the student's
 * @param end where the last point lies
 */
public record TapPoints(List<Integer> student, List<Integer> teacher, TrunkEnd end) {
  public TapPoints {
    student = List.copyOf(student);
    teacher = List.copyOf(teacher);
  }

  /** Points that all lie after a segment. */
  public TapPoints(List<Integer> student, List<Integer> teacher) {
    this(student, teacher, TrunkEnd.TRUNK);
  }

  /**
   * Returns the points of two networks.
   *
   * @param wanted how many, where both networks have that many segments
   */
  public static TapPoints of(Architecture student, Architecture teacher, int wanted) {
    int points = Math.min(wanted, Math.min(student.segments(), teacher.segments()));
    return new TapPoints(ends(student.segments(), points), ends(teacher.segments(), points));
  }

  /**
   * Returns the points of the networks that a method is given.
   *
   * @param method its name
   * @param context the student and its teacher
   * @param wanted how many, where both networks have that many segments
   * @throws org.distillgrid.kd.error.GridException if there is no teacher
   */
  public static TapPoints of(String method, DistillerContext context, int wanted) {
    return of(context.student(), context.teacherOf(method), wanted);
  }

  /** Returns these points, the last of them somewhere else. */
  public TapPoints endingAt(TrunkEnd other) {
    return new TapPoints(student, teacher, other);
  }

  /** Returns how many points there are. */
  public int count() {
    return student.size();
  }

  /** Returns the features of a step's two passes at each point. */
  public List<FeaturePair> pairs(StepTensors tensors) {
    Pass taught = tensors.student();
    Pass teaching = tensors.teacherPass();
    List<FeaturePair> pairs = new ArrayList<>();
    int last = count() - 1;
    for (int k = 0; k < last; k++) {
      pairs.add(
          FeaturePair.of(
              taught.features().get(student.get(k)), teaching.features().get(teacher.get(k))));
    }
    pairs.add(
        FeaturePair.of(end.of(taught, student.get(last)), end.of(teaching, teacher.get(last))));
    return pairs;
  }

  private static List<Integer> ends(int segments, int points) {
    List<Integer> ends = new ArrayList<>();
    for (int k = 1; k <= points; k++) {
      ends.add(k * segments / points - 1);
    }
    return ends;
  }
}
