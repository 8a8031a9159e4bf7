
# --- held requests: people wait, instead of reading an error, while a database is replaced -------------------------------
#
# What the application needs and no release brings along, such as a database, is away for the seconds in which Compose
# replaces its container. So long the proxy is paused: the kernel takes connections and keeps what comes. state/held has its
# containers, so that whoever comes after a death lets them go on.

# How long requests wait at most, and how long those under way before have to end, in seconds.
hold_time=30 hold_drain=5

# Of the services $2 those whose container the release $1 replaces, as far as that is known.
replaced_services() {
  for each in $2; do
    case " $(conf "$1" optional-services) " in *" $each "*) continue ;; esac
    settled=$(value_of "$state/settled" "$each")
    if [ -z "$settled" ] || [ "${settled%% *}" = "$(settled_definition "$1" "$each")" ]; then continue; fi
    [ -z "$(seen_of "$each" '' running)" ] || printf '%s\n' "$each"
  done
}

# Gets ready for the release $1 to replace containers of the services $2: databases are backed up, and requests held.
before_replacing() {
  say "replacing $(printf '%s' "$2" | tr '\n' ' '): requests wait until it is back, at most $hold_time s"
  for each in $2; do
    [ -z "$recovering" ] || break
    replaced=$(seen_of "$each" '' running)
    # Whatever else there is has nothing that pg_dump could save.
    if docker exec "${replaced%%"$newline"*}" pg_dump --version >/dev/null 2>&1 </dev/null; then
      asked_database=$database_service database_service=$each
      back_up "$1" "$1-before-replacing-$each"
      database_service=$asked_database
    fi
  done
  hold_requests "$1"
}

hold_requests() {
  seen_of "$(conf "$1" proxy)" '' running >"$state/held.new"
  mv "$state/held.new" "$state/held"
  # shellcheck disable=SC2046 # a list of ids
  [ ! -s "$state/held" ] || docker pause $(cat "$state/held") >/dev/null ||
    say 'warning: the proxy cannot be paused (see above), so requests fail meanwhile'
  await_requests_under_way "$1"
  (
    sleep "$hold_time"
    [ -f "$state/held" ] || exit 0
    say "warning: after $hold_time s requests wait no longer"
    release_requests
  ) 8>&- 9>&- &
  holding=$!
}

await_requests_under_way() {
  hold_deadline=$(($(uptime_seconds) + hold_drain))
  for each in $(conf "$1" application-services); do
    for container in $(seen_of "$each" '' running); do
      await_no_connections "$container" "$hold_deadline"
    done
  done
}

# Lets requests go on, where they are held; fails where the engine does not answer, and somebody has to come again.
release_requests() {
  [ -f "$state/held" ] || return 0
  [ -z "${holding-}" ] || kill "$holding" 2>/dev/null || :
  while IFS= read -r held; do
    if held_paused=$(docker inspect --format '{{.State.Paused}}' "$held" 2>/dev/null); then
      # One that the engine has started again since is not paused any more.
      [ "$held_paused" != true ] || docker unpause "$held" >/dev/null || return 1
    else
      docker version >/dev/null 2>&1 || return 1
    fi
  done <"$state/held"
  mv "$state/held" "$state/held-before"
}

# Docker has found what was paused for long unhealthy, and Compose takes it at its word.
await_held() {
  [ -f "$state/held-before" ] || return 0
  held_deadline=$(($(uptime_seconds) + health_timeout))
  while IFS= read -r held; do
    while [ "$(health_of "$held")" = unhealthy ] && [ "$(uptime_seconds)" -lt "$held_deadline" ]; do sleep 0.5; done
  done <"$state/held-before"
  rm -f "$state/held-before"
}
