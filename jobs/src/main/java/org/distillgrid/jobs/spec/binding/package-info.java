/**
 * How the values of a YAML file become records: keys, their defaults, and what is wrong with them.
 */
package org.distillgrid.jobs.spec.binding;
