package io.autodump.core.usecase.schedule;

import static io.autodump.core.usecase.Fixtures.CLOCK;
import static io.autodump.core.usecase.Fixtures.DAILY_AT_EIGHT;
import static io.autodump.core.usecase.Fixtures.NOW;
import static io.autodump.core.usecase.Fixtures.VALUE;
import static io.autodump.core.usecase.Fixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemoryRunScheduler;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScanSecretsTest {
    private static final Instant TOMORROW_AT_EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant TODAY_AT_EIGHT = Instant.parse("2026-11-22T08:00:00Z");

    private final InMemorySecrets secrets = new InMemorySecrets();
    private final InMemoryRunScheduler scheduler = new InMemoryRunScheduler();

    @Test
    void startsTheNextRunOfATaggedSecretAndTheMissedOneOnce() {
        put("orders", DAILY_AT_EIGHT);

        SecretOutcome first = scan(scheduler).outcomes().get(0);
        SecretOutcome second = scan(scheduler).outcomes().get(0);

        assertThat(first.status()).isEqualTo(Status.SCHEDULED);
        assertThat(first.nextRun()).map(ScheduledRun::when).contains(TOMORROW_AT_EIGHT);
        assertThat(first.caughtUp()).map(ScheduledRun::when).contains(TODAY_AT_EIGHT);
        assertThat(second.status()).isEqualTo(Status.ALREADY_SCHEDULED);
        assertThat(second.caughtUp()).isEmpty();
        assertThat(scheduler.runs()).extracting(ScheduledRun::when).containsExactly(TODAY_AT_EIGHT, TOMORROW_AT_EIGHT);
    }

    @Test
    void catchesNothingUpThatWasDueBeforeTheSecretWasChanged() {
        secrets.put(
                TaggedSecret.builder()
                        .from(secret("orders", DAILY_AT_EIGHT))
                        .changedAt(TODAY_AT_EIGHT.plusSeconds(1))
                        .build(),
                VALUE);

        assertThat(scan(scheduler).outcomes().get(0).caughtUp()).isEmpty();
    }

    @Test
    void catchesUpWhatWasDueAfterTheSecretWasChanged() {
        secrets.put(
                TaggedSecret.builder()
                        .from(secret("orders", DAILY_AT_EIGHT))
                        .changedAt(TODAY_AT_EIGHT)
                        .build(),
                VALUE);

        assertThat(scan(scheduler).outcomes().get(0).caughtUp()).isPresent();
    }

    @Test
    void catchesNothingUpOutsideItsWindow() {
        Map<String, String> tags = new HashMap<>(DAILY_AT_EIGHT);
        tags.put(TagNames.CATCH_UP, "PT1H");
        put("orders", tags);

        assertThat(scan(scheduler).outcomes().get(0).caughtUp()).isEmpty();
    }

    @Test
    void leavesARunThatIsTooFarOffForAnExecutionToALaterScan() {
        put("orders", Map.of(TagNames.START_SCHEDULE, "0 8 29 2 -"));
        Instant leapDay = Instant.parse("2028-02-29T08:00:00Z");
        Instant inReach = leapDay.minus(SecretScheduling.LONGEST_WAIT);

        SecretOutcome tooEarly = scanAt(inReach.minusSeconds(1));
        assertThat(tooEarly.status()).isEqualTo(Status.FAR_OFF);
        assertThat(tooEarly.isTrouble()).isFalse();
        assertThat(tooEarly.nextRun()).map(ScheduledRun::when).contains(leapDay);
        assertThat(scheduler.runs()).isEmpty();

        assertThat(scanAt(inReach).status()).isEqualTo(Status.SCHEDULED);
        assertThat(scheduler.runs()).extracting(ScheduledRun::when).containsExactly(leapDay);
    }

    @Test
    void startsAYearlyRunAgainOnceItIsInReach() {
        put("orders", Map.of(TagNames.START_SCHEDULE, "@yearly"));
        Instant newYear = Instant.parse("2027-01-01T00:00:00Z");

        assertThat(reschedule(newYear).status()).isEqualTo(Status.FAR_OFF);
        assertThat(scanAt(newYear.plus(Duration.ofDays(66))).nextRun())
                .map(ScheduledRun::when)
                .contains(Instant.parse("2028-01-01T00:00:00Z"));
        assertThat(scheduler.runs()).hasSize(1);
    }

    @Test
    void givesEverySecretItsOwnOutcome() {
        put("a-broken", Map.of(TagNames.START_SCHEDULE, "0 8 31 2 *"));
        put("b-disabled", Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.ENABLED, "false"));
        put("c-fine", DAILY_AT_EIGHT);
        put("d-unscheduled", Map.of(TagNames.FORMAT, "plain"));
        put("e-typo", Map.of(TagNames.START_SCHEDULE, "0 8 * * *", "autodump:fromat", "plain"));

        ScanResult result = scan(scheduler);

        assertThat(result.outcomes())
                .extracting(SecretOutcome::status)
                .containsExactly(
                        Status.INVALID, Status.DISABLED, Status.SCHEDULED, Status.NOT_SCHEDULED, Status.SCHEDULED);
        assertThat(result.outcomes().get(4).problems().get(0).what()).contains("did you mean autodump:format?");
        assertThat(result.isClean()).isFalse();
        assertThat(result.isComplete()).isTrue();
        assertThat(scheduler.runs()).extracting(ScheduledRun::secretName).containsOnly("c-fine", "e-typo");
    }

    @Test
    void doesNotLetOneFailureStopTheOthers() {
        put("a", DAILY_AT_EIGHT);
        put("b", DAILY_AT_EIGHT);
        put("c", DAILY_AT_EIGHT);
        RunScheduler failingForA = run -> fail(run, "a");
        RunScheduler faultyForB = run -> {
            if (run.secretName().equals("b")) {
                throw new IllegalStateException("a fault");
            }
            return failingForA.start(run);
        };

        ScanResult result = scan(faultyForB);

        assertThat(result.outcomes())
                .extracting(SecretOutcome::status)
                .containsExactly(Status.FAILED, Status.FAILED, Status.SCHEDULED);
        assertThat(result.outcomes().get(0).failure())
                .hasValueSatisfying(text -> assertThat(text).contains("AD-4005", "HINT: "));
        assertThat(result.isClean()).isFalse();
    }

    @Test
    void schedulesWhatWasListedBeforeTheListingBrokeOffAndSaysSo() {
        TaggedSecret listed = secret("orders", DAILY_AT_EIGHT);
        SecretCatalog breakingOff = new SecretCatalog() {
            @Override
            public Stream<TaggedSecret> tagged() {
                return Stream.concat(Stream.of(listed), Stream.of(listed).map(ignored -> {
                    throw new AutoDumpException(ErrorCode.CATALOG_FAILED, "page 2 is missing", "scan again");
                }));
            }

            @Override
            public Optional<TaggedSecret> find(SecretId id) {
                return Optional.empty();
            }
        };

        ScanResult result = new ScanSecrets(breakingOff, scheduler, CLOCK, Runnable::run).scan();

        assertThat(result.outcomes()).extracting(SecretOutcome::status).containsExactly(Status.SCHEDULED);
        assertThat(result.listingFailure())
                .hasValueSatisfying(text -> assertThat(text).contains("page 2 is missing"));
        assertThat(result.isClean()).isFalse();
    }

    @Test
    void keepsTheOutcomesWhenTheCatalogueHasAFault() {
        TaggedSecret listed = secret("orders", DAILY_AT_EIGHT);
        SecretCatalog faulty = new SecretCatalog() {
            @Override
            public Stream<TaggedSecret> tagged() {
                return Stream.concat(Stream.of(listed), Stream.of(listed).map(ignored -> {
                    throw new IllegalStateException("a fault");
                }));
            }

            @Override
            public Optional<TaggedSecret> find(SecretId id) {
                return Optional.empty();
            }
        };

        ScanResult result = new ScanSecrets(faulty, scheduler, CLOCK, Runnable::run).scan();

        assertThat(result.outcomes()).hasSize(1);
        assertThat(result.listingFailure())
                .hasValueSatisfying(text -> assertThat(text).contains("a fault"));
    }

    @Test
    void isCleanWhenNobodyNeedsToAct() {
        put("orders", DAILY_AT_EIGHT);
        put("paused", Map.of(TagNames.START_SCHEDULE, "0 8 * * *", TagNames.ENABLED, "false"));

        assertThat(scan(scheduler).isClean()).isTrue();
    }

    @Test
    void givesTheSameResultWithManyThreads() {
        for (int i = 0; i < 200; i++) {
            put("database-" + i, DAILY_AT_EIGHT);
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            ScanResult result = new ScanSecrets(secrets, scheduler, CLOCK, threads).scan();

            assertThat(result.outcomes()).hasSize(200).allMatch(outcome -> outcome.status() == Status.SCHEDULED);
            assertThat(result.outcomes()).extracting(SecretOutcome::secretName).isSorted();
            assertThat(scheduler.runs()).hasSize(400);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void startsNoRunTwiceHoweverOftenItScansBetweenTwoRuns() {
        put("orders", DAILY_AT_EIGHT);
        for (Duration later = Duration.ZERO; later.toHours() < 22; later = later.plusMinutes(7)) {
            Clock clock = Clock.fixed(NOW.plus(later), ZoneOffset.UTC);
            new ScanSecrets(secrets, scheduler, clock, Runnable::run).scan();
        }

        assertThat(scheduler.runs()).extracting(ScheduledRun::when).containsExactly(TODAY_AT_EIGHT, TOMORROW_AT_EIGHT);
    }

    @Test
    void namesTheSecretsThatItDidNotReachInTime() {
        put("orders", DAILY_AT_EIGHT);
        put("invoices", DAILY_AT_EIGHT);
        AtomicInteger asked = new AtomicInteger();
        // Asked once for the scan's own instant, then once for each secret that is listed, then as each is begun.
        InstantSource clock = () -> asked.getAndIncrement() < 3 ? NOW : NOW.plusSeconds(60);
        List<Runnable> later = new CopyOnWriteArrayList<>();
        Executor afterTheListing = later::add;
        CompletableFuture<ScanResult> scan = CompletableFuture.supplyAsync(
                () -> new ScanSecrets(secrets, scheduler, clock, afterTheListing).scan(NOW.plusSeconds(1)));
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (later.size() < 2 && !scan.isDone()) {
            assertThat(System.nanoTime()).as("both secrets are listed").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        later.forEach(Runnable::run);
        scan.orTimeout(1, TimeUnit.MINUTES);

        assertThat(scan.join().outcomes()).hasSize(2).allMatch(outcome -> outcome.status() == Status.NOT_REACHED);
        assertThat(scan.join().listingFailure()).isEmpty();
        assertThat(scan.join().isClean()).isFalse();
        assertThat(scheduler.runs()).isEmpty();
    }

    @Test
    void stopsReadingTheListWhenItsTimeIsUp() {
        put("orders", DAILY_AT_EIGHT);

        ScanResult result = new ScanSecrets(secrets, scheduler, CLOCK, Runnable::run).scan(NOW);

        assertThat(result.outcomes()).isEmpty();
        assertThat(result.listingFailure())
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("AD-4007").contains("the next scan continues"));
        assertThat(result.isClean()).isFalse();
    }

    private static RunScheduler.Started fail(ScheduledRun run, String name) {
        if (run.secretName().equals(name)) {
            throw new AutoDumpException(ErrorCode.SCHEDULER_FAILED, "no answer", "try again");
        }
        return RunScheduler.Started.NEW;
    }

    private void put(String name, Map<String, String> tags) {
        secrets.put(secret(name, tags), VALUE);
    }

    private ScanResult scan(RunScheduler into) {
        return new ScanSecrets(secrets, into, CLOCK, Runnable::run).scan();
    }

    private SecretOutcome scanAt(Instant now) {
        return new ScanSecrets(secrets, scheduler, () -> now, Runnable::run)
                .scan()
                .outcomes()
                .get(0);
    }

    private SecretOutcome reschedule(Instant now) {
        return new RescheduleDump(secrets, scheduler, () -> now).reschedule(SecretId.of("orders"));
    }
}
