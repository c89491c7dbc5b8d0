package io.autodump.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.cli.config.ConfigurationReader;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.InstalledStores;
import io.autodump.core.error.AutoDumpException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageServerTest {
    private final PageServer server;

    PageServerTest(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Path file = Files.writeString(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\n");
        Adapters machine = Adapters.of(
                ConfigurationReader.read(file, Map.of(), InstalledStores::parse, Map.of()),
                List.of(),
                () -> SampleOverview.NOW);
        server = PageServer.start(PageServer.address("0"), new PageSource(machine));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The whole answer; a socket lets the test choose the Host header. */
    private String ask(String method, String path, String host) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void showsPageMetricsAndHealth() {
        assertThat(ask("GET", "/", "localhost:8080"))
                .startsWith("HTTP/1.1 200 ")
                .contains("text/html; charset=utf-8", "nosniff", "<h1>No database is backed up yet</h1>");
        assertThat(ask("GET", "/metrics", "127.0.0.1")).contains("version=0.0.4", "\nautodump_status_success 1\n");
        assertThat(ask("GET", "/healthz", "[::1]:80")).endsWith("\r\n\r\nok\n");
        assertThat(ask("HEAD", "/", "localhost")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @Test
    void changesNothingAndKnowsNoOtherPath() {
        assertThat(ask("POST", "/", "localhost")).startsWith("HTTP/1.1 405 ");
        assertThat(ask("GET", "/../etc/passwd", "localhost")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void refusesAForeignNameOnTheLoopbackInterface() {
        assertThat(ask("GET", "/", "evil.example.com"))
                .startsWith("HTTP/1.1 421 ")
                .doesNotContain("<h1>");
        assertThat(ask("GET", "/", "localhost.evil.example.com")).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void listensOnTheLoopbackInterfaceUnlessToldOtherwise() {
        assertThat(PageServer.address("8080").getAddress().isLoopbackAddress()).isTrue();
        assertThat(PageServer.address(":8080").getAddress().isLoopbackAddress()).isTrue();
        assertThat(PageServer.address("[::1]:80").getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(PageServer.address("0.0.0.0:8080").getAddress().isAnyLocalAddress())
                .isTrue();
        assertThatThrownBy(() -> PageServer.address("localhost:99999")).isInstanceOf(AutoDumpException.class);
    }
}
