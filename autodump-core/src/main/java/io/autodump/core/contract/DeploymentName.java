package io.autodump.core.contract;

import java.util.regex.Pattern;

/** The syntax of a deployment's name: 1 to 64 letters, digits, dots, hyphens and underscores. */
public final class DeploymentName {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    private DeploymentName() {}

    /**
     * Returns the name.
     *
     * @throws IllegalArgumentException if it has other characters, more than 64, or doesn't begin with a letter or
     *     digit; the message is the problem
     */
    public static String parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" isn't a name of 1 to 64 letters, digits, dots, hyphens and underscores");
        }
        return text;
    }
}
