package org.distillgrid.jobs.notebook;

import java.util.Properties;
import org.apache.zeppelin.interpreter.Interpreter;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.interpreter.InterpreterResult;

/** What a Zeppelin server of the tests starts for {@code %md}: it shows the text as it is. */
public final class TextInterpreter extends Interpreter {
  /** Is made by Zeppelin, with the properties of the interpreter's setting. */
  public TextInterpreter(Properties properties) {
    super(properties);
  }

  @Override
  public void open() {}

  @Override
  public void close() {}

  @Override
  public InterpreterResult interpret(String text, InterpreterContext context) {
    return new InterpreterResult(InterpreterResult.Code.SUCCESS, "%text " + text);
  }

  @Override
  public void cancel(InterpreterContext context) {}

  @Override
  public FormType getFormType() {
    return FormType.NONE;
  }

  @Override
  public int getProgress(InterpreterContext context) {
    return 0;
  }
}
