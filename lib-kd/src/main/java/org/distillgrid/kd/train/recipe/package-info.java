/** What a training descends, how fast, and how much of its patches each step sees. */
package org.distillgrid.kd.train.recipe;
