/** Permissions, and reasons for rules that don't apply. Not API. */
@NullMarked
package io.autodump.infra.access;

import org.jspecify.annotations.NullMarked;
