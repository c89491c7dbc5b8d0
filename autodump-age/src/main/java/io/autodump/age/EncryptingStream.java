package io.autodump.age;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.autodump.core.encryption.Recipient;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encrypts one file. The header is written with the first byte, so that nothing is written for a dump that fails. */
final class EncryptingStream extends OutputStream {
    private final List<Recipient> recipients;
    private final Sink sink;
    private @Nullable WritableByteChannel channel;

    EncryptingStream(List<Recipient> recipients, OutputStream sink) {
        this.recipients = recipients;
        this.sink = new Sink(sink);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        if (!sink.isOpen()) {
            throw new IOException("the encrypted file has its end already");
        }
        channel().write(ByteBuffer.wrap(buffer, offset, length));
    }

    /** Writes the last chunk. */
    @Override
    public void close() throws IOException {
        if (sink.isOpen()) {
            channel().close();
        }
    }

    private WritableByteChannel channel() throws IOException {
        WritableByteChannel open = channel;
        if (open == null) {
            open = opened();
            channel = open;
        }
        return open;
    }

    private WritableByteChannel opened() throws IOException {
        try {
            List<RecipientStanzaWriter> writers = new ArrayList<>();
            for (Recipient recipient : recipients) {
                writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient.text()));
            }
            return new StandardEncryptingChannelFactory().newEncryptingChannel(sink, writers);
        } catch (GeneralSecurityException failed) {
            throw new AutoDumpException(
                    ErrorCode.ENCRYPTION_MISSING,
                    "the dump can't be encrypted for " + recipients + ": " + failed.getMessage()
                            + "; nothing was written",
                    "make the recipients again with age-keygen; if they are right, this Java can't encrypt",
                    failed);
        }
    }

    /** Closing it closes nothing: the caller owns the sink. */
    private static final class Sink implements WritableByteChannel {
        private final OutputStream out;
        private boolean open = true;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int length = bytes.remaining();
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
            bytes.position(bytes.limit());
            return length;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
