package io.autodump.dumper;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.AutoDumpException;
import java.io.PrintStream;
import java.time.InstantSource;

/** One JSON object a line, as CloudWatch Logs Insights reads them. Never given a secret's value. Thread-safe. */
final class JsonLog {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final PrintStream out;
    private final InstantSource clock;

    JsonLog(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    /** A line that has yet to be written. */
    ObjectNode info(String message) {
        return line("INFO", message);
    }

    /** A line about a failure that has yet to be written: code, message, and the hint if there is one. */
    ObjectNode error(AutoDumpException failed) {
        ObjectNode line =
                line("ERROR", failed.getMessage()).put("code", failed.code().id());
        failed.hint().ifPresent(hint -> line.put("hint", hint));
        return line;
    }

    ObjectNode error(String message) {
        return line("ERROR", message);
    }

    /** One call to the stream, so that lines of several threads don't mix. */
    void write(ObjectNode line) {
        out.println(line);
    }

    void flush() {
        out.flush();
    }

    private ObjectNode line(String level, String message) {
        return MAPPER.createObjectNode()
                .put("timestamp", clock.instant().toString())
                .put("level", level)
                .put("message", message);
    }
}
