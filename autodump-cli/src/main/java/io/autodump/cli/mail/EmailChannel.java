package io.autodump.cli.mail;

import com.google.common.base.Throwables;
import io.autodump.cli.mail.MailServer.Encryption;
import io.autodump.core.internal.IoReason;
import io.autodump.local.notify.Channel;
import io.autodump.local.notify.Notice;
import io.autodump.local.notify.UndeliveredException;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLException;

/** Sends each notice as a mail in plain text. Thread-safe. */
public final class EmailChannel implements Channel {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailServer server;
    private final String from;
    private final List<String> to;

    /**
     * Sends mails through a server.
     *
     * @param from the sender's address
     * @param to the addresses of the receivers; at least one
     */
    public EmailChannel(MailServer server, String from, List<String> to) {
        this.server = server;
        this.from = from;
        this.to = List.copyOf(to);
    }

    /** Returns whether a text is one address, with or without a name: {@code Backups <backups@example.com>}. */
    public static boolean isAddress(String text) {
        try {
            new InternetAddress(text, true).validate();
            return text.contains("@");
        } catch (MessagingException wrong) {
            return false;
        }
    }

    @Override
    public void send(Notice notice) throws UndeliveredException {
        String password =
                server.password().isPresent() ? server.password().get().reveal() : null;
        Session session = Session.getInstance(properties());
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage message = message(session, notice);
            transport.connect(server.username().orElse(null), password);
            transport.sendMessage(message, message.getAllRecipients());
        } catch (AuthenticationFailedException refused) {
            throw UndeliveredException.permanent(server.host() + " refused the user or the password");
        } catch (MessagingException failed) {
            throw UndeliveredException.temporary(server.host() + ": " + reason(failed));
        }
    }

    /** The library says where it failed. Why is in the causes. */
    private static String reason(MessagingException failed) {
        List<Throwable> causes = Throwables.getCausalChain(failed);
        Throwable deepest = causes.get(causes.size() - 1);
        if (has(causes, CertificateException.class)) {
            return "its certificate isn't valid for that name, or no known authority has issued it: "
                    + firstLine(deepest);
        } else if (has(causes, SSLException.class)) {
            return "it doesn't encrypt as this channel's tls says: " + firstLine(deepest);
        }
        return firstLine(failed) + (deepest instanceof IOException ? ": " + firstLine(deepest) : "");
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    /** The library adds lines about its settings. */
    private static String firstLine(Throwable failed) {
        return IoReason.of(failed).lines().findFirst().orElse("").strip();
    }

    private MimeMessage message(Session session, Notice notice) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from, true));
        for (String each : to) {
            message.addRecipients(RecipientType.TO, new Address[] {new InternetAddress(each, true)});
        }
        message.setSubject("AutoDump: " + notice.title(), UTF_8);
        message.setText(notice.titleAndText() + "\n", UTF_8);
        message.setSentDate(Date.from(Clock.systemUTC().instant()));
        // So that no program answers with an absence note.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private Properties properties() {
        String attempt = String.valueOf(LONGEST_ATTEMPT.dividedBy(2).toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
        properties.setProperty(
                "mail.smtp.auth", String.valueOf(server.username().isPresent()));
        properties.setProperty("mail.smtp.connectiontimeout", attempt);
        properties.setProperty("mail.smtp.timeout", attempt);
        properties.setProperty("mail.smtp.writetimeout", attempt);
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(server.encryption() == Encryption.STARTTLS));
        properties.setProperty(
                "mail.smtp.starttls.required", String.valueOf(server.encryption() == Encryption.STARTTLS));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(server.encryption() == Encryption.IMPLICIT));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        // Without these, the library looks up the name of this machine, which can take long.
        properties.setProperty("mail.smtp.localhost", "localhost");
        properties.setProperty("mail.from", from);
        return properties;
    }
}
