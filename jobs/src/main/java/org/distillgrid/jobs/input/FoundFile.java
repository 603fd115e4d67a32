package org.distillgrid.jobs.input;

import java.io.Serializable;

/**
 * A file that a walk came by.
 *
 * @param base the folder that was walked; of a file named directly, the folder it lies in
 * @param image its path below that folder
 * @param location the file as it was named, fully qualified
 * @param bytes its size; 0 of what is no file
 */
public record FoundFile(String base, String image, String location, long bytes)
    implements Serializable {}
