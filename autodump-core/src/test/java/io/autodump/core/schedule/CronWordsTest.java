package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 2 * * *           | every day at 02:30",
                "0 8,20 * * *         | every day at 08:00, 20:00",
                "*/15 8-17 * * 1,3,5  | Mon, Wed, Fri, every 15 min from 08:00 to 17:45",
                "*/15 * * * *         | every 15 min",
                "5-59/15 * * * *      | every 15 min from minute 5",
                "* * * * *            | every minute",
                "* 8-9 * * *          | every minute from 08:00 to 09:59",
                "0 * * * *            | every hour",
                "7 * * * *            | every hour at minute 7",
                "0 */6 * * *          | every 6 h",
                "30 1-23/6 * * *      | every 6 h from 01:30",
                "0 8-18/2 * * 1-5     | Mon to Fri, every 2 h from 08:00 to 18:00",
                "0 8-17 * * *         | every hour from 08:00 to 17:00",
                "0 3 * * 0            | Sun at 03:00",
                "0 3 * * 6,0          | Sat, Sun at 03:00",
                "0 0 1 * *            | day 1 of the month at 00:00",
                "0 0 1,15 * 1         | Mon or day 1, 15 of the month at 00:00",
                "0 4 1 1,7 *          | day 1 of the month in Jan, Jul at 04:00",
                "0 0 31 2 *           | day 31 of the month in Feb at 00:00",
                "0,10,17 8-10,14 * * * | every day at minute 0, 10, 17 of hour 8, 9, 10, 14",
                "*/15 8 * * *         | every 15 min from 08:00 to 08:45",
                "@weekly              | Sun at 00:00"
            })
    void saysWhenItRuns(String expression, String words) {
        assertThat(CronExpression.parse(expression).inWords()).isEqualTo(words);
    }
}
