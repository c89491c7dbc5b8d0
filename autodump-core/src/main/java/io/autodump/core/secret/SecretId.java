package io.autodump.core.secret;

/**
 * What a catalogue knows a secret by: the ARN in Secrets Manager, the name in a folder of files.
 *
 * @param value 1 to 2,048 characters (the limit of Secrets Manager's {@code SecretId} parameter)
 */
public record SecretId(String value) {
    private static final int MAX_LENGTH = 2048;

    public SecretId {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a secret id has 1 to " + MAX_LENGTH + " characters, not "
                    + value.length() + ": \"" + value + "\"");
        }
    }

    public static SecretId of(String value) {
        return new SecretId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
