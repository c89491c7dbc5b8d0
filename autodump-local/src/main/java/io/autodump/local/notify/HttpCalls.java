package io.autodump.local.notify;

import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Set;

/** Calls URLs that must not be printed. Thread-safe. */
final class HttpCalls {
    /** A request that was too late, and too many of them. */
    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    /** Loads the HTTP client with the first call. */
    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .connectTimeout(Channel.LONGEST_ATTEMPT.dividedBy(2))
                .followRedirects(Redirect.NEVER)
                .version(Version.HTTP_1_1)
                .build();
    }

    private HttpCalls() {}

    static void get(String url) throws UndeliveredException, InterruptedException {
        send(HttpRequest.newBuilder(uri(url)).GET());
    }

    static void postJson(String url, String body) throws UndeliveredException, InterruptedException {
        send(HttpRequest.newBuilder(uri(url))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void send(HttpRequest.Builder call) throws UndeliveredException, InterruptedException {
        HttpRequest request = call.header("User-Agent", "autodump")
                .timeout(Channel.LONGEST_ATTEMPT)
                .build();
        try {
            int status = Shared.CLIENT.send(request, BodyHandlers.discarding()).statusCode();
            if (status < OK || status >= REDIRECT) {
                throw refused(request.uri(), status);
            }
        } catch (IOException failed) {
            throw UndeliveredException.temporary(request.uri().getHost() + ": " + reason(failed));
        }
    }

    private static UndeliveredException refused(URI uri, int status) {
        String message = uri.getHost() + " answered with status " + status;
        boolean permanent = status >= CLIENT_ERROR && status < SERVER_ERROR && !TEMPORARY.contains(status);
        return permanent || status < CLIENT_ERROR
                ? UndeliveredException.permanent(message + "; check the URL")
                : UndeliveredException.temporary(message);
    }

    private static String reason(IOException failed) {
        if (failed instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        return failed instanceof ConnectException ? "the connection was refused" : IoReason.of(failed);
    }

    /** The exception of {@link URI} quotes the text, so it isn't passed on. */
    private static URI uri(String url) throws UndeliveredException {
        if (!isUrl(url)) {
            throw UndeliveredException.permanent("the text isn't a URL that begins with https:// or http://");
        }
        return URI.create(url);
    }

    static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }
}
