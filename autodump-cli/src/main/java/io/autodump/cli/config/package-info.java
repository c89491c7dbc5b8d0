/** The configuration: {@code autodump.yaml} and the options that override it. */
@NullMarked
package io.autodump.cli.config;

import org.jspecify.annotations.NullMarked;
