/**
 * The tables of a run, each with its columns in one place; the only reader and writer of Parquet.
 */
package org.distillgrid.jobs.table;
