package io.autodump.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Golden texts: what rules and programs of others match on. */
class DumpEventJsonTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void writesAFailureWithWhoMustActAndWhy() {
        DumpEvent failed = new DumpEvent.Failed(
                "orders", WHEN, ErrorCode.DUMP_PROCESS_FAILED, "AD-3021 pg_dump exited with status 1\nHINT: grant it");

        assertThat(DumpEventJson.write(failed)).isEqualTo("""
                {
                  "schemaVersion" : 1,
                  "type" : "failed",
                  "secretName" : "orders",
                  "scheduledAt" : "2026-11-22T08:00:00Z",
                  "code" : "AD-3021",
                  "category" : "database",
                  "summary" : "pg_dump, or a session that reads rows beside it, failed",
                  "report" : "AD-3021 pg_dump exited with status 1\\nHINT: grant it"
                }
                """);
    }

    @Test
    void writesAMissedRun() {
        assertThat(DumpEventJson.write(new DumpEvent.Missed("orders", WHEN))).isEqualTo("""
                {
                  "schemaVersion" : 1,
                  "type" : "missed",
                  "secretName" : "orders",
                  "scheduledAt" : "2026-11-22T08:00:00Z"
                }
                """);
    }

    @Test
    void writesThatADumpIsOverdue() {
        DumpEvent overdue = new DumpEvent.Overdue("orders", WHEN, 2, Optional.of(WHEN), "There is no dump.");

        assertThat(DumpEventJson.write(overdue))
                .contains(
                        "\"type\" : \"overdue\"",
                        "\"days\" : 2",
                        "\"lastDump\" : \"" + WHEN + "\"",
                        "\"reason\" : \"There is no dump.\"");
    }

    @Test
    void writesADumpWithWhereItIsAndWhatItHolds() {
        DumpEvent succeeded = new DumpEvent.Succeeded(DumpManifestJsonTest.FULL);

        assertThat(DumpEventJson.write(succeeded))
                .isEqualTo("""
                {
                  "schemaVersion" : 1,
                  "type" : "succeeded",
                  "secretName" : "team/orders",
                  "scheduledAt" : "2026-11-22T08:00:00Z",
                  "database" : "shop",
                  "engine" : "postgres",
                  "key" : "nightly/team/orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst",
                  "manifestKey" : "%s",
                  "startedAt" : "2026-11-22T08:00:02.125Z",
                  "finishedAt" : "2026-11-22T08:04:10Z",
                  "sourceBytes" : 4509715660,
                  "storedBytes" : 912680550,
                  "sha256" : "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                  "notIncludedCount" : 1,
                  "notIncluded" : [ {
                    "kind" : "subscription",
                    "name" : "from_hub",
                    "why" : "pg_dump writes subscriptions for a superuser alone",
                    "remedy" : "dump as a superuser"
                  } ],
                  "warnings" : [ "autodump:exclude-table-data: no table matches audit.log_*" ]
                }
                """.formatted(DumpManifestJsonTest.FULL.key().manifestKey()));
    }

    @Test
    void shortensAReportThatNoServiceWouldTake() {
        DumpEvent failed = new DumpEvent.Failed("orders", WHEN, ErrorCode.INTERNAL, "x".repeat(1_000_000));

        assertThat(DumpEventJson.write(failed)).hasSizeLessThan(20_000).contains("x…\"");
    }

    @Test
    void saysAwsOnlyOfFailuresOnAws() {
        DumpEvent failed = new DumpEvent.Failed("orders", WHEN, ErrorCode.STORE_FAILED, "AD-4001 the disk is full");

        assertThat(DumpEventJson.write(failed)).contains("\"category\" : \"infrastructure\"");
        assertThat(DumpEventJson.write(failed, Platform.AWS)).contains("\"category\" : \"aws\"");
    }
}
