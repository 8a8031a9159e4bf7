#!/bin/sh
# Writes anonymized_dump.sql: the schema and the anonymised data of a database, to import in staging.
set -eu
umask 077

program=${0##*/}
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
output=anonymized_dump.sql

usage() {
	cat <<USAGE
Usage: $program [--dry-run] SOURCE

Writes ./$output: the schema of the SOURCE database and its data with everything personal replaced
(see scripts/anonymize.sql). The source is only read, in one read-only transaction.

  SOURCE     production, or the name of another source. Its connection URL
             (postgresql://user:password@host:5432/database) is read from the variable
             SOURCE_DATABASE_URL, in capitals (PRODUCTION_DATABASE_URL), in the environment, or else
             in the file .env.SOURCE (.env.production, mode 0600) of the current folder.
  --dry-run  Connects, checks that every column has a rule, lists them, and writes nothing.
  --help     Shows this.

Import in staging, which replaces its data:
  docker compose -f docker-compose.staging.yml exec -T postgres \\
    psql -U azals_staging_user azals_staging < $output
USAGE
}

fail() {
	printf '%s: %s\n' "$program" "$1" >&2
	exit 1
}

# The value of a variable of the environment or of .env.SOURCE, on standard output.
connection_url() {
	if url=$(printenv "$variable") && [ -n "$url" ]; then
		printf '%s\n' "$url"
		return
	fi
	file=.env.$source
	[ -f "$file" ] || fail "set $variable, or write $variable=postgresql://user:password@host:5432/database into $file (chmod 600)"
	[ -n "$(find "$file" -prune \( -perm 600 -o -perm 400 \))" ] ||
		fail "$file holds a password and others may read it: chmod 600 $file"
	url=$(sed -n "s/^$variable=//p" "$file" | tail -n 1 | sed "s/^\\(['\"]\\)\\(.*\\)\\1\$/\\2/")
	[ -n "$url" ] || fail "$file has no line $variable=postgresql://user:password@host:5432/database"
	printf '%s\n' "$url"
}

dry_run=false
source=
for argument in "$@"; do
	case $argument in
	--help | -h)
		usage
		exit 0
		;;
	--dry-run) dry_run=true ;;
	-*) fail "unknown option $argument; see $program --help" ;;
	*)
		[ -z "$source" ] || fail "one source at a time, not $source and $argument"
		source=$argument
		;;
	esac
done
[ -n "$source" ] || {
	usage >&2
	exit 2
}
case $source in
*[!a-z0-9_]* | [!a-z]*) fail "'$source' is no name of a source: small letters, digits and _, such as production" ;;
esac
variable=$(printf '%s_DATABASE_URL' "$source" | tr '[:lower:]' '[:upper:]')

for command in psql pg_dump; do
	command -v "$command" > /dev/null || fail "$command is missing; install the package postgresql-client-15 (Debian, Ubuntu) or libpq (Homebrew)"
done

work=$(mktemp -d)
trap 'rm -rf "$work" "$output.partial"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# A service file keeps the password out of arguments and of the environment of psql and pg_dump.
connection_url > "$work/url"
# In the locale C, what is decoded are bytes.
LC_ALL=C awk -f "$folder/pg_service.awk" "$work/url" > "$work/pg_service.conf" ||
	fail "$variable cannot be used"
export PGSERVICEFILE="$work/pg_service.conf" PGSERVICE=source PGAPPNAME=azals-anonymized-export
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"
unset "$variable"

export RULES="$folder/anonymize.sql" DRY_RUN="$dry_run"
export OUTPUT="$output.partial" SCHEMA_AFTER_DATA="$work/after-data.sql"
export_data() {
	psql --no-psqlrc --file "$folder/export_anonymized.sql"
}

if [ "$dry_run" = true ]; then
	export_data || fail "the export would fail: see above"
	exit 0
fi

# Staging may be ahead of the source: what only it has must go too, so that migrations start again
# from the source's revision. All in one transaction; until the last line nothing has happened.
cat > "$OUTPUT" <<'SQL'
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL lock_timeout = '30s';
DROP SCHEMA IF EXISTS public CASCADE;
SQL
export_data >> "$OUTPUT" || fail "nothing was exported: see above"
cat "$SCHEMA_AFTER_DATA" >> "$OUTPUT"
echo 'COMMIT;' >> "$OUTPUT"
mv "$OUTPUT" "$output"

cat <<DONE
$output is written. Import it in staging, bring the schema up to date, and add the test tenant again:
  docker compose -f docker-compose.staging.yml exec -T postgres psql -U azals_staging_user azals_staging < $output
  docker compose -f docker-compose.staging.yml exec api alembic upgrade head
  docker compose -f docker-compose.staging.yml exec api python scripts/provision_test_tenant.py
DONE
