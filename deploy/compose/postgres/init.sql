CREATE ROLE autodump LOGIN PASSWORD 'change-me-as-well';
GRANT pg_read_all_data TO autodump;
CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
INSERT INTO customer (name) SELECT 'customer ' || n FROM generate_series(1, 1000) AS n;
