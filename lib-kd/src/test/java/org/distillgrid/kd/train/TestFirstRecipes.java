package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.distillgrid.kd.distill.FirstRecipes;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What names meant in the first version is computed as it was then, to the bit. The hashes are of
 * weights that the first version trained. On a processor for which PyTorch has other kernels they
 * are others, which that of {@code logits} tells, whose meaning is what it was.
 */
class TestFirstRecipes {
  private static final String LOGITS = "a97d79df36767a04";

  @ParameterizedTest
  @CsvSource({
    "'spark', edsr-c6-b4, 16f83816b47056e0",
    "'spark(map=beta,reward=spatial)', edsr-c6-b4, 03bad8af48623cc1",
    "'spark(map=bernoulli,reward=ema)', edsr-c6-b4, eb2b8c8e2621a419",
    "'spark(control=heuristic)', edsr-c6-b4, c106abae4c6e9590",
    "'spark(control=frozen,rate=0.01)', edsr-c6-b4, 12ba3416ecf46b1e",
    "'spark(rate=0.01)+mipkd', edsr-c6-b4, 0f54f451dbf2f795",
    "'fakd', edsr-c6-b4, 2f4e6a3fd16de5b3",
    "'at', edsr-c6-b4, ea9fc2d7fc054498",
    "'csd', edsr-c6-b4, 67429db27fbfd20f",
    "'fitnet', rlfn-c6, 71da701c8a3c966e",
    "'fitnet(loss=mse)', rlfn-c6, 7d2953fe9035628b",
    "'mipkd', rlfn-c6, 95913af2139a2ff8",
    "'dukd', edsr-c6-b4, 47b85442388994c9",
    "'dckd', edsr-c6-b4, babe6ed967af1797",
    "'dckd+dukd(consistency=1)', edsr-c6-b4, 6cd3cedaeee00c64"
  })
  void trainsToTheSameBits(String method, String teacher, String hash) {
    assumeTrue(hash("logits", "edsr-c6-b4").startsWith(LOGITS), "other kernels than the pins'");
    assertThat(hash(FirstRecipes.of(method), teacher)).startsWith(hash);
    assertThat(hash(method, teacher)).doesNotStartWith(hash);
  }

  private static String hash(String method, String teacher) {
    TrialSetup trial = new TrialSetup("t", Cell.of("edsr-c4-b3", "w4a4", "lsq", method, 7));
    CohortSetup setup =
        Cohorts.of(Cohorts.SHORT, Cohorts.teacher(teacher), trial)
            .withEncoder(NarrowEncoder.weights());
    Cohorts.Recorder recorder = Cohorts.run(setup, Map.of());
    assertThat(recorder.failures).isEmpty();
    return recorder.finished.get("t").weightHash();
  }
}
