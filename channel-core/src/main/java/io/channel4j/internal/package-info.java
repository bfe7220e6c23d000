/**
 * How channels work. Not API: only the other modules of channel4j may use it.
 *
 * <p>Comments like "Model: Opened" name the actions of the TLA+ models, see docs/model.md.
 */
@NullMarked
package io.channel4j.internal;

import org.jspecify.annotations.NullMarked;
