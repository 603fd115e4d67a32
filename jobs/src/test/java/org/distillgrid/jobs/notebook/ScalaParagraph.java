package org.distillgrid.jobs.notebook;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.display.GUI;
import org.apache.zeppelin.interpreter.ZeppelinContext;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.shell.ReplReporterImpl;

/**
 * Runs the very text of a {@code %spark} paragraph as Zeppelin's interpreter does: by Scala's own
 * interpreter, with the session as {@code spark} and Zeppelin's context as {@code z}.
 */
final class ScalaParagraph implements AutoCloseable {
  private final StringWriter output = new StringWriter();
  private final Forms context = new Forms();
  private final IMain scala;

  /** How a paragraph ended, and what Scala said of it. */
  record Outcome(String status, String output) {}

  /** Zeppelin's context without the parts of an interpreter that show data. */
  private static final class Forms extends ZeppelinContext {
    Forms() {
      super(null, 1000);
      setGui(new GUI());
    }

    @Override
    public Map<String, String> getInterpreterClassMap() {
      return Map.of();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public List<Class> getSupportedClasses() {
      return List.of();
    }

    @Override
    public String showData(Object data, int maxResult) {
      return String.valueOf(data);
    }
  }

  /** Starts Scala's interpreter. */
  ScalaParagraph(SparkSession session) {
    Settings settings = new Settings();
    settings.processArguments(arguments(), true);
    this.scala =
        new IMain(
            settings,
            Option.apply(getClass().getClassLoader()),
            settings,
            new ReplReporterImpl(settings, new PrintWriter(output, true)));
    bind(scala, "spark", SparkSession.class, session);
    bind(scala, "z", ZeppelinContext.class, context);
  }

  /**
   * Runs a text; what earlier ones have declared stays declared.
   *
   * @param forms of the note: values that a person has entered, and those that the text makes
   */
  Outcome run(String text, GUI forms) {
    context.setNoteGui(forms);
    output.getBuffer().setLength(0);
    return new Outcome(scala.interpret(text).toString(), output.toString());
  }

  @Override
  public void close() {
    scala.close();
  }

  private static void bind(IMain scala, String name, Class<?> type, Object value) {
    scala.bind(name, type.getName(), value, list("@transient"));
  }

  // Surefire's own class path names one jar alone.
  private static scala.collection.immutable.List<String> arguments() {
    String standard = System.getProperty("java.class.path");
    String path = System.getProperty("surefire.test.class.path", standard);
    return list("-classpath", path);
  }

  private static scala.collection.immutable.List<String> list(String... elements) {
    return CollectionConverters.asScala(List.of(elements)).toList();
  }
}
