package io.autodump.core.schedule;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of an expression's five fields. */
record CronFields(
        FieldValues minute, FieldValues hour, FieldValues dayOfMonth, FieldValues month, FieldValues dayOfWeek) {

    String canonical() {
        return Stream.of(minute, hour, dayOfMonth, month, dayOfWeek)
                .map(FieldValues::canonical)
                .collect(Collectors.joining(" "));
    }
}
