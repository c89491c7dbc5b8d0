package io.autodump.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.aws.s3.request.S3Call;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.OutcomeUnknownException;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of fault at every call of a dump, for good and for two attempts only. Each in a bucket of its own. Without
 * {@code -Dautodump.test.full=true} each call meets one kind of fault, and each kind of fault occurs.
 */
@Execution(ExecutionMode.CONCURRENT)
class S3FaultPointsTest {
    private static final boolean FULL = Boolean.getBoolean("autodump.test.full");
    private static final int FOR_GOOD = Integer.MAX_VALUE;

    /** Where in a dump's life. */
    private enum Position {
        CREATE("CreateMultipartUpload", Kind.RESET),
        FIRST_PART("UploadPart of part 1 of", Kind.SILENCE),
        LAST_PART("UploadPart of part 3 of", Kind.LOST_ANSWER),
        COMPLETE("CompleteMultipartUpload", Kind.INTERNAL_ERROR),
        READ_BACK("HeadObject", Kind.SLOW_DOWN),
        MANIFEST("PutObject", Kind.RESET);

        final String words;

        /** The only kind of its fault in the short form. */
        final Kind shortForm;

        Position(String words, Kind shortForm) {
            this.words = words;
            this.shortForm = shortForm;
        }

        boolean isOf(S3Request request) {
            return switch (this) {
                case CREATE -> request.call() == S3Call.CREATE_UPLOAD;
                case FIRST_PART -> request.part() == 1;
                case LAST_PART -> request.part() == TestDump.PARTS;
                case COMPLETE -> request.call() == S3Call.COMPLETE_UPLOAD;
                case READ_BACK -> request.call() == S3Call.HEAD && !request.isForManifest();
                case MANIFEST -> request.call() == S3Call.PUT;
            };
        }

        /** The first look at the file comes before anything is written. */
        int skip() {
            return this == READ_BACK ? 1 : 0;
        }
    }

    private enum Kind {
        INTERNAL_ERROR,
        SLOW_DOWN,
        RESET,
        SILENCE,
        LOST_ANSWER;

        FaultProxy.Fault fault() {
            return switch (this) {
                case INTERNAL_ERROR -> FaultProxy.answer(500, "InternalError");
                case SLOW_DOWN -> FaultProxy.answer(503, "SlowDown");
                case RESET -> FaultProxy.reset();
                case SILENCE -> FaultProxy.silence();
                case LOST_ANSWER -> FaultProxy.loseAnswer();
            };
        }

        FaultyS3 s3() {
            return this == SILENCE ? FaultyS3.impatient() : FaultyS3.patient();
        }
    }

    static Stream<Arguments> everyFaultEverywhere() {
        return Arrays.stream(Position.values())
                .flatMap(position -> Arrays.stream(Kind.values())
                        .filter(kind -> FULL || kind == position.shortForm)
                        .map(kind -> Arguments.of(position, kind)));
    }

    @ParameterizedTest
    @MethodSource("everyFaultEverywhere")
    void makesTheDumpWhenTheFaultPasses(Position position, Kind kind) throws IOException {
        try (FaultyS3 s3 = kind.s3()) {
            s3.proxy.on(
                    position::isOf, position.skip(), kind == Kind.SILENCE ? 1 : FaultyS3.ATTEMPTS - 1, kind.fault());

            TestDump.make(s3.store());

            s3.assertDumpIsWhole();
        }
    }

    /** A fault after the work was done and found out is none. */
    static Stream<Arguments> everyFaultThatCounts() {
        return everyFaultEverywhere()
                .filter(arguments -> arguments.get()[1] != Kind.LOST_ANSWER
                        || (arguments.get()[0] != Position.COMPLETE && arguments.get()[0] != Position.MANIFEST));
    }

    @ParameterizedTest
    @MethodSource("everyFaultThatCounts")
    void showsNothingAndLeavesNoUploadWhenTheFaultStays(Position position, Kind kind) throws IOException {
        try (FaultyS3 s3 = kind.s3()) {
            s3.proxy.on(position::isOf, position.skip(), FOR_GOOD, kind.fault());

            AutoDumpException failure = s3.failureOf(() -> TestDump.make(s3.store()));

            assertThat(failure.report()).contains(position.words, s3.bucket, TestDump.KEY.value(), "HINT: ");
            s3.assertNothingIsVisible();
            assertThat(s3.openUploads()).isEmpty();
            boolean unknowable = position == Position.MANIFEST && (kind == Kind.RESET || kind == Kind.SILENCE);
            assertThat(failure.code()).isEqualTo(unknowable ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.STORE_FAILED);
            assertThat(failure.getMessage())
                    .contains(unknowable ? "whether the dump was published isn't known" : "nothing was published");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Position.class,
            names = {"COMPLETE", "MANIFEST"})
    void findsOutThatTheWorkWasDoneWhenNoAnswerEverArrives(Position position) throws IOException {
        try (FaultyS3 s3 = FaultyS3.patient()) {
            s3.proxy.on(position::isOf, 0, FOR_GOOD, FaultProxy.loseAnswer());

            TestDump.make(s3.store());

            s3.assertDumpIsWhole();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Position.class,
            names = {"COMPLETE", "MANIFEST"})
    void findsOutThatTheWorkWasDoneWhenTheAnswerTakesTooLong(Position position) throws IOException {
        try (FaultyS3 s3 = FaultyS3.impatient()) {
            s3.proxy.on(position::isOf, 0, FOR_GOOD, FaultProxy.withholdAnswer());

            TestDump.make(s3.store());

            s3.assertDumpIsWhole();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Position.class,
            names = {"COMPLETE", "MANIFEST"})
    void saysThatTheOutcomeIsUnknownWhenNobodyAnswersAnyMore(Position position) throws IOException {
        try (FaultyS3 s3 = FaultyS3.patient()) {
            boolean[] down = {false};
            s3.proxy.on(
                    request -> {
                        down[0] |= position.isOf(request);
                        return down[0];
                    },
                    0,
                    FOR_GOOD,
                    FaultProxy.loseAnswer());

            AutoDumpException failure = s3.failureOf(() -> TestDump.make(s3.store()));

            assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
            assertThat(failure.report()).contains(position.words, "isn't known", "HINT: ");
            s3.proxy.heal();
            if (position == Position.COMPLETE) {
                s3.assertNothingIsVisible();
                TestDump.make(s3.store());
            }
            s3.assertDumpIsWhole();
        }
    }
}
