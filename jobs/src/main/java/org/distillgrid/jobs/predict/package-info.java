/** What a teacher says of all patches, computed once, and the cache in which runs keep it. */
package org.distillgrid.jobs.predict;
