/** One YAML file a run: read, checked, and expanded into trials before Spark starts. */
package org.distillgrid.jobs.spec;
