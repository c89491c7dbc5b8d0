package io.autodump.local.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Catches what a call reports. */
public final class Failures {
    private Failures() {}

    /** The whole report of the failure that the call must end with. */
    public static String report(ErrorCode code, ThrowingCallable call) {
        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, call);
        assertThat(failure).as("a failure " + code).isNotNull();
        assertThat(failure.code()).as(failure.report()).isEqualTo(code);
        return failure.report();
    }
}
