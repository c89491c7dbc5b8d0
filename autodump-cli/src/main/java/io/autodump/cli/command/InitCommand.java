package io.autodump.cli.command;

import io.autodump.cli.config.StartingPoint;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        description = "Writes a configuration and an example secret to start from. Never replaces a file.",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump init", "  autodump init /srv/autodump", "  autodump init --print"})
final class InitCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Where to write them. Default: this folder.")
    private Path folder = Path.of("");

    @Option(names = "--print", description = "Print the configuration instead of writing it.")
    private boolean print;

    InitCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        if (print) {
            terminal.printDocument(StartingPoint.configuration());
            return 0;
        }
        Path absolute = context.resolve(folder);
        List<Path> written = StartingPoint.write(absolute);
        written.forEach(file -> terminal.print("wrote " + Text.line(file.toString())));
        if (written.size() > 1) {
            terminal.print("");
            terminal.print("Put the connection of your database into "
                    + written.get(1).getFileName() + ", set autodump:enabled to true, and then:");
            terminal.print("  autodump doctor          checks everything that dumps need");
            terminal.print("  autodump dump example    dumps the database now");
            terminal.print("  autodump run             dumps it on schedule");
        }
        return 0;
    }
}
