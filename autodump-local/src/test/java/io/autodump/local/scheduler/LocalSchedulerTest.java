package io.autodump.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.contract.TagNames;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.Deployment;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.RunEnd;
import io.autodump.local.secret.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalSchedulerTest {
    private static final String HOURLY = "0 - - - -";
    private static final String DAILY = "0 8 - - -";

    private final World world;

    LocalSchedulerTest(@TempDir Path folder) {
        world = new World(folder, "2026-11-22T07:10:00Z");
    }

    @Test
    void makesARunWhenItIsDueAndSchedulesTheNext() {
        world.secret("orders", DAILY);
        world.tick();
        world.tickAt("2026-11-22T07:59:59Z");
        assertThat(world.dumps()).isEmpty();

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.dumps()).containsExactly("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst");
        assertThat(world.waiting()).containsExactly("2026-11-23T08:00:00Z");
        assertThat(world.ends()).containsExactly("SUCCEEDED");
        assertThat(world.eventKinds()).containsExactly("Succeeded 2026-11-22T08:00:00Z");
    }

    @Test
    void makesARunOnceHoweverOftenItLooks() {
        FakeDumpSource source = FakeDumpSource.printing(World.DUMP);
        world.source = source;
        world.secret("orders", DAILY);
        world.tick();
        for (int i = 0; i < 5; i++) {
            world.tickAt("2026-11-22T08:00:0" + i + "Z");
            world.restart();
        }

        assertThat(source.prepared()).isEqualTo(1);
        assertThat(source.leftOpen()).isZero();
    }

    @Test
    void dropsARunWhoseTagsHaveChangedAndKeepsTheNewSchedule() {
        world.secret("orders", DAILY);
        world.tick();
        world.clock.set("2026-11-22T07:59:59Z");
        world.secret("orders", "30 9 - - -");

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.dumps()).isEmpty();
        assertThat(world.ends()).containsExactly("SUPERSEDED");
        assertThat(world.waiting()).containsExactly("2026-11-22T09:30:00Z");
        assertThat(world.events.events()).isEmpty();
        assertThat(world.logged("superseded")).singleElement().asString().contains("the tags have changed");
    }

    @Test
    void dumpsEachDatabaseOfAServerAndTriesTheOneAgainThatFailed() {
        AtomicBoolean broken = new AtomicBoolean(true);
        world.source = (database, settings) -> (database.database().equals("crm") && broken.getAndSet(false)
                        ? FakeDumpSource.failingAfter(World.DUMP)
                        : FakeDumpSource.printing(World.DUMP))
                .prepare(database, settings);
        world.restart(world.newDaemon()
                .engine(new FakeDatabaseEngine(world.source, "postgres").withDatabases("crm", "hr"))
                .build());
        world.secret("erp", DAILY, TagNames.DATABASES, "*");
        world.tick();

        world.tickAt("2026-11-22T08:00:00Z");
        assertThat(world.dumps()).singleElement().asString().contains("erp/hr/");
        assertThat(world.logged("retry")).singleElement().asString().contains("1 of 2 databases weren't dumped: crm");

        world.tickAt("2026-11-22T08:05:00Z");
        assertThat(world.dumps()).hasSize(2);
        assertThat(world.ends()).containsExactly("SUCCEEDED");
    }

    @Test
    void leavesASecretOfAnotherDeploymentAlone() {
        world.restart(world.newDaemon().deployment(Deployment.named("green")).build());
        world.secret("orders", DAILY, TagNames.DEPLOYMENT, "blue");
        world.secret("crm", DAILY, TagNames.DEPLOYMENT, "green");
        world.secret("erp", DAILY);

        world.tick();

        assertThat(world.waiting()).hasSize(1);
    }

    @Test
    void dropsARunWhoseSecretIsGoneWithoutNoise() {
        world.secret("orders", DAILY);
        world.tick();
        world.deleteSecret("orders");

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.ends()).containsExactly("SUPERSEDED");
        assertThat(world.waiting()).isEmpty();
        assertThat(world.events.events()).isEmpty();
        assertThat(world.log).noneMatch(entry -> entry.level() == LogEntry.Level.ERROR);
    }

    @Test
    void dropsARunThatWasPausedWhileItWaited() {
        world.secret("orders", DAILY);
        world.tick();
        world.secret("orders", DAILY, TagNames.ENABLED, "false");

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.dumps()).isEmpty();
        assertThat(world.ends()).containsExactly("SUPERSEDED");
        assertThat(world.waiting()).isEmpty();
    }

    @Test
    void makesARunWhoseTagsWereChangedAndChangedBack() {
        world.secret("orders", DAILY);
        world.tick();
        world.secret("orders", "0 9 - - -");
        world.tickAt("2026-11-22T07:20:00Z");
        world.secret("orders", DAILY);
        world.tickAt("2026-11-22T07:30:00Z");

        world.tickAt("2026-11-22T08:00:00Z");
        world.tickAt("2026-11-22T09:00:00Z");

        assertThat(world.dumps()).hasSize(1);
        assertThat(world.ends()).containsExactly("SUCCEEDED", "SUPERSEDED");
    }

    @Test
    void triesAFailedDumpAgainTwiceAndThenGivesUpLoudly() {
        world.source = FakeDumpSource.failingAfter(World.DUMP);
        world.secret("orders", DAILY);
        world.tick();

        world.tickAt("2026-11-22T08:00:00Z");
        assertThat(world.eventKinds()).containsExactly(World.failedAt("2026-11-22T08:00:00Z"));
        world.tickAt("2026-11-22T08:04:59Z");
        assertThat(world.eventKinds()).hasSize(1);
        world.tickAt("2026-11-22T08:05:00Z");
        assertThat(world.eventKinds()).hasSize(2);
        world.tickAt("2026-11-22T08:19:59Z");
        assertThat(world.eventKinds()).hasSize(2);
        world.tickAt("2026-11-22T08:20:00Z");

        assertThat(world.eventKinds()).hasSize(3);
        assertThat(world.ends()).containsExactly("FAILED");
        assertThat(world.runs
                        .ended(world.runs.endedNames().get(0))
                        .orElseThrow()
                        .detail())
                .contains("AD-3021", "HINT:");
        assertThat(world.waiting()).containsExactly("2026-11-23T08:00:00Z");
        assertThat(world.dumps()).isEmpty();
    }

    @Test
    void makesTheDumpInASecondAttempt() {
        world.source = FakeDumpSource.failingAfter(World.DUMP);
        world.secret("orders", DAILY);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");
        world.source = FakeDumpSource.printing(World.DUMP);

        world.tickAt("2026-11-22T08:05:00Z");

        assertThat(world.dumps()).containsExactly("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst");
        assertThat(world.ends()).containsExactly("SUCCEEDED");
    }

    @Test
    void doesNotRepeatWhatOnlyTheOwnerCanMend() {
        world.secret("orders", DAILY);
        world.tick();
        SecretFiles.write(
                world.secretsFolder,
                "orders",
                "{\"name\": \"orders\", \"tags\": {\"autodump:start-schedule\": \"" + DAILY + "\"}, \"value\": {}}");

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.ends()).containsExactly("FAILED");
        assertThat(world.waiting()).containsExactly("2026-11-23T08:00:00Z");
    }

    @Test
    void makesNoSecondAttemptBeyondTheCatchUpWindow() {
        world.source = FakeDumpSource.failingAfter(World.DUMP);
        world.secret("orders", DAILY, TagNames.CATCH_UP, "PT5M");
        world.tick();

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.ends()).containsExactly("FAILED");
    }

    @Test
    void keepsARunWaitingWhileItsSecretCannotBeRead() {
        world.secret("orders", DAILY);
        world.tick();
        world.brokenSecret("orders");
        world.tickAt("2026-11-22T08:00:00Z");
        world.tickAt("2026-11-22T08:00:30Z");

        assertThat(world.waiting()).containsExactly("2026-11-22T08:00:00Z");
        assertThat(world.logged("trouble")).anyMatch(text -> text.contains("AD-1012"));
        assertThat(world.logged("trouble")).doesNotHaveDuplicates();
        assertThat(world.log).noneMatch(entry -> entry.text().contains("geheim"));

        world.clock.set("2026-11-22T08:01:00Z");
        world.secret("orders", DAILY);
        world.tick();

        assertThat(world.dumps()).hasSize(1);
        assertThat(world.waiting()).containsExactly("2026-11-23T08:00:00Z");
    }

    @Test
    void dumpsAlthoughTheNextRunCannotBeScheduled() throws IOException {
        world.secret("orders", DAILY);
        world.tick();
        Path temporary = world.stateFolder.resolve("runs/tmp");
        Files.delete(temporary);
        Files.writeString(temporary, "a file where a folder is expected");

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.dumps()).hasSize(1);
        assertThat(world.waiting()).containsExactly("2026-11-22T08:00:00Z");
        assertThat(world.logged("trouble")).anyMatch(text -> text.contains("the next run couldn't be scheduled"));

        Files.delete(temporary);
        world.tickAt("2026-11-22T08:06:00Z");

        assertThat(world.dumps()).hasSize(1);
        assertThat(world.ends()).containsExactly("SUCCEEDED");
        assertThat(world.waiting()).containsExactly("2026-11-23T08:00:00Z");
    }

    @Test
    void makesARunOfThePastThatIsInItsWindow() {
        world.secret("orders", DAILY);
        pending("orders", "2026-11-22T02:00:00Z", TagsHash.v1(tags(DAILY)));

        world.tick();

        assertThat(world.dumps()).containsExactly("orders/shop/2026/11/22/shop-2026-11-22T02-00-00Z.dump.zst");
    }

    @Test
    void tellsARunOfThePastThatIsBeyondItsWindowAsMissed() {
        world.secret("orders", DAILY);
        pending("orders", "2026-11-22T01:10:00Z", TagsHash.v1(tags(DAILY)));

        world.tick();

        assertThat(world.dumps()).isEmpty();
        assertThat(world.eventKinds()).containsExactly("Missed 2026-11-22T01:10:00Z");
        assertThat(world.ends()).containsExactly("MISSED");
    }

    @Test
    void makesARunThatTheOriginalSystemHasLeftWaiting() throws IOException {
        world.secret("orders", DAILY);
        String json = "{\"resourceId\": \"orders\", \"tagsHash\": \""
                + TagsHash.v1(tags(DAILY)).value() + "\", \"when\": \"2026-11-22T08:00:00.000Z\"}";
        Path folder = world.stateFolder.resolve("runs/pending");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("an-execution-of-the-original-system.json"), json);
        FakeDumpSource source = FakeDumpSource.printing(World.DUMP);
        world.source = source;
        world.tick();
        assertThat(world.waitingNames())
                .contains("an-execution-of-the-original-system")
                .hasSize(2);

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(source.prepared()).isEqualTo(1);
        assertThat(world.ends()).containsExactly("SUCCEEDED", "SUPERSEDED");
        assertThat(world.waiting()).containsExactly("2026-11-23T08:00:00Z");
    }

    @Test
    void dropsARunOfTheOriginalSystemWhoseSecretIsPausedNow() {
        world.secret("orders", DAILY, TagNames.ENABLED, "false");
        pending("orders", "2026-11-22T07:00:00Z", TagsHash.v1(tags(DAILY)));

        world.tick();

        assertThat(world.dumps()).isEmpty();
        assertThat(world.ends()).containsExactly("SUPERSEDED");
    }

    @Test
    void makesOnlyTheNewestOfTheRunsThatItSleptThrough() {
        world.secret("orders", HOURLY);
        world.tick();
        world.restart();

        world.tickAt("2026-11-22T11:30:00Z");

        assertThat(world.dumps()).containsExactly("orders/shop/2026/11/22/shop-2026-11-22T11-00-00Z.dump.zst");
        assertThat(world.ends()).containsExactly("SUCCEEDED", "SUPERSEDED");
        assertThat(world.waiting()).containsExactly("2026-11-22T12:00:00Z");
        world.restart();
        world.tickAt("2026-11-22T11:31:00Z");
        assertThat(world.eventKinds()).containsExactly("Succeeded 2026-11-22T11:00:00Z");
    }

    @Test
    void tellsOfTheRunThatItSleptThroughForTooLong() {
        world.secret("orders", DAILY, TagNames.CATCH_UP, "PT2H");
        world.tick();
        world.restart();

        world.tickAt("2026-11-22T10:00:00Z");

        assertThat(world.dumps()).isEmpty();
        assertThat(world.eventKinds()).containsExactly("Missed 2026-11-22T08:00:00Z");
        assertThat(world.waiting()).containsExactly("2026-11-23T08:00:00Z");
    }

    @Test
    void makesAPunctualRunThatAllowsNoCatchUp() {
        world.secret("orders", DAILY, TagNames.CATCH_UP, "PT0S");
        world.tick();

        world.tickAt("2026-11-22T08:00:31Z");

        assertThat(world.dumps()).hasSize(1);
    }

    @Test
    void makesTheRunAnewThatItsPredecessorLeftHalfDone() {
        QueuedWorkers dead = new QueuedWorkers();
        world.restart(world.newDaemon(dead).build());
        world.secret("orders", DAILY);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");
        assertThat(dead.queued()).isEqualTo(1);
        world.restart();

        world.tickAt("2026-11-22T08:03:00Z");

        assertThat(world.dumps()).hasSize(1);
        assertThat(world.ends()).containsExactly("SUCCEEDED");
    }

    @Test
    void makesTheRunsOfOneSecretOneAfterTheOther() {
        QueuedWorkers workers = new QueuedWorkers();
        world.restart(world.newDaemon(workers).build());
        world.secret("orders", HOURLY);
        world.secret("stock", HOURLY);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");
        world.tickAt("2026-11-22T09:00:00Z");
        world.tickAt("2026-11-22T10:00:00Z");
        assertThat(workers.queued()).isEqualTo(2);
        workers.runAll();

        world.tickAt("2026-11-22T10:00:01Z");
        workers.runAll();

        assertThat(world.eventKinds())
                .containsExactlyInAnyOrder(
                        "Succeeded 2026-11-22T08:00:00Z",
                        "Succeeded 2026-11-22T08:00:00Z",
                        "Succeeded 2026-11-22T10:00:00Z",
                        "Succeeded 2026-11-22T10:00:00Z");
        assertThat(world.waiting()).containsExactly("2026-11-22T11:00:00Z", "2026-11-22T11:00:00Z");
    }

    /** The first secret is read while the dump of the second ends. */
    @Test
    void doesNotMakeARunAgainThatEndsWhileAnotherIsDecided() {
        QueuedWorkers workers = new QueuedWorkers();
        world.restart(world.newDaemon(workers)
                .secrets(new ForwardingSecrets(world.secrets, id -> {
                    if (id.value().equals("early")) {
                        workers.runAll();
                    }
                }))
                .build());
        world.secret("late", DAILY);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");
        world.clock.set("2026-11-22T07:00:00Z");
        world.secret("early", "59 7 - - -");

        world.tickAt("2026-11-22T08:02:00Z");
        workers.runAll();

        assertThat(world.eventKinds())
                .containsExactlyInAnyOrder("Succeeded 2026-11-22T07:59:00Z", "Succeeded 2026-11-22T08:00:00Z");
    }

    @Test
    void recordsTheFailureOfARunThatANewerRunReplaces() {
        world.source = FakeDumpSource.failingAfter(World.DUMP);
        world.secret("orders", "*/20 - - - -");
        world.tick();
        world.tickAt("2026-11-22T07:20:00Z");
        world.tickAt("2026-11-22T07:25:00Z");
        world.source = FakeDumpSource.printing(World.DUMP);

        world.tickAt("2026-11-22T07:40:00Z");

        assertThat(world.ends()).containsExactly("FAILED", "SUCCEEDED");
        assertThat(world.runs.endedNames())
                .map(name -> world.runs.ended(name).orElseThrow())
                .filteredOn(end -> end.status() == RunEnd.Status.FAILED)
                .singleElement()
                .satisfies(end -> {
                    assertThat(end.code()).contains(ErrorCode.DUMP_PROCESS_FAILED);
                    assertThat(end.detail()).contains("AD-3021", "a newer run of this secret is due");
                });
        assertThat(world.logged("superseded")).isEmpty();
    }

    @Test
    void recordsTheFailureOfARunWhoseTagsThenChange() {
        world.source = FakeDumpSource.failingAfter(World.DUMP);
        world.secret("orders", DAILY);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");
        world.secret("orders", "0 9 - - -");

        world.tickAt("2026-11-22T08:05:00Z");

        assertThat(world.ends()).containsExactly("FAILED");
    }

    @Test
    void makesOneRunADayThroughBothClockChanges() {
        for (String start : List.of("2027-03-26T12:00:00Z", "2026-10-23T12:00:00Z")) {
            world.clock.set(start);
            String name = "berlin-" + start.substring(0, 4);
            world.secret(name, "30 2 - - -", TagNames.TIMEZONE, "Europe/Berlin");
            Instant end = Instant.parse(start).plus(Duration.ofDays(4));
            while (world.clock.instant().isBefore(end)) {
                world.tick();
                world.clock.advance(Duration.ofMinutes(10));
            }
            world.deleteSecret(name);
        }

        assertThat(world.eventKinds())
                .containsExactly(
                        "Succeeded 2027-03-27T01:30:00Z",
                        "Succeeded 2027-03-28T01:00:00Z",
                        "Succeeded 2027-03-29T00:30:00Z",
                        "Succeeded 2027-03-30T00:30:00Z",
                        "Succeeded 2026-10-24T00:30:00Z",
                        "Succeeded 2026-10-25T00:30:00Z",
                        "Succeeded 2026-10-26T01:30:00Z",
                        "Succeeded 2026-10-27T01:30:00Z");
    }

    @Test
    void makesEveryRunWhoseSecretIsFineAlthoughAnotherIsBroken() {
        world.secret("orders", DAILY);
        world.secret("typo", DAILY, "autodump:time-zone", "UTC");
        world.brokenSecret("broken");
        world.tick();

        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.dumps()).as("a misspelt tag stops no dump").hasSize(2);
        assertThat(world.logged("warning")).anyMatch(text -> text.contains("did you mean autodump:timezone?"));
        assertThat(world.logged("trouble")).anyMatch(text -> text.contains("broken.json"));
    }

    @Test
    void tellsWhatStaysTheSameOnlyOnce() {
        world.secret("orders", DAILY);
        world.secret("typo", DAILY, "autodump:time-zone", "UTC");
        for (int minute = 10; minute < 20; minute++) {
            world.tickAt("2026-11-22T07:" + minute + ":00Z");
        }

        assertThat(world.logged("next-run"))
                .containsExactly("next run at 2026-11-22T08:00:00Z", "next run at 2026-11-22T08:00:00Z");
        assertThat(world.logged("warning"))
                .filteredOn(text -> text.contains("did you mean"))
                .hasSize(1);
    }

    @Test
    void survivesAPendingFileThatWasCutOff() throws IOException {
        world.secret("orders", DAILY);
        world.tick();
        Path file = world.stateFolder
                .resolve("runs/pending")
                .resolve(world.waitingNames().get(0) + ".json");
        Files.writeString(file, "{\"resourceId\": \"ord");

        world.tickAt("2026-11-22T07:30:00Z");
        world.tickAt("2026-11-22T07:31:00Z");
        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.logged("trouble")).singleElement().asString().contains(file.toString());
        assertThat(world.dumps()).hasSize(1);
    }

    @Test
    void waitsUntilTheNextRunButNeverLong() {
        world.secret("orders", DAILY);
        LocalScheduler daemon = world.newDaemon().build();
        assertThat(daemon.tick()).isEqualTo(Duration.ofSeconds(30));
        world.clock.set("2026-11-22T07:59:57Z");

        assertThat(daemon.tick()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3001));
    }

    @Test
    void doesNotMakeARunTwiceWhenTheClockIsSetBack() {
        world.secret("orders", HOURLY);
        world.tick();
        world.tickAt("2026-11-22T08:00:00Z");
        world.tickAt("2026-11-22T07:30:00Z");
        world.tickAt("2026-11-22T08:00:00Z");

        assertThat(world.eventKinds()).containsExactly("Succeeded 2026-11-22T08:00:00Z");
        assertThat(world.waiting()).containsExactly("2026-11-22T09:00:00Z");
    }

    private void pending(String secret, String when, TagsHash hash) {
        new FileRunScheduler(world.stateFolder)
                .start(ScheduledRun.builder()
                        .secretId(SecretId.of(secret))
                        .secretName(secret)
                        .when(Instant.parse(when))
                        .tagsHash(hash)
                        .build());
    }

    private static Map<String, String> tags(String cron) {
        return Map.of(TagNames.START_SCHEDULE, cron);
    }
}
