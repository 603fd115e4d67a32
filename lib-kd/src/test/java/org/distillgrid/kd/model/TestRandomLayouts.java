package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;
import org.junit.jupiter.api.Test;

/**
 * Checkpoints laid out by chance, a seed each: prefixes and chains of them, siblings, copies,
 * objects, buffers, dictionaries in dictionaries. Runs {@code -Dfuzz.seconds=15} by default.
 */
class TestRandomLayouts {
  private static final String SECONDS = "fuzz.seconds";
  private static final int FEWEST_SEEDS = 100;
  private static final ModelTarget TARGET = new ModelTarget(3, 2);
  private static final ModelFit FIT = ModelFit.of("edsr-c2-b1", TARGET);
  private static final WeightPath FILE = new WeightPath("w.pth", Optional.empty());

  private static final List<String> PREFIXES =
      List.of(
          "module",
          "_orig_mod",
          "model",
          "net",
          "net_g",
          "netG",
          "generator",
          "backbone",
          "network",
          "student",
          "wrapped.inner",
          "m",
          "0",
          "Ünïcode");
  private static final List<String> AVERAGED =
      List.of("model_ema", "ema_model", "ema", "generator_ema", "netGEma", "swa_model", "avg");
  private static final List<String> LAST = List.of("model", "online_model", "generator", "netG");
  private static final List<String> ASIDE =
      List.of("net_d", "discriminator", "loss.vgg", "perceptual", "lpips.lin0", "aux");
  private static final List<String> NESTS =
      List.of("state_dict", "model", "params", "state", "checkpoint", "module", "my.dict");
  private static final List<String> COUNTERS = List.of("n_averaged", "step", "initted");

  private final Map<String, HostTensor> network = new TreeMap<>();
  private final Map<String, Object> state = new LinkedHashMap<>();

  @Test
  void findsTheNetworkWhereverItIs() {
    int seed = 0;
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong(SECONDS, 15)).toNanos() / 2;
    while (seed < FEWEST_SEEDS || System.nanoTime() < end) {
      byte[] file = SavedLayout.of(layout(seed));
      TakenWeights taken = Checkpoints.take(file, FILE, FIT);
      assertThat(taken.fitting()).as("seed %d: %s", seed, state.keySet()).isTrue();
      assertThat(taken.checkpoint().tensors().keySet())
          .as("seed %d", seed)
          .isEqualTo(network.keySet());
      for (Map.Entry<String, HostTensor> entry : network.entrySet()) {
        assertThat(taken.checkpoint().tensors().get(entry.getKey()).values())
            .as("seed %d: %s of %s", seed, entry.getKey(), taken.path())
            .isEqualTo(entry.getValue().values());
      }
      seed++;
    }
  }

  @Test
  void refusesEveryDamageInOneLine() {
    int seed = 0;
    int refused = 0;
    long end = System.nanoTime() + Duration.ofSeconds(Long.getLong(SECONDS, 15)).toNanos() / 2;
    while (seed < FEWEST_SEEDS || System.nanoTime() < end) {
      UniformRandomProvider draws = RandomSource.XO_RO_SHI_RO_128_PP.create((long) seed);
      byte[] file = SavedLayout.of(layout(seed));
      byte[] damaged = Arrays.copyOf(file, draws.nextInt(file.length));
      if (draws.nextBoolean()) {
        damaged = file.clone();
        for (int change = draws.nextInt(4); change >= 0; change--) {
          damaged[draws.nextInt(damaged.length)] = (byte) draws.nextInt(256);
        }
      }
      try {
        FIT.require(Checkpoints.take(damaged, FILE, FIT));
      } catch (GridException e) {
        assertThat(e.code()).as("seed %d", seed).isEqualTo(ErrorCode.INPUT);
        assertThat(e.getMessage().lines()).as("seed %d", seed).hasSize(1);
        refused++;
      }
      seed++;
    }
    assertThat(refused).isGreaterThan(seed / 2);
  }

  private Map<String, Object> layout(int seed) {
    UniformRandomProvider draws = RandomSource.XO_RO_SHI_RO_128_PP.create((long) seed);
    network.clear();
    state.clear();
    network.putAll(tensors(draws));
    String place = place(draws);
    put(state, place, network);
    if (draws.nextInt(3) == 0) {
      for (String layer : List.of("", "conv_first.", "body.0.")) {
        state.put(joined(place, layer + "total_ops"), scalar());
      }
    }
    Map<String, Object> root = new LinkedHashMap<>(state);
    for (int level = draws.nextInt(3); level > 0; level--) {
      Map<String, Object> outer = new LinkedHashMap<>();
      outer.put(pick(NESTS, draws), root);
      objects(outer, draws);
      root = outer;
    }
    return root;
  }

  // Returns where the network goes, after what stands beside it.
  private String place(UniformRandomProvider draws) {
    StringBuilder chain = new StringBuilder();
    for (int length = draws.nextInt(4); length > 0; length--) {
      chain.append(pick(PREFIXES, draws)).append('.');
    }
    String outer = chain.toString().replaceAll("\\.$", "");
    if (draws.nextBoolean()) {
      return outer;
    }
    String own = pick(LAST, draws);
    if (draws.nextBoolean()) {
      put(state, joined(outer, own), tensors(draws));
      own = pick(AVERAGED, draws);
    }
    for (int others = draws.nextInt(3); others > 0; others--) {
      String aside = joined(outer, pick(ASIDE, draws));
      state.put(aside + ".0.weight", new HostTensor(new long[] {2, 3, 1, 1}, new float[6]));
      state.put(aside + ".2.bias", new HostTensor(new long[] {2}, new float[2]));
    }
    if (draws.nextBoolean()) {
      state.put(joined(outer, pick(COUNTERS, draws)), scalar());
    }
    return joined(outer, own);
  }

  private static void objects(Map<String, Object> beside, UniformRandomProvider draws) {
    for (int count = draws.nextInt(4); count > 0; count--) {
      String pickle = pick(SavedLayout.OBJECTS, draws);
      beside.put("object" + count, new SavedLayout.Thing(pickle));
    }
  }

  private static Map<String, HostTensor> tensors(UniformRandomProvider draws) {
    Map<String, HostTensor> tensors = new TreeMap<>();
    Network.shapes("edsr-c2-b1", TARGET)
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) shape.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = draws.nextFloat();
              }
              tensors.put(name, new HostTensor(shape.getShape(), values));
            });
    return tensors;
  }

  private static void put(Map<String, Object> into, String place, Map<String, HostTensor> tensors) {
    tensors.forEach((name, tensor) -> into.put(joined(place, name), tensor));
  }

  private static HostTensor scalar() {
    return new HostTensor(new long[0], new float[1]);
  }

  private static String joined(String place, String name) {
    if (place.isEmpty()) {
      return name;
    }
    return place + "." + name;
  }

  private static String pick(List<String> from, UniformRandomProvider draws) {
    return from.get(draws.nextInt(from.size()));
  }
}
