/** Image files that people name: found, each once, and read without trust. */
package org.distillgrid.jobs.input;
