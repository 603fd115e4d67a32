package org.distillgrid.jobs.input;

/**
 * What a walk came by that looks like an image and is no file.
 *
 * @param reason why it is not used, one line
 */
public record Misfit(FoundFile file, Kind kind, String reason) {
  /** What it is. */
  public enum Kind {
    /** A folder that is named like an image; it is not entered. */
    FOLDER,
    /** A link whose target is not there. */
    BROKEN_LINK,
    /** A pipe, a socket or a device. */
    SPECIAL
  }
}
