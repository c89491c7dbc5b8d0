/**
 * Lists finished dumps and finds databases whose dump is overdue.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.usecase.status;

import org.jspecify.annotations.NullMarked;
