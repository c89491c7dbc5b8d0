package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronSyntaxTest {

    private static final String MACROS = "@annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly";

    private static List<String> problems(String text) {
        return catchThrowableOfType(CronSyntaxException.class, () -> CronExpression.parse(text))
                .problems();
    }

    private static String canonical(String text) {
        return CronExpression.parse(text).canonical();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // minutes
                "0 1 * * *           | 0 1 * * *",
                "00 007 01 02 *      | 0 7 1 2 *",
                "* 1 * * *           | * 1 * * *",
                "*/1 1 * * *         | * 1 * * *",
                "0-59 1 * * *        | * 1 * * *",
                "30-29 1 * * *       | * 1 * * *",
                "5,*,7 1 * * *       | * 1 * * *",
                "*/5 1 * * *         | */5 1 * * *",
                "*/25 1 * * *        | */25 1 * * *",
                "0,25,50 1 * * *     | */25 1 * * *",
                "*/30 1 * * *        | 0,30 1 * * *",
                "*/60 1 * * *        | 0 1 * * *",
                "0-40/20 1 * * *     | */20 1 * * *",
                "5-59/15 1 * * *     | 5-50/15 1 * * *",
                "10-20/50 1 * * *    | 10 1 * * *",
                "3,1,2 1 * * *       | 1-3 1 * * *",
                "1,2 1 * * *         | 1,2 1 * * *",
                "1,2,3,5,9,10 1 * * *| 1-3,5,9,10 1 * * *",
                "57-3 1 * * *        | 0-3,57-59 1 * * *",
                "55-10/5 1 * * *     | 0,5,10,55 1 * * *",
                // hours: a star is not the list of all hours
                "0 * * * *           | 0 * * * *",
                "0 */1 * * *         | 0 * * * *",
                "0 3,*/1 * * *       | 0 * * * *",
                "0 0-23 * * *        | 0 0-23 * * *",
                "0 0-23/1 * * *      | 0 0-23 * * *",
                "0 12-11 * * *       | 0 0-23 * * *",
                "0 */2 * * *         | 0 */2 * * *",
                "0 22-2 * * *        | 0 0-2,22,23 * * *",
                "0 22-4/2 * * *      | 0 0,2,4,22 * * *",
                // days: nor is it the list of all days
                "0 1 */1 * *         | 0 1 * * *",
                "0 1 1-31 * *        | 0 1 1-31 * *",
                "0 1 */2 * *         | 0 1 */2 * *",
                "0 1 28-2 * *        | 0 1 1,2,28-31 * *",
                "0 1 * */1 *         | 0 1 * * *",
                "0 1 * 1-12 *        | 0 1 * * *",
                "0 1 * NOV-FEB *     | 0 1 * 1,2,11,12 *",
                "0 1 * nov-Feb/2 *   | 0 1 * 1,11 *",
                "0 1 * jan,Dec *     | 0 1 * 1,12 *",
                "0 1 * */5 *         | 0 1 * */5 *",
                "0 1 * * 7           | 0 1 * * 0",
                "0 1 * * sun         | 0 1 * * 0",
                "0 1 * * 0,7         | 0 1 * * 0",
                "0 1 * * 5-7         | 0 1 * * 0,5,6",
                "0 1 * * 6-7/1       | 0 1 * * 0,6",
                "0 1 * * 5-7/2       | 0 1 * * 0,5",
                "0 1 * * 7-2         | 0 1 * * 0-2",
                "0 1 * * 7-7         | 0 1 * * 0",
                "0 1 * * 7-0         | 0 1 * * 0",
                "0 1 * * 0-7         | 0 1 * * 0-6",
                "0 1 * * 1-0         | 0 1 * * 0-6",
                "0 1 * * FRI-MON     | 0 1 * * 0,1,5,6",
                "0 1 * * FRI-MON/2   | 0 1 * * 0,5",
                "0 1 * * FRI-SUN     | 0 1 * * 0,5,6",
                "0 1 * * MON-5       | 0 1 * * 1-5",
                "0 1 * * */7         | 0 1 * * 0",
                "0 1 * * */1         | 0 1 * * *",
            })
    void hasOneCanonicalText(String text, String canonical) {
        assertThat(canonical(text)).isEqualTo(canonical);
        assertThat(canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- - - - -            | * * * * *",
                "-/15 - - - -         | */15 * * * *",
                "0 -/2 - - -          | 0 */2 * * *",
                "0 -/1 - - -          | 0 * * * *",
                "1:3:5 2 - - -        | 1,3,5 2 * * *",
                "1-3:7-9 2 - - -      | 1-3,7-9 2 * * *",
                "-/20:5 2 - - -       | */20,5 2 * * *",
                "5:-/20 2 - - -       | 5,*/20 2 * * *",
                "-:5 2 - - -          | * 2 * * *",
                "1:3,5 2 * - -        | 1,3,5 2 * * *",
                "0 2 - - FRI-MON:WED  | 0 2 * * FRI-MON,WED",
            })
    void readsTheAlphabetOfTags(String tag, String ordinary) {
        assertThat(CronExpression.parse(tag)).isEqualTo(CronExpression.parse(ordinary));
    }

    @ParameterizedTest
    @CsvSource({
        "@hourly, 0 * * * *",
        "@daily, 0 0 * * *",
        "@midnight, 0 0 * * *",
        "@weekly, 0 0 * * 0",
        "@monthly, 0 0 1 * *",
        "@yearly, 0 0 1 1 *",
        "@annually, 0 0 1 1 *",
        "'  @DAILY ', 0 0 * * *",
    })
    void readsTheMacros(String macro, String canonical) {
        assertThat(canonical(macro)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"  0 1 * * *  ", "0  1\t*\n* *", "\u00a00\u00a01\u2003*\u3000* *\r\n"})
    void foldsWhiteSpace(String text) {
        assertThat(canonical(text)).isEqualTo("0 1 * * *");
    }

    @Test
    void readsNamesWhateverTheLocaleOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(canonical("0 1 * apr fri")).isEqualTo("0 1 * 4 5");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60 1 1 1 1        | minute: \"60\" is not in 0-59",
                "0 25 * * *        | hour: \"25\" is not in 0-23",
                "0 1 0 * *         | day of month: \"0\" is not in 1-31",
                "0 1 32 * *        | day of month: \"32\" is not in 1-31",
                "0 1 L * *         | day of month: \"L\" is not in 1-31",
                "0 1 ? * *         | day of month: \"?\" is not in 1-31",
                "0 1 * 13 *        | month: \"13\" is not in 1-12 or JAN-DEC",
                "0 1 * MAI *       | month: \"MAI\" is not in 1-12 or JAN-DEC",
                "0 1 * * 8         | day of week: \"8\" is not in 0-7 or SUN-SAT",
                "0 1 * * MONDAY    | day of week: \"MONDAY\" is not in 0-7 or SUN-SAT",
                "0 1 * * 5#2       | day of week: \"5#2\" is not in 0-7 or SUN-SAT",
                "0 MON * * *       | hour: \"MON\" is not in 0-23",
                "0 3-25 * * *      | hour: \"25\" of \"3-25\" is not in 0-23",
                "0 1,2,24 * * *    | hour: \"24\" is not in 0-23",
                "+5 1 * * *        | minute: \"+5\" is not in 0-59",
                "1.5 1 * * *       | minute: \"1.5\" is not in 0-59",
                "\u0665 1 * * *    | minute: \"\u0665\" is not in 0-59",
                "99999999999999999999 1 * * * | minute: \"99999999999999999999\" is not in 0-59",
                "4294967296 1 * * * | minute: \"4294967296\" is not in 0-59",
                "*/0 1 * * *       | minute: the step \"0\" of \"*/0\" is not in 1-60",
                "*/61 1 * * *      | minute: the step \"61\" of \"*/61\" is not in 1-60",
                "0 */25 * * *      | hour: the step \"25\" of \"*/25\" is not in 1-24",
                "0 1 */32 * *      | day of month: the step \"32\" of \"*/32\" is not in 1-31",
                "0 1 * */13 *      | month: the step \"13\" of \"*/13\" is not in 1-12",
                "0 1 * * */8       | day of week: the step \"8\" of \"*/8\" is not in 1-7",
                "*/ 1 * * *        | minute: the step \"\" of \"*/\" is not in 1-60",
                "-/x 1 * * *       | minute: the step \"x\" of \"-/x\" is not in 1-60",
                "0-9/-1 1 * * *    | minute: the step \"-1\" of \"0-9/-1\" is not in 1-60",
                "*/9999999999 1 * * * | minute: the step \"9999999999\" of \"*/9999999999\" is not in 1-60",
                "5/15 1 * * *      | minute: \"5/15\" has a step but no range: write 5-59/15, or 5 alone",
                "0 1 * mar/2 *     | month: \"mar/2\" has a step but no range: write mar-12/2, or mar alone",
                "1,,2 1 * * *      | minute: \"1,,2\" has an entry with nothing in it",
                "1: 1 * * *        | minute: \"1:\" has an entry with nothing in it",
                ", 1 * * *         | minute: \",\" has an entry with nothing in it",
            })
    void namesTheFieldTheTokenAndWhatIsAllowed(String text, String problem) {
        assertThat(problems(text)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-2-3", "-5", "5-", "--", "**", "*-5", "0-9/2/3", "/5"})
    void namesAnEntryThatHasNoneOfTheForms(String entry) {
        assertThat(problems(entry + " 1 * * *"))
                .containsExactly("minute: \"" + entry + "\" is not *, a value in 0-59, a range of values,"
                        + " or * or a range with a step such as */2");
    }

    @Test
    void namesAllProblemsOfAllFieldsAtOnce() {
        assertThat(problems("61,5,1-62/99 */0 32 FOO 1,,9"))
                .containsExactly(
                        "minute: \"61\" is not in 0-59",
                        "minute: the step \"99\" of \"1-62/99\" is not in 1-60",
                        "minute: \"62\" of \"1-62/99\" is not in 0-59",
                        "hour: the step \"0\" of \"*/0\" is not in 1-24",
                        "day of month: \"32\" is not in 1-31",
                        "month: \"FOO\" is not in 1-12 or JAN-DEC",
                        "day of week: \"1,,9\" has an entry with nothing in it",
                        "day of week: \"9\" is not in 0-7 or SUN-SAT");
    }

    @Test
    void joinsAllProblemsInTheMessage() {
        assertThatThrownBy(() -> CronExpression.parse("60 24 * * *"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minute: \"60\" is not in 0-59; hour: \"24\" is not in 0-23");
    }

    @ParameterizedTest
    @CsvSource({
        "'', \"\" has 0 fields",
        "' \t ', \"\" has 0 fields",
        "5, \"5\" has 1 field",
        "0 1 * *, \"0 1 * *\" has 4 fields",
        "0 0 1  * * *, \"0 0 1 * * *\" has 6 fields",
    })
    void saysHowManyFieldsThereAreAndWhatTheFiveAre(String text, String count) {
        assertThat(problems(text))
                .containsExactly("the cron expression " + count
                        + ", not the five: minute, hour, day of month, month, day of week");
    }

    @Test
    void namesTheKnownMacrosAndTheNearestOne() {
        assertThat(problems("@dayly"))
                .containsExactly("the macro \"@dayly\" is not known, did you mean @daily? There are " + MACROS);
        assertThat(problems("@ Hourly"))
                .containsExactly("the macro \"@ Hourly\" is not known, did you mean @hourly? There are " + MACROS);
        assertThat(problems("@daily 5"))
                .containsExactly("the macro \"@daily 5\" is not known, did you mean @daily? There are " + MACROS);
        assertThat(problems("@MONTLY"))
                .containsExactly("the macro \"@MONTLY\" is not known, did you mean @monthly? There are " + MACROS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@reboot", "@", "@@", "@every 5m"})
    void namesTheKnownMacrosAloneWhereNoneIsNear(String macro) {
        assertThat(problems(macro)).containsExactly("the macro \"" + macro + "\" is not known. There are " + MACROS);
    }

    @Test
    void refusesTextsLongerThanAnyExpression() {
        String longest = "0 1 * *" + " ".repeat(992) + "*";
        assertThat(canonical(longest)).isEqualTo("0 1 * * *");
        assertThat(problems(longest + " ")).containsExactly("the cron expression has 1001 characters, more than 1000");
        assertThat(problems("1,".repeat(1_000_000))).hasSize(1);
    }

    @Test
    void quotesLongAndUnprintableTokensAsAMessageCanHoldThem() {
        assertThat(problems("1".repeat(500) + " 1 * * *"))
                .containsExactly("minute: \"" + "1".repeat(40) + "...\" is not in 0-59");
        assertThat(problems("\u001b[2J 1 * * *")).containsExactly("minute: \"?[2J\" is not in 0-59");
    }

    @Test
    void keepsTheProblemsFromBeingChanged() {
        List<String> problems = problems("60 1 * * *");
        assertThatThrownBy(problems::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
