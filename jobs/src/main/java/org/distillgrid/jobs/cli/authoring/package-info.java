/** Commands that help to write: specs for images of one's own, and what editors and shells know. */
package org.distillgrid.jobs.cli.authoring;
