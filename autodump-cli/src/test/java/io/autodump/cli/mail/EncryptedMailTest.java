package io.autodump.cli.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.cli.mail.MailServer.Encryption;
import io.autodump.local.notify.HiddenText;
import io.autodump.local.notify.Notice;
import io.autodump.local.notify.NoticeType;
import io.autodump.local.notify.UndeliveredException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mails over TLS. Nothing is sent, and no password is shown, to a server that can't prove its name. */
@Isolated("it replaces the certificates that this JVM trusts")
class EncryptedMailTest {
    private static final Notice NOTICE = new Notice(
            NoticeType.FAILED, "orders", Instant.parse("2026-11-22T08:00:00Z"), false, "orders: failed", "why", "{}");

    private static SSLContext before;
    private static TestCertificate ours;
    private static TestCertificate ofAnotherHost;
    private static TestCertificate unknown;

    @BeforeAll
    static void trust(@TempDir Path folder) throws IOException, InterruptedException, NoSuchAlgorithmException {
        before = SSLContext.getDefault();
        ours = TestCertificate.of(folder, "ip:127.0.0.1,dns:localhost");
        ofAnotherHost = TestCertificate.of(folder, "dns:mail.example.com");
        unknown = TestCertificate.of(folder, "ip:127.0.0.1");
        SSLContext.setDefault(TestCertificate.trusting(ours, ofAnotherHost));
    }

    @AfterAll
    static void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    private static void send(Encryption encryption, SmtpReceiver server) throws UndeliveredException {
        new EmailChannel(
                        new MailServer(
                                "127.0.0.1",
                                server.port(),
                                encryption,
                                Optional.of("backups"),
                                Optional.of(HiddenText.of("geheim"))),
                        "a@example.com",
                        List.of("b@example.com"))
                .send(NOTICE);
    }

    private static UndeliveredException failure(Encryption encryption, SmtpReceiver server) {
        UndeliveredException failed = catchThrowableOfType(UndeliveredException.class, () -> send(encryption, server));
        assertThat(server.lines()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        assertThat(failed).isNotNull();
        return failed;
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "IMPLICIT"})
    void encryptsBeforeItShowsThePassword(Encryption encryption) throws UndeliveredException {
        try (SmtpReceiver server = new SmtpReceiver(encryption, ours)) {
            send(encryption, server);

            List<String> lines = server.lines();
            assertThat(lines).contains("Subject: AutoDump: orders: failed");
            assertThat(lines.subList(0, lines.indexOf(SmtpReceiver.ENCRYPTED)))
                    .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "IMPLICIT"})
    void refusesACertificateOfAnotherHost(Encryption encryption) {
        try (SmtpReceiver server = new SmtpReceiver(encryption, ofAnotherHost)) {
            assertThat(failure(encryption, server)).hasMessageStartingWith("127.0.0.1: its certificate ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "IMPLICIT"})
    void refusesACertificateThatNobodyVouchesFor(Encryption encryption) {
        try (SmtpReceiver server = new SmtpReceiver(encryption, unknown)) {
            assertThat(failure(encryption, server)).hasMessageStartingWith("127.0.0.1: its certificate ");
        }
    }

    @Test
    void refusesAServerThatDoesNotEncryptWhereItShould() {
        try (SmtpReceiver server = new SmtpReceiver()) {
            assertThat(failure(Encryption.IMPLICIT, server))
                    .hasMessageStartingWith("127.0.0.1: it doesn't encrypt as this channel's tls says: ");
        }
    }
}
