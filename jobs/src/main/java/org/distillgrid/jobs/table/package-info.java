/** The run folder and its tables: schemas in one place, the only reader and writer of Parquet. */
package org.distillgrid.jobs.table;
