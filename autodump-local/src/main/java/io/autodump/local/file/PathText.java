package io.autodump.local.file;

import io.autodump.core.internal.ControlCharacters;

/** File names as text for messages. */
public final class PathText {
    private PathText() {}

    /**
     * The path, or any text that holds one, on one line: control and format characters appear as
     * {@code \}{@code u000a}.
     */
    public static String oneLine(Object path) {
        return ControlCharacters.escaped(path.toString());
    }

    /** Whether the text holds a control character, such as a line break. */
    public static boolean hasControls(String text) {
        return text.codePoints().anyMatch(ControlCharacters::isOne);
    }
}
