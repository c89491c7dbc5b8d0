/**
 * The encryption of dumps for recipients, in the file format of age (age-encryption.org/v1).
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.encryption;

import org.jspecify.annotations.NullMarked;
