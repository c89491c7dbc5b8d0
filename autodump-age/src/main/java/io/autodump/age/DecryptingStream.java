package io.autodump.age;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decrypts one file. Tells a failure of the store, which is passed on, from bytes that aren't what was encrypted. */
final class DecryptingStream extends InputStream {
    private final Source source;
    private final Optional<IdentityFile> identities;
    private @Nullable ReadableByteChannel channel;

    DecryptingStream(InputStream stored, Optional<IdentityFile> identities) {
        this.source = new Source(stored);
        this.identities = identities;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ReadableByteChannel plain = channel();
        try {
            return plain.read(ByteBuffer.wrap(buffer, offset, length));
        } catch (IOException | RuntimeException failed) {
            source.rethrow();
            throw corrupt(failed);
        }
    }

    @Override
    public void close() throws IOException {
        source.in.close();
    }

    private ReadableByteChannel channel() throws IOException {
        ReadableByteChannel open = channel;
        if (open == null) {
            open = opened();
            channel = open;
        }
        return open;
    }

    private ReadableByteChannel opened() throws IOException {
        IdentityFile file = identities.orElseThrow(() -> new AutoDumpException(
                ErrorCode.IDENTITY_MISSING, "the dump is encrypted, and no identity was given", Hints.IDENTITY));
        List<RecipientStanzaReader> readers = file.read();
        try {
            RecipientStanzaReader any = stanzas -> fileKey(readers, stanzas);
            return new StandardDecryptingChannelFactory().newDecryptingChannel(source, List.of(any));
        } catch (UnsupportedRecipientStanzaException unfit) {
            throw new AutoDumpException(
                    ErrorCode.IDENTITY_REFUSED,
                    "the dump isn't encrypted for any identity in " + file.path(),
                    Hints.IDENTITY + "; the manifest names them",
                    unfit);
        } catch (GeneralSecurityException | IOException | RuntimeException failed) {
            source.rethrow();
            throw corrupt(failed);
        }
    }

    /** With several readers, the library doesn't tell a header for others from one that it can't read. */
    private static FileKey fileKey(List<RecipientStanzaReader> readers, Iterable<RecipientStanza> stanzas)
            throws GeneralSecurityException {
        UnsupportedRecipientStanzaException none = new UnsupportedRecipientStanzaException("no identity fits");
        for (RecipientStanzaReader reader : readers) {
            try {
                return reader.getFileKey(stanzas);
            } catch (UnsupportedRecipientStanzaException unfit) {
                none.addSuppressed(unfit);
            }
        }
        throw none;
    }

    private static AutoDumpException corrupt(Exception failed) {
        return new AutoDumpException(
                ErrorCode.DUMP_CORRUPT,
                "the dump isn't whole: it can't be decrypted, because its bytes aren't those that were encrypted",
                Hints.OTHER_DUMP,
                failed);
    }

    /** Remembers what the store has thrown. */
    private static final class Source implements ReadableByteChannel {
        private final InputStream in;
        private @Nullable Exception failure;

        Source(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            try {
                int read = in.read(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
                buffer.position(buffer.position() + Math.max(0, read));
                return read;
            } catch (IOException | RuntimeException failed) {
                failure = failed;
                throw failed;
            }
        }

        void rethrow() throws IOException {
            if (failure instanceof IOException unread) {
                throw unread;
            }
            if (failure instanceof RuntimeException other) {
                throw other;
            }
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
