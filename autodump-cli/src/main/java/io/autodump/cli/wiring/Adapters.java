package io.autodump.cli.wiring;

import com.google.common.base.Suppliers;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.autodump.age.AgeEncryption;
import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.NamedStore;
import io.autodump.cli.doctor.Probe;
import io.autodump.cli.terminal.Text;
import io.autodump.core.AutoDump;
import io.autodump.core.AutoDumpBuilder;
import io.autodump.core.copy.CopyTarget;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.encryption.DumpEncryption;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;
import io.autodump.core.internal.NearestName;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.local.notify.Notifier;
import io.autodump.local.secret.SecretsBackend;
import io.autodump.local.store.DirectoryDumpStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The adapters of the command, as its configuration names them.
 *
 * @param store the store in use
 * @param copyTargets opens the stores that dumps are copied to, once; that may take time
 * @param tokens makes the passwords of secrets without one
 * @param engines the installed database engines
 * @param probes the checks of {@code autodump doctor} for store, folders and AWS
 * @param clock the clock of all commands
 */
public record Adapters(
        Configuration configuration,
        SecretsBackend secrets,
        DumpStore store,
        Supplier<List<CopyTarget>> copyTargets,
        DatabaseTokens tokens,
        List<DatabaseEngine> engines,
        List<Probe> probes,
        InstantSource clock) {
    private static final Executor DUMP_THREADS = Executors.newCachedThreadPool(new ThreadFactoryBuilder()
            .setDaemon(true)
            .setNameFormat("autodump-dump-%d")
            .build());

    public static Adapters of(Configuration configuration, List<DatabaseEngine> engines, InstantSource clock) {
        AdapterFactory places = new AdapterFactory(configuration);
        return new Adapters(
                configuration,
                places.secrets(),
                places.store(),
                Suppliers.memoize(places::copyTargets),
                places.tokens(),
                engines,
                places.probes(),
                clock);
    }

    /** Returns the same adapters with the identities of this file, if there is one. */
    public Adapters withIdentity(Optional<Path> identityFile) {
        return identityFile
                .map(configuration::withIdentity)
                .map(changed -> new Adapters(changed, secrets, store, copyTargets, tokens, engines, probes, clock))
                .orElse(this);
    }

    /** Returns the encryption, with the configured identities. */
    public DumpEncryption encryption() {
        return configuration
                .encryption()
                .identityFile()
                .map(AgeEncryption::withIdentities)
                .orElseGet(AgeEncryption::create);
    }

    /** Returns a builder with all adapters, to make dumps with this source. */
    public AutoDumpBuilder wiredToDump(DumpSource source) {
        return wired().dumpSource(source).dumpExecutor(DUMP_THREADS);
    }

    /** Returns a builder with all adapters. */
    public AutoDumpBuilder wired() {
        AutoDumpBuilder builder = AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .databaseTokens(tokens)
                .dumpStore(store)
                .runPlace(MachineName.place())
                .delayedRecords(DirectoryDumpStore.delayedRecords(configuration.state()))
                .deployment(configuration.deployment())
                .encryption(encryption())
                .encryptTo(configuration.encryption().encryptTo())
                .clock(clock);
        engines.forEach(builder::engine);
        restoreCheck().ifPresent(builder::restoreCheck);
        configuration.stores().chosen().flatMap(NamedStore::retention).ifPresent(builder::retention);
        return builder;
    }

    /** Returns the same builder with the stores that dumps are copied to. */
    public AutoDumpBuilder wiredWithCopies() {
        AutoDumpBuilder builder = wired();
        copyTargets.get().forEach(builder::copyTo);
        return builder;
    }

    /** Returns the installed engines, which choose one by the secret or the manifest. */
    public Engines byName() {
        return Engines.of(engines);
    }

    /**
     * Returns the restore check. Empty if no scratch server is configured. Reads its secret only when there is a dump
     * to prove.
     */
    public Optional<RestoreCheck> restoreCheck() {
        return configuration.scratch().map(name -> byName().restoreCheck(() -> connection(name)));
    }

    /**
     * Returns a notifier for the configured channels. Close it when all outcomes are published.
     *
     * @param problems receives what wasn't delivered, and why; called by several threads
     */
    public Notifier notifier(Consumer<String> problems) {
        return Notifier.of(
                configuration.channels(),
                configuration.state(),
                clock,
                MachineName.place().host(),
                problems);
    }

    public AutoDump autoDump() {
        return wired().build();
    }

    /**
     * Returns the secret with this name, with or without tags.
     *
     * @throws AutoDumpException {@code INVALID_ARGUMENT} for a blank or too long name; {@code SECRET_NOT_FOUND}
     */
    public TaggedSecret secret(String name) {
        return secrets.find(id(name))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret \"" + Text.line(name) + "\" in " + secrets.place() + "; nothing was done"
                                + NearestName.didYouMean(name, names()),
                        "list the tagged secrets with: autodump plan"));
    }

    /**
     * Refuses what no secret can be named.
     *
     * @throws AutoDumpException {@code INVALID_ARGUMENT}
     */
    public void requireName(String name) {
        id(name);
    }

    private static SecretId id(String name) {
        try {
            return SecretId.of(name);
        } catch (IllegalArgumentException wrong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the name of a secret has 1 to 2,048 characters and isn't blank; nothing was done",
                    "list the tagged secrets with: autodump plan",
                    wrong);
        }
    }

    /** Returns the connection that a secret describes. */
    public DatabaseSecret connection(String secretName) {
        return autoDump().connection(secret(secretName));
    }

    /** Returns the names of the tagged secrets, to suggest one for a mistyped name. */
    private List<String> names() {
        return tagged().secrets().stream().map(TaggedSecret::name).toList();
    }

    /** Returns whose service failed. This determines the word for the failure's category in JSON. */
    public Platform platform(AutoDumpException failure) {
        boolean onAws =
                switch (failure.code()) {
                    case CATALOG_FAILED, SCAN_INCOMPLETE ->
                        // Tokens for databases come from AWS, even if the secret is in a folder.
                        configuration.hasSecretsOnAws() || failure.getCause() instanceof SdkException;
                    case SCHEDULER_FAILED, EVENT_FAILED -> false;
                    default -> AdapterFactory.isStoreOnAws(configuration.ofStore());
                };
        return onAws ? Platform.AWS : Platform.OWN;
    }

    /** Returns all tagged secrets that can be read, sorted by name. */
    public TaggedSecrets tagged() {
        List<TaggedSecret> read = new ArrayList<>();
        Optional<AutoDumpException> failure = Optional.empty();
        try (Stream<TaggedSecret> tagged = secrets.tagged()) {
            tagged.forEach(read::add);
        } catch (AutoDumpException brokenOff) {
            failure = Optional.of(brokenOff);
        }
        read.sort(Comparator.comparing(TaggedSecret::name));
        return new TaggedSecrets(List.copyOf(read), failure);
    }

    /**
     * The result of a listing.
     *
     * @param failure why it isn't complete; empty if it is
     */
    public record TaggedSecrets(List<TaggedSecret> secrets, Optional<AutoDumpException> failure) {
        /**
         * Requires that there is a secret or the reason why there is none. A folder that isn't mounted looks like one
         * without secrets.
         *
         * @param place where the secrets are
         * @param consequence what wasn't done
         * @throws AutoDumpException {@code SECRET_NOT_FOUND}
         */
        public void requireSome(String place, String consequence) {
            if (secrets.isEmpty() && failure.isEmpty()) {
                throw new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "no secret in " + place + " has an autodump: tag; " + consequence,
                        "tag a secret with autodump:start-schedule, or correct \"secrets\" in autodump.yaml");
            }
        }
    }
}
