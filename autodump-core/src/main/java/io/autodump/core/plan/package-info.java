/**
 * What a secret's tags ask for: the parsed tags, the hash that identifies a schedule, and a scheduled run.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.plan;

import org.jspecify.annotations.NullMarked;
