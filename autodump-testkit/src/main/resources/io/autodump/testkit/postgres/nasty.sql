-- nasty.sql: a small database of everything that is hard to dump and restore.
--
-- Runs as a superuser on PostgreSQL 12 to 18 in an empty UTF-8 database, statement by statement or as one
-- multi-statement string; no psql meta-command. Newer features are guarded by the server's version, extensions by
-- pg_available_extensions. No role is created, because a database dump holds none: grants go to PUBLIC.
-- Objects that live outside of the database's dump are left out too (COMMENT ON DATABASE, ALTER DATABASE ... SET,
-- subscriptions, tablespaces), and so is what pg_dump itself is known not to give back unchanged.
--
-- Some identifiers contain a line feed followed by text that would run as a psql command if a tool quoted badly:
-- an output line that is just "pwned" is a failure.

-- ---------------------------------------------------------------- schemas and names

CREATE SCHEMA nasty;
CREATE SCHEMA "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום";
CREATE SCHEMA "new
line
\echo pwned
SELECT 1/0; --";
CREATE SCHEMA "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn";
CREATE SCHEMA "長長長長長長長長長長長長長長長長長長長長長";
CREATE SCHEMA "select";
CREATE SCHEMA "MixedCase";
CREATE SCHEMA "ext $$ensions";
CREATE SCHEMA empty_schema;
COMMENT ON SCHEMA nasty IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON SCHEMA "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON SCHEMA public IS 'changed on purpose';
GRANT USAGE ON SCHEMA nasty, "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום", "new
line
\echo pwned
SELECT 1/0; --" TO PUBLIC;
GRANT CREATE ON SCHEMA "MixedCase" TO PUBLIC;

