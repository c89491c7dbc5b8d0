package io.autodump.aws.s3.request;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The text of an object that AutoDump wrote, such as a manifest. An object that is larger than any of these isn't read
 * into memory.
 */
final class SmallText {
    /** The manifest of 100,000 tables has about 10 MiB. */
    static final int MOST_MEBIBYTES = 64;

    /** The bytes; empty if there are too many. */
    private final Optional<ByteBuffer> bytes;

    private final int mostMebibytes;

    private SmallText(Optional<ByteBuffer> bytes, int mostMebibytes) {
        this.bytes = bytes;
        this.mostMebibytes = mostMebibytes;
    }

    /** Reads an object within the time limit of its call. */
    static ResponseTransformer<GetObjectResponse, SmallText> reader(int mostMebibytes) {
        return (response, body) -> read(body, mostMebibytes);
    }

    private static SmallText read(AbortableInputStream body, int mostMebibytes) throws IOException {
        int most = mostMebibytes << 20;
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            body.abort();
            return new SmallText(Optional.empty(), mostMebibytes);
        }
        return new SmallText(Optional.of(ByteBuffer.wrap(bytes)), mostMebibytes);
    }

    /**
     * Returns the text.
     *
     * @param uri the object, for a message
     * @throws AutoDumpException {@code INVALID_DOCUMENT} if it is too large, or isn't UTF-8 text
     */
    String of(String uri) {
        ByteBuffer text = bytes.orElseThrow(() -> invalid(uri + " has more than " + mostMebibytes + " MiB", null));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text.duplicate()).toString();
        } catch (CharacterCodingException damaged) {
            throw invalid(uri + " isn't UTF-8 text", damaged);
        }
    }

    private static AutoDumpException invalid(String what, @Nullable Exception cause) {
        return new AutoDumpException(
                ErrorCode.INVALID_DOCUMENT,
                what + "; nothing was changed",
                "nothing that AutoDump writes is like that: restore the object from an earlier version, or remove it",
                cause);
    }
}
