package io.autodump.core.schedule;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes expressions, most of them with runs near a given time of a given date. */
final class RandomCron {

    private static final Pattern VALUE = Pattern.compile("(?<![0-9/])[0-9]+");
    private static final List<String> MONTHS =
            List.of("", "Jan", "FEB", "mar", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "MON", "Tue", "WED", "THU", "FRI", "SAT", "7");

    private final Random random;
    private final boolean wrapping;

    /** Ranges wrap only if {@code wrapping}. */
    RandomCron(Random random, boolean wrapping) {
        this.random = random;
        this.wrapping = wrapping;
    }

    /** An expression in numbers and ordinary characters. */
    String plain(LocalDateTime near) {
        boolean anyDay = random.nextInt(3) > 0;
        return String.join(
                " ",
                field(0, 59, near.getMinute(), 8),
                field(0, 23, near.getHour(), 4),
                anyDay ? "*" : field(1, 31, near.getDayOfMonth(), 2),
                random.nextInt(4) > 0 ? "*" : field(1, 12, near.getMonthValue(), 3),
                anyDay ? "*" : field(0, 7, near.getDayOfWeek().getValue(), 2));
    }

    /** The same expression written otherwise: with names, in the alphabet of tags, with other white space. */
    String respelled(String plain) {
        String[] fields = plain.split(" ");
        if (random.nextBoolean()) {
            fields[3] = VALUE.matcher(fields[3]).replaceAll(month -> MONTHS.get(Integer.parseInt(month.group())));
            fields[4] = VALUE.matcher(fields[4]).replaceAll(day -> WEEKDAYS.get(Integer.parseInt(day.group())));
        }
        String text = String.join(random.nextBoolean() ? " " : " \t ", fields);
        return random.nextBoolean() ? text : text.replace('*', '-').replace(',', ':');
    }

    private String field(int min, int max, int near, int spread) {
        Supplier<String> value = () -> String.valueOf(value(min, max, near, spread));
        Supplier<String> range = () -> range(value(min, max, near, spread), value(min, max, near, spread));
        return switch (random.nextInt(8)) {
            case 0 -> "*";
            case 1 -> "*/" + (1 + random.nextInt(Math.min(max, 6) + random.nextInt(max - 6 + 1)));
            case 2, 3 -> range.get() + (random.nextInt(3) > 0 ? "" : "/" + (1 + random.nextInt((max - min) / 2)));
            case 4, 5 ->
                Stream.generate(random.nextInt(3) > 0 ? value : range)
                        .limit(2 + random.nextInt(3))
                        .collect(Collectors.joining(","));
            default -> value.get();
        };
    }

    private String range(int from, int to) {
        return wrapping ? from + "-" + to : Math.min(from, to) + "-" + Math.max(from, to);
    }

    private int value(int min, int max, int near, int spread) {
        int value = random.nextInt(3) == 0
                ? min + random.nextInt(max - min + 1)
                : near - spread + random.nextInt(2 * spread + 1);
        int size = max - min + 1;
        return min + Math.floorMod(value - min, size);
    }
}
