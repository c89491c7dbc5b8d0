package io.autodump.core.error;

import java.util.Locale;
import java.util.Optional;

/**
 * The result of one check.
 *
 * @param status how bad it is
 * @param subject what was checked: {@code clients}, {@code store}, or the name of a secret
 * @param check the name of the check
 * @param message what was found
 * @param code the error that a dump would fail with; only for a failure
 * @param hint the remedy; never empty for a failure
 */
public record Finding(
        Status status, String subject, String check, String message, Optional<ErrorCode> code, Optional<String> hint) {
    /** How bad it is. */
    public enum Status {
        /** Nothing to do. */
        OK,
        /** Dumps work, but something should be changed. */
        WARNING,
        /** Dumps fail. */
        FAILED;

        /** The status as a word, for people and programs. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A check that passed. */
    public static Finding ok(String subject, String check, String message) {
        return new Finding(Status.OK, subject, check, message, Optional.empty(), Optional.empty());
    }

    /** A check that found something that should be changed. */
    public static Finding warning(String subject, String check, String message, String hint) {
        return new Finding(Status.WARNING, subject, check, message, Optional.empty(), Optional.of(hint));
    }

    /** A check that failed. */
    public static Finding failed(String subject, String check, ErrorCode code, String message, String hint) {
        return new Finding(Status.FAILED, subject, check, message, Optional.of(code), Optional.of(hint));
    }

    /** A check that ended with this failure. */
    public static Finding failed(String subject, String check, AutoDumpException failure) {
        return failed(
                subject,
                check,
                failure.code(),
                failure.description(),
                failure.hint()
                        .orElse("see docs/error-codes.md, " + failure.code().id()));
    }

    /** The exit status for this finding; 0 unless it is a failure. */
    public int exitStatus() {
        return code.map(failure -> failure.category().exitStatus()).orElse(0);
    }
}
