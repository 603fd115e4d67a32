/** Named extension points found through {@link java.util.ServiceLoader}. */
package org.distillgrid.kd.registry;
