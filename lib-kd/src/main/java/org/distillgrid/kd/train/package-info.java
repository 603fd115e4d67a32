/** The training loop: cohorts in lock-step, schedules, moving averages, resumable state. */
package org.distillgrid.kd.train;
