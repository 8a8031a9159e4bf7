
# --- migrations: with the image of a release, before it takes requests --------------------------------------------------
#
# The driver (actions/run-migrations/src/driver) comes over standard input and runs in a container of the release. While it
# works the transaction's phase is "migrating", and state/migration holds what is needed to bring the database back:
# driver.py, settings (key=value), events (what the driver has reported so far).

migration_label=io.azals.staging.migration

# Standard input has a line with a number, and as many bytes of the driver.
receive_driver() {
  IFS= read -r driver_bytes || fail 'standard input ended before the driver of the migrations'
  case $driver_bytes in '' | *[!0-9]*) fail 'standard input does not begin with the length of the driver' ;; esac
  (umask 077 && head -c "$driver_bytes" >"$1/driver.py")
  [ "$(wc -c <"$1/driver.py")" -eq "$driver_bytes" ] || fail 'standard input ended within the driver of the migrations'
}

# Runs the driver on standard input in a container of the release $1. Its entry point is left out: an application's own may
# migrate by itself. --no-deps because Compose would recreate a database whose definition changed. The locks 8 and 9 stay
# here: when this process dies, whoever comes next has to end the container, not to wait for it.
drive() {
  drive_release=$1
  shift
  compose_with_input "$drive_release" run --rm --no-TTY --no-deps --label "$migration_label=$1" \
    --entrypoint python "$service" - "$@" --operation "$operation" --lock-timeout "$lock_timeout" 8>&- 9>&-
}

# A container whose process above has died goes on by itself. One that only plans hurts nobody, and may be another run's.
end_migration_containers() {
  for kind in apply undo; do
    for container in $(docker ps --all --quiet --filter "label=$migration_label=$kind" \
      --filter "label=com.docker.compose.project=$(conf "$1" project)"); do
      say "ending a migration that nobody looks after any more: $(name_of "$container")"
      docker rm --force "$container" >/dev/null
    done
  done
}

database_container() {
  containers_of "$(conf "$1" project)" "$database_service" --filter status=running | head -n 1
}

# One that runs is left as it is, even where the release defines it differently.
start_database() {
  [ -z "$(database_container "$1")" ] || return 0
  install_mounts "$1"
  compose "$1" up --detach --no-recreate --no-build --wait --wait-timeout "$health_timeout" "$database_service" >&2 8>&- 9>&- ||
    fail "the database ($database_service) of release $1 did not start (see above)"
}

# What would be done, in the foreground: nothing is changed, and nobody waits for it.
plan_migrations() {
  release=${release:-$(current_release)}
  require_release "$release"
  operation=${operation:-$(new_operation_id)}
  plan_directory=$(mktemp -d "$state/.plan-XXXXXX")
  # shellcheck disable=SC2064 # the directory as it is now
  trap "rm -rf '$plan_directory'" EXIT
  receive_driver "$plan_directory"
  if [ -z "$(database_container "$release")" ]; then
    exec 9<>"$state/lock"
    flock --wait "$lock_timeout" 9 || fail "the database does not run, and somebody else is at work: $(cat "$state/lock")"
    start_database "$release"
    exec 9>&-
  fi
  drive "$release" plan --target "$target" <"$plan_directory/driver.py" >"$plan_directory/plan" || {
    code=$?
    say "error: $(reason_in "$plan_directory/plan")"
    exit "$code"
  }
  printf 'release=%s\n' "$release"
  cat "$plan_directory/plan"
}

# The last value of the key $2 in the file $1 of what the driver reported, whose lines may be long.
driver_value() { sed -n "s/^$2=//p" "$1" | tail -n 1; }

reason_in() {
  driver_reason=$(driver_value "$1" reason)
  printf '%s\n' "${driver_reason:-the container of the migrations ended without a reason, see above}"
}

run_migrate() {
  require_release "$release"
  case $(transaction phase) in
    '' | staged) ;;
    *) fail "release $release is $(transaction phase): migrations come before a release takes requests" ;;
  esac
  await_engine
  end_migration_containers "$release"
  start_database "$release"
  migration=$state/migration
  rm -rf "$migration"
  mkdir -m 700 "$migration"
  cp "$op/driver.py" "$migration/driver.py"
  backup=''
  [ "$with_backup" = no ] || step backup back_up "$release" "$release-$(revision_list "$from" | tr ',' '+')"
  write_migration_settings
  step guard start_guard
  if [ -z "$(transaction phase)" ]; then
    # By hand, with the live release: there is no deploy around it.
    open_transaction "$release" migrating
    write_transaction standalone=yes
  else
    write_transaction phase=migrating
  fi
  step migrate apply_migrations
  step verify finish_migration
}

