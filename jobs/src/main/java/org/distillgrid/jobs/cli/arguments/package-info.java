/** Arguments that several commands share. */
package org.distillgrid.jobs.cli.arguments;
