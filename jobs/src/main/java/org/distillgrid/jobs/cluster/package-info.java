/**
 * Spark sessions, the executors that a machine carries, the device slots that a cluster offers and
 * the devices that a task was given.
 */
package org.distillgrid.jobs.cluster;
