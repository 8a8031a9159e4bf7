-- The part of export_anonymized.sh that psql runs. In one read-only transaction it checks that
-- anonymize.sql has a rule for every column, has pg_dump write the schema as the same snapshot shows
-- it, and writes the data as COPY blocks. From the environment: RULES is anonymize.sql; OUTPUT gets
-- the tables and, from standard output, their data; SCHEMA_AFTER_DATA gets indexes and constraints.
-- With DRY_RUN=true it stops after the check and lists the rules.

\set ON_ERROR_STOP on
\set QUIET on
\set VERBOSITY terse
\pset format unaligned
\pset tuples_only on
\pset fieldsep ''

\set rules `cat "$RULES"`
\set dry_run `echo "$DRY_RUN"`

-- As pg_dump does: values must read the same in another database, and a policy must not hide rows.
SET client_encoding = 'UTF8';
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';
SET extra_float_digits = 3;
SET search_path = '';
SET row_security = off;
SET lock_timeout = '10s';
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;

SELECT $query$
  WITH rules (table_name, column_name, replacement) AS (VALUES
$query$ || :'rules' || $query$
  ), tables AS (
    SELECT c.oid, n.nspname AS schema_name, c.relname AS table_name, c.relkind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'f') AND c.relpersistence <> 't'
      AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  ), columns AS (
    SELECT t.*, a.attnum AS position, a.attname AS column_name, r.replacement
    FROM tables t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN rules r ON r.table_name = t.table_name AND r.column_name = a.attname
    -- A generated column is made again from the others.
    WHERE a.attgenerated = ''
  )
$query$ AS with_columns
\gset

-- Anything but an ordinary table of the schema public is refused rather than forgotten.
:with_columns
SELECT format('DO %L', format('BEGIN RAISE EXCEPTION USING MESSAGE = %L; END',
  'No rule in scripts/anonymize.sql for ' || string_agg(
    format('%I.%I.%I', schema_name, table_name, column_name), ', '
    ORDER BY schema_name, table_name, position)))
FROM columns
WHERE replacement IS NULL OR schema_name <> 'public' OR relkind <> 'r'
HAVING count(*) > 0
\gexec

\if :dry_run
  \pset fieldsep ' '
  :with_columns
  SELECT rpad(table_name || '.' || column_name, 32),
    CASE replacement WHEN 'keep' THEN 'kept' ELSE 'replaced by ' || btrim(replacement) END
  FROM columns ORDER BY table_name, position;
  \q
\endif

-- Only the schema and its extensions: a whole dump would hold passwords (subscriptions, user mappings).
SELECT pg_export_snapshot() AS snapshot \gset
\setenv SNAPSHOT :snapshot
\set schema_is_written `dump() { pg_dump --schema-only --schema=public --extension=\* --no-owner --no-privileges --encoding=UTF8 --snapshot="$SNAPSHOT" --section="$1"; }; dump pre-data >> "$OUTPUT" && dump post-data > "$SCHEMA_AFTER_DATA" && echo true || echo false`
\if :schema_is_written
\else
  DO 'BEGIN RAISE EXCEPTION ''pg_dump did not write the schema: its own message stands above''; END';
\endif

:with_columns
SELECT
  format('SELECT %L', format('COPY %I.%I (%s) FROM stdin;', schema_name, table_name,
    string_agg(quote_ident(column_name), ', ' ORDER BY position))),
  format('COPY (SELECT %s FROM %I.%I) TO STDOUT',
    string_agg(
      CASE replacement WHEN 'keep' THEN quote_ident(column_name)
      ELSE format('CASE WHEN %I IS NOT NULL THEN %s END', column_name, replacement) END,
      ', ' ORDER BY position),
    schema_name, table_name),
  $$SELECT E'\\.\n'$$
FROM columns GROUP BY schema_name, table_name ORDER BY table_name
\gexec

SELECT format('SELECT format(%L, %L, last_value, is_called) FROM %I.%I',
  'SELECT pg_catalog.setval(%L, %s, %L);',
  format('%I.%I', schemaname, sequencename), schemaname, sequencename)
FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename
\gexec

COMMIT;
