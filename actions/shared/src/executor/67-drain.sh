
# --- drain: containers end when nobody uses them any more -------------------------------------------------------------------

# Of what was seen, the application's containers besides those of the release $1 that stay; those in the state $2, where it
# is given.
others() {
  for each in $(conf "$1" application-services); do
    staying=$(own_container "$1" "$each")
    for container in $(seen_of "$each" '' "${2-}"); do
      [ "$container" = "$staying" ] || printf '%s\n' "$container"
    done
  done
}

# Requests under way, and commands, take as long as they take.
drain_others() {
  drain_deadline=$(($(uptime_seconds) + drain_timeout))
  look "$(conf "$1" project)"
  for container in $(others "$1" running); do await_idle "$container"; done
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
  # shellcheck disable=SC2016 # variables of awk
  printf '%s\n' "$sockets" | awk '
    { port = $2; sub(/.*:/, "", port) }
    $4 == "0A" { listening[port] = 1 }
    $4 == "01" { established[port]++ }
    END { for (port in established) if (port in listening) all += established[port]; print all + 0 }'
}

retire_others() {
  : "${drain_deadline:=$(($(uptime_seconds) + drain_timeout))}"
  look "$(conf "$1" project)"
  for container in $(others "$1"); do
    # A command may have begun meanwhile.
    await_idle "$container"
    require_living "$1"
    docker stop "$container" >/dev/null
    docker rm --volumes "$container" >/dev/null
  done
}
