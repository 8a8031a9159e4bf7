
# --- applying migrations -------------------------------------------------------------------------------------------------

run_migrate() {
  require_release "$release"
  case $(transaction phase) in
    '' | staged) ;;
    *) fail "release $release is $(transaction phase): migrations come before a release takes requests" ;;
  esac
  await_engine
  end_migration_containers "$release"
  start_database "$release"
  check_database "$release"
  migration=$state/migration
  rm -rf "$migration"
  mkdir "$migration"
  cp "$op/driver.py" "$migration/driver.py"
  make_mark
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

migration_settings='service database_service database_name on_failure from backup table_lock_timeout table_lock_attempts statement_timeout'

write_migration_settings() {
  for setting in $migration_settings; do
    eval "printf '%s=%s\n' \"\$setting\" \"\$$setting\""
  done >"$migration/settings"
}

read_migration_settings() {
  migration=$state/migration
  for setting in $migration_settings; do
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
  # The backup's lines, then the driver's; "before" is for bringing it back, "details" for this host only.
  driver_lines "$migration/events" | sed '/^before=/d; /^details=/d; /^reason=/d'
  end_migrating "migrated: from $(revision_list "$from") to $(revision_list "$to")"
}

# The deploy goes on, or may be given up; $1 is the outcome where there is no deploy around it.
end_migrating() {
  if [ "$(transaction standalone)" = yes ]; then
    close_transaction "$1"
  else
    # As long as who staged it has asked for, whoever ends the migration; executors before this one did not write it down.
    lease=$(transaction lease)
    # shellcheck disable=SC2046 # words
    write_transaction phase=staged $(deadline_in "${lease:-$confirm_timeout}")
  fi
}