write_migration_settings() {
  for setting in service database_service on_failure from backup table_lock_timeout table_lock_attempts statement_timeout; do
    eval "printf '%s=%s\n' \"\$setting\" \"\$$setting\""
  done >"$migration/settings"
}

read_migration_settings() {
  migration=$state/migration
  for setting in service database_service on_failure from backup table_lock_timeout table_lock_attempts statement_timeout; do
    eval "$setting=\$(value_of \"\$migration/settings\" \"\$setting\")"
  done
}

apply_migrations() {
  : >"$migration/events"
  drive "$release" apply --target "$target" --expect "${from:-base}" --drift "$drift" --attempts "$table_lock_attempts" \
    --table-lock-timeout "$table_lock_timeout" --statement-timeout "$statement_timeout" \
    <"$migration/driver.py" >"$migration/events" ||
    # Not its own exit code: that somebody else migrates would mean that nothing has begun here.
    fail "$(reason_in "$migration/events")"
}

finish_migration() {
  to=$(driver_value "$migration/events" to)
  breaking=$(driver_value "$migration/events" breaking)
  [ -n "$to" ] || fail 'the driver of the migrations ended without saying where the database is'
  write_schema "$from" "$to" "$breaking"
  # The backup's lines, then the driver's; "before" is for bringing it back only.
  sed '/^before=/d' "$migration/events"
  end_migrating "migrated: from $(revision_list "$from") to $(revision_list "$to")"
}

# The deploy goes on, or may be given up; $1 is the outcome where there is no deploy around it.
end_migrating() {
  if [ "$(transaction standalone)" = yes ]; then
    close_transaction "$1"
  else
    write_transaction phase=staged "deadline=$(($(epoch) + confirm_timeout))"
  fi
}

# A migration failed, or died: the database goes back to where it was, as its on-failure says.
recover_migration() {
  release=$(transaction release)
  await_engine
  end_migration_containers "$release"
  read_migration_settings
  if [ ! -f "$migration/settings" ]; then
    end_migrating "failed: the migration of release $release had not begun"
    return
  fi
  if [ -n "$(driver_value "$migration/events" to 2>/dev/null)" ]; then
    # All of it was done and verified: only the host's own records are missing.
    step verify finish_migration
    printf 'outcome=the migration was done nevertheless: the database is at %s\n' "$to"
    return
  fi
  step recover take_migration_back
}

take_migration_back() {
  if ! grep -q '^before=' "$migration/events" 2>/dev/null; then
    outcome="nothing was changed: the database is at ${from:-base}"
    printf 'from=%s\nto=%s\nbackup=%s\noutcome=%s\n' "${from:-base}" "${from:-base}" "$backup" "$outcome"
    end_migrating "failed: the migration of release $release. $outcome"
    return
  fi
  start_database "$release"
  undo_code=0
  case $on_failure in
    restore) undo_migration keep || undo_code=$? ;;
    *) undo_migration "$on_failure" || undo_code=$? ;;
  esac
  if [ "$undo_code" -eq 0 ] && [ "$on_failure" = restore ] && [ "$(driver_value "$migration/undone" unchanged)" = no ]; then
    if [ -z "$backup" ]; then
      say 'warning: there is no backup to restore (backup is switched off)'
    elif restore_backup "$release" "$backup"; then
      undo_migration keep || undo_code=$?
      restored=yes
    else
      undo_code=1
    fi
  fi
  now_at=$(driver_value "$migration/undone" current)
  outcome=$(driver_value "$migration/undone" outcome)
  [ -z "${restored:-}" ] || outcome="restored from $backup; $outcome"
  printf 'from=%s\nto=%s\nbackup=%s\noutcome=%s\n' "${from:-base}" "$now_at" "$backup" "$outcome"
  [ -z "$now_at" ] || [ "$now_at" = "${from:-base}" ] || write_schema "$from" "$now_at" "$(driver_value "$migration/undone" breaking)"
  # Either way it has been tried, and what is next is for people to decide.
  end_migrating "failed: the migration of release $release. ${outcome:-the database is in between}"
  [ "$undo_code" -eq 0 ] ||
    fail "$(reason_in "$migration/undone"). The backup of before is ${backup:-missing}; npm run staging -- migrations restore brings it back"
}

# The events go ahead of the driver, since a command line is too short for them and everybody can read it.
undo_migration() {
  {
    printf 'EVENTS = "%s"\n' "$(base64 --wrap 0 "$migration/events" 2>/dev/null)"
    cat "$migration/driver.py"
  } | drive "$release" undo --on-failure "$1" --attempts "$table_lock_attempts" --table-lock-timeout "$table_lock_timeout" \
    --statement-timeout "$statement_timeout" >"$migration/undone"
}

