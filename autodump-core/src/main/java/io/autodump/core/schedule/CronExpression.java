package io.autodump.core.schedule;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cron expression of five fields, read in a time zone. Runs have a resolution of one minute.
 *
 * <h2>Text</h2>
 *
 * <table>
 * <caption>The fields, in order, separated by white space</caption>
 * <tr><th>field</th><th>values</th><th>names (upper or lower case)</th></tr>
 * <tr><td>minute</td><td>0-59</td><td></td></tr>
 * <tr><td>hour</td><td>0-23</td><td></td></tr>
 * <tr><td>day of month</td><td>1-31</td><td></td></tr>
 * <tr><td>month</td><td>1-12</td><td>JAN-DEC</td></tr>
 * <tr><td>day of week</td><td>0-7, 0 and 7 are Sunday</td><td>SUN-SAT</td></tr>
 * </table>
 *
 * <p>A field is a list of entries, separated by {@code ,}. An entry is {@code *}, a value, a range {@code a-b}, or
 * {@code *} or a range with a step, {@code a-b/n}. A range whose end is below its start wraps: {@code FRI-MON},
 * {@code 22-2}. A step is at least 1 and at most the number of values of the field. A step without a range
 * ({@code 5/15}) is an error, because other parsers read it as {@code 5} or as {@code 5-59/15}. AWS allows neither
 * {@code *} nor {@code ,} in a tag. So {@code -}, alone or before a step, means {@code *}, and {@code :} means
 * {@code ,}.
 *
 * <p>A macro can replace the fields: {@code @hourly}, {@code @daily} or {@code @midnight}, {@code @weekly} (Sunday),
 * {@code @monthly}, {@code @yearly} or {@code @annually}. Each runs at the first minute of its period.
 *
 * <h2>Days</h2>
 *
 * <p>A day field is <em>unrestricted</em> if {@code *} or {@code *}{@code /1} is among its entries. Otherwise it is
 * <em>restricted</em>, also as {@code *}{@code /2}, {@code 1-31} or {@code 0-6}. If both day fields are restricted, a
 * date needs to match only one of them. This is the rule of cron(8).
 *
 * <h2>Runs</h2>
 *
 * <p>The runs in a zone are one fixed set of instants. It depends only on the expression and the zone's rules. When the
 * zone's clock changes, for daylight saving time or for any other reason, two kinds of expression behave differently:
 *
 * <ul>
 *   <li>If {@code *} or {@code *} {@code /1} is among the entries of the hour, there is a run whenever the clock
 *       shows a matching minute at second 0. A minute that the clock shows twice has two runs, and a minute that it
 *       skips has none.
 *   <li>With any other hour, also {@code 0-23} and {@code *}{@code /2}, each matching minute of each date has exactly
 *       one run. A minute that the clock shows twice runs the first time only. All minutes that one jump of the clock
 *       skips run once, at the instant of the jump; if the minute that the clock shows then matches too, that is the
 *       same run. Only a date that is skipped as a whole has no runs: Samoa had no 2011-12-30.
 * </ul>
 *
 * <p>In times when a zone's offset had seconds, a run is still at second 0 of the clock, or at the instant of a jump.
 *
 * <p>Immutable and thread-safe. Two expressions are equal if their {@link #canonical()} texts are.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/crontab.5.html">crontab(5)</a>
 */
public final class CronExpression {

    private final WallClockTimes times;
    private final boolean everyHour;
    private final boolean impossible;
    private final String canonical;
    private final CronFields fields;

    private CronExpression(CronFields fields) {
        this.times = WallClockTimes.of(fields);
        this.everyHour = fields.hour().star();
        this.impossible = times.isImpossible();
        this.canonical = fields.canonical();
        this.fields = fields;
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

    /**
     * Returns when the expression runs, in English words for people: {@code Mon, Wed, Fri, every 15 min from 08:00 to
     * 17:45}. Their form may change in any version.
     */
    public String inWords() {
        return CronWords.of(fields);
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
