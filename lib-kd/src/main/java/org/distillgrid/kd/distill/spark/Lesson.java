package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;

/**
 * What came of a drawn map.
 *
 * @param drawn the map
 * @param rewards of each image, N×1×1×1, or of each cell, N×1×G×G
 */
record Lesson(Drawn drawn, NDArray rewards) {}
