package io.autodump.cli.mail;

import io.autodump.local.notify.HiddenText;
import java.util.Optional;

/**
 * A server that takes mail by SMTP.
 *
 * @param host its name or address
 * @param port its port
 * @param encryption how the connection is encrypted
 * @param username whom to log in as; empty to log in as nobody
 * @param password the password; present if the user is
 */
public record MailServer(
        String host, int port, Encryption encryption, Optional<String> username, Optional<HiddenText> password) {
    /** How a connection is encrypted. The server's certificate must be valid for its name. */
    public enum Encryption {
        /** The connection begins in plain text and is encrypted before anything is sent. It fails otherwise. */
        STARTTLS,
        /** The connection is encrypted from its beginning, as on port 465. */
        IMPLICIT,
        /** Nothing is encrypted: for a relay on this machine. */
        NONE
    }
}
