package io.autodump.dumper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.Zstd;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks that the image contains everything that a dump needs. Writes one JSON line for each check. The exit status is
 * 0 if all passed. It dumps nothing and calls no service, so it also runs while the image is built.
 */
final class ImageCheck {
    private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

    private final JsonLog log;
    private final Map<String, String> environment;
    private boolean sound = true;

    ImageCheck(JsonLog log, Map<String, String> environment) {
        this.log = log;
        this.environment = environment;
    }

    /** One check. Returns what it found, for the log. */
    @FunctionalInterface
    private interface Check {
        String look() throws IOException, CertificateException, InterruptedException;
    }

    int run() {
        check("java", () -> System.getProperty("java.vm.name") + " " + Runtime.version());
        check("zstd", ImageCheck::zstd);
        check("temporary folder", ImageCheck::temporaryFolder);
        check("certificate authorities", this::authorities);
        check("clients", ImageCheck::clients);
        check("aws", WarmUp::run);
        log.write(sound ? log.info("the image is sound") : log.error("the image can't be used"));
        return sound ? 0 : ErrorCode.CLIENT_NOT_FOUND.category().exitStatus();
    }

    private void check(String name, Check check) {
        try {
            String found = check.look();
            log.write(said(log.info(name), name, true).put("found", found));
        } catch (IOException | CertificateException | RuntimeException | LinkageError failed) {
            sound = false;
            log.write(said(log.error(name + ": " + failed), name, false));
        } catch (InterruptedException interrupted) {
            sound = false;
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode said(ObjectNode line, String name, boolean passed) {
        return line.put("check", name).put("passed", passed);
    }

    /**
     * Java loads the native library from the image's folder. A folder on a file system without execution can't hold it.
     */
    private static String zstd() {
        byte[] text = "the image is sound".getBytes(StandardCharsets.UTF_8);
        byte[] back = Zstd.decompress(Zstd.compress(text), text.length);
        require(Arrays.equals(text, back), "what was compressed came back changed");
        return "compresses";
    }

    private static String temporaryFolder() throws IOException {
        Path file = Files.createTempFile("autodump-smoke", "");
        Files.delete(file);
        return file.getParent() + " on " + Files.getFileStore(file.getParent()).type();
    }

    private String authorities() throws IOException, CertificateException {
        Path bundle = Path.of(environment.getOrDefault("SSL_CERT_FILE", SYSTEM_AUTHORITIES));
        try (InputStream pem = Files.newInputStream(bundle)) {
            int count = CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .size();
            require(count > 0, bundle + " holds no certificate");
            return count + " in " + bundle;
        }
    }

    private static String clients() {
        List<Finding> findings = Engines.of(JobAdapters.engines()).checks().clients();
        findings.forEach(finding -> require(finding.status() == Finding.Status.OK, finding.message()));
        return findings.stream().map(Finding::message).collect(Collectors.joining(", "));
    }

    private static void require(boolean passed, String otherwise) {
        if (!passed) {
            throw new AutoDumpException(ErrorCode.CLIENT_NOT_FOUND, otherwise, "build the image again");
        }
    }
}
