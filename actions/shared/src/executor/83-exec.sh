
# --- exec: a command in a container of the live release ---------------------------------------------------------------------
#
# In two calls, since the second one may have a terminal, which carries nothing but what people type. "enter" finds the
# container and takes in the values of variables; "exec" runs the command there, and ends with its exit code. The journal has
# who, when, the service, the program and how many arguments it got: their values may be secrets.

# Standard input has the values of the variables, one after the other; --variables says NAME:BYTES of each.
enter() {
  [ -n "$operation" ] || fail 'enter needs --operation'
  live=$(current_release)
  is_release "$live" || fail 'there is no live release on this host'
  require_service "$service"
  look "$(conf "$live" project)"
  container=$(serving_container "$live" "$service")
  [ -n "$container" ] || fail "no container of $service runs"
  [ -z "${executor_hash-}" ] || [ -f "$state/executors/$executor_hash" ] ||
    fail "this host cannot keep the executor below $state: is its disk full?"
  find "$state" -maxdepth 1 -name '.enter-*' -mmin +10 -exec rm -rf {} +
  for each in $variables; do require_variable "${each%:*}"; done
  entered=$state/.enter-$operation
  mkdir "$entered" "$entered/variables"
  trap 'rm -rf "$entered"' EXIT
  for each in $variables; do
    head -c "${each#*:}" >"$entered/variables/${each%:*}"
    [ "$(wc -c <"$entered/variables/${each%:*}")" -eq "${each#*:}" ] || fail 'standard input ended within the values of variables'
  done
  printf '%s %s %s\n' "$live" "$service" "$container" >"$entered/where"
  trap - EXIT
  printf 'container=%s\n' "$(seen_name "$container")"
}

# What docker and the loader of programs read themselves would change what runs on this host.
require_variable() {
  case $1 in
    '' | [0-9]* | *[!A-Za-z0-9_]*) fail "\"$1\" is not the name of a variable" ;;
    PATH | HOME | IFS | LD_* | DOCKER_*) fail "$1 means something on this host too, so it cannot be handed on" ;;
  esac
}

run_entered() {
  entered=$state/.enter-$operation
  [ -f "$entered/where" ] || fail 'what is to be run was never announced'
  work_verb='exec'
  read -r release service container <"$entered/where"
  pairs=$(($# / 2))
  while [ "$pairs" -gt 0 ]; do
    option=$1 value=$2 pairs=$((pairs - 1))
    shift 2
    [ "$option" != --word ] || set -- "$@" "$value"
  done
  [ $# -gt 0 ] || fail 'exec needs a command'
  told="$service: $(program_in_words "$1"), $(($# - 1)) arguments"
  set -- "$container" "$@"
  for each in "$entered/variables"/*; do
    [ ! -f "$each" ] || set -- --env "${each##*/}" "$@"
  done
  [ -z "$terminal" ] || set -- --tty "$@"
  set -- docker exec --interactive "$@"
  journal_beside exec intent "$told"
  code=0
  # Where the connection ends, the line about the end comes all the same.
  trap : HUP INT TERM
  (run_with_variables "$entered" "$@") || code=$?
  rm -rf "$entered"
  journal_beside exec 'done' "$told: exit code $code"
  exit "$code"
}

# What is no plain name of a program may be something else that was not meant for others.
program_in_words() {
  case $1 in
    '' | *[!A-Za-z0-9_./-]*) echo 'a program' ;;
    *) printf '%.60s\n' "${1##*/}" ;;
  esac
}

# Runs the words behind the directory $1 with its variables, which may have the names of this script's own.
run_with_variables() {
  for each in "$1/variables"/*; do
    [ ! -f "$each" ] || set_variable "${each##*/}" "$(cat "$each" && printf .)"
  done
  rm -rf "${1:?}"
  shift
  exec "$@"
}

# A command substitution takes away the line breaks at the end, and the mark there keeps them.
set_variable() { export "$1=${2%.}"; }
