package io.autodump.core.contract;

import java.util.regex.Pattern;

/** The syntax of an S3 bucket's name (Amazon S3 user guide, "General purpose bucket naming rules"). */
public final class BucketName {
    /** The syntax, in words for a message. */
    public static final String SYNTAX = "3 to 63 lower-case letters, digits, dots and hyphens";

    private static final Pattern NAME = Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private BucketName() {}

    /** Returns whether a bucket can have this name. Doesn't check the prefixes and suffixes that AWS reserves. */
    public static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }
}
