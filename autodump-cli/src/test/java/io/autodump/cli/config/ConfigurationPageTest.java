package io.autodump.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Pattern KEY = Pattern.compile("(?m)^#?[ -]*([a-z][a-z0-9-]*):(?: |$)");

    @Test
    void thePageHasEveryKeyOfTheCommentedConfiguration() throws IOException {
        String page = Files.readString(Path.of("../docs/configuration.md"));
        List<String> keys = KEY.matcher(StartingPoint.configuration())
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceAll("[#: -]*([a-z0-9-]+):.*", "$1").strip())
                .distinct()
                .toList();

        assertThat(keys).contains("secrets", "store", "region", "stall-timeout");
        assertThat(keys).allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    }
}
