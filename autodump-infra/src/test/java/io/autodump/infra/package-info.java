/** Tests of what is built on AWS. */
@NullMarked
package io.autodump.infra;

import org.jspecify.annotations.NullMarked;
