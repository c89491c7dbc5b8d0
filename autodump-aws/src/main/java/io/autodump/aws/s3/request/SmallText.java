package io.autodump.aws.s3.request;

import io.autodump.aws.internal.ForeignAnswer;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.BoundedText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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

    private static final String FOREIGN = "isn't from a store";

    private final Optional<String> text;
    private final String problem;
    private final @Nullable IOException refused;

    private SmallText(Optional<String> text, String problem, @Nullable IOException refused) {
        this.text = text;
        this.problem = problem;
        this.refused = refused;
    }

    /** Reads an object within the time limit of its call. */
    static ResponseTransformer<GetObjectResponse, SmallText> reader(int mostMebibytes) {
        return (response, body) -> {
            if (S3Failure.isForeign(response)) {
                body.abort();
                return new SmallText(Optional.empty(), FOREIGN, null);
            }
            return read(body, mostMebibytes);
        };
    }

    /** Throws nothing for what the object holds: the client would take that for a failure of the call. */
    private static SmallText read(AbortableInputStream body, int mostMebibytes) throws IOException {
        try {
            return new SmallText(Optional.of(BoundedText.read(body, mostMebibytes << 20)), "", null);
        } catch (BoundedText.TooLongException tooLong) {
            body.abort();
            return new SmallText(Optional.empty(), "has more than " + mostMebibytes + " MiB", tooLong);
        } catch (CharacterCodingException damaged) {
            return new SmallText(Optional.empty(), "isn't UTF-8 text", damaged);
        }
    }

    /**
     * Returns the text.
     *
     * @param uri the object, for a message
     * @throws AutoDumpException {@code INVALID_DOCUMENT} if it is too large, or isn't UTF-8 text
     * @throws software.amazon.awssdk.core.exception.SdkClientException if something else than a store answered
     */
    String of(String uri) {
        if (problem.equals(FOREIGN)) {
            throw ForeignAnswer.failure();
        }
        return text.orElseThrow(() -> new AutoDumpException(
                ErrorCode.INVALID_DOCUMENT,
                uri + " " + problem + "; nothing was changed",
                "nothing that AutoDump writes is like that: restore the object from an earlier version, or remove it",
                refused));
    }
}
