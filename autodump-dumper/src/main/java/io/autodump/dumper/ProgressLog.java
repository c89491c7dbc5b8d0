package io.autodump.dumper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.aws.log.JsonLog;
import io.autodump.core.port.DumpProgress;
import java.time.Duration;
import java.time.Instant;

/** Writes a line every half minute, so that the log shows progress and stays small. A shorter job writes none. */
final class ProgressLog implements DumpProgress {
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final JsonLog log;
    private final String message;
    private final String secret;
    private Instant saidAt;
    private long bytes;
    private String table = "";

    /**
     * Writes nothing yet.
     *
     * @param message the message of each line
     * @param secret the ARN of the secret
     */
    ProgressLog(JsonLog log, String message, String secret) {
        this.log = log;
        this.message = message;
        this.secret = secret;
        this.saidAt = log.clock().instant();
    }

    @Override
    public synchronized void bytes(long total) {
        bytes = total;
        sayNowAndThen();
    }

    @Override
    public synchronized void table(String name) {
        table = name;
        sayNowAndThen();
    }

    private void sayNowAndThen() {
        Instant now = log.clock().instant();
        if (Duration.between(saidAt, now).compareTo(INTERVAL) < 0) {
            return;
        }
        saidAt = now;
        ObjectNode line = log.info(message).put("secretArn", secret).put("bytes", bytes);
        if (!table.isEmpty()) {
            line.put("table", table);
        }
        log.write(line);
    }
}
