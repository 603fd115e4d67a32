package org.distillgrid.kd.distill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Where a method distils in one patch, on the host.
 *
 * @param input the degraded patch as the networks see it
 * @param scale target size over input size
 * @param byCaption what {@link Distiller#maps} gave, 1×1×h×w each, in its order
 */
public record PatchMaps(PlanarImage input, int scale, Map<String, HostTensor> byCaption) {
  public PatchMaps {
    byCaption = Collections.unmodifiableMap(new LinkedHashMap<>(byCaption));
  }
}
