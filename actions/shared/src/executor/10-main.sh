#!/bin/sh
# Carries out one command of ssh-deploy or run-migrations on the staging host. Needs sh, coreutils, findutils, grep, sed,
# awk, tar, gzip, flock, Docker and Compose.
#
# The parts of this script lie in actions/shared/src/executor and are put together in the order of their names. The
# whole is held in the variable "executor": it comes over standard input, in front of what the command reads, or from
# state/executors, where each version that came is kept under its hash.
#
# Standard output carries results as key=value lines; what people read goes to standard error, and the last line of a
# failure there is "error: REASON". Exit codes: 1 failed, 70 the operation died, 71 there is no such operation, 75
# somebody else is at work.
#
# Everything is inside functions, so that the script is read whole before it starts. Many are called by their names,
# and variables are used in other parts.
# shellcheck disable=SC2317,SC2034
set -eu
# What containers read says so itself.
umask 077

newline='
'

exit_died=70
exit_unknown=71
exit_held=75

# Why an operation failed goes into a file too: in its log, the line of a container could be taken for it.
say() {
  printf '%s\n' "$1" >&2
  case $1 in 'error: '*) [ ! -d "${op:-}" ] || printf '%s\n' "${1#error: }" >"$op/reason" ;; esac
}

fail() {
  say "error: $*"
  exit 1
}

# The text $1 in one line, without characters that do more than be read: control characters (of ASCII, and U+0080 to 9F),
# and those that nobody sees or that turn the direction of writing (U+061C, 200B to 200F, 2028 to 202E, 2060 to 206F, FEFF).
plain_text() {
  printf '%s' "$1" | tr '\n' ' ' |
    LC_ALL=C sed -E 's/\xC2[\x80-\x9F]|\xD8\x9C|\xE2\x80[\x8B-\x8F\xA8-\xAE]|\xE2\x81[\xA0-\xAF]|\xEF\xBB\xBF//g' |
    tr -d '\000-\037\177'
}

main() {
  [ $# -gt 0 ] || fail "no verb given: use one of $verbs"
  verb=$1
  shift
  read_options "$@"
  check_options
  if [ "$verb" = status ] && [ ! -d "$base/state" ]; then
    printf 'current=\ncommit=\nconfirmed=\n'
    exit 0
  fi
  if [ "$verb" = doctor ]; then
    doctor
    exit 0
  fi
  prepare_state
  case $verb in
    stage | restage | migrate | prepare | switch | release | abort | confirm | rollback | recover | backup | restore)
      if [ -n "$dry_run" ]; then dry_run; else begin_operation "$verb" "$@"; fi
      ;;
    follow) follow "$log_offset" ;;
    supervise) supervise "$@" ;;
    work) work ;;
    guard) guard ;;
    status) status ;;
    containers) show_containers ;;
    releases) report_entries ;;
    journal) show_journal ;;
    logs) show_logs ;;
    enter) enter ;;
    exec) run_entered "$@" ;;
    migrate-plan) plan_migrations ;;
    migrated) record_migration ;;
    backups) show_backups ;;
    lock) hold ;;
    unlock) unlock ;;
    *) fail "unknown verb $verb: use one of $verbs" ;;
  esac
}

verbs='stage, restage, migrate-plan, migrate, prepare, switch, release, abort, confirm, rollback, recover, follow, status, doctor, containers, releases, journal, logs, enter, exec, migrated, backup, backups, restore, lock or unlock'

