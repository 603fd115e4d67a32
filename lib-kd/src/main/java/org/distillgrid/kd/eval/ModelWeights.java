package org.distillgrid.kd.eval;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.FittingModels;
import org.distillgrid.kd.model.ModelFit;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPart;
import org.distillgrid.kd.weights.file.WeightPath;
import org.slf4j.LoggerFactory;

/**
 * A file with the weights of a network: where it is, and what it does not say itself. What is in it
 * beside the network is left out.
 *
 * @param file .safetensors, .pth, .pt or .npz; {@code FILE#PART} for one of several networks
 * @param model the model's name, unless the file names it
 * @param channels image channels, unless the file states them or they are 3
 * @param scale target size over input size
 */
public record ModelWeights(Path file, Optional<String> model, OptionalInt channels, int scale) {
  /**
   * Builds the network with the weights.
   *
   * @param messages takes a line where the file holds more than the network
   * @throws GridException if the file cannot be read, names no model or is one of another network
   */
  public LoadedNetwork open(Consumer<String> messages) {
    TakenWeights taken = Checkpoints.take(WeightPath.of(file.toString()), this::fits);
    taken.line().ifPresent(messages);
    Map<String, String> metadata = taken.checkpoint().metadata();
    String name =
        name(metadata)
            .orElseThrow(
                () ->
                    GridException.of(
                        ErrorCode.USAGE,
                        "Cannot open %s: it names no model; say which (--model, optModel)",
                        file));
    ModelFit.of(name, target(metadata)).require(taken);
    return LoadedNetwork.open(name, target(metadata), taken.checkpoint(), file.toString());
  }

  /** Builds the network with the weights; what is left out goes to the log. */
  public LoadedNetwork open() {
    return open(LoggerFactory.getLogger(ModelWeights.class)::info);
  }

  /**
   * Returns the weights alone, as the network holds them.
   *
   * @throws GridException likewise
   */
  public Checkpoint checkpoint() {
    try (LoadedNetwork loaded = open()) {
      return loaded.network().checkpoint();
    }
  }

  private boolean fits(WeightPart part) {
    return name(part.metadata())
        .map(name -> ModelFit.of(name, target(part.metadata())).fits(part))
        .orElseGet(() -> FittingModels.anyOf(part));
  }

  private ModelTarget target(Map<String, String> metadata) {
    int stated = Network.imageChannels(metadata).orElse(3);
    return new ModelTarget(channels.orElse(stated), scale);
  }

  private Optional<String> name(Map<String, String> metadata) {
    return model.or(() -> Optional.ofNullable(metadata.get(Network.MODEL_KEY)));
  }
}
