package io.autodump.cli.terminal;

/**
 * Colours for a terminal. If colours are off, every method returns the text unchanged. The codes are those of ECMA-48,
 * "Select Graphic Rendition".
 *
 * @param enabled whether colours are on
 */
public record Style(boolean enabled) {
    /** For headings. */
    public String bold(String text) {
        return sgr("1", text);
    }

    /** For labels. */
    public String faint(String text) {
        return sgr("2", text);
    }

    /** For success: green. */
    public String good(String text) {
        return sgr("32", text);
    }

    /** For warnings: yellow. */
    public String warning(String text) {
        return sgr("33", text);
    }

    /** For failures: red. */
    public String bad(String text) {
        return sgr("31", text);
    }

    private String sgr(String code, String text) {
        return enabled && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
