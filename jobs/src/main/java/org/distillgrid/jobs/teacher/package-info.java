/**
 * The teacher of a run: taken from a checkpoint or trained, and scored with the other references.
 */
package org.distillgrid.jobs.teacher;
