package org.distillgrid.kd.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A source of generators keyed by (key, step, purpose). The same three give the same draws in any
 * process, on any thread, after any resume: no generator outlives the step that it serves.
 */
public final class Draws {
  private final String key;

  private Draws(String key) {
    this.key = key;
  }

  /** Returns the draws of {@code key}, which names a trial, a batch stream or an image. */
  public static Draws of(String key) {
    return new Draws(key);
  }

  /** Returns a fresh generator for one purpose of one step. */
  public UniformRandomProvider at(long step, String purpose) {
    String material = key + '\u0000' + step + '\u0000' + purpose;
    ByteBuffer digest =
        ByteBuffer.wrap(Sha256.digest().digest(material.getBytes(StandardCharsets.UTF_8)));
    return RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {digest.getLong(), digest.getLong()});
  }
}
