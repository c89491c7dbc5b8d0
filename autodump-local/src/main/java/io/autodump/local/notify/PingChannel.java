package io.autodump.local.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls URLs of a dead man's switch, as healthchecks.io has them: a service that raises an alarm if it hears nothing.
 * <code>{name}</code> in a URL stands for the name of the secret. Thread-safe.
 */
public final class PingChannel implements Channel {
    /** What the channel must be told of. */
    public static final Set<NoticeType> TYPES =
            Set.of(NoticeType.STARTED, NoticeType.SUCCEEDED, NoticeType.WARNED, NoticeType.FAILED, NoticeType.MISSED);

    private final Optional<HiddenText> start;
    private final HiddenText success;
    private final Optional<HiddenText> failure;
    private final String startEnding;
    private final String failureEnding;
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();

    private PingChannel(
            Optional<HiddenText> start,
            HiddenText success,
            Optional<HiddenText> failure,
            String startEnding,
            String failureEnding) {
        this.start = start;
        this.success = success;
        this.failure = failure;
        this.startEnding = startEnding;
        this.failureEnding = failureEnding;
    }

    /** One URL for success; with {@code /start} and {@code /fail} behind its path for the beginning and a failure. */
    public static PingChannel of(HiddenText url) {
        return new PingChannel(Optional.of(url), url, Optional.of(url), "/start", "/fail");
    }

    /** A URL for each; without one for the beginning or a failure, no call is made. */
    public static PingChannel of(Optional<HiddenText> start, HiddenText success, Optional<HiddenText> failure) {
        return new PingChannel(start, success, failure, "", "");
    }

    @Override
    public void send(Notice notice) throws UndeliveredException, InterruptedException {
        switch (notice.type()) {
            case STARTED -> {
                failed.remove(notice.secretName());
                call(start, startEnding, notice);
            }
            case FAILED, MISSED -> {
                failed.put(notice.secretName(), notice.scheduledAt());
                call(failure, failureEnding, notice);
            }
            case SUCCEEDED, WARNED -> {
                // The success of one database must not hide that another one of the same run failed.
                if (!notice.scheduledAt().equals(failed.get(notice.secretName()))) {
                    call(Optional.of(success), "", notice);
                }
            }
            case TEST -> call(Optional.of(success), "", notice);
            case OVERDUE, RECOVERED -> {
                // The service notices that by itself.
            }
        }
    }

    private static void call(Optional<HiddenText> url, String ending, Notice notice)
            throws UndeliveredException, InterruptedException {
        if (url.isPresent()) {
            HttpCalls.get(named(url.get().reveal(), ending, notice.secretName()));
        }
    }

    private static String named(String url, String ending, String name) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        String slashless = path.endsWith("/") && !ending.isEmpty() ? path.substring(0, path.length() - 1) : path;
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return (slashless + ending + (query < 0 ? "" : url.substring(query))).replace("{name}", encoded);
    }
}
