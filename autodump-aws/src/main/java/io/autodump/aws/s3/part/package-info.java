/**
 * The sizes of the parts of an upload. Not API.
 */
@NullMarked
package io.autodump.aws.s3.part;

import org.jspecify.annotations.NullMarked;
