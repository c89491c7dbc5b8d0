package io.autodump.local.notify;

/** Posts each notice to a URL. A URL of Slack, Teams or Discord is a secret: it lets anybody post. Thread-safe. */
public final class WebhookChannel implements Channel {
    private final HiddenText url;
    private final WebhookStyle style;

    /** Posts to a URL that begins with {@code https://} or {@code http://}. Redirects aren't followed. */
    public WebhookChannel(HiddenText url, WebhookStyle style) {
        this.url = url;
        this.style = style;
    }

    /** Returns whether a text is a URL that channels can call. */
    public static boolean isUrl(String text) {
        return HttpCalls.isUrl(text);
    }

    @Override
    public void send(Notice notice) throws UndeliveredException, InterruptedException {
        HttpCalls.postJson(url.reveal(), style.body(notice));
    }
}
