package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the tables of a run with Spark SQL. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description =
        "Prints the answer to a query over a run's tables: trials, metrics, curves, summary,"
            + " exports, patches, rejected_inputs, difficulty (docs/tables.md describes their columns).",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid sql runs/quickstart \"SELECT * FROM summary ORDER BY psnr_mean DESC\"",
      "  distill-grid sql --csv runs/quickstart \"SELECT trial_id, bits, seconds FROM trials\""
    })
public final class SqlCommand implements Callable<Integer> {
  @Mixin private RunArguments run;

  @Parameters(index = "1", paramLabel = "QUERY", description = "A query in Spark SQL.")
  private String query;

  @Option(names = "--csv", description = "Print comma-separated values instead of a table.")
  private boolean csv;

  @Option(
      names = "--unrestricted",
      description =
          "Allow what goes beyond asking this run's tables: writing, files elsewhere, settings, Java"
              + " code.")
  private boolean unrestricted;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    try (OpenRun opened = run.open()) {
      print(result(opened.session(), opened.tables()));
    }
    return 0;
  }

  private QueryResult result(SparkSession session, Tables tables) {
    try {
      if (!unrestricted) {
        QueryScope.require(session, query);
      }
      Dataset<Row> rows = session.sql(query);
      return QueryResult.of(rows);
    } catch (GridException e) {
      throw e;
    } catch (Exception e) {
      // Spark's Scala code throws AnalysisException, a checked exception, without declaring it.
      throw GridException.of(
          e, ErrorCode.USAGE, "Cannot answer query: %s%s", reason(e), known(e, tables));
    }
  }

  private static String reason(Exception e) {
    if (e instanceof AnalysisException) {
      return Messages.firstLine(e);
    }
    return Messages.firstLine(Messages.rootCause(e));
  }

  private static String known(Exception e, Tables tables) {
    if (e instanceof AnalysisException analysis
        && "TABLE_OR_VIEW_NOT_FOUND".equals(analysis.getCondition())) {
      return " (this run has: "
          + String.join(", ", tables.views().stream().map(TableName::view).toList())
          + ")";
    }
    return "";
  }

  private void print(QueryResult result) {
    PrintWriter out = command.commandLine().getOut();
    if (csv) {
      result.csv().forEach(out::println);
    } else {
      result.table().forEach(out::println);
    }
    out.flush();
  }
}
