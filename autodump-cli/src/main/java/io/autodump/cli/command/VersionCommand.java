package io.autodump.cli.command;

import io.autodump.cli.report.Documents;
import io.autodump.core.internal.ToolVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "version", description = "Shows the version of AutoDump, of Java and of the system.")
final class VersionCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    VersionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (json) {
            context.terminal().printDocument(Documents.version(ToolVersion.current(), java(), system()));
        } else {
            for (String line : lines()) {
                context.terminal().print(line);
            }
        }
        return 0;
    }

    static String[] lines() {
        return new String[] {"autodump " + ToolVersion.current(), "java " + java(), system()};
    }

    private static String java() {
        return System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }
}
