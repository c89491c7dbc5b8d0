package io.autodump.testkit;

import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A store under test, and dumps for it. */
public abstract class StoreUnderTest {
    static final Instant WHEN = SampleDumps.WHEN;
    static final DumpKey KEY = SampleDumps.KEY;
    static final byte[] BYTES = SampleDumps.BYTES;

    StoreUnderTest() {}

    /** Returns the store under test; empty when a test begins, and the same one during a test. */
    protected abstract DumpStore store();

    List<DumpKey> keys() {
        try (Stream<DumpKey> keys = store().list()) {
            return keys.toList();
        }
    }

    byte[] read(DumpKey key) throws IOException {
        try (InputStream stored = store().open(key)) {
            return stored.readAllBytes();
        }
    }

    DumpManifest dump(DumpKey key, byte[] bytes) {
        upload(key, bytes);
        DumpManifest manifest = manifest(key, bytes).build();
        store().publish(manifest);
        return manifest;
    }

    /** Returns the bytes of another attempt: the same number of bytes, with a small difference. */
    static byte[] otherBytes() {
        byte[] other = BYTES.clone();
        other[0]++;
        return other;
    }

    void upload(DumpKey key, byte[] bytes) {
        SampleDumps.upload(store(), key, bytes);
    }

    static DumpManifest.Builder manifest(DumpKey key, byte[] bytes) {
        return SampleDumps.manifest(key, bytes);
    }

    static DumpKey key(String secret, Instant when) {
        return SampleDumps.key(secret, when);
    }

    static Checksum checksum(byte[] bytes) {
        return SampleDumps.checksum(bytes);
    }
}
