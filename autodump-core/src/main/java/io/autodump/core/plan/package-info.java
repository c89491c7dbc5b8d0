/** What a secret's tags ask for: the parsed tags, the hash that identifies a schedule, and a scheduled run. */
@NullMarked
package io.autodump.core.plan;

import org.jspecify.annotations.NullMarked;
