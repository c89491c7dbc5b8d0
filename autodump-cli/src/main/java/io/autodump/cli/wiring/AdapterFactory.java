package io.autodump.cli.wiring;

import com.google.common.base.Suppliers;
import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.SecretsLocation;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.doctor.FolderProbe;
import io.autodump.cli.doctor.LeftoversProbe;
import io.autodump.cli.doctor.Probe;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpStore;
import io.autodump.local.secret.FolderSecrets;
import io.autodump.local.secret.SecretsBackend;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.local.store.StoreLeftovers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Builds the adapters that a configuration names. The AWS SDK takes half a second to load, so only AWS settings
 * load it.
 */
final class AdapterFactory {
    private final Configuration configuration;
    private final Supplier<AwsAccount> account;

    AdapterFactory(Configuration configuration) {
        this.configuration = configuration;
        this.account = Suppliers.memoize(() -> AwsAccount.of(configuration));
    }

    SecretsBackend secrets() {
        return configuration.secrets() instanceof SecretsLocation.Folder folder
                ? new FolderSecrets(folder.path())
                : account.get().secrets();
    }

    DumpStore store() {
        return configuration.store() instanceof StoreLocation.Remote remote
                ? InstalledStores.kind(remote).open(remote, access())
                : new DirectoryDumpStore(((StoreLocation.Folder) configuration.store()).path());
    }

    private StoreKind.Access access() {
        return new StoreKind.Access(configuration, account);
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
        if (isOnAws()) {
            probes.add(() -> account.get().identityProbe().findings());
        }
        if (configuration.store() instanceof StoreLocation.Remote remote) {
            probes.addAll(InstalledStores.kind(remote).probes(remote, access()));
        } else if (configuration.store() instanceof StoreLocation.Folder folder) {
            probes.add(new FolderProbe("store", folder.path(), ErrorCode.STORE_FAILED, "store"));
            StoreLeftovers leftovers = new StoreLeftovers(folder.path());
            probes.add(new LeftoversProbe(leftovers::removedByTheNextDump, leftovers::filesWithoutManifest));
        }
        probes.add(new FolderProbe("state", configuration.state(), ErrorCode.SCHEDULER_FAILED, "state"));
        return probes;
    }

    private boolean isOnAws() {
        return configuration.hasSecretsOnAws() || isStoreOnAws(configuration);
    }

    static boolean isStoreOnAws(Configuration configuration) {
        return configuration.store() instanceof StoreLocation.Remote remote
                && InstalledStores.kind(remote).isOnAws(configuration);
    }
}