read_options() {
  services='' grep='' follow='' terminal='' variables=''
  base='' operation='' release='' work_verb='' owner='' actor='' run_url='' reason='' service='' from='' to='' leave=''
  target=head drift=warn on_failure=downgrade with_backup=yes backup_name='' breaking='' database_service=postgres database_name='' database_server=''
  table_lock_timeout=1000 table_lock_attempts=20 statement_timeout=900 keep_backups=5
  lock_timeout=1200 health_timeout=180 healthy_checks=5 drain_timeout=30 confirm_timeout=900
  guard_name='' keep=5 now='' pin='' disk_margin=1024 image_bytes=0 log_offset=0 log_lines=100 journal_lines=50 recent_lines=0 force='' dry_run=''
  while [ $# -gt 1 ]; do
    case $1 in
      --base) base=$2 ;;
      --operation) operation=$2 ;;
      --release) release=$2 ;;
      --leave) leave=$2 ;;
      --verb) work_verb=$2 ;;
      --owner) owner=$2 ;;
      --actor) actor=$2 ;;
      --run-url) run_url=$2 ;;
      --reason) reason=$2 ;;
      --service) service=$2 ;;
      --services) services=$2 ;;
      --grep) grep=$2 ;;
      --follow) follow=$2 ;;
      --terminal) terminal=$2 ;;
      --variables) variables=$2 ;;
      --word) ;;
      --from) from=$2 ;;
      --to) to=$2 ;;
      --breaking) breaking=$2 ;;
      --target) target=$2 ;;
      --drift) drift=$2 ;;
      --on-failure) on_failure=$2 ;;
      --with-backup) with_backup=$2 ;;
      --backup) backup_name=$2 ;;
      --database-service) database_service=$2 ;;
      --database-name) database_name=$2 ;;
      --database-server) database_server=$2 ;;
      --table-lock-timeout) table_lock_timeout=$2 ;;
      --table-lock-attempts) table_lock_attempts=$2 ;;
      --statement-timeout) statement_timeout=$2 ;;
      --keep-backups) keep_backups=$2 ;;
      --lock-timeout) lock_timeout=$2 ;;
      --health-timeout) health_timeout=$2 ;;
      --healthy-checks) healthy_checks=$2 ;;
      --drain-timeout) drain_timeout=$2 ;;
      --confirm-timeout) confirm_timeout=$2 ;;
      --guard-name) guard_name=$2 ;;
      --keep) keep=$2 ;;
      --now) now=$2 ;;
      --disk-margin) disk_margin=$2 ;;
      --image-bytes) image_bytes=$2 ;;
      --log-offset) log_offset=$2 ;;
      --tail) log_lines=$2 ;;
      --lines) journal_lines=$2 ;;
      --recent-lines) recent_lines=$2 ;;
      --force) force=$2 ;;
      --pin) pin=$2 ;;
      --dry-run) dry_run=$2 ;;
      *) fail "unknown option $1" ;;
    esac
    shift 2
  done
  [ $# -eq 0 ] || fail "option $1 has no value"
  case ${work_verb:-$verb} in migrate | migrate-plan | restore | recover) service=${service:-api} ;; esac
}