CREATE TABLE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" ("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" integer PRIMARY KEY, "new
line
\echo pwned
SELECT 1/0; --" text DEFAULT E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;', "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" text, "長長長長長長長長長長長長長長長長長長長長長" text, "table" text, "Table" text, "ТАБЛИЦА" text);
INSERT INTO "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" VALUES (1, DEFAULT, 'a', 'b', 'c', 'd', 'e'), (2, NULL, NULL, '', E'\\.', E'\\N', '\N');
COMMENT ON TABLE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON COLUMN "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."new
line
\echo pwned
SELECT 1/0; --" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
GRANT SELECT ("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום", "new
line
\echo pwned
SELECT 1/0; --"), UPDATE ("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn") ON "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" TO PUBLIC;
CREATE TABLE "new
line
\echo pwned
SELECT 1/0; --"."new
line
\echo pwned
SELECT 1/0; --" ("new
line
\echo pwned
SELECT 1/0; --" integer GENERATED ALWAYS AS IDENTITY, "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" text CONSTRAINT "new
line
\echo pwned
SELECT 1/0; --" CHECK ("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" <> ''), CONSTRAINT "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" PRIMARY KEY ("new
line
\echo pwned
SELECT 1/0; --"));
INSERT INTO "new
line
\echo pwned
SELECT 1/0; --"."new
line
\echo pwned
SELECT 1/0; --" ("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום") VALUES ('x'), (NULL);
CREATE INDEX "ix /* not a comment" ON "new
line
\echo pwned
SELECT 1/0; --"."new
line
\echo pwned
SELECT 1/0; --" ("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום");
CREATE TABLE "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" ("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" serial PRIMARY KEY, "長長長長長長長長長長長長長長長長長長長長長" integer REFERENCES "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" ("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"));
INSERT INTO "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" ("長長長長長長長長長長長長長長長長長長長長長") VALUES (1), (NULL), (2);
CREATE TABLE "長長長長長長長長長長長長長長長長長長長長長"."長長長長長長長長長長長長長長長長長長長長長" (LIKE "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"."nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" INCLUDING ALL);
INSERT INTO "長長長長長長長長長長長長長長長長長長長長長"."長長長長長長長長長長長長長長長長長長長長長" ("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", "長長長長長長長長長長長長長長長長長長長長長") VALUES (7, 8);
CREATE TABLE "select"."from" ("where" text, "group" text, "order" integer PRIMARY KEY, "limit" text, "user" text DEFAULT 'current_user', "end" text);
INSERT INTO "select"."from" SELECT 'w', 'g', i, 'l', NULL, 'e' FROM generate_series(1, 3) AS g (i);
CREATE TABLE "MixedCase"."MixedCase" ("MixedCase" integer, mixedcase integer, "MIXEDCASE" integer);
CREATE TABLE "MixedCase".mixedcase (a integer);
INSERT INTO "MixedCase"."MixedCase" VALUES (1, 2, 3);
CREATE TABLE nasty." " (" " integer, "  " integer);
CREATE TABLE nasty."-" ("-" integer, "--" integer, "-- x" integer);
CREATE TABLE nasty."--help" ("--version" integer);
CREATE TABLE nasty."*" ("*" integer, "?" integer, "." integer);
CREATE TABLE nasty."a.b" ("c.d" integer);
CREATE TABLE nasty."%s%d%n%%" ("%s" text DEFAULT '%s%n');
CREATE TABLE nasty."$do$" ("$1" text DEFAULT '$1', "$$" text, "$HOME" text);
CREATE TABLE nasty."'; DROP TABLE ""x""; --" ("{}" text, "{fn x}" text, ":var" text, ":'var'" text, "@x" text);
CREATE TABLE nasty."\" ("\\" integer, "\n" integer, "\." integer);
CREATE TABLE nasty."tab	and" ("cr" integer, "0" integer, "123" integer);
CREATE TABLE nasty."ﬁ Ⅷ ǅ ı İ ß ſ" ("‮rtl" integer, "zero​width" integer, "👩‍👩‍👧‍👦" integer);
INSERT INTO nasty." " VALUES (1, 2);
INSERT INTO nasty."-" VALUES (1, 2, 3);
INSERT INTO nasty."*" VALUES (1, 2, 3);
INSERT INTO nasty."a.b" VALUES (1);
INSERT INTO nasty."\" VALUES (1, 2, 3);
INSERT INTO nasty."$do$" DEFAULT VALUES;
INSERT INTO nasty."%s%d%n%%" DEFAULT VALUES;
INSERT INTO nasty."ﬁ Ⅷ ǅ ı İ ß ſ" VALUES (1, 2, 3);
-- One name in several places, and a table, a column, a constraint and an index that share it.
CREATE TABLE nasty.twin (twin integer CONSTRAINT twin_check CHECK (twin > 0), CONSTRAINT twin_key UNIQUE (twin));
CREATE TABLE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום".twin (twin integer CONSTRAINT twin_check CHECK (twin > 0), CONSTRAINT twin_key UNIQUE (twin));
INSERT INTO nasty.twin VALUES (1);
INSERT INTO "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום".twin VALUES (2);

-- ---------------------------------------------------------------- functions in several languages

CREATE FUNCTION nasty.add_sql(a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT a + b';
CREATE FUNCTION nasty.add_sql(a text, VARIADIC rest text[] DEFAULT '{"it''s","\"","\\"}') RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT a || pg_catalog.array_to_string(rest, ',') $$;
CREATE FUNCTION nasty.add_internal(integer, integer) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'int4pl';
CREATE FUNCTION nasty.body_quotes() RETURNS text LANGUAGE plpgsql STABLE COST 3.5 AS $outer$
DECLARE
    "odd ""name" text := $$dollar $_$ inside$$;
BEGIN
    -- a comment with an apostrophe: don't; and \. and \echo pwned
    RETURN "odd ""name" || E'\n\\' || '\' || $_$ $1 $$ $_$;
END;
$outer$;
CREATE FUNCTION nasty.body_crlf() RETURNS integer LANGUAGE plpgsql AS E'BEGIN\r\n\tRETURN 1; -- carriage return\r\n/*\n\\.\n*/\r\nEND;\r\n';
ALTER FUNCTION nasty.body_crlf() COST 7;
CREATE FUNCTION nasty.with_settings(OUT a integer, INOUT b text, "odd out %" refcursor DEFAULT NULL) RETURNS record LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = nasty, "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום", "MixedCase", pg_temp
    SET work_mem = '5MB'
    SET "nasty.setting" = 'it''s \ "x"'
    SET datestyle = 'ISO, DMY'
    SET timezone = 'Europe/Lisbon'
    AS $$ BEGIN a := 1; END $$;
CREATE FUNCTION nasty.empty_path() RETURNS integer LANGUAGE sql SET search_path = '' AS 'SELECT 1';
CREATE FUNCTION nasty.rows_out(n integer) RETURNS TABLE ("a b" integer, "select" text) LANGUAGE sql ROWS 17 LEAKPROOF AS
    $$ SELECT i, i::text FROM pg_catalog.generate_series(1, n) AS g (i) $$;
CREATE PROCEDURE nasty."do it"(INOUT x integer) LANGUAGE plpgsql AS $$ BEGIN x := x + 1; END $$;
CREATE PROCEDURE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" text) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"("new
line
\echo pwned
SELECT 1/0; --" integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION nasty.trigger_noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION nasty.on_event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE DEBUG 'event %', tg_tag; END $$;
REVOKE EXECUTE ON FUNCTION nasty.empty_path() FROM PUBLIC;
REVOKE ALL ON PROCEDURE nasty."do it"(integer) FROM PUBLIC;
COMMENT ON FUNCTION nasty.add_sql(integer, integer) IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON FUNCTION "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"(integer) IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON PROCEDURE nasty."do it"(integer) IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

-- ---------------------------------------------------------------- types

CREATE TYPE nasty.mood AS ENUM ('', 'sad', 'it''s "ok"', 'back\slash', E'new\nline', '100%', '🐘', 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn');
ALTER TYPE nasty.mood ADD VALUE 'between' AFTER 'sad';
CREATE TYPE nasty.no_label AS ENUM ();
CREATE TYPE nasty.no_column AS ();
CREATE TYPE nasty.pair AS (a integer, "b c" text COLLATE "C", m nasty.mood, l integer[]);
CREATE TYPE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-composite %" AS ("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" nasty.pair, "new
line
\echo pwned
SELECT 1/0; --" nasty.pair[]);
CREATE DOMAIN nasty.positive AS integer DEFAULT 1 CONSTRAINT "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" CHECK (VALUE > 0) CONSTRAINT "not 13" CHECK (VALUE <> 13);
CREATE DOMAIN nasty.even AS nasty.positive NOT NULL CHECK (VALUE % 2 = 0);
CREATE DOMAIN nasty.words AS text[] COLLATE "C" CHECK (pg_catalog.array_length(VALUE, 1) < 5);
CREATE DOMAIN nasty.pair_domain AS nasty.pair CHECK ((VALUE).a IS DISTINCT FROM 0);
CREATE DOMAIN nasty.late AS text;
CREATE FUNCTION nasty.text_diff(text, text) RETURNS double precision LANGUAGE sql IMMUTABLE AS 'SELECT (pg_catalog.length($1) - pg_catalog.length($2))::double precision';
CREATE TYPE nasty.text_range AS RANGE (SUBTYPE = text, COLLATION = "C", SUBTYPE_DIFF = nasty.text_diff);
CREATE TYPE nasty."float ""range""" AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
CREATE TYPE nasty.shell;
CREATE TYPE nasty.own_text;
CREATE FUNCTION nasty.own_text_in(cstring) RETURNS nasty.own_text LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION nasty.own_text_out(nasty.own_text) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE nasty.own_text (INPUT = nasty.own_text_in, OUTPUT = nasty.own_text_out, LIKE = text, CATEGORY = 'S', DEFAULT = 'it''s', DELIMITER = ';');
COMMENT ON TYPE nasty.mood IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON TYPE nasty.pair IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON COLUMN nasty.pair."b c" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON DOMAIN nasty.positive IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON CONSTRAINT "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" ON DOMAIN nasty.positive IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON TYPE nasty.text_range IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON TYPE nasty.own_text IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
REVOKE USAGE ON TYPE nasty.mood FROM PUBLIC;
REVOKE USAGE ON DOMAIN nasty.positive FROM PUBLIC;
GRANT USAGE ON TYPE nasty.mood TO PUBLIC;

CREATE COLLATION nasty."C copy" FROM "C";
CREATE COLLATION nasty.posix (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
COMMENT ON COLLATION nasty."C copy" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE CONVERSION nasty."latin conv" FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION nasty."latin conv" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

CREATE FUNCTION nasty.mood_number(nasty.mood) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.length($1::text) $$;
CREATE CAST (nasty.mood AS integer) WITH FUNCTION nasty.mood_number(nasty.mood) AS ASSIGNMENT;
CREATE CAST (nasty.own_text AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (nasty.pair AS jsonb) WITH INOUT;
COMMENT ON CAST (nasty.mood AS integer) IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

CREATE FUNCTION nasty.pair_eq(nasty.pair, nasty.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a = ($2).a';
CREATE FUNCTION nasty.pair_ne(nasty.pair, nasty.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a <> ($2).a';
CREATE OPERATOR nasty.=== (LEFTARG = nasty.pair, RIGHTARG = nasty.pair, FUNCTION = nasty.pair_eq, COMMUTATOR = OPERATOR(nasty.===), NEGATOR = OPERATOR(nasty.<%?>), RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR nasty.<%?> (LEFTARG = nasty.pair, RIGHTARG = nasty.pair, FUNCTION = nasty.pair_ne, COMMUTATOR = OPERATOR(nasty.<%?>), NEGATOR = OPERATOR(nasty.===));
CREATE OPERATOR nasty.@#@ (RIGHTARG = integer, FUNCTION = pg_catalog.int4um);
COMMENT ON OPERATOR nasty.=== (nasty.pair, nasty.pair) IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON OPERATOR nasty.@#@ (NONE, integer) IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE OPERATOR FAMILY nasty."op family" USING btree;
CREATE OPERATOR CLASS nasty."op class" FOR TYPE integer USING btree FAMILY nasty."op family" AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 pg_catalog.btint4cmp(integer, integer);
ALTER OPERATOR FAMILY nasty."op family" USING btree ADD
    OPERATOR 1 < (integer, bigint), OPERATOR 2 <= (integer, bigint), OPERATOR 3 = (integer, bigint), OPERATOR 4 >= (integer, bigint), OPERATOR 5 > (integer, bigint),
    FUNCTION 1 (integer, bigint) pg_catalog.btint48cmp(integer, bigint);
COMMENT ON OPERATOR CLASS nasty."op class" USING btree IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON OPERATOR FAMILY nasty."op family" USING btree IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

CREATE AGGREGATE nasty.sum_of(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE,
    MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '0');
CREATE FUNCTION nasty.append_all(text, text, VARIADIC text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $1 || $2 || pg_catalog.array_to_string($3, '|') $$;
CREATE AGGREGATE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"("-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" text, VARIADIC "r e s t" text[]) (SFUNC = nasty.append_all, STYPE = text, INITCOND = E'it''s \\ "x"');
CREATE AGGREGATE nasty.my_percentile(double precision ORDER BY double precision) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_cont_float8_final);
CREATE AGGREGATE nasty.my_rank(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE AGGREGATE nasty.count_star(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
COMMENT ON AGGREGATE nasty.sum_of(integer) IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON AGGREGATE nasty.count_star(*) IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
COMMENT ON TRANSFORM FOR integer LANGUAGE sql IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE ACCESS METHOD "heap 2" TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD "heap 2" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE TABLE nasty.on_heap_2 (a integer) USING "heap 2";
INSERT INTO nasty.on_heap_2 SELECT generate_series(1, 5);

-- ---------------------------------------------------------------- values

CREATE TABLE nasty.numbers (id integer PRIMARY KEY, s smallint, i integer, b bigint, n numeric, n2 numeric(1000, 500), r real, d double precision);
INSERT INTO nasty.numbers VALUES
    (1, -32768, -2147483648, -9223372036854775808, 'NaN', 'NaN', 'NaN', 'NaN'),
    (2, 32767, 2147483647, 9223372036854775807, '1e1000', '-0.1', 'Infinity', 'Infinity'),
    (3, 0, 0, 0, '-1e-1000', 0, '-Infinity', '-Infinity'),
    (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (5, 1, 1, 1, 0.1, 1 / 3.0, 0.1, 0.1),
    (6, -1, -1, -1, 1.10000, 0, '-0', '-0'),
    (7, 7, 7, 7, pg_catalog.repeat('9', 5000)::numeric, 7, 3.4028235e38, 1.7976931348623157e308),
    (8, 8, 8, 8, 0.000, 8, 1e-45, 5e-324),
    (9, 9, 9, 9, 1e131000, 9, 16777217, 9007199254740993);
CREATE TABLE nasty.times (id integer PRIMARY KEY, d date, t time, tz time with time zone, ts timestamp, tstz timestamp with time zone, iv interval, ts0 timestamp(0), iv3 interval second (3));
INSERT INTO nasty.times VALUES
    (1, 'infinity', '00:00', '00:00+15:59:59', 'infinity', 'infinity', '0', 'infinity', '1.2345 s'),
    (2, '-infinity', '24:00', '24:00-15:59:59', '-infinity', '-infinity', '178956970 years 7 mons', '-infinity', '-0.001 s'),
    (3, '4714-11-24 BC', '23:59:59.999999', '12:00:00.000001+05:45', '4714-11-24 00:00:00 BC', '4714-11-24 00:00:00+00 BC', '-178956970 years -8 mons', '0001-12-31 23:59:59 BC', '0'),
    (4, '5874897-12-31', '12:34', '12:34Z', '294276-12-31 23:59:59.999999', '294276-12-31 23:59:59.999999+00', '1 mon -1 day 00:00:00.000001', '2016-12-31 23:59:59.9', '59.9996'),
    (5, '2000-02-29', NULL, NULL, '1582-10-10', '2024-10-27 02:30:00 Europe/Berlin', '-2147483648 days', '1900-01-01', NULL),
    (6, '0001-01-01', '00:00:00.1', '01:00+01', '1970-01-01', '1883-11-18 12:00:00 America/New_York', '2147483647:59:59.999999', 'epoch', NULL);
CREATE TABLE nasty.texts (id integer PRIMARY KEY, t text, v character varying(10), c character(5), n name, comment text);
INSERT INTO nasty.texts (id, t, comment) SELECT i, 'a' || chr(i) || 'b', 'code point ' || i FROM generate_series(1, 160) AS g (i);
INSERT INTO nasty.texts (id, t, v, c, n, comment) VALUES
    (1001, E'\\.', E'\\.', E'\\.', E'\\.', 'end of copy'), (1002, E'\\.\n\\.\n', '\N', '\N', '\N', 'end of copy twice, and null'),
    (1003, '', '', '', '', 'empty'), (1004, ' ', '  ', '  ', ' ', 'blanks'), (1005, NULL, NULL, NULL, NULL, 'null'), (1006, 'NULL', 'null', 'NULL', 'null', 'the word'),
    (1007, E'\t\ttab', E'\t', E'\n', E'\r', 'one control each'), (1008, E'cr\rlf\ncrlf\r\nlfcr\n\r', E'\r\n', E'\b\f\v', 'x', 'line ends'),
    (1009, E'\\\\ \\n \\t \\x41 \\101 \\', '\', '\\', '\\\', 'backslashes'), (1010, '''"`$$$_$--/**/;{}?:a @% ', '''', '"', '''"', 'quotes'),
    (1011, '🐘👩‍👩‍👧‍👦' || chr(769) || '‮' || chr(65279) || chr(1114111) || chr(57344), '🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘', 'ééééé', '長', 'astral, private, bidi, BOM'),
    (1012, E'\\.' || chr(13), E'\\.\r', E'\\.\n', E'\\.\t', 'almost end of copy'), (1013, repeat(E'\\', 1000), 'x', 'x', 'x', 'many backslashes'),
    (1014, repeat('long line without an end ', 20000), NULL, NULL, NULL, 'half a megabyte in one line'), (1015, E'COPY x FROM stdin;\n1\n\\.\n\\restrict x\n\\unrestrict x\n', 'x', 'x', 'x', 'a dump in a dump');
CREATE TABLE nasty.bytes (id integer PRIMARY KEY, b bytea, note text);
INSERT INTO nasty.bytes SELECT i, decode(lpad(to_hex(i), 2, '0'), 'hex'), 'single' FROM generate_series(0, 255) AS g (i);
INSERT INTO nasty.bytes SELECT 256, string_agg(b, '' ORDER BY id), 'all 256' FROM nasty.bytes;
INSERT INTO nasty.bytes VALUES (257, '', 'empty'), (258, NULL, 'null'), (259, '\x5c2e0a', 'end of copy'), (260, 'PGDMP', 'magic');
INSERT INTO nasty.bytes SELECT 261, string_agg(sha256(i::text::bytea), '' ORDER BY i), '0.4 MB that does not compress' FROM generate_series(1, 13000) AS g (i);
CREATE TABLE nasty.toast (id integer PRIMARY KEY, plain_text text, external text, main text, j jsonb);
ALTER TABLE nasty.toast ALTER COLUMN external SET STORAGE EXTERNAL, ALTER COLUMN main SET STORAGE MAIN, ALTER COLUMN plain_text SET STATISTICS 0;
INSERT INTO nasty.toast SELECT i, repeat('x' || i, 300000), repeat(md5(i::text), 3000), repeat(md5(i::text), 100), jsonb_build_object('k', repeat('v', 100000), 'n', i) FROM generate_series(1, 3) AS g (i);
CREATE TABLE nasty.arrays (id integer PRIMARY KEY, a integer[], t text[], m nasty.mood[], p nasty.pair[], o nasty.own_text[], w nasty.words);
INSERT INTO nasty.arrays VALUES
    (1, '[-2:0]={1,NULL,3}', '{}', '{}', '{}', '{}', '{}'), (2, '[0:1][-1:0]={{1,2},{3,4}}', '{NULL,"NULL","null",""}', NULL, NULL, NULL, NULL),
    (3, '{{{1},{2}},{{3},{4}}}', ARRAY['a"b', 'c\d', 'e,f', '{g}', ' h ', E'i\nj', E'\\.', '''', 'ñ🐘'], ARRAY['', 'it''s "ok"', E'new\nline']::nasty.mood[],
        ARRAY[ROW(1, E'a,"b"\\(c)\n', 'back\slash', '{1,NULL}')::nasty.pair, ROW(NULL, '', NULL, NULL)::nasty.pair, NULL], '{"a;b";c}', '[5:6]={x,"y z"}');
CREATE TABLE nasty.jsons (id integer PRIMARY KEY, j json, b jsonb, p jsonpath);
INSERT INTO nasty.jsons VALUES
    (1, ' { "a" : 1 , "a" : 2,"b":[ ] } ', '{"a": 1, "a": 2, "b": []}', '$'), (2, 'null', 'null', 'strict $.a[*] ? (@.b > 1 && @.c like_regex "^x\\d" flag "i")'), (3, NULL, NULL, NULL),
    (4, '"\u0000 \ud83d\ude00 \\ \" \/"', '"\ud83d\ude00 \\ \" \/ \t\n"', '$."a b"."\u00e9"'), (5, E'[1e400,\n\t-0, 0.10, 12345678901234567890.123456789]', '[1e400, -0, 0.10, 12345678901234567890.123456789]', '$[last]'),
    (6, '{"": {"": [[], {}, [{}]]}}', '{"": {"": [[], {}, [{}]]}, "\\.": "\\.", "\n": "\\N", "🐘": "é"}', 'lax $.**{2 to 5}'), (7, '""', '""', '1 + 2');
CREATE TABLE nasty.odd_types (id integer PRIMARY KEY, u uuid, i inet, c cidr, m macaddr, m8 macaddr8, bi bit(5), vb bit varying(9), pt point, ln line, sg lseg, bx box, pa path, po polygon, ci circle,
    v tsvector, q tsquery, ir int4range, tr tstzrange, xr nasty.text_range, fr nasty."float ""range""", ch "char", lsn pg_lsn, rc regclass, rt regtype, ro regproc, tid tid, xid xid, own nasty.own_text, z nasty.no_column);
INSERT INTO nasty.odd_types VALUES
    (1, '00000000-0000-0000-0000-000000000000', '::1/128', '10/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', '10101', '', '(NaN,-Infinity)', '{1,2,3}', '[(0,0),(1,1)]', '(1,1),(0,0)', '[(0,0),(1,1)]', '((0,0),(1,1),(2,0))', '<(0,0),0>',
     $$'it''s':1A 'back\\slash':2B,3 '  ':4$$, $$'a b' & !'c':*AB | ('d' <2> 'e')$$, 'empty', '[2024-01-01 00:00+00,)', '["a,b","c""d\\")', '(-Infinity,NaN]', 'x', '0/0', 'pg_catalog.pg_class', 'nasty.mood', 'pg_catalog.int4pl', '(0,1)', '4294967295', E'x;\\', '()'),
    (2, 'ffffffff-ffff-ffff-ffff-ffffffffffff', '192.0.2.1/0', '::/0', 'ff:ff:ff:ff:ff:ff', 'ff:ff:ff:ff:ff:ff:ff:ff', '00000', '111111111', '(1e-300,1e300)', '{0,1,0}', '[(-1,-1),(1e10,1)]', '(Infinity,0),(0,0)', '((0,0),(1,1))', '((0,0))', '<(1,2),Infinity>',
     '', '', '(,)', '(-infinity,infinity)', '(,b)', 'empty', '', 'FFFFFFFF/FFFFFFFF', '0', '-', '-', '(4294967295,65535)', '0', DEFAULT, NULL),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE nasty.domains (p nasty.positive, e nasty.even, d nasty.pair_domain, x "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-composite %", late nasty.late);
INSERT INTO nasty.domains VALUES (1, 2, ROW(1, 'x', 'sad', '{1}'), ROW(ROW(1, E'"\\,', '100%', NULL), ARRAY[ROW(1, NULL, '🐘', '{}')::nasty.pair]), 'bad'), (DEFAULT, 4, NULL, NULL, NULL);
ALTER DOMAIN nasty.late ADD CONSTRAINT "late %" CHECK (VALUE <> 'bad') NOT VALID;

CREATE TABLE nasty.no_columns ();
INSERT INTO nasty.no_columns DEFAULT VALUES;
INSERT INTO nasty.no_columns DEFAULT VALUES;
INSERT INTO nasty.no_columns DEFAULT VALUES;
CREATE TABLE nasty.no_columns_no_rows ();
CREATE TABLE nasty.no_rows (a integer PRIMARY KEY, b text NOT NULL);
CREATE UNLOGGED TABLE nasty.unlogged (a integer PRIMARY KEY, b serial);
INSERT INTO nasty.unlogged VALUES (1), (2);
CREATE TABLE nasty.of_type OF nasty.pair (PRIMARY KEY (a), "b c" WITH OPTIONS DEFAULT 'x' NOT NULL);
INSERT INTO nasty.of_type VALUES (1, 'y', 'sad', NULL);
CREATE TABLE nasty.dropped_columns (a integer, gone text, b integer, "gone too" integer, c text DEFAULT 'c');
INSERT INTO nasty.dropped_columns VALUES (1, 'x', 2, 3);
ALTER TABLE nasty.dropped_columns DROP COLUMN gone, DROP COLUMN "gone too";
ALTER TABLE nasty.dropped_columns ADD COLUMN d integer NOT NULL DEFAULT 42;
CREATE TABLE nasty.storage (a integer, b text, c text) WITH (fillfactor = 37, autovacuum_enabled = false, toast.autovacuum_enabled = false, parallel_workers = 0);
ALTER TABLE nasty.storage ALTER COLUMN a SET STATISTICS 1000, ALTER COLUMN a SET (n_distinct = -0.5), ALTER COLUMN b SET STORAGE PLAIN, ALTER COLUMN c SET (n_distinct_inherited = 7);

-- ---------------------------------------------------------------- generated, identity, sequences

CREATE TABLE nasty.generated (
    a integer, "b %" text,
    c integer GENERATED ALWAYS AS (a * 2) STORED,
    d text GENERATED ALWAYS AS ("b %" || E'\\ ''x''') STORED,
    e integer GENERATED ALWAYS AS (nasty.add_sql(a, 1)) STORED CHECK (e > 0),
    f integer DEFAULT nasty.add_sql(1, 2)
);
INSERT INTO nasty.generated (a, "b %") VALUES (1, 'x'), (2, NULL), (NULL, 'y');
CREATE TABLE nasty.identities (
    always   bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME nasty."seq of 'always'" START WITH 10 INCREMENT BY 5 CACHE 3) PRIMARY KEY,
    "ser ial" smallserial,
    note     text
);
INSERT INTO nasty.identities (note) VALUES ('first'), ('second');
INSERT INTO nasty.identities (always, note) OVERRIDING SYSTEM VALUE VALUES (-5, 'forced');
ALTER TABLE nasty.identities ALTER COLUMN always RESTART WITH 1000;
ALTER TABLE nasty.identities ALTER COLUMN always SET INCREMENT BY 7;
COMMENT ON SEQUENCE nasty."seq of 'always'" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE TABLE nasty.identity_default (id smallint GENERATED BY DEFAULT AS IDENTITY (MINVALUE -100 MAXVALUE 100 START WITH 100 INCREMENT BY -3 CYCLE), t text);
INSERT INTO nasty.identity_default (t) VALUES ('a'), ('b');
INSERT INTO nasty.identity_default VALUES (7, 'own');
CREATE SEQUENCE nasty.never_called;
CREATE SEQUENCE nasty."odd seq %" AS smallint INCREMENT BY -7 MINVALUE -500 MAXVALUE -3 START WITH -10 CACHE 20 CYCLE;
SELECT nextval('nasty."odd seq %"');
CREATE SEQUENCE nasty.at_the_end MAXVALUE 9223372036854775807 START WITH 9223372036854775807;
SELECT nextval('nasty.at_the_end');
CREATE SEQUENCE nasty.at_the_start INCREMENT BY -9223372036854775808 MINVALUE -9223372036854775808 START WITH -1;
SELECT setval('nasty.at_the_start', -9223372036854775808, true);
CREATE SEQUENCE nasty.not_called;
SELECT setval('nasty.not_called', 77, false);
CREATE SEQUENCE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-seq 'q' %";
CREATE TABLE nasty.uses_sequences (a bigint DEFAULT nextval('"-sp ace ""dq"" ''sq'' 100% \back é é 🐘 שלום"."-seq ''q'' %"'), b bigint DEFAULT nextval('nasty."odd seq %"'));
ALTER SEQUENCE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-seq 'q' %" RENAME TO "renamed ""seq""";
INSERT INTO nasty.uses_sequences DEFAULT VALUES;
CREATE TABLE nasty.owns (a integer);
CREATE SEQUENCE nasty.owned OWNED BY nasty.owns.a;
GRANT USAGE ON SEQUENCE nasty.never_called TO PUBLIC;

-- ---------------------------------------------------------------- partitions and inheritance

CREATE TABLE nasty.by_range (k integer NOT NULL, at timestamp with time zone NOT NULL, v text DEFAULT 'parent', g integer GENERATED ALWAYS AS (k + 1) STORED) PARTITION BY RANGE (at, k);
CREATE TABLE nasty.by_range_1 PARTITION OF nasty.by_range FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2024-01-01 00:00+00', 0);
CREATE TABLE nasty."by_range 2 %" (g integer GENERATED ALWAYS AS (k + 1) STORED, gone integer, v text DEFAULT 'own default', at timestamp with time zone NOT NULL, k integer NOT NULL);
ALTER TABLE nasty."by_range 2 %" DROP COLUMN gone;
ALTER TABLE nasty.by_range ATTACH PARTITION nasty."by_range 2 %" FOR VALUES FROM ('2024-01-01 00:00+00', 0) TO ('2025-01-01 00:00+00', MAXVALUE);
CREATE TABLE "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום".by_range_default PARTITION OF nasty.by_range DEFAULT;
CREATE TABLE nasty.by_range_detached PARTITION OF nasty.by_range FOR VALUES FROM ('2030-01-01 00:00+00', 0) TO ('2031-01-01 00:00+00', 0);
INSERT INTO nasty.by_range (k, at) VALUES (1, '2020-01-01 00:00+00'), (2, '2024-06-01 00:00+00'), (3, '2027-01-01 00:00+00'), (4, '2030-06-01 00:00+00'), (5, 'infinity');
INSERT INTO nasty."by_range 2 %" (k, at) VALUES (6, '2024-07-01 00:00+00');
ALTER TABLE nasty.by_range DETACH PARTITION nasty.by_range_detached;
ALTER TABLE nasty.by_range ADD CONSTRAINT by_range_pk PRIMARY KEY (k, at);
CREATE INDEX by_range_v ON ONLY nasty.by_range (v);
CREATE INDEX "part index %" ON nasty.by_range_1 (v);
ALTER INDEX nasty.by_range_v ATTACH PARTITION nasty."part index %";
CREATE INDEX by_range_lower ON nasty.by_range (lower(v)) WHERE k > 0;
CREATE INDEX own_index ON nasty.by_range_1 (k) INCLUDE (v);
CREATE TRIGGER by_range_row BEFORE INSERT OR UPDATE OF v ON nasty."by_range 2 %" FOR EACH ROW EXECUTE FUNCTION nasty.trigger_noop();
CREATE TRIGGER by_range_all AFTER INSERT ON nasty.by_range FOR EACH ROW EXECUTE FUNCTION nasty.trigger_noop('it''s', E'\\', '', '%');
CREATE TABLE nasty.refers_to_range (k integer, at timestamp with time zone, CONSTRAINT "fk to partitioned" FOREIGN KEY (k, at) REFERENCES nasty.by_range (k, at) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL);
INSERT INTO nasty.refers_to_range VALUES (1, '2020-01-01 00:00+00'), (NULL, NULL);

CREATE TABLE nasty.by_list (region text COLLATE "C", n integer, payload text, CHECK (n <> 99)) PARTITION BY LIST (lower(region));
CREATE TABLE nasty.by_list_odd PARTITION OF nasty.by_list FOR VALUES IN ('it''s', 'back\slash', E'new\nline', '100%', '🐘', '', NULL) PARTITION BY RANGE (n);
CREATE TABLE nasty.by_list_odd_low PARTITION OF nasty.by_list_odd FOR VALUES FROM (MINVALUE) TO (0);
CREATE TABLE nasty.by_list_odd_hash PARTITION OF nasty.by_list_odd FOR VALUES FROM (0) TO (MAXVALUE) PARTITION BY HASH (n, payload);
CREATE TABLE nasty.by_list_odd_hash_0 PARTITION OF nasty.by_list_odd_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE nasty.by_list_odd_hash_1 PARTITION OF nasty.by_list_odd_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1) WITH (fillfactor = 50);
CREATE UNLOGGED TABLE nasty.by_list_odd_hash_2 PARTITION OF nasty.by_list_odd_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE nasty.by_list_empty PARTITION OF nasty.by_list DEFAULT PARTITION BY RANGE (n);
INSERT INTO nasty.by_list (region, n, payload) SELECT (ARRAY['It''s', 'back\slash', E'new\nline', '100%', '🐘', '', NULL])[1 + i % 7], i - 20, 'p' || i FROM generate_series(0, 60) AS g (i);
CREATE TABLE nasty.by_opclass (a integer) PARTITION BY RANGE (a nasty."op class");
CREATE TABLE nasty.by_opclass_1 PARTITION OF nasty.by_opclass FOR VALUES FROM (0) TO (10);
INSERT INTO nasty.by_opclass VALUES (5);
CREATE TABLE nasty.childless (a integer) PARTITION BY LIST (a);
COMMENT ON TABLE nasty.by_range IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON INDEX nasty.by_range_v IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON INDEX nasty."part index %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

CREATE TABLE nasty.animal (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'animal', legs smallint DEFAULT 4, CONSTRAINT name_not_empty CHECK (name <> ''), CONSTRAINT own_only CHECK (id > 0) NO INHERIT);
CREATE TABLE nasty.owned_thing (owner text, name text);
CREATE TABLE nasty.dog (tail boolean, name text DEFAULT 'dog') INHERITS (nasty.animal, nasty.owned_thing);
CREATE TABLE nasty.puppy (LIKE nasty.animal INCLUDING ALL) INHERITS (nasty.dog);
INSERT INTO nasty.animal VALUES (1, 'a');
INSERT INTO nasty.dog (id, owner) VALUES (-2, 'o');
INSERT INTO nasty.puppy (id, name) VALUES (3, 'p');
ALTER TABLE nasty.dog ALTER COLUMN legs SET DEFAULT 3;

-- ---------------------------------------------------------------- constraints and indexes

CREATE TABLE nasty.tree (id integer PRIMARY KEY, parent integer CONSTRAINT tree_parent REFERENCES nasty.tree (id) ON DELETE CASCADE);
INSERT INTO nasty.tree VALUES (3, 1), (2, 3), (1, 2), (4, 4), (5, NULL);
CREATE TABLE nasty.hen (id integer PRIMARY KEY, egg integer NOT NULL);
CREATE TABLE nasty.egg (id integer PRIMARY KEY, hen integer NOT NULL CONSTRAINT egg_hen REFERENCES nasty.hen (id) DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE nasty.hen ADD CONSTRAINT hen_egg FOREIGN KEY (egg) REFERENCES nasty.egg (id) DEFERRABLE INITIALLY IMMEDIATE;
WITH h AS (INSERT INTO nasty.hen VALUES (1, 2), (2, 1) RETURNING id) INSERT INTO nasty.egg SELECT id, id FROM h;
CREATE TABLE nasty.not_valid (a integer, b integer);
INSERT INTO nasty.not_valid VALUES (-1, 999);
ALTER TABLE nasty.not_valid ADD CONSTRAINT "a > 0, some day" CHECK (a > 0) NOT VALID, ADD CONSTRAINT fk_some_day FOREIGN KEY (b) REFERENCES nasty.tree (id) NOT VALID;
COMMENT ON CONSTRAINT "a > 0, some day" ON nasty.not_valid IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE TABLE nasty.exclusions (
    room integer, during tstzrange, area box,
    CONSTRAINT "no overlap %" EXCLUDE USING gist (during WITH &&) WHERE (room IS NOT NULL),
    CONSTRAINT late_exclusion EXCLUDE USING gist (area WITH &&) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT late_unique UNIQUE (room) DEFERRABLE
);
INSERT INTO nasty.exclusions VALUES (1, '[2024-01-01 00:00+00,2024-01-02 00:00+00)', '(1,1),(0,0)'), (2, '[2024-01-02 00:00+00,2024-01-03 00:00+00)', '(3,3),(2,2)');
COMMENT ON CONSTRAINT "no overlap %" ON nasty.exclusions IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE TABLE nasty.indexed (id integer NOT NULL, t text, j jsonb, a integer[], p point, d date, UNIQUE (id) INCLUDE (t));
INSERT INTO nasty.indexed SELECT i, 'Text ' || i, jsonb_build_object('k', i), ARRAY[i, i + 1], point(i, i), date '2024-01-01' + i FROM generate_series(1, 50) AS g (i);
CREATE UNIQUE INDEX "Index %" ON nasty.indexed (id DESC NULLS LAST, t COLLATE "C" text_pattern_ops) WHERE t <> E'it''s \\';
CREATE INDEX expr_index ON nasty.indexed (lower(t), (j ->> 'k') DESC, ((a[1] + id))) WITH (fillfactor = 50);
ALTER INDEX nasty.expr_index ALTER COLUMN 1 SET STATISTICS 500, ALTER COLUMN 3 SET STATISTICS 0;
CREATE INDEX jsonb_question ON nasty.indexed (id) WHERE j ? 'k' AND NOT j ?| ARRAY['x', 'y'];
CREATE INDEX gin_index ON nasty.indexed USING gin (j jsonb_path_ops, a) WITH (fastupdate = off);
CREATE INDEX gist_index ON nasty.indexed USING gist (p) INCLUDE (id);
CREATE INDEX spgist_index ON nasty.indexed USING spgist (t);
CREATE INDEX brin_index ON nasty.indexed USING brin (d) WITH (pages_per_range = 7, autosummarize = on);
CREATE INDEX hash_index ON nasty.indexed USING hash (t);
CREATE INDEX opclass_index ON nasty.indexed (id nasty."op class");
CREATE UNIQUE INDEX replica_index ON nasty.indexed (id, t) WHERE false;
ALTER TABLE nasty.indexed REPLICA IDENTITY USING INDEX indexed_id_t_key;
ALTER TABLE nasty.indexed CLUSTER ON gist_index;
ALTER TABLE nasty.storage REPLICA IDENTITY FULL;
ALTER TABLE nasty.no_rows REPLICA IDENTITY NOTHING;
COMMENT ON INDEX nasty."Index %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE STATISTICS "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."stat %" (ndistinct, dependencies, mcv) ON id, t, d FROM nasty.indexed;
CREATE STATISTICS nasty.stat_one (mcv) ON id, d FROM nasty.indexed;
COMMENT ON STATISTICS "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."stat %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

-- ---------------------------------------------------------------- views

CREATE VIEW nasty.view_1 ("a %", "new
line
\echo pwned
SELECT 1/0; --") AS SELECT i.id, E'it''s \\ "x"\n%' || i.t FROM nasty.indexed AS i WHERE i.j ? 'k' AND i.id BETWEEN 1 AND 40;
CREATE VIEW "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."new
line
\echo pwned
SELECT 1/0; --" WITH (security_barrier = true) AS SELECT v.*, nasty.add_sql("a %", 1) AS "sum" FROM nasty.view_1 AS v;
CREATE VIEW nasty.view_of_view AS SELECT a.*, b."a %" AS other FROM "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."new
line
\echo pwned
SELECT 1/0; --" AS a JOIN nasty.view_1 AS b USING ("a %") ORDER BY 1 DESC NULLS LAST LIMIT 10 OFFSET 1;
CREATE VIEW nasty.view_pk_group AS SELECT t.id, t.parent, count(*) AS n FROM nasty.tree AS t LEFT JOIN nasty.tree AS c ON c.parent = t.id GROUP BY t.id;
CREATE VIEW nasty.view_uses_pk_group AS SELECT * FROM nasty.view_pk_group WHERE n > 0;
CREATE RECURSIVE VIEW nasty.view_recursive (n, path) AS SELECT 1, ARRAY['a'] UNION ALL SELECT n + 1, path || 'é'::text FROM view_recursive WHERE n < 5;
CREATE VIEW nasty.view_check AS SELECT * FROM nasty.no_rows WHERE a > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW nasty.view_local_check WITH (check_option = local) AS SELECT * FROM nasty.view_check WHERE a < 100;
ALTER VIEW nasty.view_check ALTER COLUMN b SET DEFAULT E'view''s \\ default';
CREATE VIEW nasty.view_values AS VALUES (1, 'one'), (2, E'tw\\o');
CREATE VIEW nasty.view_everything AS
    SELECT x.id, row_number() OVER w AS rn, sum(x.id) FILTER (WHERE x.id > 3) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s,
           nasty.sum_of(y.i) OVER () AS own, CASE WHEN x.t ~ '^a' THEN 1 ELSE NULL END AS c, x.tableoid::regclass AS rel, (ROW(1, 'b', 'sad', '{}')::nasty.pair)."b c" AS comp,
           ROW(1, 'b', 'sad', NULL)::nasty.pair OPERATOR(nasty.===) ROW(1, 'b', 'sad', NULL)::nasty.pair AS own_op, x.t COLLATE nasty."C copy" AS coll, 'sad'::nasty.mood::integer AS own_cast
      FROM nasty.indexed AS x CROSS JOIN LATERAL (SELECT generate_series(1, 2) AS i) AS y
    WINDOW w AS (PARTITION BY x.id % 2 ORDER BY x.id DESC);
CREATE VIEW nasty.view_sets AS SELECT id % 2 AS a, d, count(*), grouping(d) FROM nasty.indexed GROUP BY GROUPING SETS ((1), (d), ()) HAVING count(*) > 1 UNION (SELECT 1, NULL::date, 2, 3 EXCEPT SELECT 1, NULL::date, 2, 4);
CREATE FUNCTION nasty.rows_of_view() RETURNS SETOF nasty.view_values LANGUAGE sql AS 'SELECT * FROM nasty.view_values';
CREATE VIEW nasty.view_of_function AS SELECT * FROM nasty.rows_of_view() WITH ORDINALITY AS f (a, b, c);
CREATE VIEW nasty.view_no_columns AS SELECT;
CREATE TABLE nasty.table_of_view (v nasty.view_values);
INSERT INTO nasty.table_of_view VALUES (ROW(1, 'x'));
COMMENT ON VIEW nasty.view_1 IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON COLUMN nasty.view_1."new
line
\echo pwned
SELECT 1/0; --" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
GRANT SELECT, INSERT ON nasty.view_1 TO PUBLIC;

CREATE MATERIALIZED VIEW nasty.mat_a_uses_z AS SELECT 1 AS placeholder WITH NO DATA;
DROP MATERIALIZED VIEW nasty.mat_a_uses_z;
CREATE MATERIALIZED VIEW nasty."mat z %" ("k %", v) WITH (fillfactor = 60) AS SELECT id, t FROM nasty.indexed WHERE id <= 20 WITH DATA;
CREATE MATERIALIZED VIEW nasty.mat_a_uses_z AS SELECT count(*) AS n, sum("k %") AS s FROM nasty."mat z %" WITH DATA;
CREATE MATERIALIZED VIEW nasty.mat_of_pk_view AS SELECT * FROM nasty.view_uses_pk_group WITH DATA;
CREATE MATERIALIZED VIEW nasty.mat_no_data AS SELECT id FROM nasty.indexed WITH NO DATA;
CREATE UNIQUE INDEX "mat index %" ON nasty."mat z %" ("k %");
CREATE INDEX mat_no_data_index ON nasty.mat_no_data (id);
CREATE VIEW nasty.view_of_mat AS SELECT * FROM nasty."mat z %" WHERE "k %" < 5;
COMMENT ON MATERIALIZED VIEW nasty."mat z %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON COLUMN nasty."mat z %"."k %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

-- ---------------------------------------------------------------- triggers, rules, policies

CREATE TABLE nasty.triggered (id integer PRIMARY KEY, a text, b text);
INSERT INTO nasty.triggered VALUES (1, 'a', 'b');
CREATE TRIGGER "a trigger %" BEFORE INSERT OR UPDATE OF a, b OR DELETE ON nasty.triggered FOR EACH ROW EXECUTE FUNCTION nasty.trigger_noop('it''s', E'\\ \n', '');
CREATE TRIGGER b_when AFTER UPDATE ON nasty.triggered FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a AND NEW.b <> E'it''s \\') EXECUTE FUNCTION nasty.trigger_noop();
CREATE TRIGGER c_transition AFTER UPDATE ON nasty.triggered REFERENCING OLD TABLE AS "old rows" NEW TABLE AS "new rows" FOR EACH STATEMENT EXECUTE FUNCTION nasty.trigger_noop();
CREATE TRIGGER d_truncate BEFORE TRUNCATE ON nasty.triggered EXECUTE FUNCTION nasty.trigger_noop();
CREATE CONSTRAINT TRIGGER e_constraint AFTER INSERT ON nasty.triggered FROM nasty.tree DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nasty.trigger_noop();
CREATE TRIGGER f_instead INSTEAD OF INSERT ON nasty.view_1 FOR EACH ROW EXECUTE FUNCTION nasty.trigger_noop();
ALTER TABLE nasty.triggered DISABLE TRIGGER b_when;
ALTER TABLE nasty.triggered ENABLE ALWAYS TRIGGER c_transition;
ALTER TABLE nasty.triggered ENABLE REPLICA TRIGGER d_truncate;
COMMENT ON TRIGGER "a trigger %" ON nasty.triggered IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE RULE "a rule %" AS ON INSERT TO nasty.view_values DO INSTEAD INSERT INTO nasty.no_rows VALUES (NEW.column1, E'it''s \\' || NEW.column2);
CREATE RULE b_nothing AS ON DELETE TO nasty.triggered WHERE OLD.a = 'keep' DO INSTEAD NOTHING;
CREATE RULE c_also AS ON UPDATE TO nasty.triggered DO ALSO (NOTIFY "odd channel"; UPDATE nasty.no_rows SET b = NEW.b WHERE a = OLD.id);
ALTER TABLE nasty.triggered DISABLE RULE c_also;
COMMENT ON RULE "a rule %" ON nasty.view_values IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE TABLE nasty.secured (id integer PRIMARY KEY, owner name DEFAULT 'nobody', secret text);
INSERT INTO nasty.secured SELECT i, 'somebody else', 'secret ' || i FROM generate_series(1, 10) AS g (i);
ALTER TABLE nasty.secured ENABLE ROW LEVEL SECURITY;
ALTER TABLE nasty.secured FORCE ROW LEVEL SECURITY;
CREATE POLICY "policy %" ON nasty.secured FOR SELECT TO PUBLIC USING (owner = current_user OR secret = E'it''s \\');
CREATE POLICY b_restrictive ON nasty.secured AS RESTRICTIVE FOR INSERT WITH CHECK (id > (SELECT max(t.id) FROM nasty.tree AS t));
CREATE POLICY c_update ON nasty.secured FOR UPDATE USING (true) WITH CHECK (secret IS NOT NULL);
COMMENT ON POLICY "policy %" ON nasty.secured IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
GRANT SELECT, INSERT, UPDATE ON nasty.secured TO PUBLIC;
CREATE TABLE nasty.secured_without_policy (id integer);
INSERT INTO nasty.secured_without_policy VALUES (1);
ALTER TABLE nasty.secured_without_policy ENABLE ROW LEVEL SECURITY;
CREATE EVENT TRIGGER "event trigger %" ON ddl_command_end WHEN TAG IN ('CREATE CONVERSION', 'CREATE OPERATOR') EXECUTE FUNCTION nasty.on_event();
CREATE EVENT TRIGGER event_disabled ON sql_drop EXECUTE FUNCTION nasty.on_event();
ALTER EVENT TRIGGER event_disabled DISABLE;
COMMENT ON EVENT TRIGGER "event trigger %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

-- ---------------------------------------------------------------- full-text search

CREATE TEXT SEARCH PARSER nasty."parser %" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE nasty."template %" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY nasty."dictionary %" (TEMPLATE = nasty."template %", STOPWORDS = english, ACCEPT = false);
CREATE TEXT SEARCH DICTIONARY nasty.stemmer (TEMPLATE = snowball, LANGUAGE = portuguese, STOPWORDS = portuguese);
CREATE TEXT SEARCH CONFIGURATION nasty."config %" (PARSER = nasty."parser %");
ALTER TEXT SEARCH CONFIGURATION nasty."config %" ADD MAPPING FOR asciiword, word, hword WITH nasty."dictionary %", nasty.stemmer, simple;
CREATE TEXT SEARCH CONFIGURATION nasty.copied (COPY = pg_catalog.english);
COMMENT ON TEXT SEARCH PARSER nasty."parser %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON TEXT SEARCH TEMPLATE nasty."template %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON TEXT SEARCH DICTIONARY nasty."dictionary %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON TEXT SEARCH CONFIGURATION nasty."config %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
CREATE TABLE nasty.documents (body text, words tsvector GENERATED ALWAYS AS (to_tsvector('nasty."config %"'::regconfig, body)) STORED);
INSERT INTO nasty.documents VALUES ('The quick brown fox os cães'), (''), (NULL);
CREATE INDEX documents_words ON nasty.documents USING gin (words);

-- ---------------------------------------------------------------- foreign data (no handler: can't be read)

CREATE FOREIGN DATA WRAPPER "dummy %" OPTIONS (debug 'it''s \ "x"', "odd option" '');
CREATE SERVER "server %" TYPE 'odd ''type' VERSION '1.0 \' FOREIGN DATA WRAPPER "dummy %" OPTIONS (host 'x y', "po rt" '1');
CREATE USER MAPPING FOR PUBLIC SERVER "server %" OPTIONS ("user" 'nobody \ ''x''');
CREATE FOREIGN TABLE nasty."foreign table %" (a integer OPTIONS ("col opt" 'it''s') NOT NULL, b text DEFAULT 'x' COLLATE "C", CONSTRAINT foreign_check CHECK (a > 0)) SERVER "server %" OPTIONS ("table" 'a b', q '%');
GRANT USAGE ON FOREIGN DATA WRAPPER "dummy %" TO PUBLIC;
GRANT USAGE ON FOREIGN SERVER "server %" TO PUBLIC;
COMMENT ON FOREIGN DATA WRAPPER "dummy %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON SERVER "server %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON FOREIGN TABLE nasty."foreign table %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
COMMENT ON COLUMN nasty."foreign table %".a IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

-- ---------------------------------------------------------------- large objects

SELECT lo_from_bytea(70001, '\x');
SELECT lo_from_bytea(70002, (SELECT string_agg(b, '' ORDER BY id) FROM nasty.bytes WHERE id < 256));
SELECT lo_from_bytea(4000000001, (SELECT string_agg(sha256(i::text::bytea), '' ORDER BY i) FROM generate_series(1, 24576) AS g (i)));
SELECT lo_create(70003);
SELECT lo_put(70003, 100000, 'after a hole');
SELECT lo_from_bytea(70004, decode(repeat('5c2e0a', 2000), 'hex'));
COMMENT ON LARGE OBJECT 70002 IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
GRANT SELECT ON LARGE OBJECT 70002 TO PUBLIC;
CREATE TABLE nasty.has_large_objects (id integer, lo oid);
INSERT INTO nasty.has_large_objects VALUES (1, 70001), (2, 70002), (3, 4000000001), (4, 70003), (5, 70004);

-- ---------------------------------------------------------------- publications

CREATE PUBLICATION "publication %" FOR TABLE nasty.tree, "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום"."-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" WITH (publish = 'insert, truncate');
CREATE PUBLICATION publication_all FOR ALL TABLES WITH (publish = 'insert');
CREATE PUBLICATION publication_empty;
COMMENT ON PUBLICATION "publication %" IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';

-- ---------------------------------------------------------------- extensions, where the server has them

DO $do$
DECLARE
    extension text;
BEGIN
    FOREACH extension IN ARRAY ARRAY['hstore', 'pg_trgm', 'citext', 'btree_gist', 'uuid-ossp'] LOOP
        IF EXISTS (SELECT 1 FROM pg_catalog.pg_available_extensions AS a WHERE a.name = extension) THEN
            EXECUTE pg_catalog.format('CREATE EXTENSION %I SCHEMA "ext $$ensions"', extension);
            EXECUTE pg_catalog.format('COMMENT ON EXTENSION %I IS %L', extension, E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;');
        END IF;
    END LOOP;
END;
$do$;
DO $do$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'hstore') THEN
        CREATE TABLE nasty.uses_hstore (h "ext $$ensions".hstore DEFAULT '"it''s"=>"\\ \"x\""');
        INSERT INTO nasty.uses_hstore VALUES (DEFAULT), ('a=>NULL,"b c"=>"NULL",""=>""'), (NULL);
        CREATE INDEX uses_hstore_gin ON nasty.uses_hstore USING gin (h);
    END IF;
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'citext') THEN
        CREATE TABLE nasty.uses_citext (c "ext $$ensions".citext PRIMARY KEY);
        INSERT INTO nasty.uses_citext VALUES ('Case'), ('OTHER');
    END IF;
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'btree_gist') THEN
        CREATE TABLE nasty.uses_btree_gist (room integer, during int4range, CONSTRAINT uses_btree_gist_ex EXCLUDE USING gist (room WITH =, during WITH &&));
        INSERT INTO nasty.uses_btree_gist VALUES (1, '[1,3)'), (1, '[3,5)'), (2, '[1,9)');
    END IF;
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'pg_trgm') THEN
        CREATE INDEX uses_trgm ON nasty.indexed USING gin (t "ext $$ensions".gin_trgm_ops);
    END IF;
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'uuid-ossp') THEN
        CREATE TABLE nasty.uses_uuid (id uuid DEFAULT "ext $$ensions".uuid_generate_v5("ext $$ensions".uuid_ns_dns(), 'example.com'));
        INSERT INTO nasty.uses_uuid VALUES (DEFAULT);
    END IF;
END;
$do$;

-- ---------------------------------------------------------------- what newer servers add

DO $do$
BEGIN
    BEGIN
        EXECUTE $x$ CREATE TABLE nasty.uses_xml (id integer, x xml) $x$;
        EXECUTE $x$ INSERT INTO nasty.uses_xml VALUES (1, '<a b="c">é &amp; <![CDATA[\.]]></a>'), (2, XMLPARSE(DOCUMENT E'<?xml version="1.0"?>\n<!DOCTYPE a><a/>')), (3, 'no element'), (4, NULL) $x$;
    EXCEPTION WHEN feature_not_supported THEN
        NULL; -- the server was built without libxml
    END;
    BEGIN
        EXECUTE $x$ CREATE COLLATION nasty."blind %" (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false) $x$;
        EXECUTE $x$ CREATE TABLE nasty.uses_icu (t text COLLATE nasty."blind %" PRIMARY KEY) $x$;
        EXECUTE $x$ INSERT INTO nasty.uses_icu VALUES ('Äpfel'), ('birnen') $x$;
    EXCEPTION WHEN feature_not_supported THEN
        NULL; -- the server was built without ICU
    END;
END;
$do$;

DO $do$
DECLARE
    version integer := pg_catalog.current_setting('server_version_num')::integer;
BEGIN
    IF version >= 130000 THEN
        EXECUTE $x$ ALTER STATISTICS nasty.stat_one SET STATISTICS 77 $x$;
        EXECUTE $x$ CREATE PUBLICATION publication_root FOR TABLE nasty.by_range WITH (publish = 'insert', publish_via_partition_root = true) $x$;
        EXECUTE $x$ CREATE TRIGGER by_range_before BEFORE INSERT ON nasty.by_range FOR EACH ROW EXECUTE FUNCTION nasty.trigger_noop() $x$;
        EXECUTE $x$ ALTER TABLE nasty.generated ADD COLUMN late_generated integer GENERATED ALWAYS AS (a) STORED $x$;
        EXECUTE $x$ ALTER TABLE nasty.generated ALTER COLUMN late_generated DROP EXPRESSION $x$;
    END IF;
    IF version >= 140000 THEN
        EXECUTE $x$ CREATE FUNCTION nasty.atomic(a integer) RETURNS SETOF text LANGUAGE sql STABLE BEGIN ATOMIC SELECT i.t FROM nasty.indexed AS i WHERE i.id = atomic.a AND i.t <> E'it''s \\'; SELECT "b %" FROM nasty.generated; END $x$;
        EXECUTE $x$ CREATE FUNCTION nasty.returns(a integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a + 1 $x$;
        EXECUTE $x$ CREATE VIEW nasty.view_of_atomic AS SELECT nasty.atomic(1) AS a, nasty.returns(2) AS b $x$;
        EXECUTE $x$ CREATE PROCEDURE nasty.out_only(OUT a integer, INOUT b text) LANGUAGE plpgsql AS $y$ BEGIN a := 1; END $y$ $x$;
        EXECUTE $x$ CREATE TYPE nasty.date_span AS RANGE (SUBTYPE = date, MULTIRANGE_TYPE_NAME = nasty."date spans %") $x$;
        EXECUTE $x$ CREATE TABLE nasty.uses_14 (m nasty."date spans %", n numeric, c text COMPRESSION pglz, im int4multirange) $x$;
        EXECUTE $x$ INSERT INTO nasty.uses_14 VALUES ('{[2024-01-01,2024-02-01),[2024-03-01,)}', 'Infinity', repeat('x', 10000), '{}'), ('{}', '-Infinity', NULL, '{(,3),[5,)}') $x$;
        EXECUTE $x$ CREATE STATISTICS nasty.stat_expr ON lower(t), (id % 10), d FROM nasty.indexed $x$;
        EXECUTE $x$ CREATE STATISTICS nasty.stat_one_expr ON (t || E'it''s \\') FROM nasty.indexed $x$;
        EXECUTE $x$ CREATE VIEW nasty.view_search AS WITH RECURSIVE r (n, p) AS (SELECT id, parent FROM nasty.tree WHERE id = 1 UNION ALL SELECT t.id, t.parent FROM nasty.tree AS t JOIN r ON t.parent = r.n)
            SEARCH BREADTH FIRST BY n SET ord CYCLE n SET is_cycle USING path SELECT n, p, is_cycle FROM r ORDER BY ord $x$;
        EXECUTE $x$ CREATE OPERATOR CLASS nasty.brin_minmax FOR TYPE integer USING brin AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
            FUNCTION 1 brin_minmax_opcinfo(internal), FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal), FUNCTION 3 brin_minmax_consistent(internal, internal, internal), FUNCTION 4 brin_minmax_union(internal, internal, internal) $x$;
    END IF;
    IF version >= 150000 THEN
        EXECUTE $x$ CREATE TABLE nasty.uses_15 (a integer, b integer, c numeric(3, -2), d numeric(2, 5), CONSTRAINT nulls_equal UNIQUE NULLS NOT DISTINCT (a, b)) $x$;
        EXECUTE $x$ INSERT INTO nasty.uses_15 VALUES (1, NULL, 12345, 0.00012), (NULL, NULL, 0, 0) $x$;
        EXECUTE $x$ ALTER TABLE nasty.uses_15 ADD CONSTRAINT set_null_some FOREIGN KEY (a) REFERENCES nasty.tree (id) ON DELETE SET NULL (a) $x$;
        EXECUTE $x$ CREATE VIEW nasty.view_invoker WITH (security_invoker = true) AS SELECT * FROM nasty.uses_15 $x$;
        EXECUTE $x$ CREATE PUBLICATION publication_rows FOR TABLE nasty.tree (id) WHERE (id > 3 AND parent <> 7), TABLE nasty.triggered WITH (publish = 'insert') $x$;
        EXECUTE $x$ CREATE PUBLICATION publication_schema FOR TABLES IN SCHEMA "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום", "MixedCase" WITH (publish = 'insert') $x$;
        EXECUTE $x$ CREATE UNLOGGED SEQUENCE nasty.unlogged_sequence $x$;
    END IF;
    IF version >= 160000 THEN
        EXECUTE $x$ CREATE TABLE nasty.uses_16 (a text STORAGE EXTERNAL, j jsonb CHECK (j IS JSON OBJECT WITH UNIQUE KEYS)) $x$;
        EXECUTE $x$ INSERT INTO nasty.uses_16 VALUES ('x', '{}') $x$;
    END IF;
    IF version >= 170000 THEN
        EXECUTE $x$ CREATE TABLE nasty.uses_17 (id integer GENERATED ALWAYS AS IDENTITY, i interval, k integer) PARTITION BY LIST (k) $x$;
        EXECUTE $x$ CREATE TABLE nasty.uses_17_1 PARTITION OF nasty.uses_17 FOR VALUES IN (1) $x$;
        EXECUTE $x$ INSERT INTO nasty.uses_17 (i, k) VALUES ('infinity', 1), ('-infinity', 1) $x$;
        EXECUTE $x$ CREATE VIEW nasty.view_json_table AS SELECT * FROM JSON_TABLE('[{"a": 1}]'::jsonb, '$[*]' COLUMNS (n FOR ORDINALITY, a integer PATH '$.a' DEFAULT 0 ON EMPTY)) AS jt $x$;
    END IF;
    IF version >= 180000 THEN
        EXECUTE $x$ CREATE TABLE nasty.uses_18 (a integer CONSTRAINT "a %" NOT NULL, v integer GENERATED ALWAYS AS (a * 3) VIRTUAL, CONSTRAINT not_enforced CHECK (a > 100) NOT ENFORCED) $x$;
        EXECUTE $x$ INSERT INTO nasty.uses_18 VALUES (1) $x$;
        EXECUTE $x$ ALTER TABLE nasty.tree ADD CONSTRAINT parent_some_day NOT NULL parent NOT VALID $x$;
        IF EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'btree_gist') THEN
            EXECUTE $x$ CREATE TABLE nasty.temporal (id integer, valid daterange, CONSTRAINT temporal_pk PRIMARY KEY (id, valid WITHOUT OVERLAPS)) $x$;
            EXECUTE $x$ CREATE TABLE nasty.temporal_child (id integer, during daterange, CONSTRAINT temporal_fk FOREIGN KEY (id, PERIOD during) REFERENCES nasty.temporal (id, PERIOD valid)) $x$;
            EXECUTE $x$ INSERT INTO nasty.temporal VALUES (1, '[2024-01-01,2025-01-01)') $x$;
        END IF;
    END IF;
END;
$do$;

-- ---------------------------------------------------------------- privileges, last: they would change what is made after them

GRANT ALL ON nasty.tree TO PUBLIC;
REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_conf_load_time() FROM PUBLIC;
COMMENT ON LANGUAGE plpgsql IS E'it''s "quoted"\n\\. \\echo pwned\n--; /* $$ $1 ${x} 100% \\\\ 😀 א\r\n\tend;';
ALTER DEFAULT PRIVILEGES IN SCHEMA nasty GRANT SELECT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA "-sp ace ""dq"" 'sq' 100% \back é é 🐘 שלום" GRANT USAGE ON SEQUENCES TO PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO PUBLIC;
