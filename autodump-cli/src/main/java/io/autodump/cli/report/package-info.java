/**
 * What the commands print: tables, sentences and JSON documents, made of values that the core returns.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.report;

import org.jspecify.annotations.NullMarked;
