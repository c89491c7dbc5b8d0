package io.autodump.cli.config;

import java.nio.file.Path;

/** Where the secrets are. Its text form is for people. */
public sealed interface SecretsLocation {
    /** A folder of files, one for each secret; an absolute path. */
    record Folder(Path path) implements SecretsLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** AWS Secrets Manager, in the account and region that {@link AwsSettings} lead to. */
    record SecretsManager() implements SecretsLocation {
        @Override
        public String toString() {
            return "AWS Secrets Manager";
        }
    }
}
