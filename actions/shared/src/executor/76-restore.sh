
# --- restoring a backup -----------------------------------------------------------------------------------------------------

run_restore() {
  release=$(current_release)
  require_release "$release"
  restored_file=$base/shared/backups/$backup_name
  [ -f "$restored_file" ] || fail "there is no backup $backup_name; there are:$(show_backups | sed 's/^backup=\([^ ]*\).*/ \1/' | tr -d '\n')"
  await_engine
  start_database "$release"
  step backup back_up "$release" "$release-before-restore"
  step guard start_guard
  step restore restore_backup "$release" "$restored_file"
  forget_schema_after "$(date -u -r "$restored_file" +%Y-%m-%dT%H:%M:%SZ)"
  printf 'restored=%s\nto=%s\n' "$backup_name" \
    "$(in_database "$release" 'psql -XAtc "SELECT string_agg(version_num, chr(32)) FROM alembic_version"' </dev/null)"
}

# Puts the backup $2 in the place of what is there, in one transaction, while the application is stopped: what it would
# write meanwhile would be lost.
restore_backup() {
  say "restoring $2: the application is stopped for as long as that takes"
  writers=$(containers_of "$(conf "$1" project)" "$service" '' running)
  printf '%s\n' "$writers" >"$state/stopped"
  # shellcheck disable=SC2086 # a list of ids
  [ -z "$writers" ] || docker stop $writers >/dev/null
  restore_code=0
  # Without COMMIT at the end nothing has happened: a restore that breaks off leaves everything as it was. What an error
  # says beyond its first line may be rows.
  # shellcheck disable=SC2016 # a variable of the container
  in_database "$1" '{ printf "%s\n" "$1"; pg_restore --file=- && echo "COMMIT;"; } | psql -Xq -v ON_ERROR_STOP=1 -v VERBOSITY=terse -v SHOW_CONTEXT=never >/dev/null' \
    "$restore_preamble" <"$2" || restore_code=$?
  start_writers
  return "$restore_code"
}

# What a restore has stopped; who died meanwhile has left it to whoever comes next.
start_writers() {
  [ -f "$state/stopped" ] || return 0
  writers=$(cat "$state/stopped")
  # shellcheck disable=SC2086 # a list of ids
  [ -z "$writers" ] || docker start $writers >/dev/null || say 'warning: not all that was stopped for a restore could be started again'
  for writer in $writers; do await_writer "$writer"; done
  rm -f "$state/stopped"
}

await_writer() {
  writer_deadline=$(($(uptime_seconds) + health_timeout))
  until [ "$(health_of "$1")" = healthy ] || [ "$(health_of "$1")" = none ]; do
    if [ "$(uptime_seconds)" -ge "$writer_deadline" ]; then
      say "warning: $(name_of "$1") is $(health_of "$1") $health_timeout s after the restore"
      return
    fi
    sleep 0.5
  done
}

# shellcheck disable=SC2016 # $$ is PostgreSQL's
restore_preamble='BEGIN;
SET LOCAL lock_timeout = 30000;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = $$client backend$$;
SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
DO $do$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname <> $$information_schema$$ AND nspname !~ $$^pg_$$ LOOP
    EXECUTE format($$DROP SCHEMA %I CASCADE$$, name);
  END LOOP;
  CREATE SCHEMA public;
  IF current_setting($$server_version_num$$)::int >= 150000 THEN
    ALTER SCHEMA public OWNER TO pg_database_owner;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
  ELSE
    GRANT ALL ON SCHEMA public TO PUBLIC;
  END IF;
  COMMENT ON SCHEMA public IS $$standard public schema$$;
END $do$;'
