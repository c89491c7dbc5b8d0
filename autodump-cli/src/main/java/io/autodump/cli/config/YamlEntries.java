package io.autodump.cli.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.autodump.core.error.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The entries of a YAML mapping with their line numbers. A section, which is a mapping under one of some
 * keys, has entries named {@code section.key}.
 *
 * @param entries the entries in the order of the file, duplicates included
 * @param problems why the text can't be read, or not completely
 */
record YamlEntries(List<Entry> entries, List<Problem> problems) {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper(YAML);
    private static final int NO_LINE = 0;
    /** What each alias begins with. Few configurations have it, and the others are read once. */
    private static final String ALIAS = "*";

    private static final String SCANNING = "while scanning for the next token";

    /** A place in the parser's message. The last one is that of the problem. */
    private static final Pattern MARK = Pattern.compile("(?m)^ in .*, line (\\d{1,9}), column \\d+:");

    private static final Predicate<String> INDENTED_BY_TAB =
            Pattern.compile("^ *\\t\\s*\\S").asPredicate();

    /**
     * One entry.
     *
     * @param value the value; a missing node if there is nothing after the colon
     */
    record Entry(String key, int line, JsonNode value) {
        /** The place of the entry, for a problem. */
        String where() {
            return line == NO_LINE ? "--" + key.substring(key.indexOf('.') + 1) : "line " + line + ", " + key;
        }

        /** An entry from a command-line option, which has the same name as its key. */
        static Entry ofOption(String key, String text) {
            return new Entry(key, NO_LINE, TextNode.valueOf(text));
        }
    }

    static YamlEntries read(String text, Predicate<String> sections) {
        List<Problem> aliases = text.contains(ALIAS) ? aliases(text) : List.of();
        return aliases.isEmpty() ? readWithoutAliases(text, sections) : new YamlEntries(List.of(), aliases);
    }

    /** The reader passes the name of an alias on as text. */
    private static List<Problem> aliases(String text) {
        List<Problem> aliases = new ArrayList<>();
        try (YAMLParser parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    aliases.add(new Problem(
                            "line " + parser.currentTokenLocation().getLineNr() + ", " + path(parser),
                            "is an alias of YAML (" + ALIAS + parser.getText()
                                    + "), which isn't supported; write the value itself, or put it in quotes if it is"
                                    + " a text"));
                }
            }
        } catch (IOException unreadable) {
            return List.of();
        }
        return aliases;
    }

    private static String path(JsonParser parser) {
        Deque<String> names = new ArrayDeque<>();
        for (JsonStreamContext level = parser.getParsingContext(); level != null; level = level.getParent()) {
            if (level.getCurrentName() != null) {
                names.addFirst(level.getCurrentName());
            }
        }
        return names.isEmpty() ? "an entry of a list" : String.join(".", names);
    }

    private static YamlEntries readWithoutAliases(String text, Predicate<String> sections) {
        List<Entry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                readEntries(parser, sections, "", entries);
                requireEnd(parser, problems);
            } else if (first != null && first != JsonToken.VALUE_NULL) {
                problems.add(new Problem(
                        "line " + parser.currentTokenLocation().getLineNr(),
                        "isn't a mapping; write one key and its value on each line, such as store: ./dumps"));
            }
        } catch (JsonProcessingException wrong) {
            problems.add(problem(wrong, text));
        } catch (IOException impossible) {
            throw new AssertionError("text in memory can always be read", impossible);
        }
        return new YamlEntries(entries, problems);
    }

    private static void requireEnd(JsonParser parser, List<Problem> problems) throws IOException {
        if (parser.nextToken() != null) {
            problems.add(new Problem(
                    "line " + parser.currentTokenLocation().getLineNr(),
                    "begins a second document (---), which would be ignored; keep one document in the file"));
        }
    }

    private static void readEntries(JsonParser parser, Predicate<String> sections, String prefix, List<Entry> entries)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            if (parser.nextToken() == JsonToken.START_OBJECT && sections.test(key)) {
                readEntries(parser, sections, key + ".", entries);
            } else {
                entries.add(new Entry(key, line, value(parser)));
            }
        }
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return MissingNode.getInstance();
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            ArrayNode list = MAPPER.createArrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(MAPPER.<JsonNode>readTree(parser));
            }
            return list;
        }
        return MAPPER.readTree(parser);
    }

    private static Problem problem(JsonProcessingException wrong, String text) {
        int line = MARK.matcher(String.valueOf(wrong.getOriginalMessage()))
                .results()
                .mapToInt(mark -> Integer.parseInt(mark.group(1)))
                .reduce(NO_LINE, (first, second) -> second);
        if (line == NO_LINE) {
            return new Problem(line(wrong.getLocation()), "isn't valid YAML: " + reason(wrong));
        }
        boolean tab =
                text.lines().skip(line - 1L).findFirst().filter(INDENTED_BY_TAB).isPresent();
        return new Problem(
                "line " + line,
                tab
                        ? "has a tab, which can't be used for indentation; use spaces"
                        : "isn't valid YAML: " + reason(wrong));
    }

    private static String line(JsonLocation location) {
        return location == null ? "the file" : "line " + location.getLineNr();
    }

    /** The line of the parser's message that has the cause, or the first one. The other lines quote the text. */
    private static String reason(JsonProcessingException wrong) {
        String message = String.valueOf(wrong.getOriginalMessage());
        if (message.startsWith(SCANNING)) {
            return message.lines()
                    .filter(line -> line.startsWith("found character"))
                    .findFirst()
                    .map(cause -> cause + "; put the value in quotes")
                    .orElse(SCANNING);
        }
        return message.lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
    }
}
