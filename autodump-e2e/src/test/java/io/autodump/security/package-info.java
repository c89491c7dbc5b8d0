/**
 * Nothing that a secret, a tag, a database or a stored file holds acts where it is only text: one test for each sink.
 */
@NullMarked
package io.autodump.security;

import org.jspecify.annotations.NullMarked;
