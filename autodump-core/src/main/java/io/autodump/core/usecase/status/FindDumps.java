package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest dump and the newest proven dump of a database. Needs the store alone. Thread-safe. */
public final class FindDumps {
    /** More than one of a folder are needed if two secrets write into it. */
    private static final int PER_FOLDER = 50;

    private final DumpStore store;
    private final InstantSource clock;

    FindDumps(Ports ports) {
        this.store = ports.store();
        this.clock = ports.clock();
    }

    /** Not API: {@link io.autodump.core.Monitoring#latest} and its kin are. */
    public static FindDumps of(Ports ports) {
        return new FindDumps(ports);
    }

    /**
     * Returns the newest dump of a secret, also if its manifest can't be read. Lists only what is new in the store.
     *
     * @throws AutoDumpException {@code STORE_FAILED}
     */
    public Optional<DumpKey> newest(String secretName) {
        Instant limit = clock.instant().plus(FindOverdueDumps.AHEAD);
        return store.newest(PER_FOLDER).dumps().stream()
                .filter(key -> key.belongsTo(secretName) && !key.scheduledAt().isAfter(limit))
                .sorted(Comparator.comparing(DumpKey::scheduledAt).reversed())
                .filter(key -> isOf(key, secretName))
                .findFirst();
    }

    /** By a prefix, two secrets can write into the same folder; the manifest tells, if it can be read. */
    private boolean isOf(DumpKey key, String secretName) {
        try {
            return store.find(key)
                    .filter(manifest -> manifest.secretName().equals(secretName))
                    .isPresent();
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.INVALID_DOCUMENT || failed.code() == ErrorCode.DUMP_CORRUPT) {
                return true;
            }
            throw failed;
        }
    }

    /**
     * Returns the newest dump of a secret that a restore has proven. Lists the whole store, and reads manifests
     * from the newest on until one is proven.
     *
     * @throws AutoDumpException {@code STORE_FAILED}
     */
    public Optional<DumpManifest> newestProven(String secretName) {
        try (Stream<DumpKey> dumps = store.list()) {
            List<DumpKey> keys = dumps.filter(key -> key.belongsTo(secretName)).toList();
            return findProven(secretName, new StoreNames(keys, records(keys)));
        }
    }

    static boolean isProven(DumpManifest dump, NewestRecords records) {
        return Attestation.proves(dump, kind -> records.has(kind, dump.key()));
    }

    private List<RecordKey> records(List<DumpKey> dumps) {
        return dumps.stream()
                .map(DumpKey::databaseFolder)
                .distinct()
                .flatMap(folder -> records(folder).stream())
                .toList();
    }

    private List<RecordKey> records(String folder) {
        try (Stream<RecordKey> records = store.records().list(folder)) {
            return records.toList();
        }
    }

    private Optional<DumpManifest> findProven(String secretName, StoreNames names) {
        NewestRecords records = new NewestRecords(store.records(), names.records(), Instant.MAX);
        TaggedSecret secret = TaggedSecret.builder()
                .id(SecretId.of(secretName))
                .name(secretName)
                .build();
        Instant limit = clock.instant().plus(FindOverdueDumps.AHEAD);
        int all = Math.max(1, names.dumps().size());
        return NewestDumps.of(store, names.dumps(), List.of(secret), all, limit)
                .first(secret, dump -> isProven(dump, records));
    }
}
