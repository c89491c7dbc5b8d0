/** What a team hands to AutoDump: a tagged secret with a database connection in it. */
@NullMarked
package io.autodump.core.secret;

import org.jspecify.annotations.NullMarked;
