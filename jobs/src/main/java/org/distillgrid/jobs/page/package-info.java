/** A run on one page: an HTML file that holds all it shows, for people to look at. */
package org.distillgrid.jobs.page;
