package io.autodump.core.secret;

/**
 * The id of a secret: its ARN in Secrets Manager, its name in a folder of files. Immutable.
 *
 * @param value 1 to 2,048 characters, not blank (the limit of Secrets Manager's parameter {@code SecretId})
 */
public record SecretId(String value) {
    private static final int MAX_LENGTH = 2048;

    public SecretId {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a secret id has 1 to " + MAX_LENGTH + " characters, not "
                    + value.length() + ": \"" + value + "\"");
        }
    }

    /**
     * Wraps an id.
     *
     * @throws IllegalArgumentException if the text is blank or too long
     */
    public static SecretId of(String value) {
        return new SecretId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
