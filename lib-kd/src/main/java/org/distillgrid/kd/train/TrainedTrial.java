package org.distillgrid.kd.train;

import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * What a trial's training left.
 *
 * @param id the trial's id
 * @param steps updates made; 0 for a post-training quantised trial
 * @param seconds time that this trial took of the cohort's, its share of the teacher included
 * @param weights the averaged weights that are evaluated, with the quantisers' scales
 * @param weightHash SHA-256 of those weights, in hexadecimal
 * @param parameters weights and biases of the network
 * @param packed the content of the file that holds the student at the trial's bits, see {@link
 *     org.distillgrid.kd.quant.packed.PackedStudent}
 * @param diverged why the training counts as diverged: its loss grew a hundredfold, or its
 *     validation ended more than 0.1 dB below that of its first weights; empty if it does not
 * @param curve the training curve
 */
public record TrainedTrial(
    String id,
    long steps,
    double seconds,
    Checkpoint weights,
    String weightHash,
    long parameters,
    byte[] packed,
    Optional<String> diverged,
    List<CurvePoint> curve) {

  public TrainedTrial {
    curve = List.copyOf(curve);
  }
}
