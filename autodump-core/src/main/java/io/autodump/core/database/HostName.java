package io.autodump.core.database;

import java.util.Optional;
import java.util.regex.Pattern;

/** The syntax of what a connection's host may be: one name, one address, or the folder of a Unix socket. */
public final class HostName {
    /** Names in DNS have no underscore, and names in other systems do. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,253}[A-Za-z0-9_.])?");

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?");
    private static final Pattern PORT = Pattern.compile("[^:/]+:\\d+");
    private static final Pattern NOT_IN_PATH = Pattern.compile("[,\\p{Cntrl}]");

    private HostName() {}

    /**
     * Says what is wrong with a text as a host, as the end of a sentence and without the text itself. The result is
     * empty for a host.
     */
    public static Optional<String> problem(String host) {
        if (!host.equals(host.strip())) {
            return Optional.of("has a blank at its beginning or its end; remove it");
        }
        if (host.contains("://") || PORT.matcher(host).matches()) {
            return Optional.of("must be a host name alone; the port has a key of its own, port");
        }
        if (host.contains(",")) {
            return Optional.of("must be one host; AutoDump doesn't choose between several");
        }
        if (host.startsWith("/")) {
            return NOT_IN_PATH.matcher(host).find()
                    ? Optional.of("must be the folder of a Unix socket, without control characters")
                    : Optional.empty();
        }
        if (host.chars().anyMatch(character -> character > 127)) {
            return Optional.of("must be in ASCII; write an international name in its form that begins with xn--");
        }
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return NAME.matcher(host).matches() || IPV6.matcher(bare).matches()
                ? Optional.empty()
                : Optional.of("must be a host name (letters, digits, dots, hyphens), an IP address or the folder of a"
                        + " Unix socket, and nothing else");
    }
}
