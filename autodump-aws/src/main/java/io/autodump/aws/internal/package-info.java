/** Not API: these classes may change in any release. */
@NullMarked
package io.autodump.aws.internal;

import org.jspecify.annotations.NullMarked;
