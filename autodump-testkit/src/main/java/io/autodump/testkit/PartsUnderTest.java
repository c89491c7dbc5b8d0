package io.autodump.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpParts;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.record.UnfinishedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A store under test that takes parts, and dumps of several parts for it. */
public abstract class PartsUnderTest extends StoreUnderTest {
    static final String ARCHIVE = DumpPart.archiveName(Compression.DEFAULT);

    PartsUnderTest() {}

    static List<String> names(int parts) {
        return IntStream.range(0, parts)
                .mapToObj(number -> number == 0 ? ARCHIVE : DumpPart.dataName(number, Compression.DEFAULT))
                .toList();
    }

    static void assertState(String rule, ThrowingCallable call) {
        assertThatThrownBy(call).as(rule).isInstanceOf(IllegalStateException.class);
    }

    void assertNoPart(String rule, String name) {
        Failures.assertCode(rule, () -> store().openPart(KEY, name), ErrorCode.DUMP_NOT_FOUND);
    }

    List<DumpKey> unfinished() {
        try (Stream<UnfinishedFile> files = store().unfinished("")) {
            return files.map(UnfinishedFile::key).toList();
        }
    }

    byte[] part(DumpKey key, String name) throws IOException {
        try (InputStream stored = store().openPart(key, name)) {
            return stored.readAllBytes();
        }
    }

    DumpManifest dumpParts(DumpKey key, List<String> names) {
        uploadParts(key, names, "");
        DumpManifest manifest = partsManifest(key, names, "");
        store().publish(manifest);
        return manifest;
    }

    void uploadParts(DumpKey key, List<String> names, String attempt) {
        try (PartsUpload upload = store().beginParts(key, 1)) {
            names.forEach(name -> write(upload, name, attempt));
            upload.commit();
        }
    }

    static StoredFile write(PartsUpload upload, String name, String attempt) {
        byte[] bytes = bytes(name, attempt);
        try (DumpUpload part = upload.part(name)) {
            part.write(bytes, 0, bytes.length);
            return part.commit();
        }
    }

    static byte[] bytes(String name, String attempt) {
        return (name + "\n" + attempt + "\n").getBytes(UTF_8);
    }

    static DumpManifest partsManifest(DumpKey key, List<String> names, String attempt) {
        List<DumpPart> parts =
                names.stream().map(name -> part(name, bytes(name, attempt))).toList();
        return new DumpParts(parts, List.of("psql -c 'COPY …'"))
                .describe(manifest(key, BYTES))
                .build();
    }

    static DumpPart part(String name, byte[] bytes) {
        DumpPart.Builder part = DumpPart.builder()
                .name(name)
                .sourceBytes(bytes.length)
                .storedBytes(bytes.length)
                .checksum(checksum(bytes))
                .compression(Compression.DEFAULT);
        return name.equals(ARCHIVE)
                ? part.build()
                : part.table("public.orders").addColumns("id").rows(2).build();
    }
}
