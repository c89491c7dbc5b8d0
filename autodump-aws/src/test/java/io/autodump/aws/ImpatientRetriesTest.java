package io.autodump.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ImpatientRetriesTest {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void givesUpAfterThreeAttemptsWithoutAnAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                AwsClients clients = clients(silent.getLocalPort())) {
            Thread hangsUp = new Thread(() -> hangUp(silent));
            hangsUp.start();

            assertThatThrownBy(() -> clients.s3().headBucket(request -> request.bucket("dumps")))
                    .isInstanceOf(SdkClientException.class);
        }

        assertThat(attempts).hasValue(3);
    }

    @Test
    void goesOnAsOftenAsOtherwiseIfTheServiceIsBusy() throws IOException {
        HttpServer busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        busy.createContext("/", exchange -> {
            boolean ready = attempts.incrementAndGet() == 5;
            exchange.sendResponseHeaders(ready ? 200 : 503, -1);
            exchange.close();
        });
        busy.start();
        try (AwsClients clients = clients(busy.getAddress().getPort())) {
            clients.s3().headBucket(request -> request.bucket("dumps"));
        } catch (S3Exception refused) {
            throw new AssertionError("gave up after " + attempts + " attempts", refused);
        } finally {
            busy.stop(0);
        }

        assertThat(attempts).hasValue(5);
    }

    private static AwsClients clients(int port) {
        return AwsClients.builder()
                .region("eu-central-1")
                .credentials("test", "test")
                .s3Endpoint(URI.create("http://127.0.0.1:" + port))
                .s3PathStyle(true)
                .giveUpSoon(true)
                .build();
    }

    private void hangUp(ServerSocket silent) {
        while (!silent.isClosed()) {
            try {
                Socket caller = silent.accept();
                attempts.incrementAndGet();
                caller.close();
            } catch (IOException closed) {
                if (!silent.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }
}
