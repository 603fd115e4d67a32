/**
 * The front for programs: a whole run, from images to tables. What is missing is done, what is
 * there is taken over. The command line is one caller of it; another one looks like this:
 *
 * <pre>{@code
 * SparkSession session = SparkSessions.open("my grid");
 * try {
 *   GridResult result =
 *       Grid.of(session, "grids/quickstart.yaml", "grid.seed=[0, 1]")
 *           .optListener(System.out::println)
 *           .run();
 *   result.outcomes().forEach(each -> System.out.println(each.trial().name()));
 *   result.sql("SELECT bits, method, psnr_mean FROM summary ORDER BY psnr_mean DESC").show();
 * } finally {
 *   session.stop();
 * }
 * }</pre>
 *
 * <p>{@link org.distillgrid.jobs.run.Grid} takes a spec, a file or a text; {@link
 * org.distillgrid.jobs.run.GridListener} is told what happens meanwhile; {@link
 * org.distillgrid.jobs.run.GridResult} knows the outcome of each trial and answers queries.
 */
package org.distillgrid.jobs.run;
