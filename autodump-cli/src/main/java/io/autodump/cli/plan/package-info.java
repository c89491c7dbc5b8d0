/** What the tags of a secret lead to. */
@NullMarked
package io.autodump.cli.plan;

import org.jspecify.annotations.NullMarked;
