package org.distillgrid.kd.distill.mipkd;

/** Which of the two networks something goes into or comes from. */
enum Branch {
  /** The student: R = 1. */
  STUDENT,
  /** The teacher: R = 0. */
  TEACHER
}
