package io.autodump.aws.log;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.internal.ControlCharacters;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes one JSON object per line, the form that CloudWatch Logs Insights reads. Callers must not pass a secret's
 * value. Thread-safe.
 */
public final class JsonLog {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final PrintStream out;
    private final InstantSource clock;
    private final Map<String, String> context;

    /** Writes lines without a context. */
    public JsonLog(PrintStream out, InstantSource clock) {
        this(out, clock, Map.of());
    }

    /**
     * Writes lines with a context.
     *
     * @param context fields of every line, between level and message, in the map's order
     */
    public JsonLog(PrintStream out, InstantSource clock, Map<String, String> context) {
        this.out = out;
        this.clock = clock;
        this.context = new LinkedHashMap<>(context);
    }

    /** Returns the clock that the lines are stamped with. */
    public InstantSource clock() {
        return clock;
    }

    /** Returns a line of level {@code INFO} that has yet to be written. */
    public ObjectNode info(String message) {
        return line("INFO", message);
    }

    /** Returns a line of level {@code ERROR} that has yet to be written. */
    public ObjectNode error(String message) {
        return line("ERROR", message);
    }

    /** Returns a line about a failure that has yet to be written: description, code, and the hint if there is one. */
    public ObjectNode error(AutoDumpException failed) {
        ObjectNode line = error(failed.description()).put("code", failed.code().id());
        failed.hint().ifPresent(hint -> line.put("hint", hint));
        return line;
    }

    /**
     * Writes a line with a single call to the stream, so that lines of several threads don't mix. Characters that would
     * control a terminal are escaped.
     */
    public void write(ObjectNode line) {
        out.println(ControlCharacters.escaped(line.toString()));
    }

    /** Flushes the stream. */
    public void flush() {
        out.flush();
    }

    private ObjectNode line(String level, String message) {
        ObjectNode line = MAPPER.createObjectNode()
                .put("timestamp", clock.instant().toString())
                .put("level", level);
        context.forEach(line::put);
        return line.put("message", message);
    }
}
