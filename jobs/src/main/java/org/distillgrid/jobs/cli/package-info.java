/** The command line: one class a command. */
package org.distillgrid.jobs.cli;
