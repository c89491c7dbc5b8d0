package io.autodump.core.usecase.status;

import static io.autodump.core.usecase.Fixtures.DAILY_AT_EIGHT;
import static io.autodump.core.usecase.Fixtures.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.testing.InMemorySecrets;
import io.autodump.core.usecase.Fixtures;
import io.autodump.core.usecase.status.SecretFreshness.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindOverdueDumpsTest {
    private static final Duration MARGIN = Duration.ofHours(2);
    private static final Instant TODAY = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant YESTERDAY = TODAY.minus(Duration.ofDays(1));

    private final InMemorySecrets secrets = new InMemorySecrets();
    private final Index index = new Index();

    @Test
    void asksForTheRunOnceItsMarginIsOver() {
        put("orders", DAILY_AT_EIGHT);
        index.add("orders", YESTERDAY);

        SecretFreshness before = at("2026-11-22T09:59:59Z");
        SecretFreshness after = at("2026-11-22T10:00:00Z");

        assertThat(before.status()).isEqualTo(Status.FRESH);
        assertThat(before.due()).contains(YESTERDAY);
        assertThat(after.status()).isEqualTo(Status.OVERDUE);
        assertThat(after.due()).contains(TODAY);
        assertThat(after.newestDump()).contains(YESTERDAY);
    }

    @Test
    void isContentWithTheDumpOfTheRunOrOfALaterOne() {
        put("orders", DAILY_AT_EIGHT);
        index.add("orders", TODAY);
        assertThat(at("2026-11-22T10:00:00Z").status()).isEqualTo(Status.FRESH);

        index.clear();
        index.add("orders", TODAY.plusSeconds(1));
        assertThat(at("2026-11-22T10:00:00Z").status()).isEqualTo(Status.FRESH);
    }

    @Test
    void isNotContentWithADumpThatAWrongClockNamed() {
        put("orders", DAILY_AT_EIGHT);
        index.add("orders", YESTERDAY);
        index.add("orders", Instant.parse("2101-01-01T00:00:00Z"));

        SecretFreshness freshness = at("2026-11-22T10:00:00Z");

        assertThat(freshness.status()).isEqualTo(Status.OVERDUE);
        assertThat(freshness.newestDump()).contains(YESTERDAY);
    }

    @Test
    void seesADatabaseThatNeverHadADump() {
        put("orders", DAILY_AT_EIGHT);

        SecretFreshness freshness = at("2026-11-22T10:00:00Z");

        assertThat(freshness.status()).isEqualTo(Status.OVERDUE);
        assertThat(freshness.newestDump()).isEmpty();
    }

    @Test
    void waitsForTheTimeThatTheTagsGiveADump() {
        put("orders", with(TagNames.TIMEOUT, "PT3H"));
        index.add("orders", YESTERDAY);

        assertThat(at("2026-11-22T12:59:59Z").status()).isEqualTo(Status.FRESH);
        assertThat(at("2026-11-22T13:00:00Z").status()).isEqualTo(Status.OVERDUE);
    }

    @Test
    void countsFromTheInstantThatTheJitterGives() {
        put("orders", with(TagNames.JITTER, "PT5H"));
        index.add("orders", YESTERDAY);
        Instant run = SecretTags.parse("orders", with(TagNames.JITTER, "PT5H"))
                .schedule()
                .orElseThrow()
                .next(SecretId.of("orders"), TODAY.minusSeconds(1))
                .orElseThrow();
        assertThat(run).isAfter(TODAY);
        index.add("orders", run.minus(Duration.ofDays(1)));

        assertThat(at(run.plus(MARGIN).minusSeconds(1)).status()).isEqualTo(Status.FRESH);
        assertThat(at(run.plus(MARGIN)).status()).isEqualTo(Status.OVERDUE);
        assertThat(at(run.plus(MARGIN)).due()).contains(run);
    }

    @Test
    void expectsNothingOfASecretThatIsPausedUnscheduledOrNeverWasDue() {
        put("paused", with(TagNames.ENABLED, "false"));
        put("by-hand", Map.of(TagNames.FORMAT, "plain"));
        put("orders", DAILY_AT_EIGHT, YESTERDAY.plusSeconds(1));

        FreshnessReport report = report("2026-11-22T09:00:00Z");

        assertThat(report.secrets()).hasSize(3).allMatch(secret -> secret.status() == Status.NOT_DUE);
        assertThat(report.overdue()).isEmpty();
    }

    @Test
    void asksForNoRunFromBeforeTheLastChange() {
        put("orders", DAILY_AT_EIGHT, TODAY.plusSeconds(1));
        assertThat(at("2026-11-22T10:00:00Z").status()).isEqualTo(Status.NOT_DUE);

        put("orders", DAILY_AT_EIGHT, TODAY);
        assertThat(at("2026-11-22T10:00:00Z").status()).isEqualTo(Status.OVERDUE);
    }

    @Test
    void goesByTheAgeOfTheNewestDumpWhenTheScheduleCanNotBeRead() {
        put("orders", Map.of(TagNames.START_SCHEDULE, "often"));
        index.add("orders", YESTERDAY);

        SecretFreshness before = at("2026-11-22T09:59:59Z");
        SecretFreshness after = at("2026-11-22T10:00:00Z");

        assertThat(before.status()).isEqualTo(Status.UNKNOWN);
        assertThat(after.status()).isEqualTo(Status.OVERDUE);
        assertThat(after.deadline()).contains(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(after.problems()).isNotEmpty();
    }

    @Test
    void goesByTheScheduleWhenOtherTagsAreBroken() {
        put("orders", with("autodump:fromat", "plain"));
        index.add("orders", YESTERDAY);

        SecretFreshness freshness = at("2026-11-22T10:00:00Z");

        assertThat(freshness.status()).isEqualTo(Status.OVERDUE);
        assertThat(freshness.due()).contains(TODAY);
    }

    @Test
    void countsADatabaseAsFurtherOnlyIfAnotherIsOverdueAlready() {
        put("orders", DAILY_AT_EIGHT);
        FreshnessReport alone = report("2026-11-22T10:00:01Z");
        put("older", Map.of(TagNames.START_SCHEDULE, "0 7 * * *"));
        FreshnessReport second = report("2026-11-22T10:00:01Z");

        assertThat(alone.newlyOverdue(Duration.ofMinutes(15))).isEqualTo(1);
        assertThat(alone.furtherOverdue(Duration.ofMinutes(15))).isZero();
        assertThat(second.furtherOverdue(Duration.ofMinutes(15))).isEqualTo(1);
    }

    @Test
    void knowsNothingOfASecretWhoseTagsCanNotBeUsed() {
        put("orders", Map.of(TagNames.START_SCHEDULE, "often"));

        SecretFreshness freshness = at("2026-11-22T10:00:00Z");

        assertThat(freshness.status()).isEqualTo(Status.UNKNOWN);
        assertThat(freshness.problems()).isNotEmpty();
    }

    @Test
    void takesNoDumpOfASecretWhoseNameLooksTheSameBehindAPrefix() {
        put("orders", DAILY_AT_EIGHT);
        put("shop/orders", DAILY_AT_EIGHT);
        for (int i = 0; i < 100; i++) {
            index.add("shop/orders", TODAY.plusSeconds(i));
        }

        FreshnessReport report = report("2026-11-22T10:00:00Z");

        assertThat(report.overdue()).extracting(SecretFreshness::secretName).containsExactly("orders");

        index.add(Optional.of("shop"), "orders", "other", TODAY);
        assertThat(report("2026-11-22T10:00:00Z").overdue()).isEmpty();
    }

    @Test
    void findsDumpsUnderAnyPrefixAndOfNamesThatAreEscaped() {
        put("team a/orders", DAILY_AT_EIGHT);
        index.add(Optional.of("nightly/eu"), "team a/orders", "shop", TODAY);

        assertThat(at("2026-11-22T10:00:00Z").status()).isEqualTo(Status.FRESH);
    }

    @Test
    void readsOneManifestForEachSecretHoweverManyDumpsThereAre() {
        put("orders", DAILY_AT_EIGHT);
        for (int i = 0; i < 200; i++) {
            index.add("orders", TODAY.minus(Duration.ofDays(i)));
        }
        report("2026-11-22T10:00:00Z");

        assertThat(index.reads).hasSize(1);
    }

    @Test
    void looksIntoEveryStoreAndKnowsNothingWhenOneCanNotBeRead() {
        put("orders", DAILY_AT_EIGHT);
        put("fresh", DAILY_AT_EIGHT);
        index.add("fresh", TODAY);
        DumpIndex refused = new Index() {
            @Override
            public Stream<DumpKey> list() {
                throw new AutoDumpException(ErrorCode.STORE_FAILED, "refused", "allow it");
            }
        };

        FreshnessReport report = report(List.of(refused, index), "2026-11-22T10:00:00Z");

        assertThat(report.isComplete()).isFalse();
        assertThat(report.failures()).singleElement().asString().contains("refused");
        assertThat(report.secrets())
                .extracting(secret -> secret.secretName() + " " + secret.status())
                .containsExactly("fresh FRESH", "orders UNKNOWN");
    }

    @Test
    void passesOverAManifestThatIsNoneAndStillKnowsWhoseDumpIsMissing() {
        put("orders", DAILY_AT_EIGHT);
        put("other", DAILY_AT_EIGHT);
        index.add("orders", TODAY);
        index.add("other", TODAY);
        index.broken.put(key(Optional.empty(), "orders", "shop", TODAY), ErrorCode.INVALID_DOCUMENT);

        FreshnessReport report = report("2026-11-22T10:00:00Z");

        assertThat(report.isComplete()).isTrue();
        assertThat(report.overdue()).extracting(SecretFreshness::secretName).containsExactly("orders");

        index.broken.replaceAll((key, code) -> ErrorCode.STORE_FAILED);
        assertThat(report("2026-11-22T10:00:00Z").secrets())
                .extracting(secret -> secret.secretName() + " " + secret.status())
                .containsExactly("orders UNKNOWN", "other FRESH");
    }

    @Test
    void checksWhatWasListedWhenTheListBreaksOff() {
        put("orders", DAILY_AT_EIGHT);
        SecretCatalog brokenOff = new SecretCatalog() {
            @Override
            public Stream<TaggedSecret> tagged() {
                return Stream.concat(secrets.tagged(), Stream.of(1).map(any -> {
                    throw new AutoDumpException(ErrorCode.CATALOG_FAILED, "no more", "try again");
                }));
            }

            @Override
            public Optional<TaggedSecret> find(SecretId id) {
                return secrets.find(id);
            }
        };

        FreshnessReport report = new FindOverdueDumps(
                        brokenOff, List.of(index), clock(Instant.parse("2026-11-22T10:00:00Z")), MARGIN)
                .find();

        assertThat(report.failures()).singleElement().asString().contains("the list of secrets isn't complete");
        assertThat(report.overdue()).hasSize(1);
    }

    @Test
    void asksForTheRunBeforeWhereTheSecretWasChangedAfterTheNewest() {
        Instant changed = TODAY.plus(Duration.ofHours(1));
        put("orders", DAILY_AT_EIGHT, changed, YESTERDAY.minus(Duration.ofDays(30)));
        assertThat(at("2026-11-22T10:00:00Z").due()).contains(YESTERDAY);
        assertThat(at("2026-11-22T10:00:00Z").status()).isEqualTo(Status.OVERDUE);

        index.add("orders", YESTERDAY);
        assertThat(at("2026-11-22T10:00:00Z").status()).isEqualTo(Status.FRESH);
    }

    @Test
    void expectsNothingFromBeforeTheSecretWasMade() {
        put("orders", DAILY_AT_EIGHT, TODAY.plus(Duration.ofHours(1)), YESTERDAY.plusSeconds(1));

        assertThat(at("2026-11-22T10:00:00Z").status()).isEqualTo(Status.NOT_DUE);
    }

    @Test
    void countsADatabaseAsNewlyOverdueOnce() {
        put("orders", DAILY_AT_EIGHT);
        Duration interval = Duration.ofMinutes(15);

        assertThat(report("2026-11-22T09:59:59Z").newlyOverdue(interval)).isZero();
        assertThat(report("2026-11-22T10:00:00Z").newlyOverdue(interval)).isEqualTo(1);
        assertThat(report("2026-11-22T10:14:59Z").newlyOverdue(interval)).isEqualTo(1);
        assertThat(report("2026-11-22T10:15:00Z").newlyOverdue(interval)).isZero();
        assertThat(report("2026-11-22T10:15:00Z").overdue()).hasSize(1);
    }

    @Test
    void refusesAMarginBeforeTheRun() {
        assertThatThrownBy(() -> new FindOverdueDumps(secrets, List.of(), clock(TODAY), Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private SecretFreshness at(String now) {
        return at(Instant.parse(now));
    }

    private SecretFreshness at(Instant now) {
        return new FindOverdueDumps(secrets, List.of(index), clock(now), MARGIN)
                .find()
                .secrets()
                .get(0);
    }

    private FreshnessReport report(String now) {
        return report(List.of(index), now);
    }

    private FreshnessReport report(List<DumpIndex> indexes, String now) {
        return new FindOverdueDumps(secrets, indexes, clock(Instant.parse(now)), MARGIN).find();
    }

    private void put(String name, Map<String, String> tags) {
        secrets.put(Fixtures.secret(name, tags), VALUE);
    }

    private void put(String name, Map<String, String> tags, Instant changedAt, Instant createdAt) {
        secrets.put(
                TaggedSecret.builder()
                        .id(SecretId.of(name))
                        .name(name)
                        .tags(tags)
                        .changedAt(changedAt)
                        .createdAt(createdAt)
                        .build(),
                VALUE);
    }

    private void put(String name, Map<String, String> tags, Instant changedAt) {
        secrets.put(
                TaggedSecret.builder()
                        .id(SecretId.of(name))
                        .name(name)
                        .tags(tags)
                        .changedAt(changedAt)
                        .build(),
                VALUE);
    }

    private static Map<String, String> with(String tag, String value) {
        Map<String, String> tags = new HashMap<>(DAILY_AT_EIGHT);
        tags.put(tag, value);
        return tags;
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static DumpKey key(Optional<String> prefix, String secret, String database, Instant when) {
        return DumpKey.of(prefix, secret, database, when, ".dump.zst");
    }

    /** Finished dumps, by whose they are. */
    private static class Index implements DumpIndex {
        final Map<DumpKey, String> manifests = new LinkedHashMap<>();
        final Map<DumpKey, ErrorCode> broken = new HashMap<>();
        final List<DumpKey> reads = new ArrayList<>();

        void add(String secret, Instant when) {
            add(Optional.empty(), secret, "shop", when);
        }

        void add(Optional<String> prefix, String secret, String database, Instant when) {
            manifests.put(key(prefix, secret, database, when), secret);
        }

        void clear() {
            manifests.clear();
        }

        @Override
        public Stream<DumpKey> list() {
            return manifests.keySet().stream();
        }

        @Override
        public Optional<DumpManifest> find(DumpKey key) {
            reads.add(key);
            if (broken.containsKey(key)) {
                throw new AutoDumpException(broken.get(key), "broken " + key, "mend it");
            }
            return Optional.ofNullable(manifests.get(key)).map(secret -> manifest(key, secret));
        }

        private static DumpManifest manifest(DumpKey key, String secret) {
            return DumpManifest.builder()
                    .key(key)
                    .secretName(secret)
                    .database("shop")
                    .engine("postgres")
                    .scheduledAt(TODAY)
                    .startedAt(TODAY)
                    .finishedAt(TODAY)
                    .serverVersion("15.18")
                    .clientVersion("15.18")
                    .tls(TlsMode.VERIFY_FULL)
                    .replica(false)
                    .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                    .settings(DumpSettings.defaults())
                    .sourceBytes(1)
                    .storedBytes(1)
                    .checksum(Checksum.ofSha256(new byte[32]))
                    .toolVersion("test")
                    .build();
        }
    }
}
