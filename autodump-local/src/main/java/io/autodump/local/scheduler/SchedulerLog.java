package io.autodump.local.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;

/** Receives the log of a {@link LocalScheduler}. Implementations are thread-safe and don't throw. */
@FunctionalInterface
public interface SchedulerLog {
    /** Writes one entry. */
    void write(LogEntry entry);

    /** Returns a log that prints lines for people: time, level, secret and text. Indents further lines of a text. */
    static SchedulerLog text(PrintStream out) {
        return entry -> out.println(
                entry.at().truncatedTo(ChronoUnit.SECONDS) + " " + String.format("%-7s", entry.level()) + " "
                        + (entry.secret().isEmpty() ? "" : entry.secret() + ": ")
                        + entry.text().replaceAll("\\R", System.lineSeparator() + "    "));
    }

    /**
     * Returns a log that prints one JSON object per line: {@code at}, {@code level}, {@code secret} (if any), {@code
     * event}, {@code text}; and as far as they apply {@code code}, {@code hint}, {@code scheduledAt}, {@code key} and
     * {@code bytes}. Instants have no fractions of a second.
     */
    static SchedulerLog json(PrintStream out) {
        JsonMapper mapper = new JsonMapper();
        return entry -> {
            var node = mapper.createObjectNode()
                    .put("at", entry.at().truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("level", entry.level().name());
            if (!entry.secret().isEmpty()) {
                node.put("secret", entry.secret());
            }
            node.put("event", entry.event()).put("text", entry.text());
            LogDetails details = entry.details();
            details.code().ifPresent(code -> node.put("code", code.id()));
            details.hint().ifPresent(hint -> node.put("hint", hint));
            details.scheduledAt().ifPresent(when -> node.put("scheduledAt", when.toString()));
            details.key().ifPresent(key -> node.put("key", key.value()));
            details.bytes().ifPresent(bytes -> node.put("bytes", bytes));
            try {
                out.println(mapper.writeValueAsString(node));
            } catch (JsonProcessingException impossible) {
                throw new AssertionError("a tree of plain nodes can always be written", impossible);
            }
        };
    }
}
