package io.autodump.core.schedule;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cron expression of five fields, read on the clock of a time zone. Runs are to the minute.
 *
 * <h2>Text</h2>
 *
 * <table>
 * <caption>The fields, in order, separated by any white space</caption>
 * <tr><th>field</th><th>values</th><th>names (of any case)</th></tr>
 * <tr><td>minute</td><td>0-59</td><td></td></tr>
 * <tr><td>hour</td><td>0-23</td><td></td></tr>
 * <tr><td>day of month</td><td>1-31</td><td></td></tr>
 * <tr><td>month</td><td>1-12</td><td>JAN-DEC</td></tr>
 * <tr><td>day of week</td><td>0-7, 0 and 7 are Sunday</td><td>SUN-SAT</td></tr>
 * </table>
 *
 * <p>A field is a list, separated by {@code ,}, of entries: {@code *}, a value, a range {@code a-b}, or {@code *} or a
 * range with a step, {@code a-b/n}. A range that ends below its beginning wraps: {@code FRI-MON}, {@code 22-2}. A step
 * is 1 or more, and no more than the field has values. A step without a range ({@code 5/15}), which other readers take
 * to be {@code 5} or {@code 5-59/15}, is an error. For texts that can hold neither {@code *} nor {@code ,}, as tags of
 * AWS can't, {@code -} alone or before a step stands for {@code *}, and {@code :} for {@code ,}.
 *
 * <p>In place of the fields there may be {@code @hourly}, {@code @daily} or {@code @midnight}, {@code @weekly}
 * (Sunday), {@code @monthly}, {@code @yearly} or {@code @annually}: each at the first minute of its span.
 *
 * <h2>Days</h2>
 *
 * <p>A day field is <em>open</em> if {@code *} or {@code *}{@code /1} is among its entries, else it <em>restricts</em>,
 * {@code *}{@code /2} and even {@code 1-31} or {@code 0-6}. Where both day fields restrict, a date needs to match only
 * one of them. This is the rule of cron(8).
 *
 * <h2>Runs</h2>
 *
 * <p>The runs in a zone are one fixed set of instants, which depends on nothing but the expression and the zone's
 * rules. Two kinds of expression differ in what a change of the zone's clock does to them, be it for daylight saving
 * time or for any other reason:
 *
 * <ul>
 *   <li>With {@code *} or {@code *}{@code /1} among the entries of the hour, the runs are all instants at which the
 *       clock shows a matching minute at its second 0: a minute that the clock shows twice has two runs, and a minute
 *       that it jumps over has none.
 *   <li>With any other hour, {@code 0-23} and {@code *}{@code /2} too, each matching minute of each date has its one
 *       run, never lost and never doubled: a minute that the clock shows twice runs on the first pass alone, and all
 *       minutes that one jump of the clock leaves out run as one, at the instant of the jump (which is also the run of
 *       the minute that the clock then shows, if that matches). Only a date left out as a whole has no runs: Samoa had
 *       no 2011-12-30.
 * </ul>
 *
 * <p>Before zones had offsets of whole minutes, a run is still at second 0 of the clock, or at the instant of a jump,
 * whatever the clock's second then.
 *
 * <p>Immutable and thread-safe. Equal are the expressions of equal {@link #canonical()} texts.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/crontab.5.html">crontab(5)</a>
 */
public final class CronExpression {

    private final WallClockTimes times;
    private final boolean everyHour;
    private final boolean impossible;
    private final String canonical;

    private CronExpression(CronFields fields) {
        this.times = WallClockTimes.of(fields);
        this.everyHour = fields.hour().star();
        this.impossible = times.isImpossible();
        this.canonical = fields.canonical();
    }

    /**
     * Parses an expression. An expression that is well-formed but {@linkplain #isImpossible() impossible} is accepted.
     *
     * @param text five fields or a macro, at most 1,000 characters; surrounding white space is ignored
     * @throws CronSyntaxException for any other text, with all problems of all fields
     */
    public static CronExpression parse(String text) {
        return new CronExpression(CronParser.parse(text));
    }

    /**
     * Returns the first run after an instant.
     *
     * @param after the instant, excluded, and the zone in which the expression is read
     * @return the run in the same zone; empty if the expression is {@linkplain #isImpossible() impossible}, or if the
     *     run would be after the last year that {@link java.time} supports
     */
    public Optional<ZonedDateTime> next(ZonedDateTime after) {
        return impossible
                ? Optional.empty()
                : runs(after.getZone()).after(after.toInstant()).map(run -> run.atZone(after.getZone()));
    }

    /**
     * Returns the last run before an instant, as the mirror of {@link #next}.
     *
     * @param before the instant, excluded, and the zone in which the expression is read
     * @return the run in the same zone; empty if the expression is {@linkplain #isImpossible() impossible}, or if the
     *     run would be before the first year that {@link java.time} supports
     */
    public Optional<ZonedDateTime> previous(ZonedDateTime before) {
        return impossible
                ? Optional.empty()
                : runs(before.getZone()).before(before.toInstant()).map(run -> run.atZone(before.getZone()));
    }

    /**
     * Returns the first runs after an instant.
     *
     * @param after the instant, excluded, and the zone in which the expression is read
     * @param count the number of runs, 0 or more
     * @return the runs in ascending order; fewer than {@code count} only if {@link #next} finds no more; unmodifiable
     * @throws IllegalArgumentException if the count is negative
     */
    public List<ZonedDateTime> upcoming(ZonedDateTime after, int count) {
        return Stream.iterate(next(after), Optional::isPresent, run -> run.flatMap(this::next))
                .limit(count)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Returns the canonical text of this expression, with numbers and ordinary characters only. Two expressions have
     * the same text if their fields have the same values, and if they agree in which of the hour, the day of month and
     * the day of week is {@code *}. Parsing the text gives an equal expression.
     *
     * <p>Hashes of the text are stored outside the program, so it stays the same in all versions.
     */
    public String canonical() {
        return canonical;
    }

    /** Returns whether every minute of the matching hours has a run. */
    public boolean runsEveryMinute() {
        return times.minutes() == CronField.MINUTE.all();
    }

    /** Returns whether the date never occurs, as in {@code 0 0 31 2 *}: there is no run, ever. */
    public boolean isImpossible() {
        return impossible;
    }

    private RunSet runs(ZoneId zone) {
        return RunSet.of(times, everyHour, zone.getRules());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronExpression that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /** Returns the {@linkplain #canonical() canonical} text. */
    @Override
    public String toString() {
        return canonical;
    }
}
