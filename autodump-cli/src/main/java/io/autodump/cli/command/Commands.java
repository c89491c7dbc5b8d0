package io.autodump.cli.command;

import io.autodump.cli.copy.CopyCommand;
import io.autodump.cli.deployed.AwsCommand;
import io.autodump.cli.manage.ConfigCommand;
import io.autodump.cli.manage.DeleteCommand;
import io.autodump.cli.manage.NamesCommand;
import io.autodump.cli.manage.SecretAddCommand;
import io.autodump.cli.manage.SecretCommand;
import io.autodump.cli.monitor.AcknowledgeCommand;
import io.autodump.cli.monitor.CoverageCommand;
import io.autodump.cli.monitor.DrillCommand;
import io.autodump.cli.monitor.HistoryCommand;
import io.autodump.cli.monitor.NotifyCommand;
import io.autodump.cli.monitor.PruneCommand;
import io.autodump.cli.monitor.ReportCommand;
import io.autodump.cli.monitor.StatusCommand;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.dump.DumpManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands by their names, in the order of the help. To read the options of all of them takes as long as a short
 * command itself, so a command line that begins with a command's name gets that command only.
 */
final class Commands {
    /** It shows the help of the others. */
    private static final String HELP = "help";

    private final Context context;
    private final Map<String, Function<CommandSpec, Object>> makers = new LinkedHashMap<>();

    Commands(Context context) {
        this.context = context;
        add("init", root -> new InitCommand(context));
        add("doctor", root -> new DoctorCommand(context));
        add("plan", root -> new PlanCommand(context));
        add("dump", root -> new DumpCommand(context));
        add("run", root -> new RunCommand(context));
        addMonitoring();
        addManagement();
        add(
                "aws",
                root -> AwsCommand.of(
                        context::machineWithSecrets,
                        this::find,
                        context::terminal,
                        context.surroundings().linePrompt()));
        add("completion", root -> new CompletionCommand(context));
        add("version", root -> new VersionCommand(context));
        add(HELP, root -> new HelpCommand(context, root));
    }

    private void addMonitoring() {
        add(
                "status",
                root -> new StatusCommand(
                        context::machineWithSecretsForQuestion, context::terminal, context::hubTargets));
        add("list", root -> new ListCommand(context));
        add("history", root -> new HistoryCommand(context::machineForQuestion, context::terminal));
        add("verify", root -> new VerifyCommand(context));
        add("restore", root -> new RestoreCommand(context));
        add(
                "drill",
                root -> new DrillCommand(
                        context::machineWithSecrets,
                        (machine, text) -> new DumpReference(context, machine).key(text),
                        context::resolve,
                        context.interruption(),
                        context::terminal));
        add("copy", root -> new CopyCommand(context::machineWithSecrets, context::terminal, context.interruption()));
        add("prune", root -> new PruneCommand(context::machineWithSecrets, context::terminal));
        add("acknowledge", root -> new AcknowledgeCommand(context::machine, this::find, context::terminal));
        add("report", root -> new ReportCommand(context::machineWithSecrets, context::terminal, context::resolve));
        add("coverage", root -> new CoverageCommand(context::machineWithSecrets, context::terminal));
        add("notify", root -> new NotifyCommand(context::machine, context::terminal));
    }

    private void addManagement() {
        add(
                "delete",
                root -> new DeleteCommand(
                        context::machine,
                        this::find,
                        context::terminal,
                        context.surroundings().linePrompt()));
        add(
                "secret",
                root -> new CommandLine(new SecretCommand())
                        .addSubcommand(new SecretAddCommand(
                                context::machine,
                                context::terminal,
                                context.surroundings().passwordPrompt(),
                                context.surroundings().linePrompt())));
        add("config", root -> new ConfigCommand(context::settings, context::terminal));
        add("names", root -> new NamesCommand(context::machineForQuestion, context::terminal));
    }

    private void add(String name, Function<CommandSpec, Object> maker) {
        makers.put(name, maker);
    }

    private DumpManifest find(Adapters machine, String text) {
        return new DumpReference(context, machine).find(text);
    }

    /** Adds the command that the arguments begin with; all, if they begin with something else. */
    void addTo(CommandLine root, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        boolean one = makers.containsKey(first) && !first.equals(HELP);
        makers.forEach((name, maker) -> {
            if (!one || name.equals(first)) {
                root.addSubcommand(name, maker.apply(root.getCommandSpec()));
            }
        });
    }
}
