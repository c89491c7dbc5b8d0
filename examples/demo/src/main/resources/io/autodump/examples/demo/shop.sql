-- demo-shop.sql: a shop and its ledger, about 100 MB, made by PostgreSQL itself.
--
-- Deterministic: every value is derived from md5 of a row number and from fixed instants, so that two loads
-- give the same rows on every server. No clock, no random(), no extension, no psql meta-command.
-- Runs on PostgreSQL 12 to 18, statement by statement or as one multi-statement string, in an empty database
-- with a UTF-8 encoding.
--
-- Names are schema-qualified everywhere and no session setting is changed. Foreign keys and indexes come after
-- the rows they check: that is several times faster than checking row by row. OFFSET 0 keeps the planner from
-- computing a row's hash again for every column that uses it.

CREATE SCHEMA shop;
COMMENT ON SCHEMA shop IS 'What is sold, to whom, and when';
CREATE SCHEMA ledger;
COMMENT ON SCHEMA ledger IS 'Double-entry bookkeeping of the shop';
CREATE SCHEMA "Archive 2024 (50% ""cold"")";
COMMENT ON SCHEMA "Archive 2024 (50% ""cold"")" IS 'A name that breaks scripts which do not quote';

-- ---------------------------------------------------------------- types

CREATE TYPE shop.order_status AS ENUM ('draft', 'placed', 'paid', 'shipped', 'delivered', 'returned', 'cancelled');
COMMENT ON TYPE shop.order_status IS 'The life of an order, in order';

CREATE TYPE ledger.account_kind AS ENUM ('asset', 'liability', 'equity', 'revenue', 'expense');

CREATE TYPE shop.postal_address AS (street text, postcode text, city text, country character(2));

CREATE DOMAIN shop.email AS text
    CONSTRAINT email_has_one_at CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+$');
COMMENT ON DOMAIN shop.email IS 'Anything with exactly one @ in the middle';

CREATE DOMAIN ledger.amount AS numeric(14, 2) DEFAULT 0 NOT NULL;

-- ---------------------------------------------------------------- functions

