package io.autodump.core.error;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param subject what it belongs to: {@code clients}, {@code store}, or the name of a secret
 * @param check what was looked at
 * @param message what was found
 * @param code the error that a dump would end with; only for a failure
 * @param hint the remedy; never empty for a failure
 */
public record Finding(
        Status status, String subject, String check, String message, Optional<ErrorCode> code, Optional<String> hint) {
    /** How bad it is. */
    public enum Status {
        OK,
        WARNING,
        FAILED;

        /** The word for people and programs. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Finding ok(String subject, String check, String message) {
        return new Finding(Status.OK, subject, check, message, Optional.empty(), Optional.empty());
    }

    public static Finding warning(String subject, String check, String message, String hint) {
        return new Finding(Status.WARNING, subject, check, message, Optional.empty(), Optional.of(hint));
    }

    public static Finding failed(String subject, String check, ErrorCode code, String message, String hint) {
        return new Finding(Status.FAILED, subject, check, message, Optional.of(code), Optional.of(hint));
    }

    /** The failure that an attempt ended with. */
    public static Finding failed(String subject, String check, AutoDumpException failure) {
        return failed(
                subject,
                check,
                failure.code(),
                failure.description(),
                failure.hint()
                        .orElse("see docs/error-codes.md, " + failure.code().id()));
    }

    /** What a process reports for it; 0 unless it is a failure. */
    public int exitStatus() {
        return code.map(failure -> failure.category().exitStatus()).orElse(0);
    }
}
