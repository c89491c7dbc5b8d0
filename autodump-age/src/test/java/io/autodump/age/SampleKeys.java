package io.autodump.age;

import io.autodump.core.encryption.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Keys that {@code age-keygen} has made for these tests. They protect nothing. */
final class SampleKeys {
    static final String IDENTITY = "AGE-SECRET-KEY-1U4A9FMUEC9LDKLZ4Q8K9NX3VUFD69LRTHX8FAWNXJLTR24FTW76S6Y32Y2";
    static final Recipient RECIPIENT = new Recipient("age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd");
    static final String OTHER_IDENTITY = "AGE-SECRET-KEY-1SCEFU5L5CW730VM0V8QK86PM5TVXK87YH4QXZL8V9QTELLRVYG8QXLHP2F";
    static final Recipient OTHER = new Recipient("age1qnpr8ruw5y49aa4cvwq0fzll2ntfddhv6e5p85auzcacddvnap8sdlqh7s");
    /** Its identity is in no file. */
    static final Recipient FOREIGN = new Recipient("age1wy7dmzru0kx323ml3kggmscnj03hesklq7p4nzagzsa4athhfqeqeldze0");

    private SampleKeys() {}

    /** Writes a file as {@code age-keygen} does. */
    static Path write(Path file, String... identities) throws IOException {
        Files.writeString(file, "# created: 2026-11-26T22:28:59Z\n\n");
        return Files.write(file, List.of(identities), StandardOpenOption.APPEND);
    }
}
