package org.distillgrid.jobs.run;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.torch.Pth;

/** The files that examples of the help speak of: a small run, images, weights. */
final class ExampleWorld {
  private static final String NEW_FILE = "[\\w-]+\\.(png|pth|safetensors|onnx|html|yaml|json)";

  private final Path folder;
  private final Map<String, String> words = new HashMap<>();
  private int copies;

  /** Makes them; the run is one of a few steps, with all its tables. */
  ExampleWorld(Path folder, TinyRun tiny) throws IOException {
    this.folder = folder;
    Path run = folder.resolve("runs/quickstart");
    String yaml = Files.readString(tiny.spec());
    Path spec = folder.resolve("quickstart.yaml");
    Files.writeString(
        spec,
        yaml.replace(folder.resolve("run").toString(), run.toString())
            .replace("method: [none]", "method: [none, logits]")
            .replaceFirst("include: .*", "include: []"));
    Files.createDirectories(folder.resolve("out"));
    Files.createDirectories(folder.resolve("weights"));
    Path sample = Path.of("../data/sample/test/astronaut.png").toAbsolutePath();
    Map<String, Path> paths = new HashMap<>();
    paths.put("grids/quickstart.yaml", spec);
    paths.put("runs/methods", run);
    paths.put("hdfs://nn/runs/big", run);
    paths.put("s3a://grids", folder.resolve("runs"));
    paths.put("data/sample/test/astronaut.png", sample);
    paths.put("astronaut.png", sample);
    List.of("photos", "photographs", "rainy", "clean")
        .forEach(images -> paths.put(images, folder.resolve("train")));
    paths.put("small", folder.resolve("out/small"));
    paths.put("jpeg", folder.resolve("out/jpeg"));
    List.of("Set5", "Set12", "data/sample/test", "restored", "rain/input", "rain/target")
        .forEach(images -> paths.put(images, folder.resolve("test")));
    paths.put("student.safetensors", weights("student.safetensors", "edsr-c16-b4", 3, 2));
    paths.put("rlfn_x2.pth", weights("rlfn_x2.pth", "rlfn", 3, 2));
    paths.put("dncnn_gray_s25.pth", weights("dncnn_gray_s25.pth", "dncnn", 1, 1));
    paths.put("derained.pth", weights("derained.pth", "nafnet-w16", 3, 1));
    paths.forEach((word, path) -> words.put(word, path.toString()));
    words.put("training.ckpt#ema", several() + "#ema");
    words.put("[0, 1, 2]", "[0, 1]");
    words.put("fp,w4a4,w2a2", "fp,w4a4");
    words.put("[/photos, hdfs:///photos/*.tif]", "[" + folder.resolve("train") + "]");
  }

  /** Says how a trial is called whose id begins as examples have it. */
  void calls(String beginning, String id) {
    words.put(beginning, id);
  }

  /** Returns what a word of an example is here. */
  String here(String word) throws IOException {
    String value = word.substring(word.indexOf('=') + 1);
    String found = words.get(value);
    if (value.equals("runs/seeds")) {
      // One that has the first seed already.
      found = copyOfTheRun();
    } else if (found == null && value.startsWith("runs/")) {
      found = folder.resolve(value).toString();
    } else if (found == null && value.matches(NEW_FILE)) {
      found = folder.resolve("out/" + value).toString();
    }
    if (found == null) {
      return word;
    }
    return word.substring(0, word.indexOf('=') + 1) + found;
  }

  /** Returns a copy of the run, to be done away with. */
  String copyOfTheRun() throws IOException {
    Path run = folder.resolve("runs/quickstart");
    Path copy = folder.resolve("copy-" + copies++);
    try (Stream<Path> all = Files.walk(run)) {
      for (Path path : all.toList()) {
        Files.copy(path, copy.resolve(run.relativize(path)));
      }
    }
    return copy.toString();
  }

  private Path weights(String name, String model, int channels, int scale) {
    Path file = folder.resolve("weights/" + name);
    write(checkpoint(model, channels, scale), file);
    return file;
  }

  // Two networks in one file, as training programs leave them.
  private Path several() {
    Checkpoint one = checkpoint("edsr-c4-b1", 3, 2);
    Map<String, HostTensor> both = new LinkedHashMap<>();
    for (String part : List.of("net", "ema")) {
      one.tensors().forEach((name, tensor) -> both.put(part + "." + name, tensor));
    }
    Path file = folder.resolve("weights/training.pth");
    write(Checkpoint.of(both, Map.of()), file);
    return file;
  }

  private static Checkpoint checkpoint(String model, int channels, int scale) {
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build(model, new ModelTarget(channels, scale), Draws.of("example"), manager)) {
      return network.checkpoint();
    }
  }

  private static void write(Checkpoint checkpoint, Path file) {
    if (file.toString().endsWith(".pth")) {
      Pth.write(checkpoint, file);
    } else {
      Safetensors.write(checkpoint, file);
    }
  }
}
