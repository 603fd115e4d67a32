/** Networks as files that other runtimes read, and the runtime that reads them here. */
package org.distillgrid.kd.export;
