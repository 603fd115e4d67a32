package org.distillgrid.kd.distill.mipkd;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.distill.feature.FeatureScale;
import org.distillgrid.kd.distill.feature.TapPoints;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * MiPKD, multi-granularity mixture of priors: {@code L = L1(S, Y) + L1(S, T) + Σ_k L1(F̂_k, F_T^k)
 * + Σ_k L1(D(E_T(F_T^k)), F_T^k) + 0.1·L1(hybrid, T)}. At each point features of both networks are
 * encoded, mixed by a random mask and decoded to F̂_k (feature prior mixer); a hybrid of parts of
 * both networks carries them to an output (block prior mixer). Gradients pass through the frozen
 * teacher's parts to the student's. The mixers train with the student and are dropped afterwards.
 *
 * <p>Source: Li et al., ICLR 2025 (arXiv 2404.02573). Known: both mixers, separate encoders, the
 * random 3-D mask, the auto-encoder's loss, the terms. Second-hand: the weights of features and
 * blocks, R, what the ablations compare. Reconstructed: every shape and the other constants.
 */
public final class Mipkd implements TermMethod {
  private static final String NAME = "mipkd";

  /** Which latent entries are the teacher's. */
  private enum Mask {
    RANDOM3D,
    SIMILARITY,
    GRID
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "logits + the teacher's features and output from mixtures of both networks' features"
        + " and blocks";
  }

  @Override
  public List<ValueOption> options() {
    return List.of(
        ValueOption.number("logits", "weight of L1(S, T); reconstructed", 1, 0, 1e6),
        ValueOption.number(
            "feature", "weight of the mixed features' sum over points; second-hand", 1, 0, 1e6),
        ValueOption.number(
            "autoencoder",
            "weight of the auto-encoded features' sum over points; reconstructed",
            1,
            0,
            1e6),
        FeatureScale.option(),
        ValueOption.number("block", "weight of the hybrids' L1 to T; second-hand", 0.1, 0, 1e6),
        ValueOption.whole("points", "where networks are mixed; reconstructed", 3, 1, 64),
        ValueOption.choice(
            "mask",
            "which latent entries are the teacher's; random3d known, the others' forms"
                + " reconstructed",
            Mask.class),
        ValueOption.number(
            "maskProbability", "part of the teacher in the mask; reconstructed", 0.5, 0, 1),
        ValueOption.choice(
            "encoders", "one for each network or one for both; known", MixerFactory.Encoders.class),
        ValueOption.choice(
            "mixers", "convolutions of 3×3 or 1×1; cnn second-hand", MixerFactory.Layers.class),
        ValueOption.whole(
            "latent", "latent channels, 0 = the student's width; reconstructed", 0, 0, 1024),
        ValueOption.choice(
            "mode",
            "one hybrid through parts chosen at every point, or one from each point on;"
                + " reconstructed",
            BlockMixer.Mode.class),
        ValueOption.number(
            "studentProbability",
            "of R = 1, that the student's part follows a point; reconstructed",
            0.5,
            0,
            1));
  }

  @Override
  public TeacherUse teacherUse(OptionValues values) {
    return TeacherUse.NETWORK;
  }

  @Override
  public List<DeclaredTerm> terms(OptionValues values) {
    return List.of(
        DeclaredTerm.of("pixel", 1),
        DeclaredTerm.pixelwise("logits", values.number("logits")),
        DeclaredTerm.of("mipkd_feature", values.number("feature")),
        DeclaredTerm.of("mipkd_autoencoder", values.number("autoencoder")),
        DeclaredTerm.pixelwise("mipkd_block", values.number("block")));
  }

  @Override
  public Distiller distiller(DistillerContext context, OptionValues values) {
    NetworkPair pair =
        NetworkPair.of(context.student(), context.teacherOf(NAME), values.whole("points"));
    double range = FeatureScale.of(values).of(pair.teacher());
    MipkdDistiller.Weights weights =
        new MipkdDistiller.Weights(
            values.number("logits"),
            values.number("feature") / range,
            values.number("autoencoder") / range,
            values.number("block"));
    ParameterSet parameters = new ParameterSet();
    List<FeatureMixer> mixers = new ArrayList<>();
    List<ParameterSet> trained = List.of();
    if (weights.mix()) {
      mixers = mixers(pair, values, parameters, context.draws());
      trained = List.of(parameters.open(context.manager()));
    }
    BlockMixer blocks =
        new BlockMixer(
            values.choice("mode", BlockMixer.Mode.class),
            Routes.drawn(context.draws(), values.number("studentProbability")));
    return new MipkdDistiller(
        weights, pair, mixers, masks(values, context.draws()), blocks, trained);
  }

  /** Makes the mixers of all points and registers what they learn into a set that is not open. */
  static List<FeatureMixer> mixers(
      NetworkPair pair, OptionValues values, ParameterSet parameters, Draws draws) {
    LayerFactory layers = LayerFactory.into(parameters, new ArrayList<>(), draws).under(NAME);
    MixerFactory factory = new MixerFactory(layers, form(values));
    List<FeatureMixer> mixers = new ArrayList<>();
    TapPoints points = pair.points();
    for (int k = 0; k < points.count(); k++) {
      int student = pair.student().width(points.student().get(k));
      int teacher = pair.teacher().width(points.teacher().get(k));
      mixers.add(factory.mixer(k, student, teacher));
    }
    return mixers;
  }

  private static MixerFactory.Form form(OptionValues values) {
    return new MixerFactory.Form(
        values.choice("mixers", MixerFactory.Layers.class),
        values.whole("latent"),
        values.choice("encoders", MixerFactory.Encoders.class));
  }

  private static Masks masks(OptionValues values, Draws draws) {
    double part = values.number("maskProbability");
    return switch (values.choice("mask", Mask.class)) {
      case RANDOM3D -> new RandomMasks(draws, part);
      case SIMILARITY -> new SimilarityMasks(part);
      case GRID -> new GridMasks(part);
    };
  }
}
