/** YAML 1.2 as people type it: text to a tree of values that know their lines. */
package org.distillgrid.jobs.spec.yaml;
