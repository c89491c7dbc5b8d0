package io.autodump.core.page;

import io.autodump.core.internal.ControlCharacters;
import java.util.Locale;

/** Writes HTML. Text is always escaped; only this package's own constants are written as they are. Not thread-safe. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Adds markup of this package. In it, each {@code {}} is replaced by the next value, escaped. */
    Html add(String markup, Object... values) {
        int from = 0;
        for (Object value : values) {
            int at = markup.indexOf("{}", from);
            out.append(markup, from, at).append(escaped(String.valueOf(value)));
            from = at + 2;
        }
        out.append(markup, from, markup.length());
        return this;
    }

    /** Adds what another object has. */
    Html add(Html other) {
        out.append(other.out);
        return this;
    }

    /** A number for an SVG, with a dot and at most one digit behind it. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String escaped(String text) {
        return ControlCharacters.escaped(text, "\n\t")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