# The action has checked them; but this script may be called by hand, and everything here ends in paths or commands.
check_options() {
  case $base in
    /*) ;;
    *) fail "the base directory \"$base\" is not an absolute path" ;;
  esac
  case $base in *[!A-Za-z0-9._/-]* | *..*) fail "the base directory \"$base\" has characters that are not allowed" ;; esac
  case $release$leave in *[!A-Za-z0-9-]*) fail "\"$release$leave\" is not a release id" ;; esac
  case $operation in *[!0-9a-f]*) fail "\"$operation\" is not the id of an operation" ;; esac
  case $lock_timeout$health_timeout$healthy_checks$drain_timeout$confirm_timeout$keep$now$disk_margin$image_bytes$log_offset$log_lines$journal_lines$recent_lines$table_lock_timeout$table_lock_attempts$statement_timeout$keep_backups in
    *[!0-9]*) fail 'time-outs and counts must be whole numbers' ;;
  esac
  case $owner in *[!A-Za-z0-9_.#:@/-]*) fail "the owner \"$owner\" has characters that are not allowed" ;; esac
  case $actor in *[!]A-Za-z0-9_.@[-]*) fail "the actor \"$actor\" has characters that are not allowed" ;; esac
  case $run_url in *[!A-Za-z0-9_.:/?=\&%#-]*) fail "the run's address \"$run_url\" has characters that are not allowed" ;; esac
  [ "$(plain_text "$reason")" = "$reason" ] || fail 'the reason has control characters'
  case $service$database_service in *[!A-Za-z0-9_-]*) fail "\"$service\" or \"$database_service\" is not the name of a service" ;; esac
  case $services in *[!A-Za-z0-9_\ -]*) fail "\"$services\" are not names of services" ;; esac
  case $variables in *[!A-Za-z0-9_:\ ]*) fail "\"$variables\" are not names of variables" ;; esac
  case $from$to$target$breaking in *[!A-Za-z0-9_.\ ]*) fail 'revisions have letters, digits, _ and .' ;; esac
  [ "$(plain_text "$database_name")" = "$database_name" ] || fail 'the name of the database has control characters'
  case $database_server in *[!0-9]*) fail "\"$database_server\" is not the identifier of a database server" ;; esac
  case $on_failure in downgrade | restore | keep) ;; *) fail '--on-failure takes downgrade, restore or keep' ;; esac
  case $drift in off | warn | error) ;; *) fail '--drift takes off, warn or error' ;; esac
  case $with_backup in yes | no) ;; *) fail '--with-backup takes yes or no' ;; esac
  case $backup_name in *[!A-Za-z0-9_.+-]* | .* | -*) fail "\"$backup_name\" is not the name of a backup" ;; esac
  for each in "$force" "$dry_run" "$pin" "$follow" "$terminal"; do
    case $each in '' | yes) ;; *) fail '--force, --dry-run, --pin, --follow and --terminal take the value yes' ;; esac
  done
}

prepare_state() {
  [ -d "$base" ] || (umask 022 && mkdir -p "$base") 2>/dev/null ||
    fail "the base directory $base cannot be made: create it for user $(id -un): sudo install -d -o $(id -un) $base"
  named_base=$base
  base=$(cd "$base" && pwd -P)
  releases=$base/releases state=$base/state
  if ! (umask 022 && mkdir -p "$releases" "$base/shared" "$base/mounts") || ! mkdir -p "$state/operations"; then
    fail "user $(id -un) cannot write to $base: sudo chown $(id -un) $base"
  fi
  close_state
  journal_file=$state/journal.jsonl
  keep_executor
}

# Who may open the lock can hold it, and logs and journal tell what containers and people said: all of it is for the user
# who deploys. Executors before this one left it open.
close_state() {
  [ "$(stat --format %a "$state")" = 700 ] || chmod -R go= "$state" ||
    fail "$state is open to others, and is not user $(id -un)'s to close: sudo chown -R $(id -un) $state"
}

# For the commands that follow: it need not be sent again.
keep_executor() {
  if [ -z "${executor_hash-}" ] || [ -f "$state/executors/$executor_hash" ]; then return 0; fi
  arriving=$state/executors/$executor_hash.$$
  # On a full disk it is sent every time.
  if mkdir -p "$state/executors" && printf '%s\n' "${executor-}" >"$arriving"; then
    mv "$arriving" "$state/executors/$executor_hash"
  else
    rm -f "$arriving"
  fi
  # shellcheck disable=SC2012 # the names are of hexadecimal digits
  ls -t "$state/executors" | tail -n +4 | while IFS= read -r old; do rm -f "$state/executors/$old"; done
}

epoch() { date -u +%s; }

# Seconds since this machine started, which no change of its clock touches, until it starts again (see boot_id): when the
# process that says so was started, in hundredths. /proc/uptime may be a container's own (lxcfs), and the guard's another.
uptime_seconds() {
  own_stat=$(cat /proc/self/stat)
  # shellcheck disable=SC2086 # the fields behind the name, which may have blanks: see proc(5)
  set -- ${own_stat##*) }
  shift 19
  printf '%s\n' "$(($1 / 100))"
}

# A name for this start of the machine.
boot_id() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || :; }

timestamp() { date -u +%Y-%m-%dT%H:%M:%SZ; }

# The time for people of the second $1.
time_of() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
