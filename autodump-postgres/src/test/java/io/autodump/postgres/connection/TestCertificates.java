package io.autodump.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates that {@code openssl} makes in a folder. */
record TestCertificates(Path folder) {
    private static final int VALID = 2;
    private static final int EXPIRED = -1;

    /** A certificate and its key. */
    record Pair(Path certificate, Path key) {}

    /** An authority, which also is a self-signed certificate for the name. */
    Pair selfSigned(String name) throws IOException, InterruptedException {
        Pair pair = new Pair(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                VALID,
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:" + name,
                "-keyout",
                pair.key(),
                "-out",
                pair.certificate());
        return pair;
    }

    Pair signed(Pair authority, String host) throws IOException, InterruptedException {
        return signed(authority, host, VALID);
    }

    Pair expired(Pair authority, String host) throws IOException, InterruptedException {
        return signed(authority, host, EXPIRED);
    }

    private Pair signed(Pair authority, String host, int days) throws IOException, InterruptedException {
        String name = host + days;
        Pair pair = new Pair(folder.resolve(name + ".signed.crt"), folder.resolve(name + ".signed.key"));
        Path request = folder.resolve(name + ".csr");
        Path names = Files.writeString(folder.resolve(name + ".names"), "subjectAltName=DNS:" + host);
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=server", "-keyout", pair.key(), "-out", request);
        openssl(
                "x509",
                "-req",
                "-in",
                request,
                "-CA",
                authority.certificate(),
                "-CAkey",
                authority.key(),
                "-CAcreateserial",
                "-extfile",
                names,
                "-days",
                days,
                "-out",
                pair.certificate());
        return pair;
    }

    private static void openssl(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
