#!/bin/sh
# Keeps the public image's contract: POSTGRES_PASSWORD, _USER, _DB, _INITDB_ARGS,
# _HOST_AUTH_METHOD, /docker-entrypoint-initdb.d, and options alone mean postgres.
set -eu
case "${1:-}" in
  -*) set -- postgres "$@" ;;
esac
if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" && chown -R postgres:postgres "$PGDATA" && chmod 0700 "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "${POSTGRES_PASSWORD:-}" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
    echo 'Error: the database is uninitialised and POSTGRES_PASSWORD is not set' >&2
    exit 1
  fi
  POSTGRES_USER=${POSTGRES_USER:-postgres}
  POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER}
  password_file=$(mktemp)
  printf '%s\n' "${POSTGRES_PASSWORD:-unused}" > "$password_file"
  # shellcheck disable=SC2086 # the public image splits this variable as well
  initdb --username="$POSTGRES_USER" --pwfile="$password_file" --encoding=UTF8 \
    --auth-local=trust --auth-host=scram-sha-256 ${POSTGRES_INITDB_ARGS:-} -D "$PGDATA" > /dev/null
  rm "$password_file"
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >> "$PGDATA/postgresql.conf"
  # Only the socket listens until the set-up is done, so a health check over TCP waits for it.
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w -l /dev/null start > /dev/null
  psql() { command psql -v ON_ERROR_STOP=1 --no-psqlrc -q -U "$POSTGRES_USER" "$@"; }
  if [ "$POSTGRES_DB" != postgres ]; then
    psql -d postgres --set db="$POSTGRES_DB" <<'SQL'
CREATE DATABASE :"db";
SQL
  fi
  for script in /docker-entrypoint-initdb.d/*; do
    case "$script" in
      *.sh) . "$script" ;;
      *.sql) psql -d "$POSTGRES_DB" -f "$script" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop > /dev/null
  echo 'PostgreSQL init process complete; ready for start up.'
fi
exec "$@"
