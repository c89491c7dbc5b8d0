/** {@code autodump.yaml}: where the secrets, the dumps and the client programs are. */
@NullMarked
package io.autodump.cli.config;

import org.jspecify.annotations.NullMarked;
