package org.distillgrid.jobs.notebook;

import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.interpreter.Interpreter;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.interpreter.InterpreterResult;

/** What a Zeppelin server of the tests starts for {@code %spark}: a session, and Scala on it. */
public final class SparkInterpreter extends Interpreter {
  private SparkSession session;
  private ScalaParagraph scala;

  /** Is made by Zeppelin, with the properties of the interpreter's setting. */
  public SparkInterpreter(Properties properties) {
    super(properties);
  }

  @Override
  public void open() {
    session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate();
    scala = new ScalaParagraph(session);
  }

  @Override
  public void close() {
    scala.close();
    session.stop();
  }

  @Override
  public InterpreterResult interpret(String text, InterpreterContext context) {
    ScalaParagraph.Outcome outcome = scala.run(text, context.getNoteGui());
    InterpreterResult.Code code = InterpreterResult.Code.ERROR;
    if (outcome.status().equals("Success")) {
      code = InterpreterResult.Code.SUCCESS;
    }
    return new InterpreterResult(code, outcome.output());
  }

  @Override
  public void cancel(InterpreterContext context) {}

  @Override
  public FormType getFormType() {
    return FormType.NATIVE;
  }

  @Override
  public int getProgress(InterpreterContext context) {
    return 0;
  }
}
