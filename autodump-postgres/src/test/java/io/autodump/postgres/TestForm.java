package io.autodump.postgres;

import com.google.common.collect.Lists;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Of cross products, {@code make test-all} and {@code make chaos} take all; {@code make test} takes a few. */
public final class TestForm {
    public static final boolean FULL =
            Boolean.getBoolean("autodump.test.full") || "full".equals(System.getProperty("autodump.chaos"));

    private TestForm() {}

    /**
     * Each value with each value of the other lists. The short form has each value of the first list once; the other
     * lists, which must not be longer, are gone through again and again meanwhile. So each value occurs.
     */
    public static Stream<Arguments> product(List<?> first, List<?>... others) {
        List<List<?>> lists = Lists.asList(first, others);
        return FULL
                ? Lists.cartesianProduct(lists).stream().map(values -> Arguments.of(values.toArray()))
                : IntStream.range(0, first.size())
                        .mapToObj(number -> Arguments.of(lists.stream()
                                .map(list -> list.get(number % list.size()))
                                .toArray()));
    }

    /** Returns how often something is tried. */
    public static int times(int inShortForm, int inFullForm) {
        return FULL ? inFullForm : inShortForm;
    }
}
