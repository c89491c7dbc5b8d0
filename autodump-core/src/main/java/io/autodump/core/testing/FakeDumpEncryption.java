package io.autodump.core.testing;

import io.autodump.core.dump.Checksum;
import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An encryption that isn't one: a line with the recipients, the bytes with each bit turned over, and their SHA-256.
 * Whoever names a recipient has its identity.
 */
public final class FakeDumpEncryption implements DumpEncryption {
    private static final String MAGIC = "fake encryption for ";
    private static final int DIGEST_BYTES = 32;

    private final Set<Recipient> identities;

    private FakeDumpEncryption(Set<Recipient> identities) {
        this.identities = identities;
    }

    /** Creates an encryption with the identities of these recipients; with none, it can't decrypt. */
    public static FakeDumpEncryption withIdentitiesOf(Recipient... recipients) {
        return new FakeDumpEncryption(Set.of(recipients));
    }

    @Override
    public OutputStream encrypt(List<Recipient> recipients, OutputStream sink) {
        return new Encrypting(recipients, sink);
    }

    @Override
    public boolean hasIdentity() {
        return !identities.isEmpty();
    }

    @Override
    public InputStream decrypt(InputStream stored) {
        return new Decrypting(stored);
    }

    private byte[] decrypted(byte[] file) {
        if (!hasIdentity()) {
            throw new AutoDumpException(ErrorCode.IDENTITY_MISSING, "no identity was given", Hints.IDENTITY);
        }
        int line = new String(file, StandardCharsets.ISO_8859_1).indexOf('\n');
        int end = file.length - DIGEST_BYTES;
        if (line < 0 || end <= line || !new String(file, StandardCharsets.ISO_8859_1).startsWith(MAGIC)) {
            throw corrupt();
        }
        requireRecipient(new String(file, MAGIC.length(), line - MAGIC.length(), StandardCharsets.ISO_8859_1));
        byte[] plain = turned(Arrays.copyOfRange(file, line + 1, end));
        if (!Arrays.equals(digest(plain), Arrays.copyOfRange(file, end, file.length))) {
            throw corrupt();
        }
        return plain;
    }

    private void requireRecipient(String recipients) {
        if (identities.stream().noneMatch(recipient -> recipients.contains(recipient.text()))) {
            throw new AutoDumpException(ErrorCode.IDENTITY_REFUSED, "no identity fits", Hints.IDENTITY);
        }
    }

    private static AutoDumpException corrupt() {
        return new AutoDumpException(ErrorCode.DUMP_CORRUPT, "it can't be decrypted", Hints.OTHER_DUMP);
    }

    private static byte[] digest(byte[] bytes) {
        return Checksum.newSha256().digest(bytes);
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = (byte) ~bytes[i];
        }
        return turned;
    }

    private static final class Encrypting extends OutputStream {
        private final List<Recipient> recipients;
        private final OutputStream sink;
        private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
        private boolean closed;

        Encrypting(List<Recipient> recipients, OutputStream sink) {
            this.recipients = recipients;
            this.sink = sink;
        }

        @Override
        public void write(int value) {
            plain.write(value);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            plain.write(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                sink.write((MAGIC + recipients + "\n").getBytes(StandardCharsets.ISO_8859_1));
                sink.write(turned(plain.toByteArray()));
                sink.write(digest(plain.toByteArray()));
            }
        }
    }

    private final class Decrypting extends FilterInputStream {
        private @Nullable InputStream plain;

        Decrypting(InputStream stored) {
            super(stored);
        }

        @Override
        public int read() throws IOException {
            return plain().read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return plain().read(buffer, offset, length);
        }

        @Override
        public long skip(long count) throws IOException {
            return plain().skip(count);
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private InputStream plain() throws IOException {
            InputStream known = plain;
            if (known == null) {
                known = new ByteArrayInputStream(decrypted(in.readAllBytes()));
                plain = known;
            }
            return known;
        }
    }
}
