package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods of {@code docs/methods/example} can be written with what is public, and work. */
class TestMethodExamples {
  private static final Path EXAMPLE = Path.of("..", "docs", "methods", "example");

  @TempDir static Path classes;
  private static URLClassLoader loader;
  private static Registry<Method> methods;

  @BeforeAll
  static void compile() throws IOException, ReflectiveOperationException {
    List<Path> sources;
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-Xlint:all,-path",
            "-Werror",
            "--release",
            "17",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      boolean compiled = compiler.getTask(messages, files, null, options, null, units).call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, Method.class.getClassLoader());
    List<Method> all = new ArrayList<>(Methods.registry().all());
    Path service = EXAMPLE.resolve("META-INF/services").resolve(Method.class.getName());
    for (String name : Files.readAllLines(service)) {
      all.add((Method) loader.loadClass(name).getConstructor().newInstance());
    }
    methods = Registry.of("method", all);
  }

  @AfterAll
  static void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }

  @Test
  void aMethodOnTheOutputCanBeWeightedInSpace() {
    assertThat(MethodSum.parse("spark+charbonnier", methods).canonical())
        .isEqualTo("spark+charbonnier");
    try (NDManager manager = NDManager.newBaseManager()) {
      LossTerms terms = loss("charbonnier(epsilon=0.001,weight=2)", manager);
      assertThat(terms.byName().keySet()).containsExactly("pixel", "charbonnier");
      float expected = 2 * (float) Math.sqrt(0.25 + 1e-6);
      assertThat(terms.byName().get("charbonnier").getFloat()).isCloseTo(expected, within(1e-6f));
      NDArray thrice = manager.full(new Shape(1, 1, 4, 4), 3);
      LossTerms weighted = terms.weighted(thrice);
      assertThat(weighted.byName().get("charbonnier").getFloat())
          .isCloseTo(3 * expected, within(1e-5f));
      assertThat(weighted.byName().get("pixel").getFloat())
          .isEqualTo(terms.byName().get("pixel").getFloat());
    }
  }

  @Test
  void aMethodOnFeaturesIsASumOverPoints() {
    try (NDManager manager = NDManager.newBaseManager()) {
      LossTerms terms = loss("profile(points=2,weight=3)+logits", manager);
      assertThat(terms.byName().keySet()).containsExactly("pixel", "logits", "profile");
      // Every one of its two points has features of 0.5 and of 1.
      assertThat(terms.byName().get("profile").getFloat()).isEqualTo(3 * 2 * 0.5f);
    }
  }

  private static LossTerms loss(String method, NDManager manager) {
    Trunk student = new Trunk(List.of(2, 3));
    Trunk teacher = new Trunk(List.of(5, 4));
    DistillerContext context =
        new DistillerContext(student, Optional.of(teacher), 10, Draws.of("test"), manager);
    NDArray ones = manager.ones(new Shape(1, 3, 4, 4));
    Pass taught = Pass.of(student, manager.full(new Shape(1, 3, 4, 4), 0.5f));
    return MethodSum.parse(method, methods)
        .distiller(context)
        .loss(new StepTensors(0, ones, ones, taught, Optional.of(Pass.of(teacher, ones))));
  }
}
