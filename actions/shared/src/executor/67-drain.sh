
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

# nginx may hold the address that a name had for two seconds; and requests under way take as long as they take.
drain_others() {
  drain_deadline=$(($(epoch) + 3 + drain_timeout))
  [ -n "$(others "$1" --filter=status=running)" ] || return 0
  sleep 3
  for container in $(others "$1" --filter=status=running); do
    while is_busy "$container"; do
      if [ "$(epoch)" -ge "$drain_deadline" ]; then
        say "warning: $(name_of "$container") is still busy after $drain_timeout s: $(connections_to "$container") connections and what \"exec\" runs in it are ended"
        break
      fi
      sleep 0.5
    done
  done
}

# With requests, or with a command that somebody runs in it.
is_busy() {
  [ "$(connections_to "$1")" -gt 0 ] || [ -n "$(commands_in "$1")" ]
}

# What "exec" runs in these containers; Docker's health check is one of them.
commands_in() { docker inspect --format '{{range .ExecIDs}}{{println .}}{{end}}' "$@"; }

# Connections that clients have to the ports on which the container listens.
connections_to() {
  sockets=$(docker exec "$1" cat /proc/net/tcp /proc/net/tcp6 2>/dev/null </dev/null) || sockets=''
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
  retired=$(others "$1")
  [ -n "$retired" ] || return 0
  # shellcheck disable=SC2086 # a list of ids
  docker stop $retired >/dev/null
  # shellcheck disable=SC2086 # a list of ids
  docker rm --volumes $retired >/dev/null
}
