/** Benchmarks; each has a main method and prints the rows of docs/benchmarks.md. */
package org.distillgrid.bench;
