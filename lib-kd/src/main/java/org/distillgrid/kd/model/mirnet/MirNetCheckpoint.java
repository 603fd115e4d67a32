package org.distillgrid.kd.model.mirnet;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The authors' checkpoints, which hold some tensors several times: a dual attention unit once for
 * each column that shares it, the PReLU that all units share once for each of them. The fixed
 * filters of the resizing modules, which are computed here, are in them too.
 *
 * @param name the network to load into
 */
record MirNetCheckpoint(ModelName name) {
  private static final Pattern UNIT =
      Pattern.compile("(body\\.\\d+\\.body\\.\\d+\\.blocks\\.\\d+\\.)(\\d{1,3})(\\..+)");
  private static final String ACTIVATION = ".body.1.weight";
  private static final String FILTER = ".filt";
  private static final float TOLERANCE = 1e-6f;

  /**
   * Returns the tensors once each, without filters.
   *
   * @throws GridException if tensors differ that the network shares, or a filter is another one
   */
  Map<String, HostTensor> tensors(Map<String, HostTensor> stored) {
    Map<String, HostTensor> tensors = new TreeMap<>();
    stored.forEach(
        (key, tensor) -> {
          if (key.endsWith(FILTER)) {
            requireBinomial(key, tensor);
          } else {
            String first = shared(key);
            if (first.equals(key) || !stored.containsKey(first)) {
              tensors.put(key, tensor);
            } else {
              requireSame(first, stored.get(first), key, tensor);
            }
          }
        });
    return tensors;
  }

  // Units of more columns than the name says keep their names, which the network does not have.
  private String shared(String key) {
    Matcher matcher = UNIT.matcher(key);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) >= name.whole("w")) {
      return key;
    }
    if (matcher.group(3).equals(ACTIVATION)) {
      return MirNet.SHARED_ACTIVATION + ".weight";
    }
    return matcher.group(1) + "0" + matcher.group(3);
  }

  private void requireSame(String first, HostTensor shared, String key, HostTensor tensor) {
    if (!Arrays.equals(shared.values(), tensor.values())) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot load weights into %s: %s differs from %s, with which the network shares it",
          name.text(),
          key,
          first);
    }
  }

  private void requireBinomial(String key, HostTensor filter) {
    float[] wanted = BinomialHalving.kernels(Math.toIntExact(channels(filter)));
    float[] found = filter.values();
    boolean same = wanted.length == found.length;
    for (int i = 0; same && i < wanted.length; i++) {
      same = Math.abs(wanted[i] - found[i]) <= TOLERANCE;
    }
    if (!same) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot load weights into %s: %s is not the filter 1-2-1 that is computed here",
          name.text(),
          key);
    }
  }

  private static long channels(HostTensor filter) {
    if (filter.shape().length == 0) {
      return 0;
    }
    // A shape may claim anything; the values are there.
    return Math.min(filter.shape()[0], filter.values().length);
  }
}
