package org.distillgrid.jobs.spec.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the text of a key names, so that an editor can tell what there is. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Naming {
  /** What names that tables show look like, as a regular expression. */
  String SHOWN = "[A-Za-z0-9][A-Za-z0-9._-]*";

  /** Returns what it is. */
  Kind value();

  /** Things that have names. */
  enum Kind {
    /** A name that is made up for tables. */
    SHOWN,
    /** A task, or a sum of tasks. */
    TASK,
    /** A network. */
    MODEL,
    /** A network, or the teacher's. */
    STUDENT,
    /** Widths of weights and activations. */
    BITS,
    /** A quantiser with its options and choices. */
    QUANTIZER,
    /** A method, or a sum of methods, that may have a label. */
    METHOD,
    /** A student, or the label of one. */
    CELL_STUDENT,
    /** A method, or the label of one. */
    CELL_METHOD
  }
}
