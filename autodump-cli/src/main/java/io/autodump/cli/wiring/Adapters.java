package io.autodump.cli.wiring;

import io.autodump.cli.config.Configuration;
import io.autodump.cli.doctor.Probe;
import io.autodump.cli.terminal.Text;
import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.NearestName;
import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.dump.ReadConnection;
import io.autodump.local.secret.SecretsBackend;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The adapters of one machine, as its configuration names them.
 *
 * @param tokens makes the passwords of secrets without one
 * @param tools what deals with PostgreSQL
 * @param probes what a doctor looks at of secrets, store and AWS
 * @param clock the time that everything goes by
 */
public record Adapters(
        Configuration configuration,
        SecretsBackend secrets,
        DumpStore store,
        DatabaseTokens tokens,
        DatabaseTools tools,
        List<Probe> probes,
        InstantSource clock) {

    public static Adapters of(Configuration configuration, DatabaseTools tools, InstantSource clock) {
        AdapterFactory places = new AdapterFactory(configuration);
        return new Adapters(
                configuration, places.secrets(), places.store(), places.tokens(), tools, places.probes(), clock);
    }

    /** Everything wired but for the source, which a command may want to watch. */
    public AutoDump.Builder wired() {
        AutoDump.Builder builder = AutoDump.builder()
                .secretCatalog(secrets)
                .secretValues(secrets)
                .databaseTokens(tokens)
                .dumpStore(store)
                .archiveInspector(tools.inspector())
                .dumpRestorer(tools.restorer())
                .clock(clock);
        restoreCheck().ifPresent(builder::restoreCheck);
        return builder;
    }

    /** Empty where no scratch server is configured. */
    public Optional<RestoreCheck> restoreCheck() {
        return configuration.scratch().map(ScratchServer::new);
    }

    public AutoDump autoDump() {
        return wired().build();
    }

    public AutoDump autoDump(DumpSource source) {
        return wired().dumpSource(source).build();
    }

    /**
     * The secret with this name, tagged or not.
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

    /** The connection that a secret stands for. */
    public DatabaseSecret connection(String secretName) {
        return connections().read(secret(secretName));
    }

    public ReadConnection connections() {
        return new ReadConnection(secrets, Optional.of(tokens));
    }

    /** Of tagged secrets, to find what a mistyped name was meant to be. */
    private List<String> names() {
        return tagged().secrets().stream().map(TaggedSecret::name).toList();
    }

    /** All tagged secrets that can be read, by name. */
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
     * What a listing gave.
     *
     * @param failure why it isn't complete; empty if it is
     */
    public record TaggedSecrets(List<TaggedSecret> secrets, Optional<AutoDumpException> failure) {}

    /** Reads its secret only when a dump asks to be proven, so that no other command fails for it. */
    private final class ScratchServer implements RestoreCheck {
        private final String secretName;

        ScratchServer(String secretName) {
            this.secretName = secretName;
        }

        @Override
        public void checkReady() {
            check().checkReady();
        }

        @Override
        public void prove(DumpManifest manifest, InputStream stored) {
            check().prove(manifest, stored);
        }

        private RestoreCheck check() {
            return tools.restoreCheck(connection(secretName));
        }
    }
}
