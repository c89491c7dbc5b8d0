package io.autodump.cli.wiring;

import com.google.common.base.Suppliers;
import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.NamedStore;
import io.autodump.cli.config.SecretsLocation;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.doctor.FolderProbe;
import io.autodump.cli.doctor.LeftoversProbe;
import io.autodump.cli.doctor.Probe;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Finding;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpStore;
import io.autodump.local.secret.FolderSecrets;
import io.autodump.local.secret.SecretsBackend;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.local.store.StoreLeftovers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Builds the adapters that a configuration names. The AWS SDK takes half a second to load, so only AWS settings
 * load it.
 */
final class AdapterFactory {
    private static final String STORE = "store";

    private final Configuration configuration;
    private final Supplier<AwsAccount> account;
    private final StoreKind.Access inUse;

    AdapterFactory(Configuration configuration) {
        this.configuration = configuration;
        this.account = Suppliers.memoize(() -> AwsAccount.of(configuration));
        // Without a chosen store there is one account: to compare it with itself takes some of a short command's time.
        this.inUse = configuration
                .stores()
                .chosen()
                .map(named -> access(configuration.at(named), StoreKind.Use.DUMPS))
                .orElseGet(() -> new StoreKind.Access(configuration, account, StoreKind.Use.DUMPS));
    }

    /** The account of a store is another one if the store has its own settings for AWS. */
    private StoreKind.Access access(Configuration ofStore, StoreKind.Use use) {
        boolean same = ofStore.aws().equals(configuration.aws());
        return new StoreKind.Access(ofStore, same ? account : Suppliers.memoize(() -> AwsAccount.of(ofStore)), use);
    }

    SecretsBackend secrets() {
        return configuration.secrets() instanceof SecretsLocation.Folder folder
                ? new FolderSecrets(folder.path())
                : account.get().secrets();
    }

    DumpStore store() {
        return open(inUse);
    }

    /** Opens the stores that dumps are copied to. */
    List<CopyTarget> copyTargets() {
        return configuration.copyTo().stream()
                .map(named -> new CopyTarget(
                        named.name(), open(access(configuration.at(named), StoreKind.Use.COPIES)), named.retention()))
                .toList();
    }

    private static DumpStore open(StoreKind.Access access) {
        StoreLocation location = access.configuration().store();
        return location instanceof StoreLocation.Remote remote
                ? InstalledStores.kind(remote).open(remote, access)
                : new DirectoryDumpStore(((StoreLocation.Folder) location).path());
    }

    /**
     * Returns the tokens, which secrets in a folder may need too. Uses the AWS credentials of the user who runs
     * the command.
     */
    DatabaseTokens tokens() {
        return (host, port, username) -> account.get().tokens().token(host, port, username);
    }

    List<Probe> probes() {
        List<Probe> probes = new ArrayList<>();
        if (configuration.hasSecretsOnAws()) {
            probes.add(() -> account.get().identityProbe().findings());
        }
        probes.addAll(ofStore(inUse, STORE, !configuration.hasSecretsOnAws()));
        for (NamedStore named : configuration.stores().all()) {
            if (!configuration.stores().chosen().equals(Optional.of(named))) {
                StoreKind.Access access = access(configuration.at(named), StoreKind.Use.COPIES);
                ofStore(access, "stores." + named.name(), access.aws() != account)
                        .forEach(probe -> probes.add(() -> named(named, probe.findings())));
            }
        }
        probes.add(new FolderProbe("state", configuration.state(), ErrorCode.SCHEDULER_FAILED, "state"));
        return probes;
    }

    private static List<Probe> ofStore(StoreKind.Access access, String key, boolean identity) {
        List<Probe> probes = new ArrayList<>();
        if (identity && isStoreOnAws(access.configuration())) {
            probes.add(() -> access.aws().get().identityProbe().findings());
        }
        if (access.configuration().store() instanceof StoreLocation.Remote remote) {
            probes.addAll(InstalledStores.kind(remote).probes(remote, access));
        } else if (access.configuration().store() instanceof StoreLocation.Folder folder) {
            probes.add(new FolderProbe(STORE, folder.path(), ErrorCode.STORE_FAILED, key));
            StoreLeftovers leftovers = new StoreLeftovers(folder.path());
            probes.add(new LeftoversProbe(leftovers::removedByTheNextDump, leftovers::filesWithoutManifest));
        }
        return probes;
    }

    /** Says in each finding which store it is about. */
    private static List<Finding> named(NamedStore store, List<Finding> findings) {
        return findings.stream()
                .map(finding -> new Finding(
                        finding.status(),
                        finding.subject() + " " + store.name(),
                        finding.check(),
                        finding.message(),
                        finding.code(),
                        finding.hint()))
                .toList();
    }

    static boolean isStoreOnAws(Configuration ofStore) {
        return ofStore.store() instanceof StoreLocation.Remote remote
                && InstalledStores.kind(remote).isOnAws(ofStore);
    }
}
