
# --- migrations: with the image of a release, before it takes requests --------------------------------------------------
#
# The driver (actions/run-migrations/src/driver) comes over standard input and runs in a container of the release. While it
# works the transaction's phase is "migrating", and state/migration holds what is needed to bring the database back:
# driver.py, settings (key=value), events (what the driver has reported so far), service.yaml (what it runs as), mark (what
# the driver's lines begin with, so that nothing else that the image prints can be taken for one).

migration_label=staging-pipeline.migration

# Standard input has a line with a number, and as many bytes of the driver.
receive_driver() {
  IFS= read -r driver_bytes || fail 'standard input ended before the driver of the migrations'
  case $driver_bytes in '' | *[!0-9]*) fail 'standard input does not begin with the length of the driver' ;; esac
  head -c "$driver_bytes" >"$1/driver.py"
  [ "$(wc -c <"$1/driver.py")" -eq "$driver_bytes" ] || fail 'standard input ended within the driver of the migrations'
}

make_mark() { printf '%s%s:' "$(new_operation_id)" "$(new_operation_id)" >"$migration/mark"; }

# Nothing where the migration was begun by an executor before this one, which made none.
driver_mark() { cat "$migration/mark" 2>/dev/null || :; }

# Runs the driver on standard input in a container of the release $1. Its entry point is left out: an application's own may
# migrate by itself. --no-deps because Compose would recreate a database whose definition changed. The locks 8 and 9 stay
# here: when this process dies, whoever comes next has to end the container, not to wait for it.
#
# It runs as a service of its own: before 2.29.1 "docker compose exec" also takes containers that "run" made, and
# somebody's command would end with the migration.
drive() {
  drive_release=$1
  shift
  printf 'services: { "%s": { extends: { file: "%s", service: "%s" } } }\n' "$service-migration" \
    "$(conf "$drive_release" compose-file)" "$service" >"$migration/service.yaml" ||
    fail "what the migration runs as cannot be written to $migration (see above)"
  {
    printf 'MARK = "%s"\n' "$(driver_mark)"
    cat
  } 8>&- 9>&- | compose_with_input "$drive_release" --file "$migration/service.yaml" run --rm --no-TTY --no-deps \
    --label "$migration_label=$1" --entrypoint python "$service-migration" - "$@" --operation "$operation" \
    --lock-timeout "$lock_timeout" 8>&- 9>&-
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
  containers_of "$(conf "$1" project)" "$database_service" '' running | head -n 1
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
  migration=$(mktemp -d "$state/.plan-XXXXXX")
  # shellcheck disable=SC2064 # the directory as it is now
  trap "rm -rf '$migration'" EXIT
  trap 'exit 129' HUP INT TERM
  exec 8>"$migration/alive"
  flock --nonblock 8
  receive_driver "$migration"
  make_mark
  rm -f "$state/migration-details"
  if [ -z "$(database_container "$release")" ]; then
    exec 9<>"$state/lock"
    flock --wait "$lock_timeout" 9 || fail "the database does not run, and somebody else is at work: $(lock_holder)"
    start_database "$release"
    exec 9>&-
  fi
  drive "$release" plan --target "$target" <"$migration/driver.py" >"$migration/plan" || {
    code=$?
    say "error: $(reason_in "$migration/plan")"
    exit "$code"
  }
  printf 'release=%s\n' "$release"
  driver_lines "$migration/plan"
}

# What the driver reported, of all that its container printed into the file $1.
driver_lines() { sed -n "s/^$(driver_mark)//p" "$1" 2>/dev/null || :; }

# The last value of the key $2 in the file $1 of what the driver reported, whose lines may be long.
driver_value() { driver_lines "$1" | sed -n "s/^$2=//p" | tail -n 1; }

reason_in() {
  driver_reason=$(driver_value "$1" reason)
  printf '%s%s\n' "${driver_reason:-the container of the migrations ended without a reason, see above}" "$(keep_details "$1")"
}

# An error may have said rows and settings: that stays on this host, in a file for its user alone. Prints where.
keep_details() {
  details=$(driver_value "$1" details)
  [ -n "$details" ] || return 0
  details_file=${op:-$state}/migration-details
  printf '%s' "$details" | base64 -d >>"$details_file"
  printf ' (all that was said is in %s on the host)' "$details_file"
}
