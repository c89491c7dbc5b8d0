package io.autodump.core.schedule;

import java.time.LocalDateTime;

/** Reads plain expressions (numbers and ordinary characters alone) in the slow way: value by value. */
final class NaiveCron {

    private final boolean[] minutes;
    private final boolean[] hours;
    private final boolean[] daysOfMonth;
    private final boolean[] months;
    private final boolean[] daysOfWeek;
    private final boolean everyHour;
    private final boolean eitherDay;

    NaiveCron(String plain) {
        String[] fields = plain.split(" ", -1);
        minutes = read(fields[0], 0, 59);
        hours = read(fields[1], 0, 23);
        daysOfMonth = read(fields[2], 1, 31);
        months = read(fields[3], 1, 12);
        daysOfWeek = read(fields[4], 0, 6);
        everyHour = isStar(fields[1]);
        eitherDay = !isStar(fields[2]) && !isStar(fields[4]);
    }

    boolean everyHour() {
        return everyHour;
    }

    boolean matches(LocalDateTime time) {
        boolean dayOfMonth = daysOfMonth[time.getDayOfMonth()];
        boolean dayOfWeek = daysOfWeek[time.getDayOfWeek().getValue() % 7];
        return minutes[time.getMinute()]
                && hours[time.getHour()]
                && months[time.getMonthValue()]
                && (eitherDay ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek);
    }

    private static boolean isStar(String field) {
        return field.equals("*") || field.equals("*/1");
    }

    private static boolean[] read(String field, int min, int max) {
        boolean[] values = new boolean[max + 1];
        for (String entry : field.split(",", -1)) {
            String[] rangeAndStep = entry.split("/", -1);
            String[] range =
                    rangeAndStep[0].equals("*") ? new String[] {"" + min, "" + max} : rangeAndStep[0].split("-");
            int step = rangeAndStep.length == 1 ? 1 : Integer.parseInt(rangeAndStep[1]);
            int value = Integer.parseInt(range[0]);
            int last = Integer.parseInt(range[range.length - 1]);
            int size = max - min + 1;
            // Walks round the circle of values until it meets the last one, and takes one in so many steps.
            for (int walked = 0; ; walked++, value++) {
                if (walked % step == 0) {
                    values[value > max ? value - size : value] = true;
                }
                if (value == last || value == last + size) {
                    break;
                }
            }
        }
        return values;
    }
}
