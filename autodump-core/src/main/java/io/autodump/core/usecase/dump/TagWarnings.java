package io.autodump.core.usecase.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.SourceServer;
import io.autodump.core.plan.SecretTags;
import java.util.List;
import java.util.stream.Stream;

/** What a manifest says about tags that had no effect. */
final class TagWarnings {
    private TagWarnings() {}

    /**
     * Returns a sentence for each.
     *
     * @param server the server that was to be dumped
     * @param opened the connection to the server that is dumped
     */
    static List<String> of(SecretTags tags, SourceServer server, DatabaseSecret opened) {
        Stream<String> problems = tags.problems().all().stream()
                .map(problem -> "the tag " + problem + "; the dump was made with its default");
        return Stream.concat(problems, notFromReader(tags, server, opened)).toList();
    }

    private static Stream<String> notFromReader(SecretTags tags, SourceServer server, DatabaseSecret opened) {
        if (tags.source() == SourceServer.WRITER) {
            return Stream.empty();
        }
        if (server == SourceServer.WRITER) {
            return Stream.of("the reader cancelled the dump, because of a conflict with recovery, so the writer was"
                    + " dumped; raise max_standby_streaming_delay or set hot_standby_feedback on the reader");
        }
        return opened.readerHost().isPresent()
                ? Stream.empty()
                : Stream.of("autodump:source=reader has no effect: no reader is known, so the writer was dumped");
    }
}
