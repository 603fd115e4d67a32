package org.distillgrid.kd.nn;

/** What values a layer's input can take. */
public enum InputRange {
  /** Any sign. */
  SIGNED,
  /** Zero or more, for instance after a ReLU. */
  NON_NEGATIVE
}
