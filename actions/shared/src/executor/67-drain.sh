
# --- drain: containers end when nobody uses them any more -------------------------------------------------------------------

# Application containers besides those of the release $1 that stay.
others() {
  for each in $(conf "$1" application-services); do
    staying=$(own_container "$1" "$each")
    for container in $(containers_of "$(conf "$1" project)" "$each" "${2:---all}"); do
      [ "$container" = "$staying" ] || printf '%s\n' "$container"
    done
  done
}

# Requests under way, and commands, take as long as they take.
drain_others() {
  drain_deadline=$(($(uptime_seconds) + drain_timeout))
  for container in $(others "$1" --filter=status=running); do await_idle "$container"; done
}

await_idle() {
  while is_busy "$1"; do
    if [ "$(uptime_seconds)" -ge "$drain_deadline" ]; then
      say "warning: $(name_of "$1") is still busy after $drain_timeout s: $(connections_to "$1") connections and what \"exec\" runs in it are ended"
      return
    fi
    sleep 0.5
  done
}

# With requests, or with a command that somebody runs in it.
is_busy() {
  case $(connections_to "$1") in
    unknown) tell_uncounted "$1" ;;
    0) ;;
    *) return 0 ;;
  esac
  [ -n "$(commands_in "$1")" ]
}

# Once for each container. Whether requests are under way is not known then, and what is left to them is said.
tell_uncounted() {
  case ${uncounted-} in *" $1 "*) return 0 ;; esac
  is_running "$1" || return 0
  uncounted="${uncounted-} $1 "
  say "warning: connections to $(name_of "$1") cannot be counted (its image has no \"cat\"): requests under way have until its stop_grace_period ends"
}

# What "exec" runs in these containers; Docker's health check is one of them.
commands_in() { docker inspect --format '{{range .ExecIDs}}{{println .}}{{end}}' "$@"; }

# Connections that clients have to the ports on which the container listens; "unknown" where it does not say. Without IPv6
# in the kernel, the second file is not there.
connections_to() {
  sockets=$(docker exec "$1" cat /proc/net/tcp /proc/net/tcp6 2>/dev/null </dev/null) || :
  case $sockets in
    *' local_address '*) ;;
    *)
      echo unknown
      return
      ;;
  esac
  listening=' ' established=0
  while read -r _ local_address _ socket_state _; do
    [ "$socket_state" != 0A ] || listening="$listening${local_address##*:} "
  done <<END
$sockets
END
  while read -r _ local_address _ socket_state _; do
    [ "$socket_state" = 01 ] || continue
    case $listening in *" ${local_address##*:} "*) established=$((established + 1)) ;; esac
  done <<END
$sockets
END
  printf '%s\n' "$established"
}

retire_others() {
  : "${drain_deadline:=$(($(uptime_seconds) + drain_timeout))}"
  for container in $(others "$1"); do
    # A command may have begun meanwhile.
    await_idle "$container"
    require_living "$1"
    docker stop "$container" >/dev/null
    docker rm --volumes "$container" >/dev/null
  done
}
