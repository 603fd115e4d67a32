/** Spark sessions, the device slots that a cluster offers and the devices that a task was given. */
package org.distillgrid.jobs.cluster;
