package io.autodump.local.secret;

/**
 * Something about stored secrets that should be fixed and stops no dump.
 *
 * @param kind the kind of the problem
 * @param where the file or folder, on one line
 * @param what what is wrong with it; never holds a secret's value
 * @param remedy what to do
 */
public record SecretWarning(Kind kind, String where, String what, String remedy) {
    /** The kinds of warnings. */
    public enum Kind {
        /** Other users of the machine can read secrets. */
        PERMISSIONS,
        /** An entry looks like a secret and isn't used. */
        IGNORED
    }

    /** One line for a person. */
    @Override
    public String toString() {
        return where + ": " + what + "; " + remedy;
    }
}
