package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes the jar of {@code docs/methods/adding.md} as the page says: by javac, without Maven. */
final class ExampleJar {
  private static final String SOURCE = "java/com/example/Charbonnier.java";
  private static final String SERVICE = "META-INF/services/org.distillgrid.kd.distill.Method";

  private final Path example;
  private final Path folder;

  private ExampleJar(Path example, Path folder) {
    this.example = example;
    this.folder = folder;
  }

  /**
   * Makes it.
   *
   * @param folder an empty folder, made where it is not there
   * @param change what is done to its source first
   */
  static Path in(Path folder, UnaryOperator<String> change) throws IOException {
    Path example = StandaloneCluster.projectRoot().resolve("examples/output-method/src/main");
    return new ExampleJar(example, folder).make(change);
  }

  private Path make(UnaryOperator<String> change) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("build"));
    String source = change.apply(Files.readString(example.resolve(SOURCE)));
    compile(Files.writeString(folder.resolve("Charbonnier.java"), source), classes);
    Files.createDirectories(classes.resolve(SERVICE).getParent());
    Files.copy(example.resolve("resources").resolve(SERVICE), classes.resolve(SERVICE));
    return pack(classes);
  }

  private static void compile(Path source, Path classes) throws IOException {
    Path application = StandaloneCluster.projectRoot().resolve("jobs/target/distill-grid.jar");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("--release", "17", "-Xlint:all", "-cp", application.toString(), "-d", "" + classes);
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  private Path pack(Path classes) throws IOException {
    Path jar = folder.resolve("mine.jar");
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
      }
    }
    return jar;
  }
}
