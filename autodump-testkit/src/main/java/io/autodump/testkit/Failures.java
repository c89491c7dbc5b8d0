package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What contracts expect of failures. */
final class Failures {
    private Failures() {}

    /** The failure of a call; the test fails if the call returns, or throws anything else. */
    static AutoDumpException expected(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown)
                .as("every failure that a port reports is an AutoDumpException")
                .isInstanceOf(AutoDumpException.class);
        return (AutoDumpException) thrown;
    }

    /**
     * Fails the test unless a call throws that code.
     *
     * @param rule the port's method and what it is to do
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
