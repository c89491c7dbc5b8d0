package io.autodump.local.notify;

import io.autodump.core.internal.IoReason;
import io.autodump.local.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A URL or a password that must not be printed. It is looked up again for each use, so that a rotated value needs no
 * restart. Thread-safe.
 */
public final class HiddenText {
    private interface Source {
        String read() throws UndeliveredException;
    }

    private final Source source;

    private HiddenText(Source source) {
        this.source = source;
    }

    /** The text itself. */
    public static HiddenText of(String text) {
        return new HiddenText(() -> text);
    }

    /** The content of a file, without white space around it. */
    public static HiddenText inFile(Path file) {
        return new HiddenText(() -> {
            // A pipe or a device may have no end.
            if (RegularFile.isOther(file)) {
                throw UndeliveredException.permanent(file + " isn't a regular file");
            }
            try {
                return required(Files.readString(file).strip(), file + " is empty");
            } catch (IOException unreadable) {
                throw UndeliveredException.permanent(IoReason.of(unreadable));
            }
        });
    }

    /** The value of an environment variable, without white space around it. */
    public static HiddenText inVariable(String name, Map<String, String> variables) {
        return new HiddenText(() -> required(
                Optional.ofNullable(variables.get(name)).orElse("").strip(),
                "the environment variable " + name + " isn't set"));
    }

    private static String required(String text, String otherwise) throws UndeliveredException {
        if (text.isEmpty()) {
            throw UndeliveredException.permanent(otherwise);
        }
        return text;
    }

    /**
     * Returns the text. Don't print it.
     *
     * @throws UndeliveredException if its file or variable can't be read
     */
    public String reveal() throws UndeliveredException {
        return source.read();
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
