-- What makes up a database, one of each. docs/fidelity.md has a row for each part here, by the same name.
--
--# NAME begins a part. Statements that make it follow.
--@ since N            only on servers of version N and later
--@ before N           only on servers of versions before N
--@ database NAME      made in this database instead of "whole"
--@ dump TEXT          what pg_dump writes of the part as a superuser; none if it writes nothing
--@ loss NAME          its name in notIncluded, where it isn't in the dump
--@ unrestorable       no server of the tests can take it in: only what the dump holds is looked at
--@ probe              the query that follows shows the part; its answer is the same where the part came back

--# encoding
--@ probe
SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()

--# locale
--@ since 15
--@ probe
SELECT concat_ws(' ', datlocprovider, to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', datcollate, datctype)
  FROM pg_database d WHERE datname = current_database()

--# ICU rules
--@ since 16
--@ probe
SELECT daticurules FROM pg_database WHERE datname = current_database()

--# connection limit
ALTER DATABASE whole CONNECTION LIMIT 77;
--@ probe
SELECT datconnlimit::text FROM pg_database WHERE datname = current_database()

--# settings of the database
ALTER DATABASE whole SET work_mem = '7MB';
--@ probe
SELECT setconfig::text FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase
 WHERE datname = current_database() AND setrole = 0

--# settings of roles in the database
ALTER ROLE app IN DATABASE whole SET search_path = 'one', 'two';
--@ probe
SELECT setconfig::text FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase
 WHERE datname = current_database() AND setrole = 'app'::regrole

--# comment on the database
COMMENT ON DATABASE whole IS 'one of each';
--@ probe
SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()

--# privileges on the database
REVOKE TEMPORARY ON DATABASE whole FROM PUBLIC;
GRANT TEMPORARY ON DATABASE whole TO app WITH GRANT OPTION;
--@ probe
SELECT string_agg(privilege_type || is_grantable, ' ' ORDER BY privilege_type)
  FROM pg_database, aclexplode(datacl) WHERE datname = current_database() AND grantee = 'app'::regrole

--# owner of the database
ALTER DATABASE whole OWNER TO app;
--@ probe
SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()

--# template flag
ALTER DATABASE whole IS_TEMPLATE true;
--@ probe
SELECT datistemplate::text FROM pg_database WHERE datname = current_database()

--# security label of the database
INSERT INTO pg_shseclabel SELECT oid, 'pg_database'::regclass, 'labels', 'secret'
  FROM pg_database WHERE datname = current_database();
--@ loss whole
--@ probe
SELECT label FROM pg_shseclabel WHERE objoid = (SELECT oid FROM pg_database WHERE datname = current_database())

--# tablespace of the database
--@ database elsewhere
--@ loss elsewhere
--@ probe
SELECT spcname FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace WHERE datname = current_database()

--# schemas
CREATE SCHEMA shop AUTHORIZATION app;
GRANT USAGE ON SCHEMA shop TO reader;
--@ dump CREATE SCHEMA shop;
--@ probe
SELECT pg_get_userbyid(nspowner) || nspacl::text FROM pg_namespace WHERE nspname = 'shop'

--# schema public
ALTER SCHEMA public OWNER TO app;
COMMENT ON SCHEMA public IS 'ours';
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO reader;
--@ dump COMMENT ON SCHEMA public IS 'ours';
--@ probe
SELECT pg_get_userbyid(nspowner) || obj_description(oid) || nspacl::text FROM pg_namespace WHERE nspname = 'public'

--# dropped schema public
--@ database bare
DROP SCHEMA public;
--@ loss schema public
--@ probe
SELECT coalesce(to_regnamespace('public')::text, 'none')

--# dropped extension plpgsql
--@ database bare
DROP EXTENSION plpgsql;
--@ loss extension plpgsql
--@ probe
SELECT count(*)::text FROM pg_extension WHERE extname = 'plpgsql'

--# tables and rows
CREATE TABLE shop.items (id int PRIMARY KEY, name text NOT NULL DEFAULT 'none', price numeric(10, 2), payload bytea);
INSERT INTO shop.items VALUES (1, E'a\tb\\', 1.50, '\x00ff'), (2, '', NULL, NULL);
ALTER TABLE shop.items OWNER TO app;
--@ dump COPY shop.items (id, name, price, payload) FROM stdin;
--@ probe
SELECT string_agg(i::text, ' ' ORDER BY id) || (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'shop.items'::regclass)
  FROM shop.items i

--# partitioned tables
CREATE TABLE shop.orders (id int, region text, at date) PARTITION BY LIST (region);
CREATE TABLE shop.orders_eu PARTITION OF shop.orders FOR VALUES IN ('eu') PARTITION BY RANGE (at);
CREATE TABLE shop.orders_eu_26 PARTITION OF shop.orders_eu FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE shop.orders_rest PARTITION OF shop.orders DEFAULT;
CREATE TABLE shop.hashed (i int) PARTITION BY HASH (i);
CREATE TABLE shop.hashed_0 PARTITION OF shop.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
INSERT INTO shop.orders VALUES (1, 'eu', '2026-05-01'), (2, 'us', '2026-05-02');
--@ dump ALTER TABLE ONLY shop.orders_eu ATTACH PARTITION shop.orders_eu_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--@ probe
SELECT string_agg(relname || coalesce(pg_get_expr(relpartbound, oid), '') || coalesce(pg_get_partkeydef(oid), ''), ' ' ORDER BY relname)
    || (SELECT string_agg(tableoid::regclass::text || id, ' ' ORDER BY id) FROM shop.orders)
  FROM pg_class WHERE relname LIKE 'orders%' OR relname LIKE 'hashed%'

--# inheritance
CREATE TABLE shop.parent (i int);
CREATE TABLE shop.child (j int) INHERITS (shop.parent);
INSERT INTO shop.parent VALUES (1);
INSERT INTO shop.child VALUES (2, 3);
--@ dump INHERITS (shop.parent);
--@ probe
SELECT string_agg(tableoid::regclass::text || i, ' ' ORDER BY i) FROM shop.parent

--# typed tables
CREATE TYPE shop.point3 AS (x int, y int, z int);
CREATE TABLE shop.points OF shop.point3 (x NOT NULL);
--@ dump CREATE TABLE shop.points OF shop.point3
--@ probe
SELECT reloftype::regtype::text FROM pg_class WHERE oid = 'shop.points'::regclass

--# unlogged tables
CREATE UNLOGGED TABLE shop.sessions AS SELECT 7 AS id;
--@ dump CREATE UNLOGGED TABLE shop.sessions
--@ probe
SELECT concat(relpersistence, (SELECT id FROM shop.sessions)) FROM pg_class WHERE oid = 'shop.sessions'::regclass

--# options of tables and columns
CREATE TABLE shop.tuned (i int, t text) WITH (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = off);
ALTER TABLE shop.tuned ALTER t SET STORAGE EXTERNAL, ALTER i SET STATISTICS 77, ALTER i SET (n_distinct = 5);
ALTER TABLE shop.tuned REPLICA IDENTITY FULL;
--@ dump ALTER TABLE ONLY shop.tuned ALTER COLUMN t SET STORAGE EXTERNAL;
--@ probe
SELECT concat(reloptions, relreplident, string_agg(concat(attstorage, nullif(attstattarget, -1), attoptions), ' ' ORDER BY attnum))
  FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 WHERE c.oid = 'shop.tuned'::regclass GROUP BY reloptions, relreplident

--# compression of columns
--@ since 14
CREATE TABLE shop.packed (t text COMPRESSION pglz);
--@ dump ALTER COLUMN t SET COMPRESSION pglz;
--@ probe
SELECT attcompression::text FROM pg_attribute WHERE attrelid = 'shop.packed'::regclass AND attnum = 1

--# defaults
CREATE TABLE shop.defaulted (i int DEFAULT 3 * 4, at timestamptz DEFAULT now());
--@ dump i integer DEFAULT (3 * 4),
--@ probe
SELECT string_agg(pg_get_expr(adbin, adrelid), ' ' ORDER BY adnum) FROM pg_attrdef WHERE adrelid = 'shop.defaulted'::regclass

--# generated columns
CREATE TABLE shop.areas (w int, h int, area int GENERATED ALWAYS AS (w * h) STORED);
INSERT INTO shop.areas VALUES (2, 3);
--@ dump area integer GENERATED ALWAYS AS ((w * h)) STORED
--@ probe
SELECT concat(attgenerated, (SELECT area FROM shop.areas)) FROM pg_attribute WHERE attrelid = 'shop.areas'::regclass AND attname = 'area'

--# virtual generated columns
--@ since 18
CREATE TABLE shop.virtual (w int, double int GENERATED ALWAYS AS (w * 2) VIRTUAL);
INSERT INTO shop.virtual VALUES (2);
--@ dump double integer GENERATED ALWAYS AS ((w * 2))
--@ probe
SELECT concat(attgenerated, (SELECT double FROM shop.virtual)) FROM pg_attribute WHERE attrelid = 'shop.virtual'::regclass AND attname = 'double'

--# identity columns
CREATE TABLE shop.numbered (id int GENERATED BY DEFAULT AS IDENTITY (START WITH 50 INCREMENT BY 5), t text);
INSERT INTO shop.numbered (t) VALUES ('a'), ('b');
--@ dump ADD GENERATED BY DEFAULT AS IDENTITY (
--@ probe
SELECT concat(attidentity, (SELECT last_value || ' ' || is_called FROM shop.numbered_id_seq)) FROM pg_attribute
 WHERE attrelid = 'shop.numbered'::regclass AND attname = 'id'

--# constraints
CREATE TABLE shop.checked (a int CONSTRAINT positive CHECK (a > 0), b int CONSTRAINT once UNIQUE DEFERRABLE INITIALLY DEFERRED,
    r int4range, item int CONSTRAINT to_item REFERENCES shop.items ON DELETE CASCADE, CONSTRAINT apart EXCLUDE USING gist (r WITH &&));
INSERT INTO shop.checked VALUES (5, 1, '[1,3)', 1);
ALTER TABLE shop.checked ADD CONSTRAINT below CHECK (a < 3) NOT VALID;
ALTER TABLE shop.checked ADD CONSTRAINT maybe FOREIGN KEY (a) REFERENCES shop.items NOT VALID;
CREATE CONSTRAINT TRIGGER watched AFTER INSERT ON shop.checked DEFERRABLE FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
COMMENT ON CONSTRAINT below ON shop.checked IS 'some day';
--@ dump ADD CONSTRAINT below CHECK ((a < 3)) NOT VALID;
--@ probe
SELECT string_agg(conname || pg_get_constraintdef(oid) || convalidated || condeferred || coalesce(obj_description(oid), ''), ' ' ORDER BY conname)
  FROM pg_constraint WHERE conrelid = 'shop.checked'::regclass AND contype <> 'n'

--# constraints that aren't enforced
--@ since 18
CREATE TABLE shop.lenient (a int CONSTRAINT ignored CHECK (a > 0) NOT ENFORCED, b int CONSTRAINT named NOT NULL);
INSERT INTO shop.lenient VALUES (-1, 1);
--@ dump NOT ENFORCED
--@ probe
SELECT string_agg(conname || conenforced, ' ' ORDER BY conname) FROM pg_constraint WHERE conrelid = 'shop.lenient'::regclass

--# disabled triggers of constraints
ALTER TABLE shop.checked DISABLE TRIGGER ALL;
ALTER TABLE shop.checked ENABLE TRIGGER USER;
--@ loss shop.checked
--@ probe
SELECT string_agg(DISTINCT tgenabled::text, '') FROM pg_trigger WHERE tgrelid = 'shop.checked'::regclass AND tgisinternal

--# indexes
CREATE INDEX expressed ON shop.items (lower(name) text_pattern_ops DESC NULLS LAST) INCLUDE (id) WITH (fillfactor = 60) WHERE price > 1;
CREATE UNIQUE INDEX ordered ON shop.items (id, name);
ALTER TABLE shop.items CLUSTER ON ordered;
CREATE INDEX measured ON shop.items ((price * 2));
ALTER INDEX shop.measured ALTER COLUMN 1 SET STATISTICS 500;
CREATE INDEX whole_orders ON shop.orders (id);
ALTER TABLE shop.items REPLICA IDENTITY USING INDEX items_pkey;
--@ dump ALTER TABLE shop.items CLUSTER ON ordered;
--@ probe
SELECT string_agg(pg_get_indexdef(i.indexrelid) || indisclustered || indisreplident || coalesce((SELECT attstattarget::text FROM pg_attribute
           WHERE attrelid = i.indexrelid AND attnum = 1), ''), ' ' ORDER BY indexrelid::regclass::text)
    || (SELECT string_agg(inhrelid::regclass::text, ' ' ORDER BY inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'shop.whole_orders'::regclass)
  FROM pg_index i WHERE indrelid = 'shop.items'::regclass AND indisvalid

--# invalid indexes
CREATE INDEX half_made ON shop.items (price);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'shop.half_made'::regclass;
--@ loss shop.half_made
--@ probe
SELECT coalesce(to_regclass('shop.half_made')::text, 'none')

--# statistics objects
CREATE STATISTICS shop.related (dependencies, ndistinct) ON id, name FROM shop.items;
ALTER STATISTICS shop.related SET STATISTICS 88;
--@ dump CREATE STATISTICS shop.related
--@ probe
SELECT pg_get_statisticsobjdef(oid) || stxstattarget FROM pg_statistic_ext WHERE stxname = 'related'

--# statistics of the planner
--@ before 18
ANALYZE shop.items;
--@ probe
SELECT string_agg(attname || n_distinct || null_frac, ' ' ORDER BY attname) FROM pg_stats WHERE schemaname = 'shop' AND tablename = 'items'

--# statistics of the planner in the dump
--@ since 18
ANALYZE shop.items;
--@ dump pg_catalog.pg_restore_attribute_stats(
--@ probe
SELECT string_agg(attname || n_distinct || null_frac, ' ' ORDER BY attname) FROM pg_stats WHERE schemaname = 'shop' AND tablename = 'items'

--# sequences
CREATE SEQUENCE shop.tickets AS smallint START 100 INCREMENT -3 MINVALUE -500 MAXVALUE 200 CACHE 4 CYCLE;
SELECT setval('shop.tickets', 64);
ALTER SEQUENCE shop.tickets OWNER TO app;
ALTER SEQUENCE shop.tickets OWNED BY shop.items.id;
CREATE SEQUENCE shop.fresh START 9;
--@ dump SELECT pg_catalog.setval('shop.tickets', 64, true);
--@ probe
SELECT s::text || (SELECT last_value || ' ' || is_called FROM shop.tickets) || (SELECT last_value || ' ' || is_called FROM shop.fresh)
    || pg_get_serial_sequence('shop.items', 'id')
  FROM pg_sequences s WHERE sequencename = 'tickets'

--# views
CREATE VIEW shop.cheap WITH (security_barrier) AS SELECT * FROM shop.items WHERE price < 10 WITH LOCAL CHECK OPTION;
ALTER VIEW shop.cheap ALTER COLUMN name SET DEFAULT 'bargain';
CREATE RECURSIVE VIEW shop.counting (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counting WHERE n < 3;
--@ dump CREATE VIEW shop.cheap WITH (security_barrier='true') AS
--@ probe
SELECT string_agg(relname || pg_get_viewdef(oid) || coalesce(reloptions, '{}')::text, ' ' ORDER BY relname)
    || (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'shop.cheap'::regclass)
  FROM pg_class WHERE relkind = 'v' AND relnamespace = 'shop'::regnamespace

--# materialized views
CREATE MATERIALIZED VIEW shop.totals AS SELECT count(*) AS n FROM shop.items;
CREATE UNIQUE INDEX total ON shop.totals (n);
CREATE MATERIALIZED VIEW shop.later AS SELECT 1 AS i WITH NO DATA;
--@ dump REFRESH MATERIALIZED VIEW shop.totals;
--@ probe
SELECT string_agg(relname || relispopulated, ' ' ORDER BY relname) || (SELECT n FROM shop.totals) FROM pg_class WHERE relkind = 'm'

--# rules
CREATE RULE redirected AS ON INSERT TO shop.counting DO INSTEAD NOTHING;
CREATE RULE silent AS ON DELETE TO shop.parent DO INSTEAD NOTHING;
ALTER TABLE shop.parent DISABLE RULE silent;
--@ dump ALTER TABLE shop.parent DISABLE RULE silent;
--@ probe
SELECT string_agg(concat(rulename, pg_get_ruledef(oid), ev_enabled), ' ' ORDER BY rulename) FROM pg_rewrite WHERE rulename <> '_RETURN' AND oid >= 16384

--# functions and procedures
CREATE FUNCTION shop.add(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 5
    SET search_path = pg_catalog AS 'SELECT a + b';
CREATE PROCEDURE shop.act(INOUT i int) LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN i := i + 1; END';
CREATE FUNCTION shop.rows_of(n int) RETURNS TABLE (i int) LANGUAGE sql ROWS 7 AS 'SELECT generate_series(1, n)';
REVOKE EXECUTE ON FUNCTION shop.rows_of FROM PUBLIC;
ALTER FUNCTION shop.add OWNER TO app;
--@ dump CREATE PROCEDURE shop.act(INOUT i integer)
--@ probe
SELECT string_agg(pg_get_functiondef(oid) || coalesce(proacl, '{}')::text || pg_get_userbyid(proowner), ' ' ORDER BY proname)
  FROM pg_proc WHERE proname IN ('add', 'act', 'rows_of')

--# functions with a body in SQL
--@ since 14
CREATE FUNCTION shop.doubled(a int) RETURNS int RETURN a * 2;
--@ dump RETURN (a * 2);
--@ probe
SELECT pg_get_functiondef('shop.doubled'::regproc)

--# triggers
CREATE FUNCTION shop.touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER plain BEFORE UPDATE OF name ON shop.items FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION shop.touched('x');
CREATE TRIGGER off AFTER INSERT ON shop.items REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION shop.touched();
CREATE TRIGGER replicated BEFORE INSERT ON shop.items FOR EACH ROW EXECUTE FUNCTION shop.touched();
CREATE TRIGGER always BEFORE INSERT ON shop.items FOR EACH ROW EXECUTE FUNCTION shop.touched();
ALTER TABLE shop.items DISABLE TRIGGER off, ENABLE REPLICA TRIGGER replicated, ENABLE ALWAYS TRIGGER always;
CREATE TRIGGER everywhere AFTER INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touched();
ALTER TABLE shop.orders_rest DISABLE TRIGGER everywhere;
--@ dump ALTER TABLE shop.items ENABLE ALWAYS TRIGGER always;
--@ probe
SELECT string_agg(concat(pg_get_triggerdef(oid), tgenabled), ' ' ORDER BY tgrelid::regclass::text, tgname)
  FROM pg_trigger WHERE NOT tgisinternal OR tgname = 'everywhere'

--# event triggers
CREATE FUNCTION shop.noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER noted ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION shop.noted();
CREATE EVENT TRIGGER resting ON sql_drop EXECUTE FUNCTION shop.noted();
ALTER EVENT TRIGGER resting DISABLE;
--@ dump ALTER EVENT TRIGGER resting DISABLE;
--@ probe
SELECT string_agg(concat(evtname, evtevent, evtenabled, evttags), ' ' ORDER BY evtname) FROM pg_event_trigger

--# aggregates
CREATE AGGREGATE shop.product(int) (SFUNC = int4mul, STYPE = int, INITCOND = '1', MSFUNC = int4mul, MINVFUNC = int4div, MSTYPE = int, MINITCOND = '1');
--@ dump CREATE AGGREGATE shop.product(integer) (
--@ probe
SELECT aggtransfn::text || agginitval || aggmtransfn || (SELECT shop.product(v) FROM (VALUES (2), (3)) x (v)) FROM pg_aggregate WHERE aggfnoid = 'shop.product'::regproc

--# operators
CREATE OPERATOR shop.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR(shop.===), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
--@ dump CREATE OPERATOR shop.=== (
--@ probe
SELECT oprcode::text || oprrest || oprjoin || oprcanhash || oprcanmerge || (oprcom = oid) FROM pg_operator WHERE oprname = '==='

--# operator classes and families
CREATE OPERATOR FAMILY shop.loose USING btree;
CREATE OPERATOR CLASS shop.plain_ints FOR TYPE int USING btree FAMILY shop.loose AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
ALTER OPERATOR FAMILY shop.loose USING btree ADD OPERATOR 1 < (int8, int8), FUNCTION 1 btint8cmp(int8, int8);
--@ dump CREATE OPERATOR CLASS shop.plain_ints
--@ probe
SELECT (SELECT string_agg(amopopr::regoperator::text || amopstrategy, ' ' ORDER BY amopopr::regoperator::text) FROM pg_amop WHERE amopfamily = f.oid)
    || (SELECT string_agg(amproc::text || amprocnum, ' ' ORDER BY amproc::text) FROM pg_amproc WHERE amprocfamily = f.oid)
    || (SELECT opcname || opcintype::regtype FROM pg_opclass WHERE opcfamily = f.oid)
  FROM pg_opfamily f WHERE opfname = 'loose'

--# access methods
CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE shop.accessed (i int) USING heap_again;
--@ dump CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler;
--@ probe
SELECT concat(amname, amtype, amhandler) FROM pg_am JOIN pg_class ON relam = pg_am.oid WHERE relname = 'accessed'

--# casts
CREATE TYPE shop.wrapped AS (i int);
CREATE FUNCTION shop.unwrapped(shop.wrapped) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ($1).i';
CREATE CAST (shop.wrapped AS int) WITH FUNCTION shop.unwrapped(shop.wrapped) AS ASSIGNMENT;
CREATE CAST (int AS inet) WITH INOUT;
--@ dump CREATE CAST (integer AS inet) WITH INOUT;
--@ probe
SELECT string_agg(concat(castsource::regtype, casttarget::regtype, castcontext, castmethod), ' ' ORDER BY casttarget::regtype::text) FROM pg_cast WHERE oid >= 16384

--# conversions
CREATE CONVERSION shop.from_latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
--@ dump CREATE CONVERSION shop.from_latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
--@ probe
SELECT concat(conname, conproc) FROM pg_conversion WHERE oid >= 16384

--# languages
CREATE FUNCTION shop.handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE plmine HANDLER shop.handler;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO app, reader;
--@ dump PROCEDURAL LANGUAGE plmine HANDLER shop.handler;
--@ probe
SELECT string_agg(lanname || lanpltrusted || coalesce(lanacl, '{}')::text, ' ' ORDER BY lanname) FROM pg_language WHERE lanname LIKE 'pl%'

--# transforms
CREATE FUNCTION shop.from_wrapped(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'ts_lexize';
CREATE TRANSFORM FOR shop.wrapped LANGUAGE plmine (FROM SQL WITH FUNCTION shop.from_wrapped(internal));
--@ dump CREATE TRANSFORM FOR shop.wrapped LANGUAGE plmine (FROM SQL WITH FUNCTION shop.from_wrapped(internal));
--@ probe
SELECT string_agg(trftype::regtype::text || trffromsql, ' ') FROM pg_transform WHERE oid >= 16384

--# types
CREATE TYPE shop.mood AS ENUM ('sad', 'happy');
ALTER TYPE shop.mood ADD VALUE 'fine' BEFORE 'happy';
CREATE TYPE shop.spans AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
CREATE TYPE shop.pair AS (a int, b text COLLATE "C");
CREATE TYPE shop.code;
CREATE FUNCTION shop.code_in(cstring) RETURNS shop.code LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION shop.code_out(shop.code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE shop.code (INPUT = shop.code_in, OUTPUT = shop.code_out, CATEGORY = 'S', STORAGE = extended);
CREATE TABLE shop.typed (m shop.mood, s shop.spans, p shop.pair, c shop.code);
INSERT INTO shop.typed VALUES ('happy', '[1,2)', (1, 'x'), 'code');
REVOKE USAGE ON TYPE shop.mood FROM PUBLIC;
GRANT USAGE ON TYPE shop.mood TO app;
--@ dump CREATE TYPE shop.mood AS ENUM (
--@ probe
SELECT t::text || (SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = 'shop.mood'::regtype)
    || (SELECT typacl::text FROM pg_type WHERE oid = 'shop.mood'::regtype) || (SELECT rngsubdiff FROM pg_range WHERE rngtypid = 'shop.spans'::regtype)
  FROM shop.typed t

--# domains
CREATE DOMAIN shop.percent AS numeric(5, 2) DEFAULT 0 NOT NULL CONSTRAINT range CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE shop.shares (p shop.percent);
INSERT INTO shop.shares VALUES (99);
ALTER DOMAIN shop.percent ADD CONSTRAINT small CHECK (VALUE < 50) NOT VALID;
--@ dump CREATE DOMAIN shop.percent AS numeric(5,2) NOT NULL DEFAULT 0
--@ probe
SELECT typdefault || typnotnull || string_agg(pg_get_constraintdef(c.oid) || convalidated, ' ' ORDER BY conname) || (SELECT p FROM shop.shares)
  FROM pg_type t JOIN pg_constraint c ON contypid = t.oid AND contype = 'c' WHERE typname = 'percent' GROUP BY typdefault, typnotnull

--# undefined types
CREATE TYPE shop.promised;
--@ dump CREATE TYPE shop.promised;
--@ probe
SELECT typname || typisdefined FROM pg_type WHERE typname = 'promised'

--# undefined operators
CREATE OPERATOR shop.<<>> (LEFTARG = int, RIGHTARG = int, FUNCTION = int4ne, NEGATOR = OPERATOR(shop.<<=>>));
DROP OPERATOR shop.<<>> (int, int);
--@ loss shop.<<=>>(integer,integer)
--@ probe
SELECT coalesce(to_regoperator('shop.<<=>>(int,int)')::text, 'none')

--# privileges and comments of row types
REVOKE USAGE ON TYPE shop.parent FROM PUBLIC;
COMMENT ON TYPE shop.child IS 'a type';
--@ loss shop.parent
--@ loss shop.child
--@ probe
SELECT coalesce(typacl::text, 'default') || coalesce(obj_description('shop.child'::regtype, 'pg_type'), 'none') FROM pg_type WHERE oid = 'shop.parent'::regtype

--# collations
CREATE COLLATION shop.numeric_order (provider = icu, locale = 'en-u-kn-true');
CREATE COLLATION shop.loosely (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
CREATE TABLE shop.collated (t text COLLATE shop.numeric_order);
--@ dump CREATE COLLATION shop.numeric_order (provider = icu, locale = 'en-u-kn
--@ probe
SELECT string_agg(concat(collname, collprovider, collisdeterministic, to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', collcollate), ' ' ORDER BY collname)
  FROM pg_collation c WHERE collnamespace = 'shop'::regnamespace

--# text search
CREATE TEXT SEARCH DICTIONARY shop.stems (TEMPLATE = snowball, LANGUAGE = 'english', STOPWORDS = 'english');
CREATE TEXT SEARCH CONFIGURATION shop.searched (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION shop.searched ADD MAPPING FOR asciiword WITH shop.stems, simple;
CREATE TEXT SEARCH TEMPLATE shop.dictionary (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH PARSER shop.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
--@ dump ADD MAPPING FOR asciiword WITH shop.stems, simple;
--@ probe
SELECT string_agg(mapdict::regdictionary::text, ' ' ORDER BY mapseqno) || (SELECT dictinitoption FROM pg_ts_dict WHERE dictname = 'stems')
    || (SELECT tmpllexize FROM pg_ts_template WHERE tmplname = 'dictionary') || (SELECT prsstart FROM pg_ts_parser WHERE prsname = 'words')
  FROM pg_ts_config_map WHERE mapcfg = 'shop.searched'::regconfig

--# foreign data wrappers
CREATE FOREIGN DATA WRAPPER nowhere OPTIONS (debug 'true');
GRANT USAGE ON FOREIGN DATA WRAPPER nowhere TO app;
--@ dump CREATE FOREIGN DATA WRAPPER nowhere OPTIONS (
--@ probe
SELECT concat(fdwoptions, fdwacl) FROM pg_foreign_data_wrapper WHERE fdwname = 'nowhere'

--# foreign servers
CREATE SERVER "far away" TYPE 'remote' VERSION '9' FOREIGN DATA WRAPPER nowhere OPTIONS (host 'other');
GRANT USAGE ON FOREIGN SERVER "far away" TO app, reader;
--@ dump CREATE SERVER "far away" TYPE 'remote' VERSION '9' FOREIGN DATA WRAPPER nowhere OPTIONS (
--@ probe
SELECT concat(srvtype, srvversion, srvoptions, srvacl) FROM pg_foreign_server WHERE srvname = 'far away'

--# user mappings
CREATE USER MAPPING FOR reader SERVER "far away";
--@ dump CREATE USER MAPPING FOR reader SERVER "far away";
--@ probe
SELECT string_agg(usename, ' ' ORDER BY usename) FROM pg_user_mappings

--# options of user mappings
CREATE USER MAPPING FOR app SERVER "far away" OPTIONS (user 'u', password 'hidden');
--@ dump CREATE USER MAPPING FOR app SERVER "far away" OPTIONS (
--@ loss FOR app SERVER "far away"
--@ probe
SELECT string_agg(o, ' ' ORDER BY o) FROM pg_user_mappings, unnest(umoptions) o WHERE usename = 'app'

--# foreign tables
CREATE FOREIGN TABLE shop.remote (i int OPTIONS (column_name 'x') NOT NULL) SERVER "far away" OPTIONS (table_name 't');
--@ dump CREATE FOREIGN TABLE shop.remote (
--@ probe
SELECT ftoptions::text || (SELECT attfdwoptions::text FROM pg_attribute WHERE attrelid = 'shop.remote'::regclass AND attnum = 1) FROM pg_foreign_table

--# publications
CREATE PUBLICATION chosen FOR TABLE shop.items, ONLY shop.parent WITH (publish = 'insert, update', publish_via_partition_root = true);
CREATE PUBLICATION everything FOR ALL TABLES;
--@ dump ALTER PUBLICATION chosen ADD TABLE ONLY shop.items;
--@ probe
SELECT string_agg(pubname || puballtables || pubinsert || pubdelete || pubviaroot, ' ' ORDER BY pubname)
    || (SELECT string_agg(prrelid::regclass::text, ' ' ORDER BY prrelid::regclass::text) FROM pg_publication_rel r JOIN pg_publication p ON p.oid = prpubid WHERE pubname = 'chosen')
  FROM pg_publication

--# publications with filters and schemas
--@ since 15
CREATE PUBLICATION filtered FOR TABLE shop.items (id, name) WHERE (id > 1);
CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA shop;
--@ dump ALTER PUBLICATION of_schema ADD TABLES IN SCHEMA shop;
--@ probe
SELECT pg_get_expr(prqual, prrelid) || prattrs::text || (SELECT pnnspid::regnamespace::text FROM pg_publication_namespace)
  FROM pg_publication_rel r JOIN pg_publication p ON p.oid = prpubid WHERE pubname = 'filtered'

--# subscriptions
CREATE SUBSCRIPTION from_hub CONNECTION 'host=127.0.0.1 port=1 password=hidden' PUBLICATION p WITH (connect = false, slot_name = 'hub_slot', synchronous_commit = 'local');
--@ dump CREATE SUBSCRIPTION from_hub CONNECTION 'host=127.0.0.1 port=1 password=hidden' PUBLICATION p WITH (connect = false, slot_name = 'hub_slot'
--@ loss from_hub
--@ probe
SELECT subname || subslotname || subpublications::text || subsynccommit FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())

--# state of subscriptions
ALTER SUBSCRIPTION from_hub ENABLE;
--@ loss from_hub
--@ probe
SELECT coalesce(bool_or(subenabled), false)::text FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())

--# extensions
CREATE SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
COMMENT ON EXTENSION hstore IS 'ours';
CREATE TABLE shop.kept (h ext.hstore);
INSERT INTO shop.kept VALUES ('a=>1');
CREATE FUNCTION shop.tied() RETURNS int LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION shop.tied DEPENDS ON EXTENSION hstore;
--@ dump CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA ext;
--@ probe
SELECT extname || extnamespace::regnamespace || obj_description(oid) || (SELECT count(*) FROM pg_depend WHERE deptype = 'x')
    || (SELECT h::text FROM shop.kept)
  FROM pg_extension WHERE extname = 'hstore'

--# version of an extension
DO $write$
DECLARE
    folder text := (SELECT setting FROM pg_config WHERE name = 'SHAREDIR') || '/extension/';
BEGIN
    EXECUTE format('COPY (VALUES (%L), (%L)) TO %L', 'default_version = ''2.0''', 'relocatable = true', folder || 'autodump_probe.control');
    EXECUTE format('COPY (VALUES (%L), (%L), (%L)) TO %L',
        'CREATE TABLE probe_config (i int); CREATE TABLE probe_rows (i int); CREATE FUNCTION probe_member() RETURNS int LANGUAGE sql AS ''SELECT 1'';',
        'GRANT SELECT ON probe_rows TO app;',
        'SELECT pg_extension_config_dump(''probe_config'', ''WHERE i > 0'');', folder || 'autodump_probe--1.0.sql');
    EXECUTE format('COPY (VALUES (%L)) TO %L', 'CREATE VIEW probe_view AS SELECT 1 AS i;', folder || 'autodump_probe--1.0--2.0.sql');
END $write$;
CREATE EXTENSION autodump_probe SCHEMA ext VERSION '1.0';
--@ loss autodump_probe 1.0
--@ probe
SELECT extversion FROM pg_extension WHERE extname = 'autodump_probe'

--# configuration tables of extensions
INSERT INTO ext.probe_config VALUES (8);
--@ dump COPY ext.probe_config (i) FROM stdin;
--@ probe
SELECT string_agg(i::text, ' ') FROM ext.probe_config

--# other tables of extensions
INSERT INTO ext.probe_rows VALUES (4);
--@ loss autodump_probe: ext.probe_rows
--@ probe
SELECT coalesce(string_agg(i::text, ' '), 'none') FROM ext.probe_rows

--# privileges on extensions' objects
GRANT SELECT ON ext.probe_config TO app;
REVOKE EXECUTE ON FUNCTION ext.probe_member FROM PUBLIC;
--@ dump GRANT SELECT ON TABLE ext.probe_config TO app;
--@ probe
SELECT concat(relacl, (SELECT proacl FROM pg_proc WHERE proname = 'probe_member'),
        (SELECT count(*) FROM pg_init_privs WHERE privtype = 'e' AND objoid = 'ext.probe_rows'::regclass))
  FROM pg_class WHERE relname = 'probe_config'

--# large objects
SELECT lo_from_bytea(4242, '\x00ff00');
ALTER LARGE OBJECT 4242 OWNER TO app;
GRANT SELECT ON LARGE OBJECT 4242 TO reader;
COMMENT ON LARGE OBJECT 4242 IS 'picture';
--@ dump COMMENT ON LARGE OBJECT 4242 IS 'picture';
--@ probe
SELECT lo_get(4242)::text || pg_get_userbyid(lomowner) || lomacl::text || obj_description(oid, 'pg_largeobject') FROM pg_largeobject_metadata

--# policies
CREATE POLICY own ON shop.numbered AS RESTRICTIVE FOR SELECT TO app USING (id > 1);
--@ dump CREATE POLICY own ON shop.numbered AS RESTRICTIVE FOR SELECT TO app USING ((id > 1));
--@ probe
SELECT concat(polname, polcmd, polpermissive, polroles::regrole[], pg_get_expr(polqual, polrelid)) FROM pg_policy

--# row-level security
--@ database secured
CREATE TABLE hidden AS SELECT 1 AS i;
ALTER TABLE hidden ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--@ dump ALTER TABLE public.hidden ENABLE ROW LEVEL SECURITY;
--@ probe
SELECT relrowsecurity::text || relforcerowsecurity FROM pg_class WHERE relname = 'hidden'

--# privileges
GRANT SELECT (id), UPDATE (name) ON shop.items TO app;
GRANT INSERT ON shop.sessions TO app WITH GRANT OPTION;
SET ROLE app;
GRANT INSERT ON shop.sessions TO reader;
RESET ROLE;
GRANT USAGE ON SEQUENCE shop.fresh TO PUBLIC;
--@ dump GRANT SELECT(id) ON TABLE shop.items TO app;
--@ probe
SELECT string_agg(attname || attacl::text, ' ' ORDER BY attname) || (SELECT relacl::text FROM pg_class WHERE relname = 'sessions')
    || (SELECT relacl::text FROM pg_class WHERE relname = 'fresh')
  FROM pg_attribute WHERE attrelid = 'shop.items'::regclass AND attacl IS NOT NULL

--# default privileges
ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA shop GRANT SELECT ON TABLES TO reader;
ALTER DEFAULT PRIVILEGES FOR ROLE app REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
--@ dump ALTER DEFAULT PRIVILEGES FOR ROLE app REVOKE ALL ON FUNCTIONS
--@ probe
SELECT string_agg(concat(defaclobjtype, defaclnamespace::regnamespace, defaclacl), ' ' ORDER BY defaclobjtype) FROM pg_default_acl

--# privileges in pg_catalog
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
GRANT SELECT ON pg_catalog.pg_authid TO app;
--@ dump REVOKE ALL ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
--@ probe
SELECT proacl::text || (SELECT relacl::text FROM pg_class WHERE oid = 'pg_authid'::regclass) FROM pg_proc WHERE proname = 'pg_sleep'

--# privileges in information_schema
REVOKE SELECT ON information_schema.tables FROM PUBLIC;
--@ loss information_schema.tables
--@ probe
SELECT relacl::text FROM pg_class WHERE oid = 'information_schema.tables'::regclass

--# security labels
--@ database labelled
--@ unrestorable
CREATE TABLE secret (i int);
INSERT INTO pg_seclabel VALUES ('secret'::regclass, 'pg_class'::regclass, 0, 'labels', 'top');
--@ dump SECURITY LABEL FOR labels ON TABLE public.secret IS 'top';
--@ probe
SELECT label FROM pg_seclabel

--# comments
COMMENT ON TABLE shop.items IS 'it''s all there';
COMMENT ON COLUMN shop.items.name IS 'a name';
COMMENT ON FUNCTION shop.add(int, int) IS 'adds';
COMMENT ON OPERATOR shop.=== (int, int) IS 'same';
COMMENT ON INDEX shop.expressed IS 'an index';
COMMENT ON TRIGGER always ON shop.items IS 'a trigger';
COMMENT ON RULE silent ON shop.parent IS 'a rule';
COMMENT ON POLICY own ON shop.numbered IS 'a policy';
COMMENT ON CAST (int AS inet) IS 'a cast';
COMMENT ON PUBLICATION chosen IS 'a publication';
COMMENT ON EVENT TRIGGER noted IS 'an event trigger';
COMMENT ON ACCESS METHOD heap_again IS 'an access method';
COMMENT ON CONSTRAINT small ON DOMAIN shop.percent IS 'a constraint of a domain';
COMMENT ON STATISTICS shop.related IS 'statistics';
COMMENT ON TEXT SEARCH DICTIONARY shop.stems IS 'a dictionary';
COMMENT ON TYPE shop.mood IS 'a type';
--@ dump COMMENT ON COLUMN shop.items.name IS 'a name';
--@ probe
SELECT string_agg(classoid::regclass::text || objsubid || description, ' ' ORDER BY classoid::regclass::text, description)
  FROM pg_description
 WHERE objoid >= 16384 AND objoid NOT IN (SELECT oid FROM pg_largeobject_metadata) AND objoid <> 'shop.child'::regtype
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = classoid AND d.objid = objoid AND deptype = 'e')

--# tablespaces of tables
CREATE TABLE shop.placed (i int) TABLESPACE other_disk;
--@ dump SET default_tablespace = other_disk;
--@ probe
SELECT spcname FROM pg_class c JOIN pg_tablespace t ON t.oid = reltablespace WHERE relname = 'placed'

--# definitions of tablespaces
--@ loss other_disk

--# objects in system schemas
CREATE FUNCTION pg_catalog.mine(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE VIEW information_schema.mine AS SELECT 1 AS i;
CREATE DOMAIN pg_catalog.my_domain AS int;
CREATE OPERATOR pg_catalog.=#= (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
--@ loss pg_catalog.mine(integer)
--@ loss information_schema.mine
--@ loss pg_catalog.my_domain
--@ loss pg_catalog.=#=(integer,integer)
--@ probe
SELECT count(*)::text FROM pg_proc WHERE proname = 'mine'

--# prepared transactions
BEGIN;
INSERT INTO shop.items VALUES (99, 'waiting');
PREPARE TRANSACTION 'in doubt';
--@ loss 'in doubt'
--@ probe
SELECT count(*)::text FROM pg_prepared_xacts WHERE database = current_database()
