package org.distillgrid.kd.eval;

import java.nio.file.Path;

/**
 * Two files that show the same picture.
 *
 * @param name the ground truth's, without its ending
 * @param reference the ground truth
 * @param restored what is compared with it
 */
record ImagePair(String name, Path reference, Path restored) {}
