package org.distillgrid.jobs.cluster;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;

/**
 * The device slots of a cluster: one an executor, because a JVM can train one cohort at a time.
 *
 * @param count how many cohorts can train at once, at least one
 * @param profile what a task must ask for to have an executor and its device for itself; absent on
 *     a local master, whose tasks cannot ask for resources
 */
public record Slots(int count, Optional<ResourceProfile> profile) {
  /** Returns the dataset whose tasks each occupy one slot. */
  public <T> JavaRDD<T> occupy(JavaRDD<T> tasks) {
    return profile.map(tasks::withResources).orElse(tasks);
  }
}
