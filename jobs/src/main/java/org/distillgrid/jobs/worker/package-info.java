/**
 * What an executor is sent, does, and leaves in the run folder; nothing here runs on the driver but
 * what reads it.
 */
package org.distillgrid.jobs.worker;
