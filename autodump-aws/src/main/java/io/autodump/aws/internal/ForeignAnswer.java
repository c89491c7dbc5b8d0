package io.autodump.aws.internal;

import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Recognizes an answer that AWS didn't send: the page of a proxy, of a captive portal, of another server. */
public final class ForeignAnswer {
    /** What came instead, to complete "got …". */
    public static final String WORDS = "an answer that isn't from AWS (a web page): something between this process and"
            + " AWS answered, such as a proxy";

    /** What to do. */
    public static final String HINT =
            "check HTTPS_PROXY and NO_PROXY, the endpoint that is set (AWS_ENDPOINT_URL), and the"
                    + " network between here and AWS";

    private static final String TAKEN = "the answer isn't one of AWS";

    private ForeignAnswer() {}

    /** Returns the failure of a call whose answer the SDK takes for one of AWS, but AutoDump doesn't. */
    public static SdkClientException failure() {
        return SdkClientException.create(TAKEN);
    }

    /** As {@link #failure()}, with what came of reading the answer. */
    public static SdkClientException failure(Throwable cause) {
        return SdkClientException.create(TAKEN, cause);
    }

    /** Returns whether a failed call got a web page, or an answer that no service of AWS gives. */
    public static boolean is(SdkException failed) {
        return failed instanceof AwsServiceException answered ? isPage(answered) : isUnreadable(failed);
    }

    private static boolean isPage(AwsServiceException answered) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(answered.awsErrorDetails());
        boolean page = details.flatMap(each -> Optional.ofNullable(each.sdkHttpResponse()))
                .flatMap(response -> response.firstMatchingHeader("Content-Type"))
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
        String body = details.flatMap(each -> Optional.ofNullable(each.rawResponse()))
                .map(SdkBytes::asByteArray)
                .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .orElse("")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return page || body.startsWith("<!doctype html") || body.startsWith("<html");
    }

    /** A page with the status 200 can't be parsed as what the service returns. */
    private static boolean isUnreadable(SdkException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (TAKEN.equals(cause.getMessage())) {
                return true;
            }
            String name = cause.getClass().getSimpleName();
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (name.equals("JsonParseException")
                    || text.contains("unable to unmarshall response")
                    || text.contains("could not parse xml response")) {
                return true;
            }
        }
        return false;
    }
}
