package org.distillgrid.jobs.draft;

import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.RunSpec;

/**
 * How much there is to learn from and to be tested on, by the headers of a spec's images.
 *
 * @param patches training patches, about
 * @param testPixels ground-truth pixels of all test sets, about
 */
public record SpecImages(long patches, double testPixels) {
  /**
   * Looks at the images of a spec.
   *
   * @throws org.distillgrid.kd.error.GridException if a list leads to none that can be read
   */
  public static SpecImages of(RunSpec spec) {
    RunFiles files = new RunFiles(new Configuration());
    int patch = spec.data().patch();
    int stride = spec.data().stride();
    double patches = 0;
    for (ImageSource source : spec.data().train()) {
      Survey survey = Survey.of(source, files);
      patches += survey.share() * sum(survey.examples(), example -> example.patches(patch, stride));
    }
    double pixels = 0;
    for (EvaluationSet set : spec.evaluate().sets()) {
      Survey survey = Survey.of(set.images(), files);
      pixels += survey.share() * sum(survey.examples(), Example::pixels);
    }
    return new SpecImages(Math.round(patches), pixels);
  }

  private static long sum(List<Example> examples, ToLongFunction<Example> amount) {
    return examples.stream().mapToLong(amount).sum();
  }
}
