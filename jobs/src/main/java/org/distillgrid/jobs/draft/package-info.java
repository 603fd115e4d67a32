/** A first spec for images that somebody has: what their headers say, and what is chosen by it. */
package org.distillgrid.jobs.draft;
