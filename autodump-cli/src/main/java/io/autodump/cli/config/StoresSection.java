package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import io.autodump.core.retention.RetentionPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the sections {@code stores:} and {@code copy-to:} of the configuration. */
final class StoresSection {
    static final String NAME = "stores";
    static final String COPY_TO = "copy-to";

    /** The text of {@code --store}, if it can be a name. Not a key of the file. */
    static final String CHOSEN = "store-name";

    private static final String STORE = "store";
    private static final String RETENTION = "retention";
    private static final String DOT = ".";
    private static final Pattern SECTION = Pattern.compile("stores(\\.[^.]+(\\.aws)?)?");
    private static final Pattern SYNTAX = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** The keys of one store. */
    static final List<String> KEYS = ImmutableList.<String>builder()
            .add(STORE, RETENTION, AwsSection.NAME)
            .addAll(AwsSection.KEYS)
            .build();

    private final Entries entries;
    private final Function<JsonNode, StoreLocation> locations;
    private final AwsSettings main;

    private StoresSection(Entries entries, Function<JsonNode, StoreLocation> locations, AwsSettings main) {
        this.entries = entries;
        this.locations = locations;
        this.main = main;
    }

    /** Returns whether the mapping under this key is a section. */
    static boolean isSection(String key) {
        return SECTION.matcher(key).matches();
    }

    /** Returns the key within one store; empty if this isn't the key of a store. */
    static Optional<String> keyOfStore(String key) {
        String[] parts = key.split("\\.", 3);
        return parts.length == 3 && parts[0].equals(NAME) ? Optional.of(parts[2]) : Optional.empty();
    }

    /** Returns whether this is the short form of a store: {@code stores: {disk: /mnt/disk}}. */
    static boolean isShort(String key) {
        return key.startsWith(NAME + DOT) && keyOfStore(key).isEmpty();
    }

    /** Returns whether the text of {@code --store} can be a name, rather than a folder or a URI. */
    static boolean mayBeName(String text) {
        return SYNTAX.matcher(text).matches();
    }

    /**
     * Reads the stores.
     *
     * @param store the place of {@code store:}, or of {@code --store}
     * @param locations reads the place of a store
     * @param main the settings of {@code aws:}
     */
    static Stores read(
            Entries entries,
            Optional<StoreLocation> store,
            Function<JsonNode, StoreLocation> locations,
            AwsSettings main) {
        StoresSection section = new StoresSection(entries, locations, main);
        List<NamedStore> all = section.all();
        List<NamedStore> copyTo = section.copyTo(all);
        Optional<NamedStore> chosen =
                entries.read(CHOSEN, Values::text).flatMap(name -> section.chosen(name, all, store));
        if (chosen.isEmpty() && store.isPresent()) {
            copyTo.forEach(target -> section.requireApart(store.get(), target));
        }
        return new Stores(all, copyTo, chosen);
    }

    private List<NamedStore> all() {
        entries.read(NAME, value -> {
            throw new IllegalArgumentException("must be a mapping, such as stores: {disk: /mnt/disk/dumps}");
        });
        return names().flatMap(name -> store(name).stream()).toList();
    }

    private Stream<String> names() {
        return entries.names(NAME + DOT).stream()
                .map(key -> key.split("\\.", 3)[1])
                .distinct();
    }

    private Optional<NamedStore> store(String name) {
        String key = NAME + DOT + name;
        if (!SYNTAX.matcher(name).matches()) {
            problem(key, "isn't a name: lower-case letters, digits and hyphens, beginning with a letter");
            return Optional.empty();
        }
        Entries own = entries.in(key + DOT);
        Optional<StoreLocation> location =
                entries.has(key) ? entries.read(key, locations) : own.required(STORE, "s3://acme-copies", locations);
        AwsSettings aws = own.hasAny(AwsSection.NAME) ? AwsSection.read(own) : main;
        Optional<RetentionPolicy> retention = own.read(RETENTION, StoresSection::retention);
        return location.map(place -> new NamedStore(name, place, aws, retention));
    }

    private static RetentionPolicy retention(JsonNode value) {
        String text = Values.text(value);
        return text.equals(RetentionPolicy.KEEP_ALL.toString())
                ? RetentionPolicy.KEEP_ALL
                : RetentionPolicy.parse(text);
    }

    private List<NamedStore> copyTo(List<NamedStore> all) {
        List<String> names = entries.read(COPY_TO, StoresSection::names).orElse(List.of());
        List<NamedStore> found = new ArrayList<>();
        for (String name : names) {
            Optional<NamedStore> store = Stores.find(all, name);
            store.ifPresent(found::add);
            if (store.isEmpty() && names().noneMatch(name::equals)) {
                problem(COPY_TO, "\"" + name + "\" isn't a name under stores" + didYouMean(name));
            }
        }
        return found;
    }

    private static List<String> names(JsonNode value) {
        List<String> names = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> names.add(Values.text(element)));
        } else {
            names.add(Values.text(value));
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("names a store twice");
        }
        return names;
    }

    private Optional<NamedStore> chosen(String name, List<NamedStore> all, Optional<StoreLocation> store) {
        Optional<NamedStore> named = Stores.find(all, name);
        boolean isFolder = store.orElse(null) instanceof StoreLocation.Folder folder && Files.exists(folder.path());
        if (named.isEmpty() && !isFolder && names().findAny().isPresent() && names().noneMatch(name::equals)) {
            problem("--store", "\"" + name + "\" is neither a name under stores nor a folder" + didYouMean(name));
        }
        return named;
    }

    private String didYouMean(String name) {
        List<String> known = names().toList();
        String nearest = NearestName.didYouMean(name, known);
        return nearest.isEmpty() && !known.isEmpty() ? "; these are " + String.join(", ", known) : nearest;
    }

    /** Else the copies would be listed among the dumps, and copied again. */
    private void requireApart(StoreLocation store, NamedStore copies) {
        if (isSamePlace(store, copies)) {
            problem(
                    COPY_TO,
                    "\"" + copies.name() + "\" is " + copies.location() + ", and dumps are in " + store
                            + "; neither may be in the other");
        }
    }

    private boolean isSamePlace(StoreLocation store, NamedStore copies) {
        if (store instanceof StoreLocation.Folder folder) {
            return copies.location() instanceof StoreLocation.Folder other
                    && areNested(text(folder.path()), text(other.path()));
        }
        return store instanceof StoreLocation.Remote bucket
                && copies.location() instanceof StoreLocation.Remote other
                && bucket.scheme().equals(other.scheme())
                && bucket.container().equals(other.container())
                && endpoint(main).equals(endpoint(copies.aws()))
                && areNested("/" + bucket.prefix(), "/" + other.prefix());
    }

    private static String text(Path folder) {
        return ConfigurationReader.real(folder).toString();
    }

    private static boolean areNested(String first, String second) {
        return isIn(first, second) || isIn(second, first);
    }

    private static boolean isIn(String inner, String outer) {
        String folder = outer.endsWith("/") ? outer : outer + "/";
        return (inner + "/").startsWith(folder);
    }

    private static Optional<URI> endpoint(AwsSettings aws) {
        return aws.store().endpoint().or(aws::endpoint);
    }

    private void problem(String where, String what) {
        entries.problems().add(new Problem(where, what));
    }
}
