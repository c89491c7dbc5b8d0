package io.autodump.cli.terminal;

/**
 * Colours, or none: every method gives the text back as it is where a stream isn't coloured. The codes are those of
 * ECMA-48, "Select Graphic Rendition".
 *
 * @param enabled whether to colour at all
 */
public record Style(boolean enabled) {
    public String bold(String text) {
        return sgr("1", text);
    }

    public String faint(String text) {
        return sgr("2", text);
    }

    public String good(String text) {
        return sgr("32", text);
    }

    public String warning(String text) {
        return sgr("33", text);
    }

    public String bad(String text) {
        return sgr("31", text);
    }

    private String sgr(String code, String text) {
        return enabled && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
