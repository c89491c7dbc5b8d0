package io.autodump.cli.usage;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/** The layout of help: a command's own options first, then those of all commands, as far as the command obeys them. */
public final class HelpLayout {
    private static final String GLOBAL = "globalOptions";
    private static final String GLOBAL_HEADING = "globalOptionsHeading";
    /** These commands read neither a configuration nor secrets nor a store. */
    private static final Set<String> WITHOUT_PLACES = Set.of("init", "completion", "help", "version");

    private static final Set<String> OF_THE_OUTPUT = Set.of("--color", "--debug", "--help", "--quiet", "--verbose");

    private HelpLayout() {}

    /** Lays out the help of a command and its subcommands. */
    public static void apply(CommandLine root) {
        List<String> keys = new ArrayList<>(root.getHelpSectionKeys());
        keys.addAll(keys.indexOf(SECTION_KEY_OPTION_LIST) + 1, List.of(GLOBAL_HEADING, GLOBAL));
        root.setHelpSectionKeys(keys);
        sections(root);
    }

    private static void sections(CommandLine command) {
        command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        var sections = command.getHelpSectionMap();
        sections.put(
                SECTION_KEY_OPTION_LIST_HEADING,
                help -> list(help, own(help)).isEmpty() ? "" : help.optionListHeading());
        sections.put(SECTION_KEY_OPTION_LIST, help -> list(help, own(help)));
        sections.put(GLOBAL_HEADING, help -> help.createHeading("%nGlobal options:%n"));
        sections.put(GLOBAL, help -> list(help, global(help)));
        command.getSubcommands().values().forEach(HelpLayout::sections);
    }

    private static String list(Help help, List<OptionSpec> options) {
        return help.optionListExcludingGroups(options);
    }

    private static List<OptionSpec> own(Help help) {
        return help.commandSpec().options().stream()
                .filter(option -> !EnvironmentDefaults.isGlobal(option))
                .toList();
    }

    private static List<OptionSpec> global(Help help) {
        boolean all = !WITHOUT_PLACES.contains(help.commandSpec().name());
        return help.commandSpec().options().stream()
                .filter(EnvironmentDefaults::isGlobal)
                .filter(option -> all || OF_THE_OUTPUT.contains(option.longestName()))
                .toList();
    }
}
