package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about failures. */
final class Failures {
    private Failures() {}

    /** Returns the failure of a call. Fails the test if the call returns or throws another exception. */
    static AutoDumpException expected(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown)
                .as("every failure that a port reports is an AutoDumpException")
                .isInstanceOf(AutoDumpException.class);
        return (AutoDumpException) thrown;
    }

    /**
     * Fails the test unless a call throws this code.
     *
     * @param rule the port's method and its rule
     */
    static void assertCode(String rule, ThrowingCallable call, ErrorCode code) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown)
                .as(rule)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).as(rule).isEqualTo(code));
    }
}
