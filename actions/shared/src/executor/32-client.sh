
# --- the client: whether who asked is still there ---------------------------------------------------------------------
#
# A run has one SSH connection, and the host one process of sshd for it, which ends with it. So whether a run lives shows
# here, unless its machine went without a word: then the time limits hold.

# How long a client may be away, in seconds: it may be about to connect again.
client_patience=10

# The process of the connection that this process belongs to, as "ID START"; nothing where there is none, as by hand.
find_client() {
  ancestor=$$
  while [ "$ancestor" -gt 1 ]; do
    if ! ancestor_name=$(cat "/proc/$ancestor/comm" 2>/dev/null); then return 0; fi
    case $ancestor_name in
      sshd*)
        printf '%s %s\n' "$ancestor" "$(process_field "$ancestor" 22)"
        return
        ;;
    esac
    ancestor=$(process_field "$ancestor" 4)
  done
}

# The field $2 of /proc/$1/stat as proc(5) counts them, from the fourth on: a name before that may have blanks.
process_field() {
  process_stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  process_index=$(($2 - 2))
  # shellcheck disable=SC2086 # fields
  set -- ${process_stat##*) }
  [ "$#" -ge "$process_index" ] || return 0
  shift "$((process_index - 1))"
  printf '%s\n' "$1"
}

# Whether the client $1, as find_client told it, was there once and is not any more.
is_gone() { [ -n "$1" ] && [ "$(process_field "${1% *}" 22)" != "${1#* }" ]; }

client_of_operation() { cat "$op/client" 2>/dev/null || :; }

# Whether nobody waits for this operation any more, which has changed nothing. What ends a deploy is done all the same.
is_alone() {
  case $verb in stage | restage | migrate | rollback | backup | restore) is_gone "$(client_of_operation)" ;; *) return 1 ;; esac
}

give_up_without_client() {
  if ! is_alone; then
    alone_since=''
    return
  fi
  : "${alone_since:=$(uptime_seconds)}"
  if [ "$(($(uptime_seconds) - alone_since))" -ge "$client_patience" ]; then
    say "error: who asked for this is gone, so it is given up: nothing was changed"
    exit "$exit_held"
  fi
}

# Whether the run that has staged a release, and done nothing with it, has ended without a word.
is_abandoned() {
  if ! is_gone "$(transaction client)"; then
    abandoned_since=''
    return 1
  fi
  # Another run may have come and gone since this was looked at.
  [ "${abandoned_of-}" = "$(transaction number)" ] || abandoned_since=''
  abandoned_of=$(transaction number)
  : "${abandoned_since:=$(uptime_seconds)}"
  [ "$(($(uptime_seconds) - abandoned_since))" -ge "$client_patience" ]
}
