package io.autodump.dumper;

import io.autodump.aws.AwsClientsBuilder;
import io.autodump.aws.S3Kind;
import io.autodump.aws.s3.S3DumpStoreBuilder;
import io.autodump.core.contract.DumperNames;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a store needs that isn't Amazon S3. An absent setting is that of the kind.
 *
 * @param partSize the size of the first parts, or of equal ones, in MiB
 */
record StoreSettings(
        S3Kind kind,
        Optional<Boolean> checksums,
        Optional<Boolean> conditionalWrites,
        Optional<Boolean> equalParts,
        Optional<Boolean> pathStyle,
        Optional<Integer> partSize,
        Optional<Integer> maxParts,
        Optional<String> region) {
    static final List<String> NAMES = List.of(
            DumperNames.STORE_KIND,
            DumperNames.CHECKSUMS,
            DumperNames.CONDITIONAL_WRITES,
            DumperNames.EQUAL_PARTS,
            DumperNames.PATH_STYLE,
            DumperNames.PART_SIZE_MIB,
            DumperNames.MAX_PARTS,
            DumperNames.S3_REGION);

    private static final String ENDPOINT = "AWS_ENDPOINT_URL_S3";
    private static final List<String> KINDS = Stream.of(S3Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final int LEAST_MIB = 5;
    private static final int MOST_MIB = 5 << 10;
    private static final int MOST_PARTS = 10_000;
    private static final Predicate<String> TRUTH = List.of("true", "false")::contains;
    private static final Predicate<String> REGION =
            Pattern.compile("[a-z0-9-]+").asMatchPredicate();

    /** Reads a variable, and notes a problem if it hasn't the form. */
    interface Variables {
        Optional<String> matching(String name, Predicate<String> form, String expected);
    }

    static StoreSettings read(Variables variables) {
        return new StoreSettings(
                variables
                        .matching(DumperNames.STORE_KIND, KINDS::contains, "one of " + String.join(", ", KINDS))
                        .filter(KINDS::contains)
                        .map(name -> S3Kind.valueOf(name.toUpperCase(Locale.ROOT)))
                        .orElse(S3Kind.AWS),
                truth(variables, DumperNames.CHECKSUMS),
                truth(variables, DumperNames.CONDITIONAL_WRITES),
                truth(variables, DumperNames.EQUAL_PARTS),
                truth(variables, DumperNames.PATH_STYLE),
                number(
                        variables,
                        DumperNames.PART_SIZE_MIB,
                        StoreSettings::isPartSize,
                        "a number of MiB from 5 to 5120"),
                number(variables, DumperNames.MAX_PARTS, StoreSettings::isMaxParts, "a number from 1 to 10000"),
                variables.matching(DumperNames.S3_REGION, REGION, "a region"));
    }

    private static Optional<Boolean> truth(Variables variables, String name) {
        return variables.matching(name, TRUTH, "true or false").map(Boolean::valueOf);
    }

    private static Optional<Integer> number(Variables variables, String name, Predicate<String> form, String expected) {
        return variables.matching(name, form, expected).filter(form).map(Integer::valueOf);
    }

    private static boolean isPartSize(String text) {
        return text.matches("\\d{1,4}") && Integer.parseInt(text) >= LEAST_MIB && Integer.parseInt(text) <= MOST_MIB;
    }

    private static boolean isMaxParts(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_PARTS;
    }

    void applyTo(AwsClientsBuilder clients, Map<String, String> environment) {
        clients.s3PathStyle(pathStyle.orElse(kind.pathStyle())).s3Checksums(checksums.orElse(kind.checksums()));
        Optional<URI> endpoint = Optional.ofNullable(environment.get(ENDPOINT))
                .map(String::strip)
                .map(URI::create);
        region.or(() -> kind.region(endpoint)).ifPresent(clients::s3Region);
    }

    void applyTo(S3DumpStoreBuilder store) {
        store.kind(kind);
        checksums.ifPresent(store::checksums);
        conditionalWrites.ifPresent(store::conditionalWrites);
        equalParts.ifPresent(store::equalParts);
        partSize.map(mebibytes -> (long) mebibytes << 20).ifPresent(store::firstPartSize);
        maxParts.ifPresent(store::maxParts);
    }
}
