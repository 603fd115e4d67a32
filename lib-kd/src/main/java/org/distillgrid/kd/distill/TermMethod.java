package org.distillgrid.kd.distill;

import java.util.List;
import org.distillgrid.kd.registry.OptionValues;

/** A method that adds terms to a student's loss. */
public non-sealed interface TermMethod extends Method {
  /**
   * Returns the terms that it adds, with the weights that its constants give them. A term of weight
   * 0 need not be computed. In a sum, terms of one name are one term: {@code pixel} is L1(S, Y) and
   * {@code logits} is L1(S, T) in every method.
   *
   * @param values its constants
   */
  List<DeclaredTerm> terms(OptionValues values);

  /** Returns whether it can be one of several in a sum. */
  default boolean isSummable() {
    return true;
  }

  /**
   * Returns the method at work on one student.
   *
   * @param context the student, its teacher and the trial's draws
   * @param values its constants
   */
  Distiller distiller(DistillerContext context, OptionValues values);
}
