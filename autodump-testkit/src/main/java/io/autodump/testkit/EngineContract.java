package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.port.DumpProgress;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of {@link io.autodump.core.port.DatabaseEngine} and of the ports that it returns: it makes, reads,
 * restores, proves and checks dumps.
 */
public abstract class EngineContract extends EngineDumpContract {
    private static final RestoreOptions CREATE =
            RestoreOptions.builder().create(true).build();

    /** For the test class of an engine. */
    protected EngineContract() {}

    @ParameterizedTest
    @ValueSource(strings = {"zstd:3", "gzip:6", "none"})
    void givesBackWhatWasDumped(String compression) {
        AutoDump autoDump = autoDump(engine());
        DumpSettings settings = DumpSettings.builder()
                .compression(Compression.parse(compression).orElseThrow())
                .build();
        DumpManifest manifest = dump(autoDump, filledDatabase(), settings);

        assertThat(autoDump.verify(manifest.key()).archiveEntries())
                .as("ArchiveInspector.inspect: counts what SourceReport.archiveEntries has counted")
                .isEqualTo(manifest.archiveEntries());
        DatabaseSecret restored = newDatabase();
        autoDump.restore(manifest.key(), restored, CREATE, DumpProgress.SILENT);
        assertThat(contents(restored))
                .as("DumpRestorer.restore: the database that comes back is the database that was dumped")
                .isEqualTo(contents(filledDatabase()));
    }

    @Test
    void givesBackAnEmptyDatabase() {
        AutoDump autoDump = autoDump(engine());
        DumpManifest manifest = dump(autoDump, emptyDatabase(), DumpSettings.defaults());
        autoDump.verify(manifest.key());
        DatabaseSecret restored = newDatabase();
        autoDump.restore(manifest.key(), restored, CREATE, DumpProgress.SILENT);

        assertThat(contents(restored))
                .as("DumpRestorer.restore: an empty database comes back empty")
                .isEqualTo(contents(emptyDatabase()));
    }

    @Test
    void provesADumpOnAScratchServer() {
        String before = contents(scratchServer());
        DumpSettings settings =
                DumpSettings.builder().verify(VerifyMode.RESTORE).build();
        DumpManifest manifest = dump(autoDump(engine()), filledDatabase(), settings);

        assertThat(store.find(manifest.key()))
                .as("RestoreCheck.prove: returns for a dump that can be restored")
                .isPresent();
        assertThat(contents(scratchServer()))
                .as("RestoreCheck.prove: leaves the scratch server as it was")
                .isEqualTo(before);
    }

    @Test
    void refusesToProveHalfADump() {
        DumpManifest manifest = dump(autoDump(engine()), filledDatabase(), PLAIN_BYTES);

        assertThat(failure(() -> engine().restoreCheck(scratchServer()).prove(manifest, half(manifest)))
                        .code())
                .as("RestoreCheck.prove: half a dump can't be restored")
                .isIn(ErrorCode.RESTORE_FAILED, ErrorCode.RESTORE_DIFFERS, ErrorCode.DUMP_CORRUPT);
    }

    @Test
    void findsHalfADumpCorrupt() {
        DumpManifest manifest = dump(autoDump(engine()), filledDatabase(), PLAIN_BYTES);

        assertThat(failure(() -> engine().inspector().inspect(manifest, half(manifest)))
                        .code())
                .as("ArchiveInspector.inspect: half a dump isn't whole")
                .isEqualTo(ErrorCode.DUMP_CORRUPT);
    }

    @Test
    void leavesTheInspectedStreamOpen() {
        DumpManifest manifest = dump(autoDump(engine()), filledDatabase(), PLAIN_BYTES);
        InputStream stored = new ByteArrayInputStream(stored(manifest)) {
            @Override
            public void close() {
                throw new AssertionError("ArchiveInspector.inspect: doesn't close the stream");
            }
        };

        assertThat(engine().inspector().inspect(manifest, stored))
                .as("ArchiveInspector.inspect: the number of entries")
                .isEqualTo(manifest.archiveEntries());
    }

    @Test
    void refusesATargetThatIsNotEmptyAndLeavesIt() {
        AutoDump autoDump = autoDump(engine());
        DumpManifest manifest = dump(autoDump, filledDatabase(), DumpSettings.defaults());
        String before = contents(filledDatabase());

        assertThat(failure(() -> autoDump.restore(
                                manifest.key(), filledDatabase(), RestoreOptions.DEFAULTS, DumpProgress.SILENT))
                        .code())
                .as("DumpRestorer.check: a target with contents")
                .isEqualTo(ErrorCode.TARGET_NOT_EMPTY);
        assertThat(contents(filledDatabase()))
                .as("DumpRestorer.check: changes nothing")
                .isEqualTo(before);
    }

    @Test
    void createsATargetOnlyIfToldTo() {
        AutoDump autoDump = autoDump(engine());
        DumpManifest manifest = dump(autoDump, filledDatabase(), DumpSettings.defaults());
        DatabaseSecret missing = newDatabase();

        assertThat(failure(() ->
                                autoDump.restore(manifest.key(), missing, RestoreOptions.DEFAULTS, DumpProgress.SILENT))
                        .code())
                .as("DumpRestorer.check: a target that isn't there, without RestoreOptions.create")
                .isEqualTo(ErrorCode.TARGET_MISSING);
        assertThat(failure(() -> engine().source().prepare(missing, DumpSettings.defaults()))
                        .code())
                .as("DumpRestorer.check: creates nothing")
                .isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
    }

    @Test
    void reportsWhatItChecksAsFindings() {
        assertThat(engine().checks().clients())
                .as("DatabaseChecks.clients: finds the programs that this test uses")
                .isNotEmpty()
                .noneMatch(EngineContract::isFailed);
        assertThat(engine().checks().database("orders", filledDatabase(), DumpSettings.defaults()))
                .as("DatabaseChecks.database: a database that can be dumped, with the secret as the subject")
                .isNotEmpty()
                .noneMatch(EngineContract::isFailed)
                .allMatch(finding -> finding.subject().equals("orders"));
        assertThat(engine().checks().database("orders", unreachable(), DumpSettings.defaults()))
                .as("DatabaseChecks.database: a failure is a finding, with the code that a dump would end with")
                .anyMatch(finding -> finding.code().equals(Optional.of(ErrorCode.CONNECTION_FAILED)));
        assertThat(engine().checks().scratch("scratch", scratchServer()))
                .as("DatabaseChecks.scratch: a server that dumps can be proven on")
                .matches(finding -> !isFailed(finding));
    }

    private static boolean isFailed(Finding finding) {
        return finding.status() == Finding.Status.FAILED;
    }

    private byte[] stored(DumpManifest manifest) {
        return store.bytes(manifest.key());
    }

    private InputStream half(DumpManifest manifest) {
        byte[] whole = stored(manifest);
        return new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2));
    }
}
