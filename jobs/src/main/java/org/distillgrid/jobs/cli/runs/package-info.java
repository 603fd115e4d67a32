/** Commands that look after runs: how they stand, which there are, and their end. */
package org.distillgrid.jobs.cli.runs;
