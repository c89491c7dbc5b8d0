/**
 * Secrets on one machine. {@link io.autodump.local.secret.FolderSecrets} reads them from JSON files in a folder; a
 * {@link io.autodump.local.secret.SecretsBackend} of your own can read them from elsewhere.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.local.secret;

import org.jspecify.annotations.NullMarked;
