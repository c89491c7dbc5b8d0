package io.autodump.cli.usage;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The values of options that aren't on the command line. {@code --store}, an option of all commands, has {@code
 * AUTODUMP_STORE}; {@code --limit} of {@code list} has {@code AUTODUMP_LIST_LIMIT}.
 */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    /** The beginning of all names. */
    public static final String PREFIX = "AUTODUMP_";

    private final Map<String, String> variables;

    /** Uses these environment variables. */
    public EnvironmentDefaults(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Returns the variable of an option of all commands, such as {@code --store}. */
    public static String variable(String option) {
        return PREFIX + upper(option);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || option.group() != null
                || option.usageHelp()
                || option.versionHelp()) {
            return null;
        }
        String command = isGlobal(option) ? "" : upper(option.command().qualifiedName("-")) + "_";
        String value = variables.get(PREFIX + command.replaceFirst("^AUTODUMP_", "") + upper(option.longestName()));
        return value == null || value.isBlank() ? null : value;
    }

    static boolean isGlobal(OptionSpec option) {
        return option.inherited() || option.scopeType() == ScopeType.INHERIT;
    }

    private static String upper(String name) {
        return name.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
