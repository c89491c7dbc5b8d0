package io.autodump.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.testing.FakeDatabaseEngine;
import io.autodump.core.testing.FakeDumpSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page docs/commands.md is the help of all commands. With -Dautodump.docs=write, the test writes it. */
class CommandReferenceTest {
    private static final Path PAGE = Path.of("../docs/commands.md");
    private static final Pattern NAME = Pattern.compile("(?m)^  ([a-z-]+) {2,}\\S");
    private static final String BEGINNING = """
            # Command reference

            `autodump COMMAND --help` prints the same. `make docs` writes this page from it, and a test compares the two.
            [configuration.md](configuration.md) has the configuration file, [error-codes.md](error-codes.md) the exit
            statuses and errors, [json.md](json.md) what `--json` prints.
            """;

    private final CommandLineRun autodump;

    CommandReferenceTest(@TempDir Path folder) throws IOException {
        autodump = new CommandLineRun(
                folder,
                new FakeDatabaseEngine(FakeDumpSource.printing("rows".getBytes(StandardCharsets.UTF_8)), "postgres"));
    }

    @Test
    void thePageIsTheHelpOfAllCommands() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("autodump.docs"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/commands.md is older than the commands; write it with: make docs")
                .isEqualTo(page);
    }

    /** The command reads its options without those of the others, and is the same. */
    @Test
    void aCommandShowsTheSameHelpByItselfAndAmongAll() {
        List<String> names = listed(help());

        assertThat(names).hasSizeGreaterThan(20).contains("plan", "aws", "secret");
        for (String name : names) {
            assertThat(autodump.run("help", name).out().strip())
                    .isEqualTo(help(name).strip());
            // An option comes first, so the command is one among all.
            assertThat(autodump.run("--quiet", name, "--help").out().strip())
                    .isEqualTo(help(name).strip());
        }
    }

    private String page() {
        String help = help();
        List<String> names = commands(help);
        StringBuilder page = new StringBuilder(BEGINNING);
        section(page, "autodump", help);
        names.forEach(name -> section(page, "autodump " + name, help(name.split(" "))));
        return page.toString();
    }

    private static void section(StringBuilder page, String title, String help) {
        page.append("\n## ").append(title).append("\n\n");
        help.lines()
                .map(String::stripTrailing)
                .forEach(
                        line -> page.append(line.isEmpty() ? "" : "    " + line).append('\n'));
    }

    /** The commands that a help lists, each followed by its own commands. */
    private List<String> commands(String help) {
        List<String> names = new ArrayList<>();
        for (String name : listed(help)) {
            if (name.equals("help")) {
                continue;
            }
            names.add(name);
            listed(help(name)).forEach(inner -> names.add(name + " " + inner));
        }
        return names;
    }

    private static List<String> listed(String help) {
        int from = help.indexOf("Commands:\n");
        if (from < 0) {
            return List.of();
        }
        int to = help.indexOf("\n\n", from);
        Matcher name = NAME.matcher(help.substring(from, to < 0 ? help.length() : to));
        return name.results().map(found -> found.group(1)).toList();
    }

    private String help(String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.add("--help");
        CommandLineRun.Result result = autodump.run(words.toArray(String[]::new));
        assertThat(result.exitStatus()).as(result.err()).isZero();
        return result.out().replace(System.lineSeparator(), "\n").strip() + "\n";
    }
}
