package io.autodump.local.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsTest {
    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");

    private final HttpReceiver receiver = new HttpReceiver();
    private final Path folder;

    ChannelsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private static Notice notice(NoticeType type) {
        return new Notice(type, "team/orders", WHEN, false, "orders: <failed>", "a & b\nHINT: c", "{\"type\":\"x\"}");
    }

    private String body(WebhookStyle style) throws Exception {
        new WebhookChannel(HiddenText.of(receiver.url("/hook/T0KEN")), style).send(notice(NoticeType.FAILED));
        return receiver.bodies().get(0);
    }

    @Test
    void postsTheEventItself() throws Exception {
        assertThat(body(WebhookStyle.GENERIC)).isEqualTo("{\"type\":\"x\"}");
        assertThat(receiver.requests()).containsExactly("POST /hook/T0KEN");
    }

    @Test
    void postsMarkupThatSlackDoesNotTakeForItsOwn() throws Exception {
        assertThat(body(WebhookStyle.SLACK)).isEqualTo("{\"text\":\"*orders: &lt;failed&gt;*\\na &amp; b\\nHINT: c\"}");
    }

    @Test
    void postsACardToTeams() throws Exception {
        assertThat(body(WebhookStyle.TEAMS))
                .contains("\"type\":\"AdaptiveCard\"", "\"text\":\"orders: <failed>\"", "a & b\\n\\nHINT: c");
    }

    @Test
    void postsToDiscordWithoutNotifyingMembers() throws Exception {
        assertThat(body(WebhookStyle.DISCORD))
                .isEqualTo("{\"content\":\"orders: <failed>\\na & b\\nHINT: c\",\"allowed_mentions\":{\"parse\":[]}}");
    }

    @Test
    void saysWhetherAnotherAttemptIsUseful() {
        Channel channel = new WebhookChannel(HiddenText.of(receiver.url("/hook/T0KEN")), WebhookStyle.SLACK);
        receiver.answer(404, 302, 429, 503);

        assertThat(failure(channel).isPermanent()).isTrue();
        assertThat(failure(channel).isPermanent()).isTrue();
        assertThat(failure(channel).isPermanent()).isFalse();
        assertThat(failure(channel)).hasMessage("127.0.0.1 answered with status 503");
    }

    @Test
    void neverPrintsAUrl() {
        String url = receiver.url("/hook/T0KEN");
        receiver.close();

        UndeliveredException refused = failure(new WebhookChannel(HiddenText.of(url), WebhookStyle.SLACK));
        UndeliveredException wrong =
                failure(new WebhookChannel(HiddenText.of("https://exa mple/T0KEN"), WebhookStyle.SLACK));

        assertThat(refused).hasMessage("127.0.0.1: the connection was refused").hasNoCause();
        assertThat(wrong).hasMessageNotContaining("T0KEN").hasNoCause();
        assertThat(HiddenText.of(url)).hasToString("(hidden)");
    }

    private static UndeliveredException failure(Channel channel) {
        try {
            channel.send(notice(NoticeType.FAILED));
            throw new AssertionError("it was delivered");
        } catch (UndeliveredException failed) {
            return failed;
        } catch (InterruptedException ending) {
            throw new AssertionError(ending);
        }
    }

    @Test
    void readsAUrlAgainForEachNotice() throws Exception {
        Path file = Files.writeString(folder.resolve("url"), "\n" + receiver.url("/old") + "\n");
        Channel channel = new WebhookChannel(HiddenText.inFile(file), WebhookStyle.SLACK);
        channel.send(notice(NoticeType.FAILED));
        Files.writeString(file, receiver.url("/new"));

        channel.send(notice(NoticeType.FAILED));

        assertThat(receiver.requests()).containsExactly("POST /old", "POST /new");
    }

    @Test
    void saysWhichFileOrVariableIsMissing() {
        assertThatThrownBy(() -> HiddenText.inFile(folder.resolve("none")).reveal())
                .hasMessageEndingWith("none: no such file or folder");
        assertThatThrownBy(() -> HiddenText.inFile(Path.of("/dev/zero")).reveal())
                .hasMessage("/dev/zero isn't a regular file");
        assertThatThrownBy(() -> HiddenText.inVariable("HOOK", Map.of()).reveal())
                .hasMessage("the environment variable HOOK isn't set");
    }

    @Test
    void pingsOneUrlWithEndings() throws Exception {
        Channel channel = PingChannel.of(HiddenText.of(receiver.url("/uuid/{name}/?a=b")));

        for (NoticeType type : NoticeType.values()) {
            channel.send(notice(type));
        }

        assertThat(receiver.requests())
                .containsExactly(
                        "GET /uuid/team%2Forders/start?a=b",
                        "GET /uuid/team%2Forders/?a=b",
                        "GET /uuid/team%2Forders/?a=b",
                        "GET /uuid/team%2Forders/fail?a=b",
                        "GET /uuid/team%2Forders/fail?a=b",
                        "GET /uuid/team%2Forders/?a=b");
    }

    /** One database of a run fails, and the next one succeeds. */
    @Test
    void noSuccessHidesAFailureInTheSameRun() throws Exception {
        Channel channel = PingChannel.of(HiddenText.of(receiver.url("/x")));

        for (NoticeType type : List.of(NoticeType.STARTED, NoticeType.FAILED, NoticeType.SUCCEEDED)) {
            channel.send(notice(type));
        }
        channel.send(notice(NoticeType.STARTED));
        channel.send(notice(NoticeType.SUCCEEDED));

        assertThat(receiver.requests()).containsExactly("GET /x/start", "GET /x/fail", "GET /x/start", "GET /x");
    }

    @Test
    void pingsUrlsOfTheirOwn() throws Exception {
        Channel channel = PingChannel.of(
                Optional.empty(),
                HiddenText.of(receiver.url("/up")),
                Optional.of(HiddenText.of(receiver.url("/down"))));

        channel.send(notice(NoticeType.STARTED));
        channel.send(notice(NoticeType.SUCCEEDED));
        channel.send(notice(NoticeType.FAILED));

        assertThat(receiver.requests()).containsExactly("GET /up", "GET /down");
    }

    @Test
    void givesACommandTheEvent() throws Exception {
        Path file = folder.resolve("event");

        new CommandChannel(List.of("/bin/sh", "-c", "cat > \"$0\"", file.toString())).send(notice(NoticeType.FAILED));

        assertThat(file).hasContent("{\"type\":\"x\"}");
    }

    @Test
    void saysHowACommandFailed() throws IOException {
        assertThat(failure(new CommandChannel(List.of("/bin/sh", "-c", "exit 3"))))
                .hasMessage("the command exited with status 3");
        assertThat(failure(new CommandChannel(List.of(folder.resolve("none").toString()))))
                .satisfies(failed -> assertThat(failed.isPermanent()).isTrue());
    }
}
