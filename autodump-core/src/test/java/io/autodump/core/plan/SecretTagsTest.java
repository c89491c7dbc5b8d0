package io.autodump.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.autodump.core.contract.TagNames;
import io.autodump.core.database.Authentication;
import io.autodump.core.database.SourceServer;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.job.JobLimits;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.server.Globals;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTagsTest {
    private static final String RECIPIENT = "age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd";

    @Test
    void readsNothingAsAllDefaults() {
        SecretTags tags = SecretTags.parse("orders", Map.of("team", "payments"));

        assertThat(tags.schedule()).isEmpty();
        assertThat(tags.settings()).isEqualTo(DumpSettings.defaults());
        assertThat(tags.retention()).isEqualTo(RetentionPolicy.KEEP_ALL);
        assertThat(tags.jobLimits()).isEqualTo(JobLimits.UNSET);
    }

    @Test
    void usesTheDocumentedDefaultsForASchedule() {
        DumpSchedule schedule = SecretTags.parse("orders", Map.of(TagNames.START_SCHEDULE, "0 8 * * *"))
                .schedule()
                .orElseThrow();

        assertThat(schedule.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(schedule.enabled()).isTrue();
        assertThat(schedule.jitter()).isZero();
        assertThat(schedule.catchUp()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void readsEveryTag() {
        Map<String, String> all = new TreeMap<>();
        all.put(TagNames.START_SCHEDULE, " -/15 8 - - 1:3:5 ");
        all.put(TagNames.TIMEZONE, "America/Denver");
        all.put(TagNames.ENABLED, "false");
        all.put(TagNames.JITTER, "PT30M");
        all.put(TagNames.CATCH_UP, "PT0S");
        all.put(TagNames.REPLICA, "dump");
        all.put(TagNames.FORMAT, "plain");
        all.put(TagNames.COMPRESSION, "gzip");
        all.put(TagNames.JOBS, "4");
        all.put(TagNames.EXCLUDE_TABLE_DATA, "audit.log_*  public.sessions");
        all.put(TagNames.SCHEMAS, "public audit");
        all.put(TagNames.VERIFY, "restore");
        all.put(TagNames.ENCRYPT_TO, RECIPIENT);
        all.put(TagNames.GLOBALS, "none");
        all.put(TagNames.RETENTION, "daily=7 weekly=5");
        all.put(TagNames.SUSPICIOUS, "size=30 rows=off");
        all.put(TagNames.DRILL, "0 5 - - 0");
        all.put(TagNames.RESTORE_TARGET, "true");
        all.put(TagNames.TIMEOUT, "PT4H");
        all.put(TagNames.MAX_BLOCKING, "PT5S");
        all.put(TagNames.AUTH, "iam");
        all.put(TagNames.ENDPOINT, "db.example.com");
        all.put(TagNames.PORT, "5433");
        all.put(TagNames.DATABASE, "shop");
        all.put(TagNames.ENGINE, "aurora-postgresql");
        all.put(TagNames.SOURCE, "reader");
        all.put(TagNames.DATABASES, "* !test");
        all.put(TagNames.DEPLOYMENT, "blue");
        all.put(TagNames.VCPU, "0.5");
        all.put(TagNames.MEMORY, "2048");
        assertThat(all.keySet()).as("a tag without a test").containsAll(TagNames.ALL);

        SecretTags tags = SecretTags.parse("orders", all);

        DumpSchedule schedule = tags.schedule().orElseThrow();
        assertThat(schedule.zone()).isEqualTo(ZoneId.of("America/Denver"));
        assertThat(schedule.enabled()).isFalse();
        assertThat(schedule.jitter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(schedule.catchUp()).isZero();
        assertThat(tags.authentication()).isEqualTo(Authentication.IAM);
        assertThat(tags.replicas()).isTrue();
        assertThat(tags.settings())
                .isEqualTo(DumpSettings.builder()
                        .format(DumpFormat.PLAIN)
                        .compression(new Compression(Compression.Algorithm.GZIP, 6))
                        .jobs(4)
                        .addExcludeTableData("audit.log_*", "public.sessions")
                        .addSchemas("public", "audit")
                        .verify(VerifyMode.RESTORE)
                        .addEncryptTo(new Recipient(RECIPIENT))
                        .globals(Globals.NONE)
                        .timeout(Duration.ofHours(4))
                        .maxBlocking(Duration.ofSeconds(5))
                        .build());
        assertThat(tags.retention()).hasToString("daily=7 weekly=5");
        assertThat(tags.suspicionLimits()).hasToString("size=30 tables=20 rows=off");
        assertThat(tags.drills().orElseThrow().canonical()).isEqualTo("0 5 * * 0");
        assertThat(tags.restoreTarget()).isTrue();
        assertThat(tags.connection())
                .containsOnly(
                        entry("endpoint", "db.example.com"),
                        entry("port", "5433"),
                        entry("databasename", "shop"),
                        entry("engine", "aurora-postgresql"));
        assertThat(tags.source()).isEqualTo(SourceServer.READER);
        assertThat(tags.databases()).contains(DatabaseSelection.parse("* !test"));
        assertThat(tags.deployment()).contains("blue");
        assertThat(tags.jobLimits().vcpu()).contains("0.5");
        assertThat(tags.jobLimits().memoryMib()).contains(2048);
    }

    @Test
    void replacesWhatDoesNotSayWhenByItsDefault() {
        SecretTags tags = SecretTags.read(Map.of(
                TagNames.START_SCHEDULE,
                "0 8 - - -",
                TagNames.TIMEOUT,
                "soon",
                TagNames.VCPU,
                "3",
                "autodump:owner",
                "payments"));

        assertThat(tags.schedule()).isPresent();
        assertThat(tags.settings()).isEqualTo(DumpSettings.defaults());
        assertThat(tags.problems().others())
                .extracting(Problem::where)
                .containsExactlyInAnyOrder(TagNames.TIMEOUT, TagNames.VCPU, "autodump:owner");
        assertThat(tags.problems().schedule()).isEmpty();
        assertThat(tags.problems().protection()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autodump:schemas            | \"open",
                "autodump:auth               | kerberos",
                "autodump:exclude-table-data | ''",
                "autodump:exclude-tables     | customers",
                "autodump:encryption         | on",
                "autodump:encrypt-to         | ''",
                "autodump:encrypt-to         | team@example.com",
                "autodump:encrypt-to         | age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyx",
                "autodump:encrypt_to         | age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd",
                "AutoDump:schemas            | public"
            })
    void callsAProblemOfProtectionWhatCouldKeepDataOut(String tag, String value) {
        SecretTags tags = SecretTags.read(Map.of(TagNames.START_SCHEDULE, "0 8 - - -", tag, value));

        assertThat(tags.problems().protection()).extracting(Problem::where).containsExactly(tag);
        assertThat(tags.problems().schedule()).isEmpty();
    }

    @Test
    void hasNoProblemsWhileItIsPaused() {
        SecretTags tags = SecretTags.read(
                Map.of(TagNames.START_SCHEDULE, "often", TagNames.ENABLED, "false", "autodump:foo", "x"));

        assertThat(tags.paused()).isTrue();
        assertThat(tags.problems().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AutoDump:start-schedule",
                "AUTODUMP:start-schedule",
                "autodumper:start-schedule",
                "auto-dump:start-schedule",
                "autodump/start-schedule",
                "autodump-start-schedule",
                "autodump.start_schedule",
                "autodmp:start-shedule"
            })
    void namesWhatATagWithAnotherPrefixWasMeantToBe(String tag) {
        Map<String, String> tags = Map.of(tag, "0 8 - - -");

        assertThat(SecretTags.anyIn(tags)).isTrue();
        assertThat(SecretTags.read(tags).problems().schedule())
                .singleElement()
                .hasToString(tag + ": isn't a tag of AutoDump's; did you mean autodump:start-schedule?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "autodumper",
                "x-autodump:enabled",
                "automation:schedule",
                "autodump/owner",
                "autodump-cost-center",
                "autoscaling:format"
            })
    void leavesOtherTagsAlone(String tag) {
        assertThat(SecretTags.anyIn(Map.of(tag, "x"))).isFalse();
        assertThat(SecretTags.read(Map.of(tag, "x")).problems().isEmpty()).isTrue();
    }

    @Test
    void reportsEveryProblemAtOnce() {
        InvalidInputException invalid = invalid(Map.of(
                TagNames.START_SCHEDULE,
                "61 25 * * *",
                TagNames.TIMEZONE,
                "Europe/Berlim",
                TagNames.ENABLED,
                "yes",
                TagNames.JOBS,
                "0",
                "autodump:shedule",
                "daily"));

        assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_TAGS);
        assertThat(invalid.problems())
                .extracting(Problem::where)
                .containsExactlyInAnyOrder(
                        "autodump:shedule",
                        TagNames.START_SCHEDULE,
                        TagNames.START_SCHEDULE,
                        TagNames.TIMEZONE,
                        TagNames.ENABLED,
                        TagNames.JOBS);
        assertThat(invalid.report())
                .startsWith("AD-1001 secret orders: ")
                .contains("nothing was written")
                .contains("did you mean Europe/Berlin?")
                .contains("HINT: ");
    }

    @ParameterizedTest
    @CsvSource({
        "autodump:start-shedule, autodump:start-schedule",
        "autodump:time-zone,     autodump:timezone",
        "autodump:Enabled,       autodump:enabled",
        "autodump:catchup,       autodump:catch-up",
        "autodump:retain,        autodump:retention",
    })
    void namesTheTagThatWasProbablyMeant(String given, String meant) {
        assertThat(invalid(Map.of(given, "x")).getMessage()).contains("did you mean " + meant + "?");
    }

    /** A wrong guess of a zone shifts every dump by hours, so each guess says its offset. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EST       | write America/New_York (where EST is UTC-05:00)",
                "est       | write America/New_York (where EST is UTC-05:00)",
                "PST       | write America/Los_Angeles (where PST is UTC-08:00) or Asia/Manila (where PST is UTC+08:00)",
                "IST       | write Asia/Kolkata (where IST is UTC+05:30) or Europe/Dublin (where IST is UTC+01:00) or",
                "CEST      | write Europe/Berlin (where CEST is UTC+02:00)",
                "GMT+5     | write Etc/GMT-5 (UTC+05:00 all year; the sign in these names is reversed)",
                "UTC+02:00 | write Etc/GMT-2 (UTC+02:00 all year; the sign in these names is reversed)",
                "UTC-8     | write Etc/GMT+8 (UTC-08:00 all year; the sign in these names is reversed)",
                "-0300     | write Etc/GMT+3 (UTC-03:00 all year; the sign in these names is reversed)",
                "UTC+0     | write UTC (UTC+00:00 all year)",
                "UTC+05:30 | UTC+05:30 is an offset: write the zone of a place that has it",
                "Berlin    | did you mean Europe/Berlin?",
                "new york  | did you mean America/New_York?",
                "Europe/berlim | did you mean Europe/Berlin?",
            })
    void saysWhichTimeZoneIsMeant(String given, String expected) {
        assertThat(invalid(Map.of(TagNames.TIMEZONE, given)).getMessage())
                .contains("\"" + given + "\" isn't an IANA time zone")
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MST7", "XST", "GMT5", "ZZZ", "EEET"})
    void guessesNoTimeZoneOfAnotherContinent(String given) {
        assertThat(invalid(Map.of(TagNames.TIMEZONE, given)).getMessage())
                .contains("isn't an IANA time zone")
                .doesNotContain("did you mean")
                .doesNotContain("; write");
    }

    @Test
    void suggestsOnlyTimeZonesThatThereAre() {
        for (String abbreviation : List.of("EST", "CST", "MST", "PST", "AST", "BST", "IST", "AEST", "NZDT", "MSK")) {
            String message = invalid(Map.of(TagNames.TIMEZONE, abbreviation)).getMessage();
            Pattern.compile("[A-Z][a-z]+/[A-Za-z_/]+")
                    .matcher(message.substring(message.indexOf("; write")))
                    .results()
                    .map(MatchResult::group)
                    .forEach(zone -> assertThat(ZoneId.getAvailableZoneIds()).contains(zone));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0 2 * * ? *)          | is in EventBridge's form; write 0 2 - - -",
                "cron(15 10 ? * 2-6 *)      | write 15 10 - - 1-5",
                "cron(0/10 8 ? * MON-FRI *) | write five fields",
                "cron(0 8 1 * ? 2027)       | write five fields",
                "cron(0 2 L * ? *)          | write five fields",
                "0 12 ? * MON-FRI *         | is in EventBridge's form; write 0 12 - - MON-FRI",
                "rate(1 day)                | write 0 2 - - -",
                "rate(6 hours)              | write 0 -/6 - - -",
                "rate(5 minutes)            | write -/5 - - - -",
                "rate(3 days)               | write five fields",
            })
    void saysHowAScheduleOfEventBridgeIsWritten(String given, String expected) {
        assertThat(invalid(Map.of(TagNames.START_SCHEDULE, given)).getMessage())
                .contains("\"" + given + "\" is in EventBridge's form")
                .contains(expected);
    }

    @Test
    void readsAPatternWithABlankInItsQuotedName() {
        assertThat(SecretTags.parse("orders", Map.of(TagNames.EXCLUDE_TABLE_DATA, "public.\"a b\"  \"c\"\"d\".e f"))
                        .settings()
                        .excludeTableData())
                .containsExactly("public.\"a b\"", "\"c\"\"d\".e", "f");
    }

    @Test
    void guessesNothingForATagThatIsLikeNoOther() {
        assertThat(invalid(Map.of("autodump:zzzzzzzzzzzzzzzz", "x")).getMessage())
                .contains("isn't a tag of AutoDump's")
                .doesNotContain("did you mean");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start-schedule     | * 8 * * *        | would run every minute",
                "start-schedule     | -/1 8 * * *      | would run every minute",
                "start-schedule     | 0 0 31 2 *       | never occurs",
                "start-schedule     | ''               | is empty",
                "timezone           | +02:00           | isn't an IANA time zone",
                "timezone           | MST7             | isn't an IANA time zone",
                "enabled            | TRUE             | neither true nor false",
                "jitter             | 30m              | ISO-8601 duration",
                "jitter             | -PT1S            | ISO-8601 duration",
                "catch-up           | P40D             | ISO-8601 duration",
                "format             | directory        | isn't one of custom, plain",
                "compression        | zstd:20          | zstd:1 to zstd:19",
                "compression        | gzip:0           | gzip:1 to gzip:9",
                "compression        | lz4              | none",
                "jobs               | 33               | from 1 to 32 or auto",
                "jobs               | 99999999999999   | from 1 to 32",
                "verify             | checksum         | isn't one of archive, restore",
                "retention          | daily            | PERIOD=COUNT",
                "retention          | dayly=3          | did you mean daily?",
                "retention          | daily=0          | a count of 1",
                "retention          | daily=1 daily=2  | stands twice",
                "timeout            | PT0S             | more than zero",
                "max-blocking       | PT0.5S           | shorter than PT1S",
                "exclude-table-data | public.\"a b     | without its partner",
                "vcpu               | 3                | isn't one of 0.25",
                "memory             | 256              | from 512 to 122880",
            })
    void refusesAValueAndSaysWhatIsExpected(String tag, String value, String expected) {
        InvalidInputException invalid = invalid(Map.of(TagNames.PREFIX + tag, value));

        assertThat(invalid.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(TagNames.PREFIX + tag);
            assertThat(problem.what()).contains(expected);
        });
    }

    /** Otherwise the server would refuse it when the dump is made. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "schemas",
                "exclude-table-data",
                "databases",
                "database",
                "endpoint",
                "encrypt-to",
                "retention",
                "start-schedule"
            })
    void refusesANulInEveryTag(String tag) {
        InvalidInputException invalid = invalid(Map.of(TagNames.PREFIX + tag, "a\0b"));

        assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_TAGS);
        assertThat(invalid.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(TagNames.PREFIX + tag);
            assertThat(problem.what()).contains("U+0000").doesNotContain("\0");
        });
    }

    private static InvalidInputException invalid(Map<String, String> tags) {
        return catchThrowableOfType(InvalidInputException.class, () -> SecretTags.parse("orders", tags));
    }
}
