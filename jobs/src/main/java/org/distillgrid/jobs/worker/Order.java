package org.distillgrid.jobs.worker;

import java.io.Serializable;

/**
 * What one executor is told to do by itself, on its device. An order is sent as it is, so it names
 * files instead of holding them.
 *
 * @param <T> what is left of it for the driver; serialisable
 */
public interface Order<T> extends Serializable {
  /** Returns what sets it apart from all other orders of its run, for instance to cancel it. */
  String key();

  /** Returns what is done, as a message goes on after "Cannot": {@code train the encoder}. */
  String purpose();

  /** Does it, on the device of the Spark task that runs in this thread. */
  T carryOut();
}
