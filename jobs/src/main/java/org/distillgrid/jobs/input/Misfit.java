package org.distillgrid.jobs.input;

/**
 * What a walk came by that looks like an image and is no file, or a file that cannot be used.
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
    SPECIAL,
    /** A video among images of pairs; elsewhere videos are passed over. */
    VIDEO,
    /** An image of which its partner is missing or in doubt. */
    LONE
  }
}
