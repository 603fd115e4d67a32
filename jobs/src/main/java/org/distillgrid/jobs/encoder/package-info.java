/** The encoder in which methods compare images: taken from a checkpoint or trained, once a run. */
package org.distillgrid.jobs.encoder;
