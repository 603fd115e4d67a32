/** Trials as files that other runtimes read. */
package org.distillgrid.jobs.export;
