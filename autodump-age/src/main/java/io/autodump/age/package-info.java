/**
 * Encrypts dumps for recipients and decrypts them, in the file format of age (age-encryption.org/v1). The program
 * {@code age} decrypts what {@link io.autodump.age.AgeEncryption} has encrypted, and the other way round.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.age;

import org.jspecify.annotations.NullMarked;
