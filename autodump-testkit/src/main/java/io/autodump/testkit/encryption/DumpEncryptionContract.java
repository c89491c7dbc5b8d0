package io.autodump.testkit.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link DumpEncryption}. */
public abstract class DumpEncryptionContract {
    private static final int CHUNK = 64 * 1024;
    private static final byte[] TEXT =
            "COPY public.payroll (id, salary) FROM stdin;\n".getBytes(StandardCharsets.UTF_8);

    /** Creates a test class; each test asks for what it needs. */
    protected DumpEncryptionContract() {}

    /** Returns an encryption with the identity of {@link #own()}. */
    protected abstract DumpEncryption encryption();

    /** Returns an encryption that has no identity. */
    protected abstract DumpEncryption withoutIdentity();

    /** Returns a recipient whose identity is at hand. */
    protected abstract Recipient own();

    /** Returns a recipient whose identity isn't at hand. */
    protected abstract Recipient foreign();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7})
    void decryptsWhatWasEncrypted(int length) throws IOException {
        byte[] plain = bytes(length);

        byte[] file = encrypted(plain, own());

        assertThat(decrypted(file))
                .as("DumpEncryption: a file of any length comes back")
                .isEqualTo(plain);
    }

    @Test
    void hidesTheContents() {
        assertThat(new String(encrypted(TEXT, own()), StandardCharsets.ISO_8859_1))
                .as("DumpEncryption.encrypt: no text of the dump is in the file")
                .doesNotContain("payroll");
    }

    @Test
    void eachRecipientCanDecryptAlone() throws IOException {
        assertThat(decrypted(encrypted(TEXT, foreign(), own())))
                .as("DumpEncryption.encrypt: each recipient can decrypt alone")
                .isEqualTo(TEXT);
    }

    @Test
    void writesNothingBeforeTheFirstByte() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();

        OutputStream stream = withoutIdentity().encrypt(List.of(own()), file);
        stream.flush();

        assertThat(file.size())
                .as("DumpEncryption.encrypt: nothing is written before the first byte")
                .isZero();
    }

    @Test
    void leavesTheSinkOpenAndEndsTheFileOnce() throws IOException {
        ClosedBytes file = new ClosedBytes();
        OutputStream stream = encryption().encrypt(List.of(own()), file);
        stream.write(TEXT);
        stream.close();
        int size = file.bytes.size();
        stream.close();

        assertThat(file.closed)
                .as("DumpEncryption.encrypt: the sink isn't closed")
                .isFalse();
        assertThat(file.bytes.size()).as("DumpEncryption.encrypt: one end").isEqualTo(size);
    }

    @Test
    void aFileWithoutItsEndIsCorrupt() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        encryption().encrypt(List.of(own()), file).write(bytes(3 * CHUNK));

        assertCorrupt("DumpEncryption.encrypt: a file that wasn't closed is incomplete", file.toByteArray());
    }

    @Test
    void aFileThatIsCutShortIsCorrupt() {
        byte[] file = encrypted(bytes(2 * CHUNK + 5), own());

        for (int length : List.of(0, 1, 20, 150, CHUNK, file.length - 22, file.length - 21, file.length - 1)) {
            assertCorrupt("DumpEncryption.decrypt: cut to " + length, Arrays.copyOf(file, length));
        }
    }

    @Test
    void aFileWithSomethingBehindIsCorrupt() {
        byte[] file = encrypted(TEXT, own());

        assertCorrupt("DumpEncryption.decrypt: a byte behind the end", Arrays.copyOf(file, file.length + 1));
    }

    @Test
    void aChangedFileIsCorrupt() {
        byte[] file = encrypted(bytes(CHUNK + 5), own());

        for (int at : List.of(0, file.length - CHUNK, file.length - 1)) {
            byte[] changed = file.clone();
            changed[at] ^= 1;
            assertCorrupt("DumpEncryption.decrypt: byte " + at + " was changed", changed);
        }
    }

    @Test
    void aFileThatIsNotEncryptedIsCorrupt() {
        assertCorrupt("DumpEncryption.decrypt: a file that isn't encrypted", bytes(CHUNK));
    }

    @Test
    void refusesAFileForOthers() {
        byte[] file = encrypted(TEXT, foreign());

        assertCode(
                "DumpEncryption.decrypt: a file for others",
                () -> read(encryption(), file),
                ErrorCode.IDENTITY_REFUSED);
    }

    @Test
    void saysThatItHasNoIdentity() {
        assertThat(encryption().hasIdentity()).as("DumpEncryption.hasIdentity").isTrue();
        assertThat(withoutIdentity().hasIdentity())
                .as("DumpEncryption.hasIdentity: none")
                .isFalse();
        byte[] file = encrypted(TEXT, own());

        assertCode(
                "DumpEncryption.decrypt: no identity", () -> read(withoutIdentity(), file), ErrorCode.IDENTITY_MISSING);
    }

    @Test
    void passesOnWhatTheSinkThrows() {
        UncheckedIOException full = new UncheckedIOException(new IOException("full"));
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int value) {
                throw full;
            }
        };
        OutputStream stream = encryption().encrypt(List.of(own()), sink);

        assertThatThrownBy(() -> {
                    stream.write(TEXT);
                    stream.close();
                })
                .as("DumpEncryption.encrypt: an exception of the sink is passed on")
                .isSameAs(full);
    }

    @Test
    void passesOnWhatTheStoreThrows() {
        byte[] file = encrypted(bytes(3 * CHUNK), own());
        IOException lost = new IOException("connection lost");

        for (int after : List.of(0, 10, 2 * CHUNK)) {
            InputStream stream = encryption().decrypt(new LostStream(file, after, lost));

            assertThatThrownBy(stream::readAllBytes)
                    .as("DumpEncryption.decrypt: an exception of the store after " + after + " bytes is passed on")
                    .isSameAs(lost);
        }
    }

    private byte[] encrypted(byte[] plain, Recipient... recipients) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        // Whoever dumps needs no identity.
        try (OutputStream stream = withoutIdentity().encrypt(List.of(recipients), file)) {
            stream.write(plain);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return file.toByteArray();
    }

    private byte[] decrypted(byte[] file) throws IOException {
        return read(encryption(), file);
    }

    private static byte[] read(DumpEncryption encryption, byte[] file) throws IOException {
        try (InputStream stream = encryption.decrypt(new ByteArrayInputStream(file))) {
            return stream.readAllBytes();
        }
    }

    private static void assertCode(String rule, ThrowingCallable call, ErrorCode code) {
        assertThat(catchThrowableOfType(AutoDumpException.class, call))
                .as(rule)
                .satisfies(failure -> assertThat(failure.code()).as(rule).isEqualTo(code));
    }

    private void assertCorrupt(String rule, byte[] file) {
        assertCode(rule, () -> decrypted(file), ErrorCode.DUMP_CORRUPT);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static final class ClosedBytes extends FilterOutputStream {
        private final ByteArrayOutputStream bytes;
        private boolean closed;

        ClosedBytes() {
            this(new ByteArrayOutputStream());
        }

        private ClosedBytes(ByteArrayOutputStream bytes) {
            super(bytes);
            this.bytes = bytes;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Fails once a number of bytes was read. */
    private static final class LostStream extends FilterInputStream {
        private final IOException failure;
        private int left;

        LostStream(byte[] file, int left, IOException failure) {
            super(new ByteArrayInputStream(file));
            this.left = left;
            this.failure = failure;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                throw failure;
            }
            int read = super.read(buffer, offset, Math.min(left, length));
            left -= read;
            return read;
        }
    }
}
