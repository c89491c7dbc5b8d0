package io.autodump.core;

import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.engine.Engines;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.port.SecretValues;
import io.autodump.core.retention.RetentionPolicy;
import io.autodump.core.usecase.DrillRuns;
import io.autodump.core.usecase.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Finds ports that have no effect because another port is missing. */
final class PortNeeds {
    private static final Need A_STORE = new Need("dumpStore(…) or dumpStores(…)", DumpStore.class, DumpStores.class);
    private static final Need ONE_STORE = new Need("dumpStore(…)", DumpStore.class);
    private static final Need A_SOURCE = new Need("engine(…) or dumpSource(…)", Engines.class, DumpSource.class);
    private static final Need CATALOG = new Need("secretCatalog(…)", SecretCatalog.class);
    private static final Need VALUES = new Need("secretValues(…)", SecretValues.class);
    private static final Need SCHEDULER = new Need("runScheduler(…)", RunScheduler.class);
    private static final Need ENCRYPTION = new Need("encryption(…)", DumpEncryption.class);
    private static final Need INSPECTOR =
            new Need("engine(…) or archiveInspector(…)", Engines.class, ArchiveInspector.class);

    private static final List<Rule> RULES = List.of(
            new Rule("secretValues(…)", SecretValues.class, List.of(CATALOG)),
            new Rule("databaseTokens(…)", DatabaseTokens.class, List.of(VALUES)),
            new Rule("runScheduler(…)", RunScheduler.class, List.of(CATALOG)),
            new Rule("drillScheduler(…)", DrillRuns.class, List.of(SCHEDULER)),
            new Rule("scanExecutor(…)", Executor.class, List.of(SCHEDULER)),
            new Rule("dumpSource(…)", DumpSource.class, List.of(A_STORE)),
            new Rule("dumpExecutor(…)", Ports.DumpExecutor.class, List.of(A_SOURCE, A_STORE)),
            new Rule("copyTo(…)", Ports.CopyTargets.class, List.of(ONE_STORE)),
            new Rule("encryptTo(…)", Ports.Recipients.class, List.of(ENCRYPTION)),
            new Rule("retention(…)", RetentionPolicy.class, List.of(CATALOG, ONE_STORE)),
            new Rule("restoreCheck(…)", RestoreCheck.class, List.of(A_SOURCE, A_STORE)),
            new Rule("dumpEvents(…)", DumpEvents.class, List.of(A_SOURCE, A_STORE)),
            new Rule("archiveInspector(…)", ArchiveInspector.class, List.of(A_STORE)),
            new Rule("dumpRestorer(…)", DumpRestorer.class, List.of(A_STORE, INSPECTOR)));

    private PortNeeds() {}

    /** Builder methods, of whose ports one is enough. */
    private record Need(String methods, Set<Class<?>> anyOf) {
        Need(String methods, Class<?>... anyOf) {
            this(methods, Set.of(anyOf));
        }

        boolean isMet(Set<? extends Class<?>> given) {
            return anyOf.stream().anyMatch(given::contains);
        }
    }

    /** The ports that another port needs to have an effect. */
    private record Rule(String method, Class<?> port, List<Need> needs) {
        List<String> problems(Set<? extends Class<?>> given) {
            return given.contains(port) ? unmet(method, needs, given) : List.of();
        }
    }

    /**
     * Checks all ports.
     *
     * @throws IllegalStateException naming every port that can't be used
     */
    static void require(Set<? extends Class<?>> given, boolean indexes, boolean scratchServer) {
        List<String> problems = new ArrayList<>(
                RULES.stream().flatMap(rule -> rule.problems(given).stream()).toList());
        if (indexes) {
            problems.addAll(unmet("dumpIndex(…)", List.of(CATALOG), given));
        }
        if (scratchServer) {
            Need engine = new Need("engine(…)", Engines.class);
            problems.addAll(unmet("scratchServer(…)", List.of(engine, A_STORE), given));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("AutoDump.builder() can't use what it was given: "
                    + problems.stream().sorted().collect(Collectors.joining("; ")));
        }
    }

    private static List<String> unmet(String method, List<Need> needs, Set<? extends Class<?>> given) {
        return needs.stream()
                .filter(need -> !need.isMet(given))
                .map(need -> method + " needs " + need.methods())
                .toList();
    }
}
