package io.autodump.cli.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.cli.mail.MailServer.Encryption;
import io.autodump.local.notify.HiddenText;
import io.autodump.local.notify.Notice;
import io.autodump.local.notify.NoticeType;
import io.autodump.local.notify.UndeliveredException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmailChannelTest {
    private static final Notice NOTICE = new Notice(
            NoticeType.FAILED,
            "orders",
            Instant.parse("2026-11-22T08:00:00Z"),
            false,
            "ördérs: the dump failed (AD-3001)",
            "AD-3001 the server can't be reached\nHINT: start it",
            "{}");

    private final SmtpReceiver server = new SmtpReceiver();

    @AfterEach
    void stop() {
        server.close();
    }

    private EmailChannel channel(Encryption encryption, String password) {
        return new EmailChannel(
                new MailServer(
                        "127.0.0.1",
                        server.port(),
                        encryption,
                        Optional.of("backups"),
                        Optional.of(HiddenText.of(password))),
                "AutoDump <autodump@example.com>",
                List.of("ops@example.com", "Boss <boss@example.com>"));
    }

    @Test
    void sendsAMailToEveryReceiver() throws UndeliveredException {
        channel(Encryption.NONE, "geheim").send(NOTICE);

        assertThat(server.lines())
                .contains(
                        "MAIL FROM:<autodump@example.com>",
                        "RCPT TO:<ops@example.com>",
                        "RCPT TO:<boss@example.com>",
                        "From: AutoDump <autodump@example.com>",
                        "Auto-Submitted: auto-generated",
                        "AD-3001 the server can't be reached",
                        "HINT: start it")
                .anyMatch(line -> line.startsWith("Subject: =?UTF-8?"));
    }

    @Test
    void sendsNothingToAServerThatDoesNotEncrypt() {
        UndeliveredException failed = catchThrowableOfType(
                UndeliveredException.class,
                () -> channel(Encryption.STARTTLS, "geheim").send(NOTICE));

        assertThat(failed).hasMessage("127.0.0.1: STARTTLS is required but host does not support STARTTLS");
        assertThat(server.lines()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
    }

    @Test
    void saysThatThePasswordIsWrongWithoutPrintingIt() {
        UndeliveredException failed = catchThrowableOfType(
                UndeliveredException.class,
                () -> channel(Encryption.NONE, "wrong").send(NOTICE));

        assertThat(failed)
                .hasMessage("127.0.0.1 refused the user or the password")
                .hasNoCause();
        assertThat(failed.isPermanent()).isTrue();
    }

    @Test
    void knowsAnAddress() {
        assertThat(List.of("ops@example.com", "Ops <ops@example.com>")).allMatch(EmailChannel::isAddress);
        assertThat(List.of("ops", "ops@", "a@b, c@d", "a@b\nBcc: c@d")).noneMatch(EmailChannel::isAddress);
    }
}
