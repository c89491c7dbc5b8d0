/**
 * The output of the commands: tables, text and JSON documents, made of values from the core.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.report;

import org.jspecify.annotations.NullMarked;
