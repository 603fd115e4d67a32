/** The commands of {@code distill-grid}. */
package org.distillgrid.jobs.cli;
