package io.autodump.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words when a cron expression runs, for people who don't read cron. */
final class CronWords {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final int MOST_TIMES = 6;
    private static final int MINUTES = 60;
    private static final int HOURS = 24;

    private final CronFields fields;
    private final List<Integer> minutes;
    private final List<Integer> hours;

    private CronWords(CronFields fields) {
        this.fields = fields;
        this.minutes = values(fields.minute());
        this.hours = values(fields.hour());
    }

    static String of(CronFields fields) {
        return new CronWords(fields).text();
    }

    private String text() {
        String times = times();
        String days = days();
        if (days.isEmpty()) {
            return times.startsWith("every") ? times : "every day " + times;
        }
        return days + (times.startsWith("every") ? ", " : " ") + times;
    }

    private String times() {
        int step = step(minutes, MINUTES);
        boolean oneRange = step(hours, 0) == 1 || hours.size() == 1;
        if (minutes.size() > 1 && step > 0 && (oneRange || hours.size() == HOURS)) {
            return every(step, step == 1 ? "minute" : step + " min", true);
        }
        int everyHours = step(hours, HOURS);
        if (minutes.size() == 1 && everyHours > 0 && hours.size() > 2) {
            return every(everyHours, everyHours == 1 ? "hour" : everyHours + " h", false);
        }
        int hourStep = step(hours, 0);
        if (minutes.size() == 1 && hourStep > 0 && hours.size() > 2) {
            return "every " + (hourStep == 1 ? "hour" : hourStep + " h") + span();
        }
        return minutes.size() * hours.size() <= MOST_TIMES
                ? "at " + list()
                : "at minute " + join(minutes) + " of hour " + ranges(hours);
    }

    /** The first and the last time are said unless the interval goes around the clock from midnight on. */
    private String every(int step, String interval, boolean ofMinutes) {
        boolean allDay = hours.size() == HOURS || !ofMinutes;
        if (allDay && minutes.get(0) == 0 && (ofMinutes || hours.get(0) == 0)) {
            return "every " + interval;
        }
        if (ofMinutes && allDay) {
            return "every " + interval + " from minute " + minutes.get(0);
        }
        return !ofMinutes && step == 1
                ? "every hour at minute " + minutes.get(0)
                : "every " + interval + (ofMinutes ? span() : " from " + time(hours.get(0), minutes.get(0)));
    }

    private String span() {
        return " from " + time(hours.get(0), minutes.get(0)) + " to "
                + time(hours.get(hours.size() - 1), minutes.get(minutes.size() - 1));
    }

    private String list() {
        List<String> times = new ArrayList<>();
        for (int hour : hours) {
            for (int minute : minutes) {
                times.add(time(hour, minute));
            }
        }
        return String.join(", ", times);
    }

    private String days() {
        List<String> words = new ArrayList<>();
        if (!fields.dayOfWeek().star()) {
            words.add(daysOfWeek());
        }
        if (!fields.dayOfMonth().star()) {
            String day = "day " + ranges(values(fields.dayOfMonth())) + " of the month";
            // cron(8): if both are restricted, a date needs to match one of them.
            words.add(words.isEmpty() ? day : "or " + day);
        }
        if (!fields.month().star()) {
            words.add("in " + named(values(fields.month()), MONTHS, 1));
        }
        return String.join(" ", words);
    }

    private String daysOfWeek() {
        // 0 is Sunday, which ends the week here.
        List<Integer> days = values(fields.dayOfWeek()).stream()
                .map(day -> (day + DAYS.size() - 1) % DAYS.size())
                .sorted()
                .toList();
        return named(days, DAYS, 0);
    }

    private static String named(List<Integer> values, List<String> names, int first) {
        if (values.size() > 2 && step(values, 0) == 1) {
            return names.get(values.get(0) - first) + " to " + names.get(values.get(values.size() - 1) - first);
        }
        return String.join(
                ", ", values.stream().map(value -> names.get(value - first)).toList());
    }

    private static String join(List<Integer> values) {
        return String.join(", ", values.stream().map(String::valueOf).toList());
    }

    private static String ranges(List<Integer> values) {
        return values.size() > 2 && step(values, 0) == 1
                ? values.get(0) + " to " + values.get(values.size() - 1)
                : join(values);
    }

    /**
     * Returns the constant difference of the values; 0 if there is none.
     *
     * @param cycle the difference must go around this cycle too; 0 for none
     */
    private static int step(List<Integer> values, int cycle) {
        if (values.size() < 2) {
            return 0;
        }
        int step = values.get(1) - values.get(0);
        for (int i = 2; i < values.size(); i++) {
            if (values.get(i) - values.get(i - 1) != step) {
                return 0;
            }
        }
        boolean closes = cycle == 0 || values.get(values.size() - 1) + step - values.get(0) == cycle;
        return closes ? step : 0;
    }

    private static List<Integer> values(FieldValues field) {
        List<Integer> values = new ArrayList<>();
        for (int value = Bits.atOrAbove(field.bits(), 0);
                value != Bits.NONE_ABOVE;
                value = Bits.atOrAbove(field.bits(), value + 1)) {
            values.add(value);
        }
        return values;
    }

    private static String time(int hour, int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", hour, minute);
    }
}
