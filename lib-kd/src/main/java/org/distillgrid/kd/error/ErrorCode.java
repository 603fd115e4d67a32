package org.distillgrid.kd.error;

/** What kind of thing went wrong; decides the exit status of the command line. */
public enum ErrorCode {
  /** The command line or the spec asks for something that cannot be. */
  USAGE(2),
  /** An image, a checkpoint or a table on disk cannot be used. */
  INPUT(3),
  /** Something cannot be written where it was asked for. */
  OUTPUT(4),
  /** A training or an evaluation did not end in usable numbers. */
  TRAINING(5),
  /** Spark or a device could not be had. */
  CLUSTER(6),
  /** A fault of distill-grid itself. */
  INTERNAL(70);

  private final int exitStatus;

  ErrorCode(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** Returns the exit status of a process that ends with this error. */
  public int exitStatus() {
    return exitStatus;
  }
}
