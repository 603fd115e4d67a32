/** The keys of a spec as a JSON Schema, by which editors check and complete YAML files. */
package org.distillgrid.jobs.spec.schema;
