
# --- operations: work that outlives the connection --------------------------------------------------------------------

# Takes in what the verb $1 reads, starts its work apart from this connection, and follows it. An operation that exists
# already is followed: whoever lost the connection while calling may simply call again.
begin_operation() {
  shift
  # By hand on the host, nobody gives these.
  operation=${operation:-$(new_operation_id)} owner=${owner:-host:$(id -un)}
  set -- "$@" --operation "$operation" --owner "$owner"
  op=$state/operations/$operation
  if [ ! -d "$op" ]; then
    remove_broken_off
    receiving=$(mktemp -d "$state/operations/.receiving-XXXXXX")
    # shellcheck disable=SC2064 # the directory as it is now
    trap "rm -rf '$receiving'" EXIT
    trap 'exit 129' HUP INT TERM
    # Descriptor 8 is locked for as long as who receives, the supervisor or the work is alive, which no process id could tell.
    exec 8>"$receiving/alive"
    flock --nonblock 8
    printf '%s\n' "${executor:-$(cat "$0")}" >"$receiving/executor.sh"
    case $verb in
      stage | restage) receive_payload "$receiving" ;;
      migrate) receive_driver "$receiving" ;;
    esac
    find_client >"$receiving/client"
    : >"$receiving/log"
    : >"$receiving/out"
    if mv -T "$receiving" "$op" 2>/dev/null; then
      setsid sh "$op/executor.sh" supervise --verb "$verb" "$@" </dev/null >>"$op/out" 2>>"$op/log" &
    else
      rm -rf "$receiving"
    fi
    exec 8>&-
    trap - EXIT HUP INT TERM
  fi
  follow 0
}

# What came of uploads that broke off, and what operations that died were given: credentials, and releases.
remove_broken_off() {
  for broken in "$state/operations"/.receiving-* "$state"/.plan-*; do
    if is_dead "$broken"; then rm -rf "$broken"; fi
  done
  for broken in "$state/operations"/*/docker "$state/operations"/*/upload; do
    if is_dead "$(dirname "$broken")"; then rm -rf "$broken"; fi
  done
}

# Whether nobody works for the directory $1 any more. In its first moment it has no lock yet.
is_dead() {
  [ -d "$1" ] || return 1
  if [ -f "$1/alive" ]; then flock --shared --nonblock "$1/alive" true; else [ -n "$(find "$1" -prune -mmin +10)" ]; fi
}

# Standard input has a line with a number, a Docker config.json of as many bytes, and for stage a release as gzipped tar.
receive_payload() {
  IFS= read -r config_bytes || fail 'standard input ended before the credentials'
  case $config_bytes in '' | *[!0-9]*) fail 'standard input does not begin with the length of the credentials' ;; esac
  if [ "$config_bytes" -gt 0 ]; then
    mkdir "$1/docker"
    head -c "$config_bytes" >"$1/docker/config.json"
    [ "$(wc -c <"$1/docker/config.json")" -eq "$config_bytes" ] || fail 'standard input ended within the credentials'
  fi
  [ "$verb" = stage ] || return 0
  # Containers read parts of it.
  mkdir -m 755 "$1/upload"
  (umask 022 && tar --extract --gzip --no-same-owner --directory "$1/upload") || fail 'standard input ended within the release'
}

# Copies the operation's log to standard error from the byte $1 on, and at its end its results to standard output.
follow() {
  op=$state/operations/$operation
  if [ -z "$operation" ] || [ ! -d "$op" ]; then
    say "error: there is no operation ${operation:-without an id} on this host"
    exit "$exit_unknown"
  fi
  followed=$1
  # Whoever lost the connection has another one now.
  [ -f "$op/exit" ] || find_client >"$op/client"
  while :; do
    ended=''
    # Looked at before the log is copied: what is written until then is copied.
    if [ -f "$op/exit" ] || flock --nonblock "$op/alive" true; then ended=yes; fi
    size=$(wc -c <"$op/log")
    if [ "$size" -gt "$followed" ]; then
      tail -c "+$((followed + 1))" "$op/log" | head -c "$((size - followed))" >&2
      followed=$size
    fi
    [ -z "$ended" ] || break
    # Until it ends, or there may be something new in its log.
    flock --timeout 0.3 "$op/alive" true || :
  done
  if [ ! -f "$op/exit" ]; then
    say "error: the operation died on the host without an outcome"
    exit "$exit_died"
  fi
  cat "$op/out"
  exit "$(cat "$op/exit")"
}

# Has the work done by a process of its own, and brings the host back where that fails or dies.
supervise() {
  op=$state/operations/$operation
  set +e
  sh "$op/executor.sh" work "$@"
  code=$?
  set -e
  if [ "$code" -gt 128 ]; then
    say "the work was ended by a signal ($code)"
    code=$exit_died
  fi
  # What others are in the middle of is theirs.
  [ "$code" -eq 0 ] || [ "$code" -eq "$exit_held" ] || [ "$work_verb" = recover ] || bring_back "$@"
  rm -rf "$op/docker" "$op/upload"
  printf '%s\n' "$code" >"$op/exit.new"
  mv "$op/exit.new" "$op/exit"
  forget_operations
}

# Twice, since going back may itself be what fails: then the release that was left is what staging returns to.
bring_back() {
  why=$(last_error)
  for attempt in 1 2; do
    needs_recovery || break
    : >"$op/out"
    set +e
    sh "$op/executor.sh" work "$@" --verb recover
    recovered=$?
    set -e
  done
  case ${recovered-} in
    '') ;;
    0)
      brought_back=$(value_of "$op/out" outcome)
      say "error: ${why:-$work_verb did not finish}; ${brought_back:-staging runs $(or_nothing "$(current_release)")}"
      ;;
    *) say "error: ${why:-$work_verb did not finish}; and bringing staging back failed, $attempt times: $(last_error)" ;;
  esac
}

last_error() { head -n 1 "$op/reason" 2>/dev/null || :; }

or_nothing() { printf '%s\n' "${1:-nothing}"; }

# The latest operations stay, to be followed or looked at.
forget_operations() {
  # shellcheck disable=SC2012 # the names are of hexadecimal digits
  ls -t "$state/operations" | tail -n +21 | while IFS= read -r old; do
    flock --nonblock "$state/operations/$old/alive" rm -rf "$state/operations/$old" || :
  done
}

new_operation_id() { head -c 8 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
