package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.nn.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DnCNN against PyTorch modules of the same weights; the script lies beside the fixtures. */
class TestDnCnnReference {
  private static final String PLAIN = "dncnn-c6-d5";
  private static final String NORMALISED = "dncnn-c6-d5-n1";
  private static final ModelTarget GREY = new ModelTarget(1, 1);

  @Test
  void computesWhatPyTorchDoes() {
    ReferenceCase reference = ReferenceCase.of("dncnn/kair");
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network(PLAIN, new ModelTarget(3, 1), manager)) {
      reference.agrees(network);
    }
  }

  @Test
  void trainsBatchNormalisationAsPyTorchDoes() {
    ReferenceCase reference = ReferenceCase.of("dncnn/kair_norm");
    try (NDManager manager = NDManager.newBaseManager();
        Network network = reference.network(NORMALISED, GREY, manager)) {
      reference.outputAgrees(network, "evaluation_output");
      reference.gradientsAgree(network);
      for (Parameter parameter : network.parameters().all()) {
        if (parameter.kind() == Parameter.Kind.STATISTIC) {
          assertThat(parameter.array().toFloatArray())
              .as(parameter.name())
              .containsExactly(
                  reference.values().tensors().get("statistic." + parameter.name()).values(),
                  within(1e-5f));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kair_norm", "cszn", "saoyan"})
  void evaluatesNormalisedWeightsOfAnyCodeBaseAsTheyAreAndFolded(String codeBase) {
    ReferenceCase reference = ReferenceCase.of("dncnn/" + codeBase);
    try (NDManager manager = NDManager.newBaseManager();
        Network normalised = reference.network(NORMALISED, GREY, manager);
        Network folded = reference.network(PLAIN, GREY, manager)) {
      reference.outputAgrees(normalised, "evaluation_output");
      reference.outputAgrees(folded, "evaluation_output");
    }
  }
}
