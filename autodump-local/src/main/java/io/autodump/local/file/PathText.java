package io.autodump.local.file;

import java.util.Locale;
import java.util.stream.Collectors;

/** File names as text for messages. */
public final class PathText {
    private PathText() {}

    /**
     * The path, or any text that holds one, on one line: control and format characters appear as
     * {@code \}{@code u000a}.
     */
    public static String oneLine(Object path) {
        return path.toString()
                .codePoints()
                .mapToObj(point ->
                        isControl(point) ? String.format(Locale.ROOT, "\\u%04x", point) : Character.toString(point))
                .collect(Collectors.joining());
    }

    /** Whether the text holds a control character, such as a line break. */
    public static boolean hasControls(String text) {
        return text.codePoints().anyMatch(PathText::isControl);
    }

    private static boolean isControl(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
