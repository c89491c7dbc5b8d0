package io.autodump.cli.config;

/**
 * A setting that is in effect.
 *
 * @param key the key in {@code autodump.yaml}
 * @param value its value as text
 * @param source where the value comes from: a line of the file, an option, an environment variable, or {@code default}
 */
public record EffectiveSetting(String key, String value, String source) {
    /** The source of a setting that nobody set. */
    public static final String DEFAULT = "default";
}
