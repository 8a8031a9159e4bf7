
# --- a migration that failed ------------------------------------------------------------------------------------------------

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
  if [ -n "$(driver_value "$migration/events" to)" ]; then
    # All of it was done: only the host's own records are missing, or the answer to a question about it.
    step verify finish_migration
    printf 'outcome=the migration was done nevertheless: the database is at %s\n' "$to"
    return
  fi
  step recover take_migration_back
}

take_migration_back() {
  if ! driver_lines "$migration/events" | grep -q '^before='; then
    outcome="nothing was changed: the database is at ${from:-base}"
    report_undone "${from:-base}"
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
  report_undone "$now_at"
  [ -z "$now_at" ] || [ "$now_at" = "${from:-base}" ] || write_schema "$from" "$now_at" "$(driver_value "$migration/undone" breaking)"
  # Either way it has been tried, and what is next is for people to decide.
  end_migrating "failed: the migration of release $release. ${outcome:-the database is in between}"
  [ "$undo_code" -eq 0 ] ||
    fail "$(reason_in "$migration/undone"). The backup of before is ${backup:-missing}; npm run staging -- migrations restore brings it back"
}

# $1 is where the database is now.
report_undone() {
  printf 'from=%s\nto=%s\nbackup=%s\noutcome=%s\n' "${from:-base}" "$1" "$backup" "$outcome"
  [ ! -f "$backup" ] || printf 'backup-bytes=%s\n' "$(wc -c <"$backup")"
}

# The events go ahead of the driver, since a command line is too short for them and everybody can read it.
undo_migration() {
  {
    printf 'EVENTS = "%s"\n' "$(driver_lines "$migration/events" | base64 --wrap 0)"
    cat "$migration/driver.py"
  } | drive "$release" undo --on-failure "$1" --attempts "$table_lock_attempts" --table-lock-timeout "$table_lock_timeout" \
    --statement-timeout "$statement_timeout" >"$migration/undone"
}
