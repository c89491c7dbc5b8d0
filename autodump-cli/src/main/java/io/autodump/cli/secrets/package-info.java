/** What a command needs of secrets, wherever they are. */
@NullMarked
package io.autodump.cli.secrets;

import org.jspecify.annotations.NullMarked;
