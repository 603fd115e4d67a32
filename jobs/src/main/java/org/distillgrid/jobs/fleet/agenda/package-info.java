/**
 * What is to be done, what it needs, and what comes next: pure book-keeping that knows neither
 * Spark nor files, so that a test can run ten thousand trials on a thousand slots in no time.
 */
package org.distillgrid.jobs.fleet.agenda;
