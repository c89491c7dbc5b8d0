package io.autodump.cli.config;

import java.nio.file.Path;

/** The place of the secrets. Its text form is for people. */
public sealed interface SecretsLocation {
    /** A folder with one file per secret; an absolute path. */
    record Folder(Path path) implements SecretsLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** AWS Secrets Manager, in the account and region of {@link AwsSettings}. */
    record SecretsManager() implements SecretsLocation {
        @Override
        public String toString() {
            return "AWS Secrets Manager";
        }
    }
}
