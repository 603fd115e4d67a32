package org.distillgrid.jobs.notebook;

import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.zeppelin.interpreter.Interpreter;
import org.apache.zeppelin.interpreter.InterpreterContext;
import org.apache.zeppelin.interpreter.InterpreterResult;

/** What a Zeppelin server of the tests starts for {@code %spark.sql}, and draws tables of. */
public final class SqlInterpreter extends Interpreter {
  /** Is made by Zeppelin, with the properties of the interpreter's setting. */
  public SqlInterpreter(Properties properties) {
    super(properties);
  }

  @Override
  public void open() {}

  @Override
  public void close() {}

  @Override
  public InterpreterResult interpret(String text, InterpreterContext context) {
    try {
      Dataset<Row> rows = SparkSession.active().sql(text);
      String table =
          rows.collectAsList().stream()
              .map(SqlInterpreter::line)
              .collect(Collectors.joining("\n", String.join("\t", rows.columns()) + "\n", ""));
      return new InterpreterResult(InterpreterResult.Code.SUCCESS, "%table " + table);
    } catch (RuntimeException e) {
      return new InterpreterResult(InterpreterResult.Code.ERROR, String.valueOf(e.getMessage()));
    }
  }

  private static String line(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> String.valueOf(row.get(i)))
        .collect(Collectors.joining("\t"));
  }

  @Override
  public void cancel(InterpreterContext context) {}

  @Override
  public FormType getFormType() {
    return FormType.SIMPLE;
  }

  @Override
  public int getProgress(InterpreterContext context) {
    return 0;
  }
}
