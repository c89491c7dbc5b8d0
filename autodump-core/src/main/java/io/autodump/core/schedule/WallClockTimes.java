package io.autodump.core.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.Year;
import java.util.Arrays;
import java.util.Optional;

/**
 * The minutes on a wall clock that an expression matches, before a time zone is applied.
 *
 * <p>Every set is the bits of a {@code long}, so that a search jumps from member to member. Don't search an
 * {@linkplain #isImpossible() impossible} expression: the search would go through all years.
 *
 * @param eitherDay whether a date needs to match only one of its two day fields. This is cron's rule if both are
 *     restricted. If one isn't restricted, it contains all of its values, and a date must match both.
 */
record WallClockTimes(long minutes, long hours, long daysOfMonth, long months, long daysOfWeek, boolean eitherDay) {

    /**
     * Multiplied with the seven bits of a week, this gives the bits of five weeks. That is enough for a month,
     * whatever weekday it starts on.
     */
    private static final long FIVE_WEEKS = 1L | (1L << 7) | (1L << 14) | (1L << 21) | (1L << 28);

    private static final long WEEK = Bits.range(0, 6);

    static WallClockTimes of(CronFields fields) {
        return new WallClockTimes(
                fields.minute().bits(),
                fields.hour().bits(),
                fields.dayOfMonth().bits(),
                fields.month().bits(),
                fields.dayOfWeek().bits(),
                !fields.dayOfMonth().star() && !fields.dayOfWeek().star());
    }

    /** Returns whether no date ever matches. Every other expression has a matching date in any span of eight years. */
    boolean isImpossible() {
        return Arrays.stream(Month.values())
                .filter(month -> Bits.contains(months, month.getValue()))
                .noneMatch(month -> eitherDay || Bits.atOrAbove(daysOfMonth, 1) <= month.maxLength());
    }

    /** Returns the first of these times after {@code time}; empty if the years end before it. */
    Optional<LocalDateTime> after(LocalDateTime time) {
        LocalDate date = time.toLocalDate();
        Optional<LocalTime> sameDay = has(date) ? after(time.getHour(), time.getMinute()) : Optional.empty();
        return sameDay.isPresent() ? sameDay.map(date::atTime) : dateAfter(date).map(next -> next.atTime(first()));
    }

    /** Returns the last of these times before {@code time}; empty if the years begin after it. */
    Optional<LocalDateTime> before(LocalDateTime time) {
        LocalDate date = time.toLocalDate();
        boolean wholeMinute = time.getSecond() == 0 && time.getNano() == 0;
        int pastMinute = wholeMinute ? time.getMinute() : time.getMinute() + 1;
        Optional<LocalTime> sameDay = has(date) ? before(time.getHour(), pastMinute) : Optional.empty();
        return sameDay.isPresent()
                ? sameDay.map(date::atTime)
                : dateBefore(date).map(previous -> previous.atTime(last()));
    }

    private Optional<LocalTime> after(int hour, int minute) {
        int sameHour = Bits.atOrAbove(minutes, minute + 1);
        if (Bits.contains(hours, hour) && sameHour != Bits.NONE_ABOVE) {
            return Optional.of(LocalTime.of(hour, sameHour));
        }
        int later = Bits.atOrAbove(hours, hour + 1);
        return later == Bits.NONE_ABOVE ? Optional.empty() : Optional.of(LocalTime.of(later, first().getMinute()));
    }

    private Optional<LocalTime> before(int hour, int minute) {
        int sameHour = Bits.atOrBelow(minutes, minute - 1);
        if (Bits.contains(hours, hour) && sameHour != Bits.NONE_BELOW) {
            return Optional.of(LocalTime.of(hour, sameHour));
        }
        int earlier = Bits.atOrBelow(hours, hour - 1);
        return earlier == Bits.NONE_BELOW ? Optional.empty() : Optional.of(LocalTime.of(earlier, last().getMinute()));
    }

    private LocalTime first() {
        return LocalTime.of(Bits.atOrAbove(hours, 0), Bits.atOrAbove(minutes, 0));
    }

    private LocalTime last() {
        return LocalTime.of(
                Bits.atOrBelow(hours, CronField.HOUR.max()), Bits.atOrBelow(minutes, CronField.MINUTE.max()));
    }

    private boolean has(LocalDate date) {
        return Bits.contains(months, date.getMonthValue())
                && Bits.contains(days(date.getYear(), date.getMonthValue()), date.getDayOfMonth());
    }

    private Optional<LocalDate> dateAfter(LocalDate date) {
        int year = date.getYear();
        int month = Bits.atOrAbove(months, date.getMonthValue());
        int fromDay = month == date.getMonthValue() ? date.getDayOfMonth() + 1 : 1;
        while (year <= Year.MAX_VALUE) {
            if (month != Bits.NONE_ABOVE) {
                int day = Bits.atOrAbove(days(year, month), fromDay);
                if (day != Bits.NONE_ABOVE) {
                    return Optional.of(LocalDate.of(year, month, day));
                }
                month = Bits.atOrAbove(months, month + 1);
            } else {
                year++;
                month = Bits.atOrAbove(months, 1);
            }
            fromDay = 1;
        }
        return Optional.empty();
    }

    private Optional<LocalDate> dateBefore(LocalDate date) {
        int year = date.getYear();
        int month = Bits.atOrBelow(months, date.getMonthValue());
        int toDay = month == date.getMonthValue() ? date.getDayOfMonth() - 1 : CronField.DAY_OF_MONTH.max();
        while (year >= Year.MIN_VALUE) {
            if (month != Bits.NONE_BELOW) {
                int day = Bits.atOrBelow(days(year, month), toDay);
                if (day != Bits.NONE_BELOW) {
                    return Optional.of(LocalDate.of(year, month, day));
                }
                month = Bits.atOrBelow(months, month - 1);
            } else {
                year--;
                month = Bits.atOrBelow(months, CronField.MONTH.max());
            }
            toDay = CronField.DAY_OF_MONTH.max();
        }
        return Optional.empty();
    }

    /** Returns the matching days of one month, with day {@code d} as bit {@code d}. */
    private long days(int year, int month) {
        LocalDate first = LocalDate.of(year, month, 1);
        int firstWeekday = first.getDayOfWeek().getValue() % 7;
        long weekFromFirst = ((daysOfWeek >>> firstWeekday) | (daysOfWeek << (7 - firstWeekday))) & WEEK;
        long matchingWeekdays = (weekFromFirst * FIVE_WEEKS) << 1;
        long matching = eitherDay ? daysOfMonth | matchingWeekdays : daysOfMonth & matchingWeekdays;
        return matching & Bits.range(1, first.lengthOfMonth());
    }
}