# --- backups ------------------------------------------------------------------------------------------------------------------

# Runs a shell command in the database's container of the release $1, as its own user of the database.
in_database() {
  database=$(database_container "$1")
  [ -n "$database" ] || fail "the database ($database_service) does not run"
  shift
  # shellcheck disable=SC2016 # variables of the container
  docker exec --interactive "$database" sh -c \
    'export PGUSER="${POSTGRES_USER:-postgres}"; export PGDATABASE="${POSTGRES_DB:-$PGUSER}"; '"$1" in-database "${2-}" 8>&- 9>&-
}

# Writes a backup with the release $1's own pg_dump under the name $2, checks that all of it can be read, and removes old
# ones. Sets "backup" to the path.
back_up() {
  backups=$base/shared/backups
  backup_started=$(date +%s%3N)
  (umask 077 && mkdir -p "$backups")
  rm -f "$backups"/*.partial
  size=$(in_database "$1" 'psql -XAtc "SELECT pg_database_size(current_database())"' </dev/null) ||
    fail 'the size of the database cannot be asked for (see above)'
  backup_free=$(df --output=avail -k "$backups" | tail -n 1)
  backup_needed=$((size / 1024 + disk_margin * 1024))
  [ "$backup_free" -ge "$backup_needed" ] ||
    fail "$backups has $((backup_free / 1024)) MiB free, but a backup of the database ($((size / 1048576)) MiB) and the margin of $disk_margin MiB need $((backup_needed / 1024)) MiB: make room, or lower disk-margin. Nothing was changed"
  backup=$backups/$2.dump backup_number=1
  while [ -e "$backup" ]; do
    backup_number=$((backup_number + 1))
    backup=$backups/$2-$backup_number.dump
  done
  if ! (umask 077 && in_database "$1" 'exec pg_dump --format=custom' </dev/null >"$backup.partial"); then
    rm -f "$backup.partial"
    fail "the backup failed, see above ($((backup_free / 1024)) MiB were free in $backups). Nothing was changed"
  fi
  # The list of its contents is at its beginning; only who reads all of it knows that nothing is missing.
  if ! in_database "$1" 'exec pg_restore --file=/dev/null' <"$backup.partial" >/dev/null; then
    rm -f "$backup.partial"
    fail 'the backup cannot be read back, see above. Nothing was changed'
  fi
  mv "$backup.partial" "$backup"
  backup_bytes=$(wc -c <"$backup")
  say "backup: $backup, $((backup_bytes / 1024)) KiB of a database of $((size / 1024)) KiB"
  printf 'backup=%s\nbackup-bytes=%s\nbackup-ms=%s\n' "$backup" "$backup_bytes" "$(($(date +%s%3N) - backup_started))"
  # shellcheck disable=SC2012 # names are of letters, digits and . _ + -
  ls -t "$backups"/*.dump | tail -n "+$((keep_backups + 1))" | while IFS= read -r old; do
    say "removing the old backup $old"
    rm -f "$old"
  done
}

show_backups() {
  for each in "$base/shared/backups"/*.dump; do
    [ -f "$each" ] || continue
    printf 'backup=%s %s %s\n' "$(basename "$each")" "$(wc -c <"$each")" "$(date -u -r "$each" +%Y-%m-%dT%H:%M:%SZ)"
  done
}

# By hand.
run_backup() {
  release=${release:-$(current_release)}
  require_release "$release"
  await_engine
  start_database "$release"
  step backup back_up "$release" "$release-by-hand"
}

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
  writers=$(containers_of "$(conf "$1" project)" "$service" --filter status=running)
  printf '%s\n' "$writers" >"$state/stopped"
  # shellcheck disable=SC2086 # a list of ids
  [ -z "$writers" ] || docker stop $writers >/dev/null
  restore_code=0
  # Without COMMIT at the end nothing has happened: a restore that breaks off leaves everything as it was.
  # shellcheck disable=SC2016 # a variable of the container
  in_database "$1" '{ printf "%s\n" "$1"; pg_restore --file=- && echo "COMMIT;"; } | psql -Xq -v ON_ERROR_STOP=1 >/dev/null' \
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
  writer_deadline=$(($(epoch) + health_timeout))
  until [ "$(health_of "$1")" = healthy ] || [ "$(health_of "$1")" = none ]; do
    if [ "$(epoch)" -ge "$writer_deadline" ]; then
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
