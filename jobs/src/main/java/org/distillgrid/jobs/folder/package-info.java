/** The run folder: where everything lies, and small files that are either whole or absent. */
package org.distillgrid.jobs.folder;