CREATE FUNCTION shop.noise(seed bigint, salt text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT pg_catalog.md5(seed::text || salt) $$;
COMMENT ON FUNCTION shop.noise(bigint, text) IS '32 hexadecimal digits that depend on nothing but the arguments';

CREATE FUNCTION shop.pick(noise text, start_at integer, choices integer) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT ('x' || pg_catalog.substr(noise, start_at, 6))::bit(24)::integer % choices $$;
COMMENT ON FUNCTION shop.pick(text, integer, integer) IS 'A number from 0 to choices - 1, from six digits of noise';

CREATE FUNCTION shop.noise_bytes(seed bigint, blocks integer) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT pg_catalog.string_agg(pg_catalog.sha512(pg_catalog.decode(pg_catalog.md5(seed::text || '/' || i::text), 'hex')),
                                     ''::bytea ORDER BY i)
          FROM pg_catalog.generate_series(1, blocks) AS g (i)
    $$;
COMMENT ON FUNCTION shop.noise_bytes(bigint, integer) IS 'Bytes that no compressor makes smaller: 64 for each block';

CREATE FUNCTION shop.price_with_tax(net numeric, tax_percent numeric DEFAULT 19) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $body$
BEGIN
    IF net < 0 THEN
        RAISE EXCEPTION 'a price is never negative: %', net USING HINT = 'a refund is an order of its own';
    END IF;
    RETURN pg_catalog.round(net * (1 + tax_percent / 100), 2);
END;
$body$;

CREATE FUNCTION shop.touch_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $body$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END;
$body$;

-- ---------------------------------------------------------------- customers and products

CREATE SEQUENCE shop.customer_number START WITH 100000 INCREMENT BY 1 CACHE 1;
COMMENT ON SEQUENCE shop.customer_number IS 'Printed on invoices; never reused';

CREATE TABLE shop.customer (
    customer_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number        bigint NOT NULL DEFAULT pg_catalog.nextval('shop.customer_number'),
    name          text NOT NULL CHECK (name <> ''),
    email         shop.email NOT NULL,
    address       shop.postal_address,
    phones        text[] NOT NULL DEFAULT '{}',
    registered_on date NOT NULL,
    note          text,
    active        boolean NOT NULL DEFAULT true,
    version       integer NOT NULL DEFAULT 1,
    email_key     text GENERATED ALWAYS AS (pg_catalog.lower(email::text)) STORED
);
COMMENT ON TABLE shop.customer IS 'One row for each person who ever bought something';
COMMENT ON COLUMN shop.customer.email_key IS 'Lower case, so that it can''t be registered twice';

INSERT INTO shop.customer (name, email, address, phones, registered_on, note, active)
SELECT (ARRAY['Ada', 'Bjørn', 'Chloé', 'Đorđe', 'Ewa', 'Φαίδρα', 'Gül', '花子', 'Иван', 'José', 'Łucja', 'Müge', 'نور', 'Óscar',
              'Þóra', 'Zoë'])[1 + shop.pick(h, 1, 16)]
         || ' '
         || (ARRAY['Andersson', 'Brontë', 'Çelik', 'D''Arcy', 'Müller', 'Nuñez', 'O''Brien', 'Papadopoulos', 'Smith', 'Šimić', '田中'])
            [1 + shop.pick(h, 4, 11)],
       'Customer.' || i || '@' || (ARRAY['example.com', 'example.org', 'mail.example.net'])[1 + shop.pick(h, 7, 3)],
       ROW(substr(h, 1, 7) || ' Street ' || shop.pick(h, 9, 200), lpad(shop.pick(h, 11, 99999)::text, 5, '0'),
           (ARRAY['Berlin', 'Lisboa', 'Łódź', 'Zürich', '京都', 'São Paulo'])[1 + shop.pick(h, 13, 6)],
           (ARRAY['DE', 'PT', 'PL', 'CH', 'JP', 'BR'])[1 + shop.pick(h, 13, 6)])::shop.postal_address,
       CASE shop.pick(h, 15, 4)
           WHEN 0 THEN '{}'::text[]
           WHEN 1 THEN ARRAY['+49 30 ' || shop.pick(h, 17, 9999999)]
           ELSE ARRAY['+49 30 ' || shop.pick(h, 17, 9999999), '+351 ' || shop.pick(h, 19, 999999999)]
       END,
       date '2023-01-01' + shop.pick(h, 21, 700),
       CASE shop.pick(h, 23, 5)
           WHEN 0 THEN E'prefers:\n\t- the red one\n\t- 100% cotton \\ linen'
           WHEN 1 THEN ''
           ELSE NULL
       END,
       shop.pick(h, 25, 20) <> 0
  FROM generate_series(1, 30000) AS g (i), LATERAL (SELECT shop.noise(i, 'customer') OFFSET 0) AS n (h);

CREATE TRIGGER customer_version BEFORE UPDATE ON shop.customer
    FOR EACH ROW WHEN (OLD.note IS DISTINCT FROM NEW.note) EXECUTE FUNCTION shop.touch_version();
COMMENT ON TRIGGER customer_version ON shop.customer IS 'Counts the changes of the note';

UPDATE shop.customer SET note = 'moved' WHERE customer_id % 100 = 0;

CREATE UNIQUE INDEX customer_email_key ON shop.customer (email_key);
CREATE INDEX customer_active_name ON shop.customer (pg_catalog.lower(name)) WHERE active;
COMMENT ON INDEX shop.customer_active_name IS 'Partial, and on an expression';
CREATE INDEX customer_city ON shop.customer (((address).city));

CREATE TABLE shop.product (
    product_id integer GENERATED BY DEFAULT AS IDENTITY (START WITH 1000 INCREMENT BY 10) PRIMARY KEY,
    sku        character varying(20) NOT NULL CONSTRAINT product_sku_unique UNIQUE,
    title      text NOT NULL,
    net_price  numeric(10, 2) NOT NULL CONSTRAINT product_price_positive CHECK (net_price > 0),
    gross      numeric(10, 2) GENERATED ALWAYS AS (pg_catalog.round(net_price * 1.19, 2)) STORED,
    sizes      integer[] NOT NULL DEFAULT '{}',
    attributes jsonb NOT NULL DEFAULT '{}' CONSTRAINT product_attributes_object CHECK (pg_catalog.jsonb_typeof(attributes) = 'object'),
    parent_id  integer
);
COMMENT ON COLUMN shop.product.attributes IS 'Whatever the supplier sends';

INSERT INTO shop.product (sku, title, net_price, sizes, attributes, parent_id)
SELECT 'SKU-' || lpad(i::text, 6, '0'),
       (ARRAY['Lamp', 'Table', 'Chair', 'Shelf', 'Bowl', 'Rug', 'Clock', 'Vase'])[1 + shop.pick(h, 1, 8)] || ' No. ' || i,
       1 + shop.pick(h, 3, 100000) / 100.0,
       ARRAY(SELECT s FROM generate_series(36, 36 + shop.pick(h, 5, 8)) AS z (s)),
       jsonb_build_object(
           'colour', (ARRAY['red', 'green', 'blue', 'straw', 'ink'])[1 + shop.pick(h, 7, 5)],
           'weight_g', 50 + shop.pick(h, 9, 20000),
           'tags', jsonb_build_array(substr(h, 11, 4), substr(h, 15, 4), 'ünïcødé "quoted"'),
           'dimensions', jsonb_build_object('w', shop.pick(h, 17, 300), 'h', shop.pick(h, 19, 300), 'd', NULL),
           'fair', shop.pick(h, 21, 2) = 0),
       CASE WHEN i > 100 AND shop.pick(h, 23, 3) = 0 THEN 1000 + 10 * shop.pick(h, 25, 100) END
  FROM generate_series(1, 8000) AS g (i), LATERAL (SELECT shop.noise(i, 'product') OFFSET 0) AS n (h);

ALTER TABLE shop.product
    ADD CONSTRAINT product_parent FOREIGN KEY (parent_id) REFERENCES shop.product (product_id) ON DELETE SET NULL;
CREATE INDEX product_attributes ON shop.product USING gin (attributes jsonb_path_ops);
CREATE INDEX product_sizes ON shop.product USING gin (sizes);
CREATE INDEX product_search ON shop.product USING gin (pg_catalog.to_tsvector('simple'::regconfig, title));

CREATE TABLE shop.product_image (
    product_id integer NOT NULL,
    position   smallint NOT NULL,
    media_type text NOT NULL DEFAULT 'image/png' CHECK (media_type LIKE 'image/%'),
    content    bytea NOT NULL,
    bytes      integer GENERATED ALWAYS AS (pg_catalog.octet_length(content)) STORED,
    PRIMARY KEY (product_id, position)
);
ALTER TABLE shop.product_image ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE shop.product_image IS 'Noise where pictures would be: it does not compress';

INSERT INTO shop.product_image (product_id, position, content)
SELECT 1000 + 10 * (i / 2), (i % 2)::smallint, shop.noise_bytes(i, 100 + (i * 37) % 100)
  FROM generate_series(0, 1799) AS g (i);

ALTER TABLE shop.product_image
    ADD CONSTRAINT product_image_product FOREIGN KEY (product_id) REFERENCES shop.product (product_id) ON DELETE CASCADE;

-- ---------------------------------------------------------------- orders, by month

CREATE TABLE shop.orders (
    order_id    bigint NOT NULL,
    ordered_at  timestamp with time zone NOT NULL,
    customer_id bigint NOT NULL,
    status      shop.order_status NOT NULL DEFAULT 'draft',
    currency    character(3) NOT NULL DEFAULT 'EUR' CHECK (currency = pg_catalog.upper(currency)),
    discount    numeric(4, 3) CONSTRAINT discount_is_a_share CHECK (discount >= 0 AND discount < 1),
    ship_to     shop.postal_address,
    details     jsonb,
    CONSTRAINT orders_pk PRIMARY KEY (order_id, ordered_at)
) PARTITION BY RANGE (ordered_at);
COMMENT ON TABLE shop.orders IS 'One partition for each month, and one for whatever falls outside';

DO $do$
DECLARE
    month timestamp := timestamp '2024-01-01 00:00:00';
BEGIN
    WHILE month < timestamp '2026-01-01 00:00:00' LOOP
        EXECUTE pg_catalog.format(
            'CREATE TABLE shop.%I PARTITION OF shop.orders FOR VALUES FROM (%L) TO (%L)',
            'orders_' || pg_catalog.to_char(month, 'YYYY_MM'),
            pg_catalog.to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00',
            pg_catalog.to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
        month := month + interval '1 month';
    END LOOP;
END;
$do$;
CREATE TABLE shop.orders_other PARTITION OF shop.orders DEFAULT;

INSERT INTO shop.orders (order_id, ordered_at, customer_id, status, currency, discount, ship_to, details)
SELECT i,
       timestamptz '2024-01-01 00:00:00+00' + i * interval '526 seconds' + shop.pick(h, 1, 500) * interval '1 second',
       1 + shop.pick(h, 7, 30000),
       (enum_range(NULL::shop.order_status))[1 + shop.pick(h, 13, 7)],
       (ARRAY['EUR', 'EUR', 'EUR', 'CHF', 'JPY', 'BRL'])[1 + shop.pick(h, 15, 6)],
       CASE WHEN shop.pick(h, 17, 4) = 0 THEN shop.pick(h, 19, 500) / 1000.0 END,
       CASE WHEN shop.pick(h, 21, 5) = 0
            THEN ROW('Box ' || i, NULL, '北京', 'CN')::shop.postal_address END,
       CASE WHEN shop.pick(h, 23, 3) = 0
            THEN jsonb_build_object('gift', shop.pick(h, 25, 2) = 0, 'channel', substr(h, 27, 2), 'ip', '192.0.2.' || shop.pick(h, 9, 256)) END
  FROM generate_series(1, 120000) AS g (i), LATERAL (SELECT shop.noise(i, 'order') OFFSET 0) AS n (h);
INSERT INTO shop.orders (order_id, ordered_at, customer_id, status)
VALUES (900001, '1999-12-31 23:59:59.999999+00', 1, 'delivered'), (900002, '2038-01-19 03:14:08+00', 2, 'draft');

ALTER TABLE shop.orders
    ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES shop.customer (customer_id);
CREATE INDEX orders_customer_id ON shop.orders (customer_id);
CREATE INDEX orders_open ON shop.orders (ordered_at DESC) WHERE status IN ('placed', 'paid');

CREATE TABLE shop.order_line (
    order_id   bigint NOT NULL,
    ordered_at timestamp with time zone NOT NULL,
    line       smallint NOT NULL,
    product_id integer NOT NULL,
    quantity   integer NOT NULL CHECK (quantity > 0),
    net_price  numeric(10, 2) NOT NULL,
    total      numeric(14, 2) GENERATED ALWAYS AS (quantity * net_price) STORED,
    PRIMARY KEY (order_id, line)
) PARTITION BY HASH (order_id);
COMMENT ON TABLE shop.order_line IS 'Four partitions by hash';
CREATE TABLE shop.order_line_0 PARTITION OF shop.order_line FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE shop.order_line_1 PARTITION OF shop.order_line FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE shop.order_line_2 PARTITION OF shop.order_line FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE shop.order_line_3 PARTITION OF shop.order_line FOR VALUES WITH (MODULUS 4, REMAINDER 3);

INSERT INTO shop.order_line (order_id, ordered_at, line, product_id, quantity, net_price)
SELECT o.order_id, o.ordered_at, l::smallint, 1000 + 10 * shop.pick(h, 1 + l, 8000), 1 + shop.pick(h, 8 + l, 5), 1 + shop.pick(h, 14 + l, 50000) / 100.0
  FROM shop.orders AS o, LATERAL (SELECT shop.noise(o.order_id, 'line') OFFSET 0) AS n (h), LATERAL generate_series(1, 1 + shop.pick(h, 25, 3)) AS g (l)
 ORDER BY o.order_id, l;

ALTER TABLE shop.order_line
    ADD CONSTRAINT order_line_order FOREIGN KEY (order_id, ordered_at) REFERENCES shop.orders (order_id, ordered_at) ON DELETE CASCADE,
    ADD CONSTRAINT order_line_product FOREIGN KEY (product_id) REFERENCES shop.product (product_id);

-- ---------------------------------------------------------------- the ledger

CREATE TABLE ledger.account (
    code   text PRIMARY KEY CHECK (code ~ '^[0-9]{4}$'),
    kind   ledger.account_kind NOT NULL,
    name   text NOT NULL,
    parent text REFERENCES ledger.account (code) DEFERRABLE INITIALLY IMMEDIATE
);
INSERT INTO ledger.account (code, kind, name, parent)
VALUES ('1000', 'asset', 'Assets', NULL), ('1200', 'asset', 'Bank', '1000'), ('1400', 'asset', 'Receivables', '1000'),
       ('3000', 'equity', 'Equity', NULL), ('4000', 'revenue', 'Sales', NULL), ('4700', 'revenue', 'Discounts', '4000'),
       ('6000', 'expense', 'Returns', NULL), ('2000', 'liability', 'Liabilities', NULL), ('2100', 'liability', 'VAT', '2000');

CREATE TABLE ledger.entry (
    entry_id  bigint NOT NULL,
    book      text NOT NULL,
    account   text NOT NULL,
    booked_on date NOT NULL,
    debit     ledger.amount,
    credit    ledger.amount,
    reference text,
    CONSTRAINT entry_pk PRIMARY KEY (book, entry_id, booked_on),
    CONSTRAINT entry_has_one_side CHECK ((debit = 0) <> (credit = 0))
) PARTITION BY LIST (book);
COMMENT ON TABLE ledger.entry IS 'Every book is a partition; sales are split again by year';
CREATE TABLE ledger.entry_sales PARTITION OF ledger.entry FOR VALUES IN ('sales') PARTITION BY RANGE (booked_on);
CREATE TABLE ledger.entry_sales_2024 PARTITION OF ledger.entry_sales FOR VALUES FROM (MINVALUE) TO ('2025-01-01');
CREATE TABLE ledger.entry_sales_2025 PARTITION OF ledger.entry_sales FOR VALUES FROM ('2025-01-01') TO (MAXVALUE);
CREATE TABLE ledger.entry_tax PARTITION OF ledger.entry FOR VALUES IN ('tax', 'customs');
CREATE TABLE ledger.entry_rest PARTITION OF ledger.entry DEFAULT;

INSERT INTO ledger.entry (entry_id, book, account, booked_on, debit, credit, reference)
SELECT l.order_id * 8 + l.line * 2 + side,
       'sales',
       CASE side WHEN 0 THEN '1400' ELSE '4000' END,
       (l.ordered_at AT TIME ZONE 'UTC')::date,
       CASE side WHEN 0 THEN l.total ELSE 0 END,
       CASE side WHEN 0 THEN 0 ELSE l.total END,
       'order ' || l.order_id || ' line ' || l.line
  FROM shop.order_line AS l, generate_series(0, 1) AS s (side)
 WHERE l.order_id % 3 = 0
 ORDER BY 1;
INSERT INTO ledger.entry (entry_id, book, account, booked_on, debit, credit, reference)
SELECT i, (ARRAY['tax', 'customs', 'misc'])[1 + i % 3], '2100', date '2024-01-01' + i % 700, 0, 1 + i % 1000, NULL
  FROM generate_series(1, 6000) AS g (i);

ALTER TABLE ledger.entry ADD CONSTRAINT entry_account FOREIGN KEY (account) REFERENCES ledger.account (code);
CREATE INDEX entry_booked_on ON ledger.entry USING brin (booked_on);

-- ---------------------------------------------------------------- a table that scripts forget to quote

CREATE TABLE "Archive 2024 (50% ""cold"")"."-old orders, 100% ""paid"" – später 🛒" (
    "order"          bigint PRIMARY KEY,
    "-total %"       numeric NOT NULL,
    "O'Neill's ""x""" text,
    "naïve ключ"     text DEFAULT E'it''s \\ 100%',
    "select"         boolean
);
COMMENT ON TABLE "Archive 2024 (50% ""cold"")"."-old orders, 100% ""paid"" – später 🛒" IS
    E'Spaces, quotes, per cent, a leading dash and a cart.\nSecond line; with a \\ and a ''quote''.';
COMMENT ON COLUMN "Archive 2024 (50% ""cold"")"."-old orders, 100% ""paid"" – später 🛒"."-total %" IS '100 % of it';

INSERT INTO "Archive 2024 (50% ""cold"")"."-old orders, 100% ""paid"" – später 🛒"
    ("order", "-total %", "O'Neill's ""x""", "naïve ключ", "select")
SELECT i, i / 7.0, CASE i % 5 WHEN 0 THEN E'\\.' WHEN 1 THEN NULL WHEN 2 THEN E'tab\there' WHEN 3 THEN E'line\nbreak' ELSE '\N' END,
       (ARRAY['да', 'ναι', '是', 'نعم', 'כן'])[1 + i % 5], i % 2 = 0
  FROM generate_series(1, 500) AS g (i);

-- ---------------------------------------------------------------- row-level security

CREATE TABLE shop.internal_note (
    note_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES shop.customer (customer_id),
    author      name NOT NULL,
    text        text NOT NULL
);
INSERT INTO shop.internal_note (customer_id, author, text)
SELECT i, 'author_' || i % 7, repeat('Called about invoice ' || i || '. ', 1 + i % 9) FROM generate_series(1, 2000) AS g (i);
ALTER TABLE shop.internal_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON shop.internal_note FOR ALL TO PUBLIC
    USING (author = current_user) WITH CHECK (author = current_user);
COMMENT ON POLICY own_notes ON shop.internal_note IS 'A dump by a role that is bound by this would lose rows';
GRANT USAGE ON SCHEMA shop TO PUBLIC;
GRANT SELECT ON shop.internal_note TO PUBLIC;

-- ---------------------------------------------------------------- views

CREATE VIEW shop.customer_orders AS
    SELECT c.customer_id, c.name, count(o.order_id) AS orders, max(o.ordered_at) AS last_ordered_at
      FROM shop.customer AS c
      LEFT JOIN shop.orders AS o USING (customer_id)
     GROUP BY c.customer_id;
COMMENT ON VIEW shop.customer_orders IS 'Groups by the primary key alone, and so depends on it';

CREATE VIEW ledger.balance WITH (security_barrier) AS
    SELECT a.code, a.name, a.kind, coalesce(sum(e.debit - e.credit), 0) AS balance
      FROM ledger.account AS a
      LEFT JOIN ledger.entry AS e ON e.account = a.code
     GROUP BY a.code, a.name, a.kind;

CREATE MATERIALIZED VIEW shop.monthly_sales AS
    SELECT (pg_catalog.date_trunc('month', l.ordered_at AT TIME ZONE 'UTC'))::date AS month,
           p.attributes ->> 'colour' AS colour,
           count(*) AS lines,
           sum(l.total) AS net,
           sum(shop.price_with_tax(l.total)) AS gross
      FROM shop.order_line AS l
      JOIN shop.product AS p USING (product_id)
     GROUP BY 1, 2
  WITH DATA;
CREATE UNIQUE INDEX monthly_sales_key ON shop.monthly_sales (month, colour);
COMMENT ON MATERIALIZED VIEW shop.monthly_sales IS 'Filled; a restore must fill it again';

CREATE STATISTICS shop.order_line_correlation (dependencies, ndistinct) ON order_id, ordered_at FROM shop.order_line;

ANALYZE shop.customer, shop.product;
