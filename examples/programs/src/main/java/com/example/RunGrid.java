package com.example;

import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.page.RunPage;
import org.distillgrid.jobs.run.Grid;
import org.distillgrid.jobs.run.GridResult;

/**
 * Runs a grid, asks its tables what the teacher was worth, and leaves its page: {@code SPEC
 * [KEY=VALUE...]}.
 */
public final class RunGrid {
  private static final String GAINS =
      """
      SELECT student, bits, taught.psnr_mean - alone.psnr_mean AS gain
      FROM summary AS taught JOIN summary AS alone USING (dataset, student, bits, quantizer)
      WHERE taught.method = 'logits' AND alone.method = 'none' ORDER BY gain DESC
      """;

  private RunGrid() {}

  public static void main(String[] arguments) {
    String[] overrides = Arrays.copyOfRange(arguments, 1, arguments.length);
    SparkSession session = SparkSessions.open("gains");
    GridResult result =
        Grid.of(session, arguments[0], overrides).optListener(System.out::println).run();
    System.out.println(result.outcomes().size() + " trials, failed: " + result.failures().size());
    for (Row row : result.sql(GAINS).collectAsList()) {
      System.out.printf("%s %s: %+.3f dB%n", row.get(0), row.get(1), row.getDouble(2));
    }
    RunPage.write(session, result.folder(), result.folder().page());
    session.stop();
  }
}
