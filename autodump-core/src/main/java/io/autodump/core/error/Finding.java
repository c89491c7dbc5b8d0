package io.autodump.core.error;

import java.util.Locale;
import java.util.Optional;

/**
 * The result of one check. Immutable.
 *
 * @param status whether it needs attention
 * @param subject what was checked: {@code clients}, {@code store}, or the name of a secret
 * @param check the property that was checked
 * @param message what was found
 * @param code the error that a dump would end with; present for a failure only
 * @param hint the remedy; present for every failure
 */
public record Finding(
        Status status, String subject, String check, String message, Optional<ErrorCode> code, Optional<String> hint) {
    /** Whether a finding needs attention. */
    public enum Status {
        /** Nothing to do. */
        OK,
        /** Dumps work, but something should be changed. */
        WARNING,
        /** Dumps fail. */
        FAILED;

        /** Returns the word for people and programs: {@code ok}, {@code warning} or {@code failed}. */
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

    /** Returns a failed finding for an exception. */
    public static Finding failed(String subject, String check, AutoDumpException failure) {
        return failed(
                subject,
                check,
                failure.code(),
                failure.description(),
                failure.hint()
                        .orElse("see docs/error-codes.md, " + failure.code().id()));
    }

    /** Returns the exit status of a process that reports the finding; 0 unless it is a failure. */
    public int exitStatus() {
        return code.map(failure -> failure.category().exitStatus()).orElse(0);
    }
}
