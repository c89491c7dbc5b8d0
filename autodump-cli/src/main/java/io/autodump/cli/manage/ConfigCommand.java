package io.autodump.cli.manage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.cli.config.EffectiveSetting;
import io.autodump.cli.terminal.Table;
import io.autodump.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code autodump config}. */
@Command(
        name = "config",
        description = {
            "Shows the settings that are in effect, and where each comes from.",
            "Doesn't check them: autodump doctor does."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump config", "  autodump config --store s3://acme-dumps"})
public final class ConfigCommand implements Callable<Integer> {
    private final Supplier<List<EffectiveSetting>> settings;
    private final Supplier<Terminal> terminals;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /** Gets the settings and the terminal once the options are parsed. */
    public ConfigCommand(Supplier<List<EffectiveSetting>> settings, Supplier<Terminal> terminals) {
        this.settings = settings;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.get();
        List<EffectiveSetting> found = settings.get();
        if (json) {
            terminal.printDocument(document(found));
            return 0;
        }
        Table table = Table.create().left("KEY").left("VALUE").left("SOURCE");
        found.forEach(setting -> table.row(setting.key(), setting.value(), setting.source()));
        table.lines(terminal.style()).forEach(terminal::print);
        return 0;
    }

    private static String document(List<EffectiveSetting> settings) {
        ObjectNode document = new JsonMapper().createObjectNode().put("schemaVersion", 1);
        ArrayNode list = document.putArray("settings");
        settings.forEach(setting -> list.addObject()
                .put("key", setting.key())
                .put("value", setting.value())
                .put("source", setting.source()));
        return document.toPrettyString() + "\n";
    }
}
