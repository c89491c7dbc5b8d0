/** Lists finished dumps and finds databases whose dump is overdue. */
@NullMarked
package io.autodump.core.usecase.status;

import org.jspecify.annotations.NullMarked;
