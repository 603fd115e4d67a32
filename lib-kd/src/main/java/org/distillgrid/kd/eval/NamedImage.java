package org.distillgrid.kd.eval;

import java.util.function.Supplier;
import org.distillgrid.kd.image.PlanarImage;

/**
 * A ground truth of a test set, read when its turn comes.
 *
 * @param dataset the set's name
 * @param name the image's name within the set
 * @param image reads it
 */
public record NamedImage(String dataset, String name, Supplier<PlanarImage> image) {}
