package org.distillgrid.jobs.shared;

import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.worker.EncoderWeights;

/**
 * What {@code encoder.json} says; written last, it makes the encoder valid.
 *
 * @param key hash of everything that decides the weights
 * @param encoder the encoder's canonical name
 * @param weightHash SHA-256 of its weights
 * @param source the checkpoint that was taken, or {@code trained}
 * @param steps updates that it was trained for; 0 when it was taken
 * @param seconds time that its training took
 */
public record EncoderState(
    String key, String encoder, String weightHash, String source, long steps, double seconds)
    implements KeptNetwork.State {
  EncoderWeights weights(RunFolder run) {
    return new EncoderWeights(run.encoder().weights(), weightHash);
  }
}
