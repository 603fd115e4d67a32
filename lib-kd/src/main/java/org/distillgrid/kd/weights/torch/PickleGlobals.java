package org.distillgrid.kd.weights.torch;

import java.util.function.IntConsumer;

/** The few names of Python that a pickle may use, and what stands for them here. */
interface PickleGlobals {
  /** A function or class; calling it computes a value from values and does nothing else. */
  @FunctionalInterface
  interface Global extends PickleValue {
    /**
     * Returns the result.
     *
     * @param work is told how many values the call copies
     * @throws org.distillgrid.kd.error.GridException if it does not take such arguments
     */
    PickleValue call(Items arguments, IntConsumer work);

    @Override
    default String kind() {
      return "a function";
    }
  }

  /**
   * Returns what stands for a name.
   *
   * @throws org.distillgrid.kd.error.GridException if it is none of the few
   */
  Global global(String module, String name);

  /** Returns what a persistent id refers to. */
  PickleValue persistent(PickleValue id);

  /** Sets the state that hangs on a value. */
  void build(PickleValue value, PickleValue state);
}
