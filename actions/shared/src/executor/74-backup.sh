
# --- backups ------------------------------------------------------------------------------------------------------------------

# Runs a shell command in the database's container of the release $1, as its own user, on the database that the migration
# found behind DATABASE_URL; by hand, on the container's own.
in_database() {
  database=$(database_container "$1")
  [ -n "$database" ] || fail "the database ($database_service) does not run"
  shift
  # shellcheck disable=SC2016 # variables of the container
  docker exec --interactive --env "MIGRATED_DATABASE=$database_name" "$database" sh -c \
    'export PGUSER="${POSTGRES_USER:-postgres}"; export PGDATABASE="${MIGRATED_DATABASE:-${POSTGRES_DB:-$PGUSER}}"; '"$1" in-database "${2-}" 8>&- 9>&-
}

# A backup of another server's database would be none of the one that is migrated.
check_database() {
  [ -n "$database_server" ] && [ "$with_backup" = yes ] || return 0
  found_server=$(in_database "$1" 'psql -XAtc "SELECT system_identifier FROM pg_control_system()"' </dev/null) ||
    fail "the database of the service $database_service cannot be asked which it is (see above)"
  [ "$found_server" = "$database_server" ] ||
    fail "DATABASE_URL leads to another server than the service $database_service, so that no backup could be made of it here. Nothing was changed: correct DATABASE_URL or database-service, or do without a backup (backup: false)"
}

# Writes a backup with the release $1's own pg_dump under the name $2, checks that all of it can be read, and removes old
# ones. Sets "backup" to the path.
back_up() {
  backups=$base/shared/backups
  backup_started=$(date +%s%3N)
  mkdir -p "$backups"
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
  if ! in_database "$1" 'exec pg_dump --format=custom' </dev/null >"$backup.partial"; then
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
