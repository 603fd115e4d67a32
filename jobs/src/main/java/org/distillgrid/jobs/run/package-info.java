/** A whole run, from images to tables: what is missing is done, what is there is taken over. */
package org.distillgrid.jobs.run;
