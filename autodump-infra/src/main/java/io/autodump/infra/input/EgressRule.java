package io.autodump.infra.input;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;

/**
 * What the jobs may connect to: an IPv4 block and a TCP port, as in {@code 10.0.0.0/8:5432}.
 *
 * @param block the block in CIDR form
 * @param port 1 to 65535
 */
public record EgressRule(String block, int port) {
    private static final Pattern SYNTAX = Pattern.compile("(.+):(\\d{1,5})");
    private static final int MOST = 65_535;

    /** Reads {@code BLOCK:PORT}; empty if it is something else. */
    public static Optional<EgressRule> parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        return parts.matches() && Inputs.CIDR.test(parts.group(1))
                ? Optional.of(new EgressRule(parts.group(1), Integer.parseInt(parts.group(2))))
                        .filter(rule -> rule.port() >= 1 && rule.port() <= MOST)
                : Optional.empty();
    }

    /** Returns the block as the CDK takes it. */
    public IPeer peer() {
        return Peer.ipv4(block);
    }

    /** Returns the port as the CDK takes it. */
    public Port portRange() {
        return Port.tcp(port);
    }
}
