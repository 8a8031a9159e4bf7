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

# --- releases ------------------------------------------------------------------------------------------------------

# The id of the live release; nothing where there is none yet.
current_release() {
  [ -L "$base/current" ] || return 0
  current_link=$(readlink "$base/current")
  printf '%s\n' "${current_link##*/}"
}

make_current() {
  ln -sfn "releases/$1" "$base/current.new"
  mv -T "$base/current.new" "$base/current"
}

is_release() { [ -n "$1" ] && [ -f "$releases/$1/release.conf" ]; }

# The value of the key $2 in the file $1 of key=value lines, which this script or the action wrote.
value_of() {
  [ -f "$1" ] || return 0
  while IFS= read -r value_line; do
    case $value_line in "$2="*)
      printf '%s\n' "${value_line#*=}"
      return
      ;;
    esac
  done <"$1"
}

conf() { value_of "$releases/$1/release.conf" "$2"; }

# The full commit of the release $1, from the manifest that the action wrote; nothing where it names none. Keys of the
# manifest itself are indented by two blanks: a service may be called "commit" too.
commit_of() {
  [ -f "$releases/$1/manifest.json" ] || return 0
  while IFS= read -r manifest_line; do
    case $manifest_line in '  "commit": "'*)
      manifest_line=${manifest_line#*: \"}
      manifest_line=${manifest_line%%\"*}
      case $manifest_line in *[!0-9a-f]*) return ;; esac
      [ "${#manifest_line}" -ne 40 ] || printf '%s\n' "$manifest_line"
      return
      ;;
    esac
  done <"$releases/$1/manifest.json"
}

# The release that a command worked on, for whoever asked for it.
report_release() {
  printf 'release=%s\ncommit=%s\n' "$1" "$(commit_of "$1")"
}

list_releases() {
  for list_path in "$releases"/*/release.conf; do
    [ -f "$list_path" ] || continue
    list_path=${list_path%/release.conf}
    printf '%s\n' "${list_path##*/}"
  done
}

# For people, on one line.
list_releases_with_commits() {
  list_text=''
  for list_id in $(list_releases); do
    list_note=''
    ! is_left "$list_id" || list_note=', which staging went back from'
    list_text="${list_text:+$list_text, }$list_id ($(commit_of "$list_id")$list_note)"
  done
  printf '%s\n' "${list_text:-none}"
}

require_release() {
  is_release "$1" || fail "there is no release $1 on this host; there are: $(list_releases_with_commits)"
}

was_confirmed() {
  [ -f "$state/confirmed" ] || return 1
  while IFS= read -r confirmed_id; do
    [ "$confirmed_id" != "$1" ] || return 0
  done <"$state/confirmed"
  return 1
}

# The release that was confirmed last, of those that staging did not go back from.
last_confirmed() { last_confirmed_before ''; }

# The same, of those that are still here, before the live release $1.
last_confirmed_before() {
  [ -f "$state/confirmed" ] || return 0
  tac "$state/confirmed" | while IFS= read -r before_id; do
    if [ "$before_id" != "$1" ] && is_release "$before_id" && ! is_left "$before_id"; then
      printf '%s\n' "$before_id"
      break
    fi
  done
}

# --- left: releases that staging went back from -----------------------------------------------------------------------
#
# state/left has a line for each: its id, the time, who left it, and why in words. Nothing goes back to one of them unless
# it is named. One that is live again, for good, is like any other.

left_line() {
  [ -f "$state/left" ] || return 0
  while IFS= read -r left_text; do
    case $left_text in "$1 "*)
      printf '%s\n' "$left_text"
      return
      ;;
    esac
  done <"$state/left"
}

is_left() { [ -n "$(left_line "$1")" ]; }

# Writes the marks anew: without that of the release $1, and with the line $2 where it is given.
rewrite_left() {
  {
    [ ! -f "$state/left" ] || grep -v "^$1 " "$state/left" || :
    [ -z "${2-}" ] || printf '%s\n' "$2"
  } >"$state/left.new"
  sync -d "$state/left.new" 2>/dev/null || sync
  mv "$state/left.new" "$state/left"
}

mark_left() { rewrite_left "$1" "$1 $(timestamp) $2 $3"; }

forget_left() { if is_left "$1"; then rewrite_left "$1"; fi; }

# Staging went back from the release $1 to $2, or to nothing where that is empty; $3 says who did it, $4 why. What was
# confirmed after $2 has been passed over: the way back from $2 does not lead there either.
leave_for() {
  # A live release that was staged again and taken back has left nothing.
  [ "$1" != "$2" ] || return 0
  for passed_id in $(confirmed_after "$2"); do
    is_left "$passed_id" || mark_left "$passed_id" "$3" "passed over on the way back from $1 to $2"
  done
  mark_left "$1" "$3" "$4"
  [ -z "$2" ] || forget_left "$2"
}

# What was confirmed after the release $1 was, the last time.
confirmed_after() {
  was_confirmed "$1" || return 0
  tac "$state/confirmed" | while IFS= read -r after_id; do
    [ "$after_id" != "$1" ] || break
    printf '%s\n' "$after_id"
  done
}

# Why each release that is still here was left.
report_left() {
  for left_id in $(list_releases); do
    left_text=$(left_line "$left_id")
    [ -z "$left_text" ] || printf 'left=%s\n' "$left_text"
  done
}

# --- history: what was live, one after the other ----------------------------------------------------------------------------
#
# state/history has a line for each time that something went live: its number, the time, the release, how (released,
# rolled-back, returned; before, for what an executor without a history had confirmed), the number under which that release
# was live the last time or "-", who, the page of the run or "-", and the transaction. Numbers only grow: to go back is an
# entry of its own. Every change of the file writes it anew, so that it is whole, and it keeps its last lines only: the
# thousandth deploy takes as long as the fifth.

history_length=1000

# The release $2 is live now, in the way $1; $3 is who saw to it, where it is not who holds the transaction. Done twice, as
# after a crash in between, it is one entry.
enter_history() {
  [ "${3-}" != "$(transaction owner)" ] || set -- "$1" "$2"
  [ -f "$state/history" ] || begin_history
  entered_last=$(tail -n 1 "$state/history")
  read -r entered_number _ entered_release _ _ _ _ entered_transaction <<END
$entered_last
END
  case $1:$entered_release in
    "returned:$2") return 0 ;;
    *":$2") [ "$entered_transaction" != "$(transaction number)" ] || return 0 ;;
  esac
  entered_number=$((${entered_number:-0} + 1)) entered_by=${3:-$(transaction actor)} entered_run=$(transaction run-url)
  [ -z "${3-}" ] || entered_run=''
  entered_before=$(number_in_history "$2")
  add_to_history "$entered_number $(timestamp) $2 $1 ${entered_before:--} ${entered_by:-$(transaction owner)} ${entered_run:--} $(transaction number)"
  journal live 'done' "v$entered_number: $(how_in_words "$1" "$entered_before")"
}

how_in_words() {
  case $1:$2 in
    released:) echo released ;;
    released:*) echo "released again, as v$2" ;;
    rolled-back:) echo 'rolled back to a release of before the history' ;;
    rolled-back:*) echo "rolled back to v$2's release" ;;
    returned:) echo 'back to the release before' ;;
    returned:*) echo "back to v$2's release" ;;
  esac
}

# The number under which the release $1 was live the last time; nothing where it was not.
number_in_history() {
  awk -v release="$1" '$3 == release { number = $1 } END { if (number != "") print number }' "$state/history"
}

add_to_history() {
  tail -n "$((history_length - 1))" "$state/history" >"$state/history.new"
  printf '%s\n' "$1" >>"$state/history.new"
  sync -d "$state/history.new" 2>/dev/null || sync
  mv "$state/history.new" "$state/history"
}

# Hosts that have deployed before know what they confirmed, in order, and what was live until now.
begin_history() {
  {
    [ ! -f "$state/confirmed" ] || cat "$state/confirmed"
    [ "$(tail -n 1 "$state/confirmed" 2>/dev/null)" = "$(transaction previous)" ] || transaction previous
  } | sed '/^$/d' | tail -n "$((history_length / 2))" | awk '{
    made = substr($1, 1, 4) "-" substr($1, 5, 2) "-" substr($1, 7, 5) ":" substr($1, 12, 2) ":" substr($1, 14, 3)
    print NR, made, $1, "before", ($1 in number) ? number[$1] : "-", "-", "-", "-"
    number[$1] = NR
  }' >"$state/history.new"
  mv "$state/history.new" "$state/history"
}

# The entries of the releases that are still here.
report_history() {
  [ -s "$state/history" ] || return 0
  awk -v kept=" $(list_releases | tr '\n' ' ')" 'index(kept, " " $3 " ") { print "history=" $0 }' "$state/history" | tail -n 50
}

# --- journal -------------------------------------------------------------------------------------------------------

# How many lines are together in a file, and how many files of lines before stay.
journal_part=5000 journal_parts=20

no_hash=0000000000000000000000000000000000000000000000000000000000000000

# Adds a line to the journal: the step $1, what happened to it ($2), and a detail ($3). Every line carries the hash of
# the one before, so that a line which somebody changed or took out shows. Who holds the lock writes, and what goes on
# beside it (see journal_beside), so that one line comes after the other by a lock of its own.
journal() {
  exec 7>>"$state/journal.lock"
  flock --wait 60 7 || fail "$state/journal.lock is locked: \"fuser $state/journal.lock\" on the host tells by whom"
  journal_hash=$no_hash journal_number=1
  if [ -s "$journal_file" ]; then
    last_line=$(tail -n 1 "$journal_file" && echo .)
    case $last_line in
      *"$newline.") ;;
      # A line that a crash cut off stays, as a line of its own.
      *) echo >>"$journal_file" ;;
    esac
    last_line=${last_line%.} last_line=${last_line%"$newline"}
    journal_hash=$(hash_line "$last_line")
    journal_number=$(number_of_line "$last_line")
    journal_number=$((${journal_number:-$(journal_length)} + 1))
    if [ "$(wc -l <"$journal_file")" -ge "$journal_part" ]; then rotate_journal; fi
  fi
  journal_line "$1" "$2" "${3-}" >>"$journal_file"
  # On the disk, not only in its cache, before anything is done. Older coreutils only know how to write out everything.
  sync -d "$journal_file" 2>/dev/null 7>&- || sync 7>&-
  exec 7>&-
}

# A line beside whatever is at work, without waiting for it; but executors before this one wrote without that lock.
journal_beside() {
  if ! flock --nonblock "$state/lock" true && ! shares_journal; then
    exec 9<>"$state/lock"
    flock --wait 60 9 || fail "somebody is at work: $(lock_holder)"
  fi
  journal "$@"
  exec 9>&-
}

# Whether who holds the lock writes the journal as this executor does.
shares_journal() {
  sharing=$(cat "$state/lock")
  grep -qsF journal.lock "$state/operations/${sharing##* }/executor.sh"
}

journal_line() {
  printf '{"seq":%s,"at":"%s","operation":"%s","owner":"%s","actor":"%s","run":"%s","verb":"%s","release":"%s","step":"%s","event":"%s","detail":"%s","previous":"%s"}\n' \
    "$journal_number" "$(timestamp)" "$operation" "$owner" "$actor" "$run_url" "${work_verb:-$verb}" "$release" "$1" "$2" "$(json_text "$3")" "$journal_hash"
}

# The number of the last line. The numbers go on from one file to the next.
journal_length() {
  if [ -s "$journal_file" ]; then
    echo "$(($(number_of_first "$journal_file") - 1 + $(wc -l <"$journal_file")))"
  else
    echo 0
  fi
}

# The number of the first line in the file $1.
number_of_first() {
  first_number=$(number_of_line "$(head -n 1 "$1")")
  echo "${first_number:-1}"
}

# Files of lines before, the oldest first; the name has the number of the last line.
journal_files_before() {
  for journal_before in "$state"/journal-*.jsonl; do
    if [ -f "$journal_before" ]; then printf '%s\n' "$journal_before"; fi
  done
}

# The lines so far go into a file of their own; the next file begins with a line that says which of them stay, and what the
# hash of that file is.
rotate_journal() {
  put_away=$state/journal-$(printf '%09d' "$((journal_number - 1))").jsonl
  cp "$journal_file" "$put_away.new"
  mv "$put_away.new" "$put_away"
  journal_files_before | head -n "-$journal_parts" | while IFS= read -r old; do rm -f "$old"; done
  oldest=$(journal_files_before | head -n 1)
  journal_line rotate 'done' \
    "kept from line $(number_of_first "$oldest"), sha256 $(sha256sum <"$put_away" | cut -d ' ' -f 1)" >"$journal_file.new"
  sync -d "$put_away" "$journal_file.new" 2>/dev/null || sync
  mv "$journal_file.new" "$journal_file"
  journal_hash=$(hash_line "$(tail -n 1 "$journal_file")")
  journal_number=$((journal_number + 1))
}

# The hash of a line, without its end.
hash_line() {
  hashed=$(printf '%s' "$1" | sha256sum)
  printf '%s\n' "${hashed%% *}"
}

# Each line of standard input behind the hash of it without its end, or "failed". Nothing that every host has tells more
# than one hash of what it reads, and a process for each line would take minutes: a thousand of them at a time become
# files for one sha256sum.
hashed_lines() (
  hashing=$(mktemp -d "$(in_memory)/staging-pipeline-XXXXXX")
  trap 'rm -rf "$hashing"' EXIT
  # shellcheck disable=SC2016 # variables of awk
  LC_ALL=C awk -v folder="$hashing" '
    function hash_files(  files, hashed) {
      files = "cd " folder " && seq -f %04g 0 " (count - 1) " | xargs sha256sum"
      while ((files | getline hashed) > 0) { print substr(hashed, 1, 64), lines[done++] }
      close(files)
      if (done != count) exit 1
      count = done = 0
    }
    { file = folder "/" sprintf("%04d", count); printf "%s", $0 >file; close(file); lines[count++] = $0 }
    count == 1000 { hash_files() }
    END { if (count) hash_files() }' || echo failed
)

# Where files are not written to a disk, if there is such a place.
in_memory() { if [ -w /dev/shm ]; then echo /dev/shm; else printf '%s\n' "$state"; fi; }

# Text inside of a JSON string: quotes and backslashes become harmless ones.
# shellcheck disable=SC1003 # a backslash, not a quote that somebody wanted to escape
json_text() {
  case $1 in
    *[!A-Za-z0-9\ .,:\;/_@#+\(\)=-]*) plain_text "$1" | tr '"\\' "'/" ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# Does a step: the function and arguments after its name. The journal has what is about to be done, then that it is.
step() {
  step_name=$1
  shift
  journal "$step_name" intent
  "$@"
  journal "$step_name" 'done'
}

# The same within a step, which goes on afterwards.
part_of_step() {
  set -- "$step_name" "$@"
  step_name=$2
  journal "$2" intent
  do_part "$@"
  journal "$2" 'done'
  step_name=$1
}

do_part() {
  shift 2
  "$@"
}

# The last lines, as line=JSON, whether the whole chain is sound, and its last line's number and hash.
show_journal() {
  [ -s "$journal_file" ] || {
    [ -z "$(journal_files_before)" ] || fail "$journal_file is gone, though there are files of lines before: somebody removed it"
    echo verified=0
    return
  }
  lines_so_far | tail -n "$journal_lines" | while IFS= read -r line || [ -n "$line" ]; do
    printf 'line=%s\n' "$line"
  done
  verify_journal
  report_journal
}

# The last line's number and hash: who has kept them outside of this host can tell that no line was changed since. Nobody
# waits for who is writing: of a line that is not whole yet it is the one before.
report_journal() {
  [ -s "$journal_file" ] || return 0
  last_line=$(tail -n 2 "$journal_file" | sed -n '/^{"seq":[0-9]\{1,\},.*"}$/p' | tail -n 1)
  [ -z "$last_line" ] || printf 'journal=%s %s\n' "$(number_of_line "$last_line")" "$(hash_line "$last_line")"
}

# The number of the line $1; nothing where it was cut off.
number_of_line() {
  line_number=${1#'{"seq":'}
  line_number=${line_number%%,*}
  case $line_number in *[!0-9]*) ;; *) printf '%s\n' "$line_number" ;; esac
}

# All lines that this host still has.
lines_so_far() { journal_files | while IFS= read -r journal_part_file; do cat "$journal_part_file"; done; }

# Their files, the oldest first.
journal_files() {
  journal_files_needed
  printf '%s\n' "$journal_file"
}

# The first line that has to be there.
first_kept() {
  kept_from=$(head -n 1 "$journal_file" | sed -n 's/^.*"step":"rotate","event":"done","detail":"kept from line \([0-9]\{1,\}\), sha256 .*/\1/p')
  echo "${kept_from:-1}"
}

journal_files_needed() {
  from_line=$(first_kept)
  journal_files_before | while IFS= read -r journal_before; do
    last_of_file=${journal_before##*/journal-}
    last_of_file=$(printf '%s' "${last_of_file%.jsonl}" | sed 's/^0*//')
    if [ "$last_of_file" -ge "$from_line" ] && [ "$last_of_file" -lt "$(number_of_first "$journal_file")" ]; then
      printf '%s\n' "$journal_before"
    fi
  done
}

# Says how many lines are sound, or fails.
verify_journal() {
  checked=$(
    journal_files | while IFS= read -r checked_file; do
      # Without a line that somebody is writing.
      head -n "$(wc -l <"$checked_file")" "$checked_file" | hashed_lines
    done | check_lines "$(first_kept)"
  )
  case $checked in
    failed) fail "whether $journal_file is sound could not be found out (see above)" ;;
    broken*) fail "line ${checked#* } of $journal_file does not continue the line before: somebody changed or removed a line" ;;
  esac
  torn=${checked#* }
  printf 'verified=%s\n' "$((${checked% *} - torn))"
  [ "$torn" -eq 0 ] || printf 'torn=%s\n' "$torn"
}

# Of the lines in standard input, each behind its hash, the first with the number $1: how many there are, and how many a
# crash cut off; "broken" and the number of the first that does not continue the one before; or "failed". What was before
# the first is known for the very first only.
# shellcheck disable=SC2016 # variables of awk
check_lines() {
  LC_ALL=C awk -v first="$1" -v none="$no_hash" '
    BEGIN { if (first == 1) before = none }
    {
      if ($0 == "failed") { failed = 1; exit }
      line = substr($0, 66)
      end = substr(line, length(line) - 77)
      whole = index(line, "{\"seq\":" (first + count) ",") == 1 && index(end, "\"previous\":\"") == 1
      if (line !~ /"}$/) torn++
      else if (!whole || (before != "" && substr(end, 13, 64) != before)) { broken = first + count; exit }
      before = $1
      count++
    }
    END { if (failed) print "failed"; else if (broken) print "broken " broken; else print count + 0, torn + 0 }'
}

# The hashes of the last $1 lines, behind the number of the first of them, each by its first 16 digits: a run that knows how
# the journal ended some lines ago compares.
report_recent_lines() {
  [ -s "$journal_file" ] || return 0
  recent=$(lines_so_far | tail -n "$1")
  recent_first=$(number_of_line "$(printf '%s\n' "$recent" | head -n 1)")
  recent_last=$(number_of_line "$(printf '%s\n' "$recent" | tail -n 1 | sed -n '/"}$/p')")
  # Where a line is half written, or a file is being put away, somebody asks again another time.
  if [ -z "$recent_first" ] || [ -z "$recent_last" ]; then return 0; fi
  [ "$(printf '%s\n' "$recent" | wc -l)" -eq "$((recent_last - recent_first + 1))" ] || return 0
  printf 'journal-recent=%s%s\n' "$recent_first" "$(printf '%s\n' "$recent" | hashed_lines | awk '{ printf " %s", substr($1, 1, 16) }')"
}

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

# --- the lock and the transaction -----------------------------------------------------------------------------------
#
# state/lock is locked (flock) by the process that works and by everything it has started, so its death is what frees it,
# and nobody else can. A transaction goes from "stage" to "confirm" over several such processes: state/transaction says
# whose it is, how far it got, and until when. Its number grows; who comes with an older one can change nothing.

transaction() { value_of "${transaction_file:-$state/transaction}" "$1"; }

# Writes the transaction anew, with the values given as key=value.
write_transaction() {
  if [ -f "$state/transaction" ]; then
    while IFS= read -r line; do
      for pair in "$@"; do
        case $line in "${pair%%=*}="*) continue 2 ;; esac
      done
      printf '%s\n' "$line"
    done <"$state/transaction" >"$state/transaction.new"
  else
    : >"$state/transaction.new"
  fi
  printf '%s\n' "$@" >>"$state/transaction.new"
  sync -d "$state/transaction.new"
  mv "$state/transaction.new" "$state/transaction"
}

open_transaction() {
  rm -f "$state/transaction"
  # shellcheck disable=SC2046 # words
  write_transaction "number=$(journal_length)" "owner=$owner" "actor=$actor" "run-url=$run_url" \
    "client=$(client_of_operation)" "since=$(timestamp)" "release=$release" "previous=$1" "phase=$2" "lease=$confirm_timeout" \
    $(deadline_in "$confirm_timeout")
}

# The transaction's deadline, $1 seconds from now, as words key=value. This machine's clock may be set meanwhile, so as long
# as it runs it is how long it has run that counts; after a restart there is only the clock.
deadline_in() {
  printf 'deadline=%s deadline-uptime=%s boot=%s\n' "$(($(epoch) + $1))" "$(($(uptime_seconds) + $1))" "$(boot_id)"
}

# The seconds until the deadline, less than nothing after it.
time_left() {
  if [ -n "$(transaction boot)" ] && [ "$(transaction boot)" = "$(boot_id)" ]; then
    printf '%s\n' "$(($(transaction deadline-uptime) - $(uptime_seconds)))"
  else
    printf '%s\n' "$(($(transaction deadline) - $(epoch)))"
  fi
}

is_overdue() { [ "$(time_left)" -le 0 ]; }

# The deadline as this machine's clock goes now, in seconds since 1970.
deadline() { printf '%s\n' "$(($(epoch) + $(time_left)))"; }

# Ends the transaction; $1 says in words how. The journal has that for its release: who ends it may have come for another.
close_transaction() {
  closed_release=$(transaction release) closed_for=$release
  printf '%s %s\n' "$(timestamp)" "$1" >"$state/outcome.new"
  mv "$state/outcome.new" "$state/outcome"
  rm -f "$state/transaction"
  release=${closed_release:-$release}
  journal outcome 'done' "$1"
  release=$closed_for
}

# Whether a process that is dead left staging between two releases, or nobody confirmed in time.
needs_recovery() {
  if [ -f "$state/stopped" ] || [ -f "$state/held" ]; then return 0; fi
  case $(transaction phase) in
    staging | migrating | releasing | switched | rolling-back | returning | withdrawing | confirming) return 0 ;;
    prepared | provisional) is_overdue ;;
    *) return 1 ;;
  esac
}

# The work of an operation, under the lock.
work() {
  verb=$work_verb op=$state/operations/$operation step_name='' holds_lock='' recovering=''
  trap ended EXIT
  patience=$(($(uptime_seconds) + lock_timeout))
  # To bring staging back comes before everything: it waits for what a dead process has started to end.
  [ "$verb" != recover ] || patience=$(($(uptime_seconds) + 900))
  [ "$verb" != rollback ] || settle_rollback
  take_lock
  case $verb in
    stage) run_stage ;;
    restage) run_restage ;;
    migrate) run_migrate ;;
    prepare) run_prepare ;;
    switch) run_switch ;;
    release) run_release ;;
    abort) run_abort ;;
    confirm) run_confirm ;;
    rollback) run_rollback ;;
    recover) run_recover ;;
    backup) run_backup ;;
    restore) run_restore ;;
    *) fail "$verb is no operation" ;;
  esac
}

# shellcheck disable=SC2317 # the trap calls it
ended() {
  code=$?
  trap - EXIT
  if [ "$code" -ne 0 ]; then
    case $(tail -n 1 "$op/log") in
      'error: '*) ;;
      *) say "error: $verb failed${step_name:+ in its step $step_name}, see above" ;;
    esac
    release_requests || :
    [ -z "$step_name" ] || journal "$step_name" failed "$(last_error)" || :
    # A rollback that failed, rather than died, is not tried again: what was live before is. One that waited in vain for
    # somebody else's leaves that alone.
    case $holds_lock:$verb:$(transaction phase) in
      yes:rollback:rolling-back | yes:recover:rolling-back) write_transaction "phase=returning" ;;
    esac
    if [ "$verb:$step_name" = confirm:prune ]; then
      say "warning: release $release is confirmed, but what is old could not all be removed (see above); the next one tries again"
      report_release "$release"
      code=0
    fi
  fi
  [ -z "$holds_lock" ] || report_journal
  exit "$code"
}

# Who has the lock, in words. An operation that has ended has it no more, so then it is somebody else.
lock_holder() {
  holder=$(cat "$state/lock")
  if [ -f "$state/operations/${holder##* }/exit" ]; then
    printf '%s is locked by a process that is no deploy: "fuser %s" on the host tells which. Before it there was: ' "$state/lock" "$state/lock"
  fi
  printf '%s\n' "$holder"
}

# Returns with the lock, and with nobody else's transaction in the way of $verb.
take_lock() {
  told='' alone_since='' abandoned_since=''
  while :; do
    exec 9<>"$state/lock"
    if ! flock --nonblock 9; then
      obstacle=$(lock_holder)
    else
      holds_lock=yes
      printf '%s %s by %s%s since %s, operation %s\n' "$verb" "${release:-}" "$owner" "${run_url:+ ($run_url)}" "$(timestamp)" "$operation" >"$state/lock"
      if [ "$verb" != recover ] && needs_recovery; then recover_first; fi
      find_obstacle
      if [ -n "$told" ] && [ -z "$obstacle" ] && is_alone; then obstacle='who asked for this is away'; fi
      [ -n "$obstacle" ] || return 0
    fi
    exec 9>&-
    holds_lock=''
    if [ "$(uptime_seconds)" -ge "$patience" ]; then
      say "error: $obstacle. Waited ${lock_timeout} s for it, in vain: nothing was changed"
      exit "$exit_held"
    fi
    [ "$told" = "$obstacle" ] || say "waiting (at most $lock_timeout s): $obstacle"
    told=$obstacle
    give_up_without_client
    sleep 1
  done
}

# Why $verb has to wait, in $obstacle; fails where waiting would change nothing.
find_obstacle() {
  obstacle='' phase=$(transaction phase)
  case $verb in
    stage | restage)
      if [ -f "$state/hold" ] && [ -z "$force" ]; then
        obstacle="deploys are on hold: $(cat "$state/hold")"
      elif [ "$phase" = staged ] && { [ "$(transaction owner)" = "$owner" ] || is_overdue; }; then
        close_transaction "given up: release $(transaction release) of $(transaction owner) was staged and never released"
      elif [ "$phase" = staged ] && is_abandoned; then
        close_transaction "given up: release $(transaction release) of $(transaction owner) was staged, and that run has ended"
      elif [ -n "$phase" ]; then
        obstacle=$(transaction_in_words)
      fi
      ;;
    prepare | switch | release | confirm) require_transaction ;;
    # The live release may be migrated by hand, while there is no deploy.
    migrate) if [ -n "$phase" ] || [ -z "$release" ] || [ "$(current_release)" != "$release" ]; then require_transaction; fi ;;
    restore)
      if [ -n "$phase" ]; then obstacle=$(transaction_in_words); fi
      ;;
    rollback)
      # What nobody has confirmed ends at once, whoever released it; where something else is live there is nothing to do.
      if [ -n "$phase" ] && [ "$phase" != provisional ] && [ "$(transaction owner)" != "$owner" ] && [ -z "$force" ] &&
        [ "$(current_release)" = "$leave" ]; then
        # Who would be refused afterwards need not wait for it.
        check_goal
        obstacle="$(transaction_in_words); \"unlock\" gives it up, --force takes it over"
      fi
      ;;
  esac
}

transaction_in_words() {
  printf 'release %s of %s%s is %s since %s, until %s at the latest\n' "$(transaction release)" "$(transaction owner)" \
    "$(in_brackets "$(transaction actor) $(transaction run-url)")" "$(transaction phase)" "$(transaction since)" "$(time_of "$(deadline)")"
}

in_brackets() { case $1 in ' ' | '') ;; *) printf ' (%s)' "${1# }" ;; esac; }

# Only who staged a release may release or confirm it, and only while no other has taken its place.
require_transaction() {
  [ -n "$release" ] || fail "$verb needs a release id"
  if [ "$(transaction release)" = "$release" ] && [ "$(transaction owner)" = "$owner" ]; then
    write_transaction "client=$(client_of_operation)"
    return 0
  fi
  if [ "$verb" = confirm ] && [ "$(current_release)" = "$release" ] && was_confirmed "$release"; then return 0; fi
  if [ -n "$(transaction release)" ]; then
    fail "$verb $release: staging is now in the hands of another run: $(transaction_in_words)"
  fi
  fail "$verb $release: it is not staged (any more). The last transaction: $(last_outcome)"
}

last_outcome() {
  if [ -f "$state/outcome" ]; then cat "$state/outcome"; else echo 'there was none'; fi
}

# By hand: new deploys wait until "unlock".
hold() {
  [ -n "$reason" ] || fail 'lock needs --reason: whoever finds staging locked wants to know why'
  if [ -f "$state/hold" ]; then
    fail "deploys are on hold already: $(cat "$state/hold")"
  fi
  if [ -n "$dry_run" ]; then
    echo 'would=hold new deploys until "unlock"; what is under way goes on'
    return
  fi
  write_hold "${actor:-$owner}" "$reason"
  journal_shortly hold "$reason"
  printf 'held=%s\n' "$(cat "$state/hold")"
}

write_hold() {
  printf 'by %s since %s: %s\n' "$1" "$(timestamp)" "$2" >"$state/hold.new"
  mv "$state/hold.new" "$state/hold"
}

# Takes away a hold and what is staged and was left behind. What works is not touched, since its end frees the lock; with
# force it is ended, and the host brings staging back as after any death.
unlock() {
  if [ -n "$dry_run" ]; then
    [ -z "$force" ] || flock --nonblock "$state/lock" true || echo "would=end what is at work: $(lock_holder)"
    [ ! -f "$state/hold" ] || echo "would=end the hold $(cat "$state/hold")"
    [ "$(transaction phase)" != staged ] || echo "would=give up $(transaction_in_words)"
    return
  fi
  exec 9<>"$state/lock"
  unlocked='' ended_work=''
  if ! flock --wait "$unlock_patience" 9; then
    [ -n "$force" ] || fail "somebody is at work, and only the end of that frees the lock: $(lock_holder). --force ends it"
    ended_work=$(lock_holder)
    end_work
    flock --wait 20 9 || fail "somebody is at work, who could not be ended: $(lock_holder)"
    unlocked="ended $ended_work"
    journal force 'done' "unlock: $unlocked"
  fi
  if [ -f "$state/hold" ]; then
    unlocked="${unlocked:+$unlocked; }hold $(cat "$state/hold")"
    journal unlock 'done' "hold $(cat "$state/hold")"
    rm -f "$state/hold"
  fi
  case $(transaction phase) in
    '') ;;
    staged)
      unlocked="${unlocked:+$unlocked; }$(transaction_in_words)"
      journal unlock 'done' "$(transaction_in_words)"
      close_transaction "given up by hand: release $(transaction release)"
      ;;
    *)
      # What was at work has left it like this: its supervisor waits for the lock to bring it to an end.
      [ -n "$ended_work" ] || fail "$(transaction_in_words). Confirm it, or end it at once with \"rollback\""
      ;;
  esac
  printf 'unlocked=%s\n' "${unlocked:-nothing: there was neither a hold nor a staged release}"
}

unlock_patience=10

# Ends all that works for the operation which has the lock, but its supervisor: it has a session of its own.
end_work() {
  holder=$(cat "$state/lock")
  working=$(process_of "${holder##* }" work)
  [ -n "$working" ] || fail "no deploy is at work that could be ended: $(lock_holder)"
  supervisor=$(process_of "${holder##* }" supervise) session=$(process_field "$working" 6)
  for signal in TERM KILL; do
    for stat in /proc/[0-9]*/stat; do
      worker=$(basename "$(dirname "$stat")")
      if [ "$worker" != "$supervisor" ] && [ "$(process_field "$worker" 6)" = "${session:-none}" ]; then
        kill -s "$signal" "$worker" 2>/dev/null || :
      fi
    done
    ! flock --nonblock "$state/lock" true || return 0
    sleep 1
  done
}

# The first process of the operation $1 whose verb is $2; nothing where there is none.
process_of() {
  grep -lsF "operations/$1/executor.sh" /proc/[0-9]*/cmdline | while IFS= read -r cmdline; do
    ! grep -qszFx "$2" "$cmdline" || basename "$(dirname "$cmdline")"
  done | head -n 1
}

# A line of the journal outside of an operation.
journal_shortly() {
  exec 9<>"$state/lock"
  flock --wait 60 9 || fail "somebody is at work: $(lock_holder)"
  journal "$1" 'done' "$2"
  exec 9>&-
}

# --- host: what only a container may do here ----------------------------------------------------------------------------
#
# Who may use the engine may do more with it than as a user of this host. Nothing of its own is in such a container: it sees
# this host's directories and network, and its image is empty.

host_image=staging-pipeline-guard

# "docker run" with the arguments, for a command of this host.
run_in_host() {
  docker image inspect "$host_image" >/dev/null 2>&1 ||
    tar --create --files-from /dev/null | docker import - "$host_image" >/dev/null ||
    fail "the empty image $host_image cannot be made (see above)"
  for directory in /*; do
    # Its own are Docker's to give; a colon would be read as the end of a path.
    case $directory in /dev | /proc | /sys | *:*) continue ;; esac
    [ ! -d "$directory" ] || set -- --volume "$directory:$directory" "$@"
  done
  docker run --network host --userns host --cap-drop ALL --security-opt no-new-privileges --security-opt label=disable "$@"
}

# --- the guard: brings staging back when nobody else does ---------------------------------------------------------------
#
# A process that died, a runner that never confirmed, a machine that was restarted: the guard outlives all of them, since
# it is a container, which the engine starts again. It runs this host's shell with this script, as the user who deploys.

guard_label=staging-pipeline.guard

# Guards what $verb is about to do, and then the release that it leaves for somebody to confirm.
start_guard() {
  await_engine
  cp "$op/executor.sh" "$state/guard.sh.new"
  mv "$state/guard.sh.new" "$state/guard.sh"
  remove_guards
  rm -f "$state/guard"
  guard_name=$host_image-$operation
  set -- --user "$(id -u):$(id -g)"
  for group in $(id -G); do set -- "$@" --group-add "$group"; done
  for variable in PATH HOME DOCKER_HOST DOCKER_CONFIG DOCKER_CONTEXT; do set -- "$@" --env "$variable"; done
  run_in_host "$@" --detach --restart always --name "$guard_name" --label "$guard_label=$base" --read-only \
    --entrypoint /bin/sh "$host_image" \
    "$state/guard.sh" guard --base "$base" --guard-name "$guard_name" --health-timeout "$health_timeout" \
    --healthy-checks "$healthy_checks" --drain-timeout "$drain_timeout" >/dev/null </dev/null 8>&- 9>&- ||
    fail 'the guard, which brings staging back if this server restarts, cannot be started (see above)'
  await_guard
}

# It says so when it has reached the engine: one that cannot would be found out only when it is needed.
await_guard() {
  guard_patience=$(($(uptime_seconds) + 30))
  until [ "$(cat "$state/guard" 2>/dev/null)" = "$guard_name" ]; do
    if [ "$(uptime_seconds)" -ge "$guard_patience" ]; then
      docker logs --tail 20 "$guard_name" >&2 || :
      remove_guards
      fail 'the guard, which brings staging back if this server restarts, does not reach the Docker engine (see above)'
    fi
    sleep 0.1
  done
}

# One whose work has just ended may be removing itself: that somebody else removes it is no failure, that it stays is.
remove_guards() {
  guard_patience=$(($(uptime_seconds) + 30))
  while :; do
    guards=$(docker ps --all --quiet --filter "label=$guard_label=$base")
    [ -n "$guards" ] || return 0
    # shellcheck disable=SC2086 # a list of ids
    docker rm --force $guards >/dev/null 2>&1 || [ "$(uptime_seconds)" -lt "$guard_patience" ] ||
      fail "the guard of the deploy before cannot be removed: docker rm --force $guards"
  done
}

# In the container. One attempt follows the other, at growing intervals: what stands in the way may go away by itself.
guard() {
  await_engine
  printf '%s\n' "$guard_name" >"$state/guard.new"
  mv "$state/guard.new" "$state/guard"
  pause=1 looked=$(uptime_seconds)
  # Without its directory there is nothing left to guard, and nothing to ask either.
  while [ -d "$state" ] && { is_guarded || somebody_works; }; do
    if { needs_recovery || has_died; } && ! somebody_works; then
      if recover_alone; then pause=1; else pause=$((pause < 300 ? pause * 2 : 300)); fi
    fi
    sleep "$pause"
  done
  docker rm --force "$guard_name" >/dev/null
}

# Until a release is staged nothing of the live one is touched, and who comes next clears away what is left.
is_guarded() {
  if [ -f "$state/stopped" ] || [ -f "$state/held" ]; then return 0; fi
  case $(transaction phase) in '' | staging | staged) return 1 ;; esac
}

# Whether something of the release that waits to be confirmed has died; to look costs something, so not every time.
has_died() {
  if [ "$(($(uptime_seconds) - looked))" -lt 5 ] || [ "$(transaction phase)" != provisional ]; then return 1; fi
  looked=$(uptime_seconds)
  [ -n "$(died_in "$(transaction release)")" ]
}

# A supervisor whose work died brings staging back by itself, and tells whoever asked for that work.
somebody_works() {
  flock --shared --nonblock "$state/lock" true || return 0
  last_operation=$(cat "$state/lock")
  last_operation=$state/operations/${last_operation##* }
  [ -f "$last_operation/alive" ] && ! flock --shared --nonblock "$last_operation/alive" true
}

recover_alone() {
  operation=$(new_operation_id)
  op=$state/operations/$operation
  mkdir "$op"
  cp "$0" "$op/executor.sh"
  recovered=0
  sh "$op/executor.sh" work --base "$base" --operation "$operation" --verb recover --owner host \
    --health-timeout "$health_timeout" --healthy-checks "$healthy_checks" --drain-timeout "$drain_timeout" \
    >"$op/out" 2>"$op/log" || recovered=$?
  printf '%s\n' "$recovered" >"$op/exit"
  forget_operations
  return "$recovered"
}

# --- Docker and Compose ---------------------------------------------------------------------------------------------

release_label=staging-pipeline.release

# Compose with the files of the release $1; its own output is for people.
compose() { compose_with_input "$@" </dev/null; }

# The same, for a command that reads its standard input.
compose_with_input() {
  compose_release=$1
  shift
  docker compose --ansi never --project-directory "$releases/$compose_release" \
    --env-file "$releases/$compose_release/.env.staging" \
    --file "$releases/$compose_release/$(conf "$compose_release" compose-file)" "$@"
}

# What there is of the project $1, as "seen": a line "NUMBER SERVICE ID RELEASE STATE NAME" for each container, in the order
# in which Compose has made those of a service. Of those that run, "docker compose exec" takes the first: the old one, until
# it ends.
look() {
  seen=$(list_containers "$1") || { await_engine && seen=$(list_containers "$1"); }
  seen=$(printf '%s\n' "$seen" | sort -n)
}

list_containers() {
  docker ps --all --no-trunc --filter "label=com.docker.compose.project=$1" --filter label=com.docker.compose.oneoff=False \
    --format "{{.Label \"com.docker.compose.container-number\"}} {{.Label \"com.docker.compose.service\"}} {{.ID}} {{or (.Label \"$release_label\") \"-\"}} {{.State}} {{.Names}}"
}

# Of what was seen, the ids of the service $1: of those that came with the release $2 and are in the state $3, where these
# are given.
seen_of() {
  while read -r _ seen_service seen_id seen_release seen_state _; do
    [ "$seen_service" = "$1" ] || continue
    case ${2:-$seen_release}/${3:-$seen_state} in "$seen_release/$seen_state") printf '%s\n' "$seen_id" ;; esac
  done <<END
$seen
END
}

# What was seen of the container $1, as "RELEASE STATE NAME".
seen_as() {
  while read -r _ _ seen_id seen_rest; do
    [ "$seen_id" != "$1" ] || printf '%s\n' "$seen_rest"
  done <<END
$seen
END
}

# The same as seen_of, of the project $1 as it is now.
containers_of() {
  look "$1"
  shift
  seen_of "$@"
}

name_of() {
  container_name=$(docker inspect --format '{{.Name}}' "$1")
  printf '%s\n' "${container_name#/}"
}

# An engine that is being restarted answers again after a moment.
await_engine() {
  engine_patience=$(($(uptime_seconds) + 120))
  until docker version --format '{{.Server.Version}}' >/dev/null 2>&1; do
    [ "$(uptime_seconds)" -lt "$engine_patience" ] ||
      fail "no Docker engine answers user $(id -un): is it running, and is the user in the group docker?"
    sleep 1
  done
}

# --- services: what a release is made of, as Compose reads it -----------------------------------------------------------
#
# releases/ID/services has a line for each service that runs in the release: its name, a hash of all that Compose would
# give its container, its image, and its origin: the release that its container came with. A service that is the same as in
# the live release keeps its container, and with it the origin; the containers' label says the same. The hash is of secrets
# too, so nobody else reads it: who can would try passwords on it.

# The services that run in the release $1: those without a profile, and the optional ones it names.
services_of() {
  require_record "$1"
  while read -r service_name _; do printf '%s\n' "$service_name"; done <"$releases/$1/services"
}

# Of those, the ones that no release brings along and no request goes through first: database, cache, monitoring.
infrastructure_of() {
  for each in $(services_of "$1"); do
    case " $(conf "$1" application-services) $(conf "$1" proxy) " in *" $each "*) ;; *) printf '%s\n' "$each" ;; esac
  done
}

# The images of the release $1, each once.
images_of() {
  require_record "$1"
  while read -r _ _ image_name _; do printf '%s\n' "$image_name"; done <"$releases/$1/services" | sort -u
}

# The line of the service $2 in the record of the release $1, without its name.
record_of() {
  require_record "$1"
  while read -r record_name record_rest; do
    [ "$record_name" != "$2" ] || printf '%s\n' "$record_rest"
  done <"$releases/$1/services"
}

definition_of() { record_of "$1" "$2" | while read -r record_hash _; do printf '%s\n' "$record_hash"; done; }

# The release that the container of the service $2 came with when the release $1 was staged.
origin_of() { record_of "$1" "$2" | while read -r _ _ record_origin _; do printf '%s\n' "$record_origin"; done; }

# Executors before this one wrote none.
require_record() { [ -f "$releases/$1/services" ] || describe_services "$1"; }

# Writes the record of the release $1; every container is its own.
describe_services() {
  # Held in variables: it has the values of .env.staging.
  definitions=$(compose "$1" config 2>/dev/null) || fail 'Docker Compose does not accept the compose file of this release'
  described_names=$(printf '%s\n' "$definitions" | sed -n '/^services:$/,/^[^ ]/s/^  \([^ ].*\):$/\1/p' | tr -d '"')
  optional=$(conf "$1" optional-services)
  describe_each "$1" "$described_names" >"$releases/$1/services.new"
  if [ -n "$optional" ]; then
    # shellcheck disable=SC2086 # a list of service names
    definitions=$(compose "$1" config $optional 2>/dev/null) || fail "Docker Compose does not accept the services $optional"
    describe_each "$1" "$optional" >>"$releases/$1/services.new"
  fi
  mv "$releases/$1/services.new" "$releases/$1/services"
}

# The lines of the services $2, out of "definitions": what Compose makes of the compose file, in its own layout.
describe_each() {
  # Networks, volumes, configs: a service may use each of them.
  common=$(printf '%s\n' "$definitions" | sed '/^services:$/,/^[^ ]/{ /^services:$/d; /^ /d; /^$/d; }')
  for each in $2; do
    described=$(printf '%s\n' "$definitions" | definition "$each" |
      sed "/^      $release_label: /d; s|$releases/$1/.env.staging|.env.staging|g")
    printf '%s %s %s %s\n' "$each" "$(printf '%s\n%s\n' "$common" "$described" | sha256sum | cut -c 1-64)" \
      "$(printf '%s\n' "$described" | sed -n '/^    image: /{ s/^    image: //; s/"//g; p; q; }')" "${1%.partial}"
  done
}

# The lines below the service $1 in standard input.
definition() {
  sed -n "/^services:\$/,/^[^ ]/{ /^  \"\{0,1\}$1\"\{0,1\}:\$/,/^  [^ ]/{ /^ \{0,2\}[^ ]/!p; }; }"
}

# What is the same as in the live release keeps its container, if that works. Until this is decided the label in the
# compose file is SERVICE@ID.
carry_over() {
  live=$(current_release) labels='' carried=''
  if is_release "$live"; then
    require_record "$live"
    look "$(conf "$live" project)"
  fi
  : >"$releases/$1/services.new"
  while read -r name hash image origin; do
    if works_already "$name" "$hash" "$image"; then
      origin=$(origin_of "$live" "$name") carried="$carried $name"
    fi
    labels="$labels;s/$name@$release/$origin/g"
    printf '%s %s %s %s\n' "$name" "$hash" "$image" "$origin" >>"$releases/$1/services.new"
  done <"$releases/$1/services"
  mv "$releases/$1/services.new" "$releases/$1/services"
  rendered=$releases/$1/$(conf "$1" compose-file)
  (umask 022 && sed "${labels#;}" "$rendered" >"$rendered.new")
  mv "$rendered.new" "$rendered"
  [ -z "$carried" ] || say "the same as in $live, so the containers stay:$carried"
}

# Whether the live release has a sound container of the application service $1, with the definition $2 and the image $3.
works_already() {
  is_release "$live" || return 1
  case " $(conf "$live" application-services) " in *" $1 "*) ;; *) return 1 ;; esac
  [ "$(definition_of "$live" "$1")" = "$2" ] || return 1
  kept_container=$(own_container "$live" "$1")
  [ -n "$kept_container" ] || return 1
  case $(docker inspect --format "{{.Config.Image}} {{.RestartCount}} $health_format" "$kept_container") in
    # One that has been proven may be ahead of Docker.
    "$3 0 healthy" | "$3 0 starting") ;;
    *) return 1 ;;
  esac
}

# --- what the values of .env.staging have to be ------------------------------------------------------------------------------
#
# Rules are data that a release brings, a line each (src/environment/rules.ts writes them):
#
#   variable NAME required|optional     it is known; "service" for NAME: required where that service runs
#   closed                              what no rule names is unknown
#   choice NAME VALUE…                  one of these
#   pattern NAME ERE                    an extended regular expression, without intervals
#   secret NAME LENGTH                  random, of at least so many characters, and nobody else's
#   key NAME PREFIX…                    given by somebody else, and begins so
#   origins NAME                        scheme://host[:port], with commas between
#   url NAME SCHEME…
#   database NAME DRIVER SERVICE USER PASSWORD DATABASE     a URL that agrees with those three variables
#
# A finding is a line "error|warning CODE NAME MESSAGE"; none has a part of a value.

# The rules of the release $1; of one that brought none, that what its example sets is set.
environment_rules() {
  if [ -f "$releases/$1/environment-rules" ]; then
    cat "$releases/$1/environment-rules"
  else
    for each in $(conf "$1" variables); do printf 'variable %s required\n' "$each"; done
  fi
}

# What is wrong with the values that standard input has as read_environment writes them, by the rules of the release $1.
value_findings() {
  environment_rules "$1" >"$rules_file"
  LC_ALL=C awk -v services=" $(conf "$1" application-services) $(conf "$1" optional-services) " \
    "$environment_functions$environment_program" part=rules "$rules_file" part=values -
}

# What the rule "database" of the release $1 says of the variables that a container of its service is asked with, decoded, a
# line each: user, password, database.
database_values() {
  environment_rules "$1" >"$rules_file"
  # shellcheck disable=SC2016 # awk's
  printf '%s\n' "$environment" | LC_ALL=C awk "$environment_functions"'
    part == "rules" { if ($1 == "database") { user = $5; password = $6; database = $7 } next }
    { name = $0; sub(/=.*/, "", name); values[name] = decode(substr($0, length(name) + 2)) }
    END { if (user != "") print values[user] "\n" values[password] "\n" values[database] }
  ' part=rules "$rules_file" part=values -
}

# shellcheck disable=SC2016 # awk's
environment_functions='
  # A string of JSON as Compose writes it: a $ of the value is two of them.
  function decode(text,    out, at, mark) {
    if (text !~ /^"/) return ""
    text = substr(text, 2, length(text) - 2)
    out = ""
    while ((at = index(text, "\\")) > 0) {
      out = out substr(text, 1, at - 1)
      mark = substr(text, at + 1, 1)
      if (mark == "u") {
        out = out character(tolower(substr(text, at + 2, 4)))
        text = substr(text, at + 6)
      } else {
        out = out (mark == "n" ? "\n" : mark == "t" ? "\t" : mark == "r" ? "\r" : mark ~ /[bf]/ ? "\001" : mark)
        text = substr(text, at + 2)
      }
    }
    out = out text
    gsub(/\$\$/, "$", out)
    return out
  }
  # Of characters that JSON need not escape, Compose escapes these.
  function character(code) {
    if (code == "003c") return "<"
    if (code == "003e") return ">"
    if (code == "0026") return "&"
    return code ~ /^00[01]|^007f/ ? "\001" : "?"
  }
'

# shellcheck disable=SC2016 # awk's
environment_program='
  part == "rules" && $1 == "closed" { closed = 1; next }
  part == "rules" && $1 == "variable" {
    names[++count] = $2
    known[$2] = $3
    next
  }
  part == "rules" { rules[++ruled] = $0; kind[$2] = $1; next }
  {
    name = $0
    sub(/=.*/, "", name)
    if (name == "") next
    order[++given] = name
    values[name] = decode(substr($0, length(name) + 2))
    has[name] = 1
  }

  function found(level, code, name, message) { print level, code, name, message; told[name] = 1 }

  function wanted(name) { return known[name] == "required" || index(services, " " known[name] " ") > 0 }

  function advice(name) {
    if (kind[name] == "secret") return "make one with: openssl rand -hex 32"
    return "the example of this file says what it is for"
  }

  # What is wrong with any value. Returns whether its kind need not be looked at any more.
  function general(name, value,    low) {
    if (value == "") {
      if (wanted(name)) found("error", "missing", name, (name in has ? "is empty" : "is not set") ": " advice(name))
      return 1
    }
    low = tolower(value)
    if (low ~ /change[ _-]?me/) {
      found("error", "placeholder", name, "still has the placeholder CHANGE_ME: " advice(name))
      return 1
    }
    if (value ~ /(sk|rk)_live_/) {
      found("error", "live-key", name, "has a live Stripe key; staging takes test keys (sk_test_...) only")
      return 1
    }
    # Of what has no kind, nobody knows what it may not have.
    if (!closed) return 1
    if (low ~ /^<.*>$|^\[.*\]$|^(todo|tbd|none|null|undefined|example|xxx+|your[_-].*)$|(\.\.\.|\342\200\246)$/) {
      found("error", "placeholder", name, "has a placeholder and no value: " advice(name))
      return 1
    }
    if (value ~ /[\001-\037\177]/) {
      found("error", "unreadable", name, "has a control character or more than one line: is a quote closed where it should be?")
      return 1
    }
    if (value ~ /^[ \t]|[ \t]$/) {
      found("error", "blanks", name, "begins or ends with a blank: take it out")
      return 1
    }
    if (value ~ /^["\047]|["\047]$/) {
      found("error", "quotes", name, "has quotes that belong to its value: one pair of quotes is enough")
      return 1
    }
    return 0
  }

  function check_choice(name, value, list, size,    i, all) {
    for (i = 3; i <= size; i++) {
      if (value == list[i]) return
      all = all (i == 3 ? "" : ", ") list[i]
    }
    found("error", "choice", name, "has to be " (size > 3 ? "one of " : "") all)
  }

  function check_secret(name, value, least,    i, seen, kinds) {
    if (length(value) < least)
      found("error", "short", name, "has " length(value) " characters, at least " least " are needed: " advice(name))
    else {
      for (i = 1; i <= length(value); i++) if (!(substr(value, i, 1) in seen)) { seen[substr(value, i, 1)] = 1; kinds++ }
      if (kinds < 6) found("error", "weak", name, "repeats a few characters and is not random: " advice(name))
      else if (value ~ /[ \t]/) found("error", "blanks", name, "has a blank in it: " advice(name))
    }
  }

  function check_key(name, value, list, size,    i, all) {
    for (i = 3; i <= size; i++) {
      if (substr(value, 1, length(list[i])) == list[i]) {
        if (value !~ /^[A-Za-z0-9_]+$/) found("error", "key", name, "has characters that no key has: copy it again")
        else if (length(value) < length(list[i]) + 10) found("error", "short", name, "is too short to be a key: copy it again")
        return
      }
      all = all (i == 3 ? "" : " or ") list[i]
    }
    found("error", "key", name, "does not begin with " all)
  }

  # Why a text is no origin as a browser sends it; nothing where it is one.
  function origin_fault(text,    rest, host, port) {
    if (text == "") return "is empty"
    if (text == "*") return "is *, which lets everybody in"
    if (text ~ /[ \t]/) return "has a blank"
    if (text !~ /^https?:\/\//) return "does not begin with http:// or https://"
    rest = text
    sub(/^https?:\/\//, "", rest)
    if (rest ~ /[\/?#]/) return "has something behind the host: no path, and no / at its end"
    if (rest ~ /@/) return "has a user in it"
    host = rest
    port = ""
    if (match(rest, /:[0-9]+$/)) { port = substr(rest, RSTART + 1); host = substr(rest, 1, RSTART - 1) }
    if (host ~ /[A-Z]/) return "has capitals, and a browser sends none"
    if (host !~ /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/ || host ~ /\.\./) return "has no host that there could be"
    if (port != "" && (port + 0 < 1 || port + 0 > 65535)) return "has no port that there could be"
    if ((text ~ /^http:/ && port == "80") || (text ~ /^https:/ && port == "443")) return "names the usual port, which a browser leaves out"
    return ""
  }

  function check_origins(name, value,    list, size, i, fault) {
    size = split(value, list, ",")
    for (i = 1; i <= size; i++) {
      fault = origin_fault(list[i])
      if (fault == "") continue
      found("error", "origins", name, (size > 1 ? "entry " i " " : "") fault ": an origin is http://host:port, with commas between")
      return
    }
  }

  function check_url(name, value, list, size,    i, rest, port) {
    for (i = 3; i <= size; i++) if (index(value, list[i] "://") == 1) break
    if (i > size) { found("error", "url", name, "does not begin with " list[3] "://"); return }
    rest = substr(value, length(list[i]) + 4)
    sub(/^[^\/]*@/, "", rest)
    if (rest !~ /^[A-Za-z0-9._-]+(:[0-9]+)?(\/[^ \t]*)?$/) { found("error", "url", name, "is no URL: " list[i] "://host:port/path"); return }
    if (match(rest, /:[0-9]+/)) {
      port = substr(rest, RSTART + 1, RLENGTH - 1) + 0
      if (port < 1 || port > 65535) found("error", "url", name, "has no port that there could be")
    }
  }

  function percent(text,    out, at) {
    out = ""
    while ((at = index(text, "%")) > 0) {
      out = out substr(text, 1, at - 1) sprintf("%c", 16 * digit(substr(text, at + 1, 1)) + digit(substr(text, at + 2, 1)))
      text = substr(text, at + 3)
    }
    return out text
  }
  function digit(text) { return index("0123456789abcdef", tolower(text)) - 1 }

  function check_database(name, value, list,    rest, at, who, password, host, path) {
    if (index(value, list[3] "://") != 1) {
      found("error", "url", name, "does not begin with " list[3] "://")
      return
    }
    rest = substr(value, length(list[3]) + 4)
    sub(/[?#].*$/, "", rest)
    # The password may have an @ or a / that nobody encoded: what is behind the last one is the server.
    at = 0
    while (match(substr(rest, at + 1), /@/)) at += RSTART
    if (at == 0) { found("error", "database", name, "has no user and password: " list[3] "://USER:PASSWORD@" list[4] ":5432/DATABASE"); return }
    who = substr(rest, 1, at - 1)
    rest = substr(rest, at + 1)
    password = who
    if (!sub(/^[^:]*:/, "", password)) password = ""
    sub(/:.*$/, "", who)
    if (password ~ /[@\/:#?\[\] ]/ || password ~ /%([^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)/) {
      found("error", "database", name, "has a password with a character that a URL cannot hold: make " list[6] " of letters and digits (openssl rand -hex 32)")
      return
    }
    host = rest
    sub(/\/.*$/, "", host)
    path = rest
    if (!sub(/^[^\/]*\//, "", path)) path = ""
    if (host !~ "^" list[4] "(:5432)?$") found("error", "database", name, "leads to another server than " list[4] ":5432")
    else if (percent(who) != values[list[5]]) found("error", "database", name, "has another user than " list[5])
    else if (percent(password) != values[list[6]]) found("error", "database", name, "has another password than " list[6] ": write \"${" list[6] "}\" there")
    else if (percent(path) != values[list[7]]) found("error", "database", name, "has another database than " list[7])
  }

  function is_secret(name) { return (kind[name] == "secret" || kind[name] == "key") && length(values[name]) >= 8 }

  # A secret that is another one as well opens two doors.
  function check_reuse(    i, j, one, other) {
    for (i = 1; i <= count; i++) for (j = 1; j < i; j++) {
      one = names[i]
      other = names[j]
      if (!is_secret(one) || !is_secret(other) || told[one]) continue
      if (values[one] == values[other]) found("warning", "reused", one, "has the value of " other ": " advice(one))
      else if (index(values[one], values[other]) || index(values[other], values[one]))
        found("warning", "reused", one, "is made from " other ", so who knows one knows both: " advice(one))
    }
  }

  # How many letters have to be added, taken out or changed, as far as three.
  function distance(one, other,    i, j, row, last, least, cost) {
    if (length(one) - length(other) > 2 || length(other) - length(one) > 2) return 3
    for (j = 0; j <= length(other); j++) row[j] = j
    for (i = 1; i <= length(one); i++) {
      last = row[0]
      row[0] = i
      for (j = 1; j <= length(other); j++) {
        cost = last + (substr(one, i, 1) == substr(other, j, 1) ? 0 : 1)
        last = row[j]
        least = row[j] + 1
        if (row[j - 1] + 1 < least) least = row[j - 1] + 1
        row[j] = cost < least ? cost : least
      }
    }
    return row[length(other)]
  }

  function check_unknown(name,    i, near) {
    if (values[name] ~ /(sk|rk)_live_/) found("error", "live-key", name, "has a live Stripe key; staging takes test keys (sk_test_...) only")
    else if (tolower(values[name]) ~ /change[ _-]?me/) found("error", "placeholder", name, "still has the placeholder CHANGE_ME")
    if (!closed) return
    for (i = 1; i <= count; i++) if (distance(toupper(name), names[i]) <= 2) { near = names[i]; break }
    if (near != "" && !(near in has)) found("error", "unknown", name, "is known to nobody: is " near " meant?")
    else found("warning", "unknown", name, "is known to nobody" (near == "" ? "" : ": is " near " meant?"))
  }

  END {
    for (i = 1; i <= count; i++) settled[names[i]] = general(names[i], values[names[i]] "")
    for (i = 1; i <= ruled; i++) {
      size = split(rules[i], list, " ")
      name = list[2]
      if (settled[name]) continue
      value = values[name]
      if (list[1] == "choice") check_choice(name, value, list, size)
      else if (list[1] == "pattern") { if (value !~ list[3]) found("error", "pattern", name, "has characters that it cannot have: " advice(name)) }
      else if (list[1] == "secret") check_secret(name, value, list[3])
      else if (list[1] == "key") check_key(name, value, list, size)
      else if (list[1] == "origins") check_origins(name, value)
      else if (list[1] == "url") check_url(name, value, list, size)
      else if (list[1] == "database") check_database(name, value, list)
    }
    check_reuse()
    for (i = 1; i <= given; i++) if (!(order[i] in known)) check_unknown(order[i])
  }
'

# --- preflight: is this host fit for the release in $1? -----------------------------------------------------------------

preflight() {
  check_versions "$1"
  check_environment "$1"
  check_clock
  check_disk
  check_compose_file "$1"
  # What the host has already was looked at then.
  [ "$verb" = restage ] || check_host_access "$1"
  check_memory "$1"
  check_ports "$1"
}

check_versions() {
  engine=$(docker version --format '{{.Server.Version}}') ||
    fail "no Docker engine answers user $(id -un): is it running, and is the user in the group docker?"
  at_least 'Docker Engine' "$engine" 24 0
  plugin=$(docker compose version --short) || fail 'the Docker Compose plugin is missing: install docker-compose-plugin'
  at_least 'Docker Compose' "${plugin#v}" 2 20
}

at_least() {
  major=${2%%.*}
  rest=${2#*.}
  minor=${rest%%.*}
  case $major$minor in '' | *[!0-9]*) fail "cannot read the version of $1: \"$2\"" ;; esac
  if [ "$major" -lt "$3" ] || { [ "$major" -eq "$3" ] && [ "$minor" -lt "$4" ]; }; then
    fail "$1 on this host is $2, but at least $3.$4 is needed: update it"
  fi
}

# Names variables and lines at fault, never values. All that is wrong is told at once.
check_environment() {
  environment_file=$releases/$1/.env.staging shared_environment=$base/shared/.env.staging
  environment_told=$(mktemp "$state/.environment-XXXXXX")
  # Not in a subshell: what was read is needed below.
  environment_findings "$1" >"$environment_told"
  environment_found=$(cat "$environment_told")
  rm -f "$environment_told"
  printf '%s\n' "$environment_found" | sed -n 's/^warning [^ ]* //p' | while IFS= read -r finding; do
    say "warning: $shared_environment: $(finding_text "$finding")"
  done
  wrong=$(printf '%s\n' "$environment_found" | sed -n 's/^error [^ ]* //p' | while IFS= read -r finding; do
    printf '; %s' "$(finding_text "$finding")"
  done)
  [ -z "$wrong" ] || fail "$shared_environment: ${wrong#; }"
}

# What is told of a finding "NAME LINE MESSAGE", "-" for a name or line that there is none of.
finding_text() {
  finding_name=${1%% *} finding_rest=${1#* }
  finding_line=${finding_rest%% *} finding_message=${finding_rest#* }
  [ "$finding_name" != - ] || finding_name=''
  case $finding_line in
    -) printf '%s\n' "${finding_name:+$finding_name }$finding_message" ;;
    *) printf '%s\n' "line $finding_line: ${finding_name:+$finding_name }$finding_message" ;;
  esac
}

# What is wrong with shared/.env.staging, of which "environment_file" is a copy, for the release $1: lines
# "error|warning CODE NAME LINE MESSAGE". Leaves what was read as "environment".
environment_findings() {
  findings_directory=$(mktemp -d "$state/.environment-XXXXXX")
  rules_file=$findings_directory/rules
  case $(stat --dereference --format %a "$shared_environment") in
    *[1-7]) echo "error mode - - can be read by every user of this host: chmod 600 $shared_environment" ;;
  esac
  if environment=$(read_environment "$1"); then
    printf '%s\n' "$environment" | value_findings "$1" >"$findings_directory/values"
    # Compose is asked for lines only where one is to be told, or where a name seems to be there twice.
    : >"$findings_directory/lines"
    if [ -s "$findings_directory/values" ] || [ -n "$(repeated_names)" ]; then
      definition_lines "$1" >"$findings_directory/lines"
    fi
    { duplicate_findings && cat "$findings_directory/values"; } | with_lines
    password_finding=$(database_finding "$1")
    [ -z "$password_finding" ] || {
      definition_lines "$1" >"$findings_directory/lines"
      printf '%s\n' "$password_finding" | with_lines
    }
  else
    environment_rules "$1" >"$rules_file"
    unread_finding "$environment"
  fi
  rm -rf "$findings_directory"
}

# What to say of a file that Compose cannot read for the reason $1. The variable at fault is told where it is one that the
# rules know: any other word may be a part of a value.
unread_finding() {
  unread_line=$(printf '%s\n' "$1" | sed -n 's/.*line \([0-9]\{1,\}\).*/\1/p' | head -n 1)
  case $1 in *'not set: write'*)
    unset_known=$(taken_and_unset)
    [ -z "$unset_known" ] || {
      for each in $unset_known; do
        printf 'error missing %s - is not set, and line %s takes it\n' "$each" "$(lines_with "\\\${\\{0,1\\}$each\\([^A-Za-z0-9_]\\|\$\\)")"
      done
      return
    }
    ;;
  esac
  unread_name=$(known_name_in "$(sed -n "${unread_line:-\$}p" "$environment_file")")
  case $1 in
    *'is no NAME=value' | 'a quote is'*)
      # A quote that nobody closed ends at the next one, wherever that is: what is behind it is then at fault.
      opened=$(sed -n "1,${unread_line:-\$}{/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}[A-Za-z_][A-Za-z0-9_]*[[:blank:]]*[=:][[:blank:]]*\(\"[^\"]*\|'[^']*\)\$/=}" "$environment_file" | tail -n 1)
      opening=${opened:+$(known_name_in "$(sed -n "${opened}p" "$environment_file")")}
      if [ -n "$opening" ] && [ -z "$unread_name" ]; then
        printf 'error unreadable %s %s opens a quote that is not closed in its line\n' "$opening" "$opened"
        return
      fi
      ;;
  esac
  if [ -n "$unread_name" ]; then
    printf 'error unreadable %s - in %s\n' "$unread_name" "$1"
  else
    printf 'error unreadable - - %s\n' "$1"
  fi
}

# The variables of the rules that a value takes and no line sets.
taken_and_unset() {
  sed -n 's/^variable \([^ ]*\) .*/\1/p' "$rules_file" | while IFS= read -r each; do
    [ -z "$(lines_with "^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}${each}[[:blank:]]*[=:]")" ] || continue
    [ -z "$(lines_with "^[^#]*\\\${\\{0,1\\}$each\\([^A-Za-z0-9_]\\|\$\\)")" ] || printf '%s\n' "$each"
  done
}

# The variable that the line $1 begins with, where the rules know it.
known_name_in() {
  line_name=$(printf '%s\n' "$1" | sed -n 's/^[[:space:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}\([A-Za-z_][A-Za-z0-9_]*\).*/\2/p')
  if [ -n "$line_name" ] && grep -q "^variable $line_name " "$rules_file"; then printf '%s\n' "$line_name"; fi
}

# The names that the file gives values to, as "NAME LINE" for each time that it does. Which lines do, and which are within a
# value, is Compose's to say: it reads the file once more, with the number of each such line in the name.
definition_lines() {
  sed 's/^\xEF\xBB\xBF//' "$environment_file" | LC_ALL=C awk '
    match($0, /^[ \t]*(export[ \t]+)?[A-Za-z_][A-Za-z0-9_.]*[ \t]*[=:]/) {
      before = match($0, /^[ \t]*export[ \t]+/) ? RLENGTH : match($0, /^[ \t]+/) ? RLENGTH : 0
      $0 = substr($0, 1, before) "LINE_" NR "_" substr($0, before + 1)
    }
    { print }
  ' >"$findings_directory/numbered"
  if compose_environment "$findings_directory/numbered" "$1" >"$findings_directory/json" 2>/dev/null; then
    environment_lines <"$findings_directory/json" | sed -n 's/^LINE_\([0-9]*\)_\([^=]*\)=.*/\2 \1/p'
  else
    sed -n 's/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}\(LINE_\)\([0-9]*\)_\([A-Za-z0-9_.]*\)[[:blank:]]*[=:].*/\4 \3/p' \
      "$findings_directory/numbered"
  fi | sort -k 1,1 -k 2,2n
}

repeated_names() {
  sed 's/^\xEF\xBB\xBF//' "$environment_file" | sed -n 's/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}\([A-Za-z_][A-Za-z0-9_.]*\)[[:blank:]]*[=:].*/\2/p' |
    sort | uniq -d
}

duplicate_findings() {
  awk '{ lines[$1] = lines[$1] (times[$1]++ ? " and " : "") $2 }
    END { for (name in times) if (times[name] > 1)
      print "error duplicate", name, "is in lines " lines[name] ": the last of them counts, take the others out" }' "$findings_directory/lines" | sort
}

# Findings "LEVEL CODE NAME MESSAGE" with the line of the name, "-" where it has none.
with_lines() {
  awk -v lines="$findings_directory/lines" '
    BEGIN { while ((getline line < lines) > 0) { split(line, parts, " "); at[parts[1]] = parts[2] } }
    { rest = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", rest); print $1, $2, $3, ($3 in at ? at[$3] : "-"), rest }'
}

# The password of a database is that of when its volume was made. A container that runs is asked, over its network as
# the application does it; of one that does not run, nothing is known.
database_finding() {
  set -- "$1" "$(sed -n 's/^database //p' "$rules_file" | head -n 1)"
  [ -n "$2" ] || return 0
  # shellcheck disable=SC2086 # words
  set -- "$1" $2
  ! grep -q "^error [^ ]* \($2\|$5\|$6\|$7\) " "$findings_directory/values" || return 0
  database_container=$(docker ps --quiet --filter "label=com.docker.compose.project=$(conf "$1" project)" \
    --filter "label=com.docker.compose.service=$4" --filter health=healthy 2>/dev/null | head -n 1)
  [ -n "$database_container" ] || return 0
  database_code=0
  # shellcheck disable=SC2016 # the container's
  database_values "$1" | docker exec --interactive "$database_container" sh -c '
    IFS= read -r PGUSER && IFS= read -r PGPASSWORD && IFS= read -r PGDATABASE || exit 0
    export PGUSER PGPASSWORD PGDATABASE PGCONNECT_TIMEOUT=5
    psql --version || exit 0
    psql -XAtc "SELECT 1" || exit 3
    psql -XAt -h "$(hostname)" -c "SELECT 1" || exit 4' >/dev/null 2>&1 || database_code=$?
  case $database_code in
    3) echo "error database $5 has another value than when the volume of the database was made, or $7 has: the file does not change the database, put the earlier ones back" ;;
    4) echo "error password $6 has another value than when the volume of the database was made, and the file does not change it there: put the earlier one back, or set this one with ALTER ROLE" ;;
  esac
}

# The variables in the file "environment_file" as Compose itself reads them with the release $1, a line each: NAME=, and the
# value as JSON. Where it cannot be read, what is wrong instead: what Compose says of it has parts of its values, so only
# the numbers of lines are told.
read_environment() {
  environment_read=$(mktemp -d "$state/.environment-XXXXXX")
  environment_code=0
  (
    # A line that is only a word is a variable to take from here: Compose passes over one that is not set.
    for word in $(lone_words); do
      eval "[ -n \"\${$word+set}\" ] || export $word=$lone_mark"
    done
    compose_environment "$environment_file" "$1"
  ) >"$environment_read/json" 2>"$environment_read/said" || environment_code=$?
  environment_problem=$(environment_problem)
  environment_lines <"$environment_read/json" >"$environment_read/values"
  # A word at the very end, without a line end, is the value of a variable without a name.
  ! grep -q '^=' "$environment_read/values" || environment_problem="line $(grep -c '' "$environment_file") is no NAME=value"
  # shellcheck disable=SC2013 # names
  for word in $(sed -n "s/^\([^=]*\)=\"$lone_mark\"\$/\1/p" "$environment_read/values"); do
    environment_problem="line $(lines_with "^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}${word}[[:space:]]*\$") is no NAME=value"
  done
  [ -n "$environment_problem" ] || cat "$environment_read/values"
  rm -rf "$environment_read"
  [ -z "$environment_problem" ] || { printf '%s\n' "$environment_problem" && return 1; }
}

# Has Compose read the file $1 with the release $2 around it.
compose_environment() {
  printf 'services: { reader: { image: reader, env_file: ["%s"] } }\n' "$1" |
    docker compose --ansi never --project-name reader --project-directory "$releases/$2" \
      --env-file "$1" --file - config --format json
}

# The environment in the answer of compose_environment, a line each.
environment_lines() {
  sed -n '/^ *"environment": {$/,/^ *}/s/^ *"\([^"\\]*\)": \(".*"\|null\),\{0,1\}$/\1=\2/p'
}

lone_mark=not-set-for-staging-pipeline

lone_words() {
  sed -n 's/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}\([A-Za-z_][A-Za-z0-9_]*\)[[:space:]]*$/\2/p' "$environment_file"
}

# The numbers of the lines of the file that match the pattern $1.
lines_with() { grep --line-number -e "$1" "$environment_file" | cut -d : -f 1 | paste -s -d , -; }

environment_problem() {
  environment_at=$(sed -n 's/.*: line \([0-9]\{1,\}\): .*/\1/p' "$environment_read/said" | head -n 1)
  if [ "$environment_code" -ne 0 ]; then
    if grep -q 'unterminated quoted value' "$environment_read/said"; then
      echo "a quote is opened and never closed${environment_at:+ (noticed in line $environment_at)}"
    elif grep -q 'Invalid template' "$environment_read/said"; then
      # shellcheck disable=SC2016 # what somebody has written
      dollars=$(lines_with '^[^#]*\${[^}]*$')
      printf '%s\n' "line ${dollars:-$(lines_with '^[^#]*\$')} has a \$ that Compose cannot read: write \$\$, or put the value in single quotes"
    else
      echo "line ${environment_at:-$(lines_with '^[^#=:]*[^#=:[:space:]][^#=:]*$\|^[[:space:]]*[=:]')} is no NAME=value"
    fi
    return
  fi
  unset_names=$(sed -n 's/.*The \\\{0,1\}"\([A-Za-z_][A-Za-z0-9_]*\)\\\{0,1\}" variable is not set.*/\1/p' "$environment_read/said" | sort -u)
  [ -z "$unset_names" ] || printf '%s\n' "line $(
    for each in $unset_names; do lines_with "\\\${\\{0,1\\}$each\\([^A-Za-z0-9_]\\|\$\\)"; done | tr , '\n' | sort -nu | paste -s -d , -
  ) has a \$ that Compose takes for the name of a variable, which is not set: write \$\$, or put the value in single quotes"
}

# Release ids are times, and so are deadlines.
check_clock() {
  [ -n "$now" ] || return 0
  skew=$(($(epoch) - now))
  [ "${skew#-}" -le 120 ] ||
    fail "the clock of this host is $skew s off the runner's: turn on time synchronisation (timedatectl set-ntp true)"
}

# Compressed layers become two to three times as large.
check_disk() {
  docker_root=$(docker info --format '{{.DockerRootDir}}')
  # An unprivileged user may not see into it: the directory above is on the same disk, or on one that is smaller.
  while [ ! -d "$docker_root" ]; do docker_root=$(dirname "$docker_root"); done
  disk_needed=$((disk_margin * 1024 + image_bytes / 1024))
  for directory in "$docker_root" "$base"; do
    disk_free=$(df --output=avail -k "$directory" | tail -n 1)
    [ "$disk_free" -ge "$disk_needed" ] ||
      fail "$directory has $((disk_free / 1024)) MiB free, but $((disk_needed / 1024)) MiB are needed (the new images and a margin of $disk_margin MiB): see docker system df, and $base/shared/backups"
  done
}

check_compose_file() {
  compose_code=0
  compose_said=$(compose "$1" config --quiet 2>&1) || compose_code=$?
  [ -z "$compose_said" ] || printf '%s\n' "$compose_said" | without_values >&2
  [ "$compose_code" -eq 0 ] || fail 'Docker Compose does not accept the compose file of this release (see above)'
  require_record "$1"
}

# Standard input without the values of the environment that was checked: Compose quotes what it cannot use.
without_values() {
  values=$(printf '%s\n' "$environment" | sed -n 's/^[^=]*="\(.\{6,\}\)"$/\1/p' |
    sed 's/\$\$/$/g; s/\\\(["\\]\)/\1/g; s/[][\/.*^$]/\\&/g; s/.*/s\/&\/***\/g/')
  sed -e "$values"
}

# For a moment the application runs twice: what runs, and the new containers.
check_memory() {
  memory_needed=0
  for each in $(conf "$1" memory); do memory_needed=$((memory_needed + each)); done
  memory_free=$(($(meminfo MemAvailable) + $(meminfo SwapFree)))
  [ "$memory_free" -ge "$((memory_needed / 1024))" ] ||
    fail "this host has $((memory_free / 1024)) MiB of memory left, but the new containers may take $((memory_needed / 1048576)) MiB while the old ones still run"
}

meminfo() {
  while read -r meminfo_name meminfo_value _; do
    if [ "$meminfo_name" = "$1:" ]; then
      printf '%s\n' "$meminfo_value"
      return
    fi
  done </proc/meminfo
}

# A port that the release publishes may be taken by its own project only.
check_ports() {
  project=$(conf "$1" project)
  for port in $(conf "$1" ports); do
    # A container of ours that is stopped would still be listed without "running".
    [ -z "$(docker ps --quiet --filter "publish=$port" --filter "label=com.docker.compose.project=$project")" ] || continue
    other=$(docker ps --filter "publish=$port" --format '{{.Names}}')
    [ -z "$other" ] || fail "port $port is published by the container $other, which is not part of $project"
    ! is_listening "$port" || fail "port $port is taken by a process outside of Docker: ss -ltnp 'sport = :$port' shows it"
  done
}

is_listening() {
  hex_port=$(printf '%04X' "$1")
  while read -r _ local_address _ socket_state _; do
    case $local_address:$socket_state in *":$hex_port:0A") return 0 ;; esac
  done <<END
$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null)
END
  return 1
}

# --- an older environment: what a release brings back with it ---------------------------------------------------------------
#
# A release has the .env.staging of when it was staged, and going back to it brings that back too: also a password that has
# been changed since because somebody else knew it.

# The names of the variables that the release $1 has with another value than shared/.env.staging has now, or that only one
# of the two has; never values. As Compose reads both.
older_names() {
  then_file=$releases/$1/.env.staging now_file=$base/shared/.env.staging
  if [ ! -r "$then_file" ] || [ ! -r "$now_file" ] || cmp -s "$then_file" "$now_file"; then return 0; fi
  compared=$(mktemp -d "$state/.environment-XXXXXX")
  if values_in "$then_file" "$1" >"$compared/then" && values_in "$now_file" "$1" >"$compared/now"; then
    LC_ALL=C comm -3 "$compared/then" "$compared/now" | sed 's/^\t//; s/=.*//' | LC_ALL=C sort -u | paste -s -d ' ' -
  else
    echo '(which could not be compared: one of the two files cannot be read as Compose would)'
  fi
  rm -rf "$compared"
}

# The variables in the file $1, with the release $2 around it. Where it cannot be read that is no failure of what is done.
values_in() {
  environment_file=$1
  values_read=$(read_environment "$2") || return 1
  printf '%s\n' "$values_read" | LC_ALL=C sort
}

# Says it to who goes back to the release $1, and to who reads the journal.
tell_older_names() {
  older=$(older_names "$1")
  [ -n "$older" ] || return 0
  say "warning: release $1 brings its own .env.staging back, with other values than $base/shared/.env.staging has now: $older"
  journal environment 'done' "with other values than now: $older"
  printf 'older-environment=%s\n' "$older"
}

# --- host access: what a release may do to the host besides running on it ---------------------------------------------------
#
# Who may push a Compose file can ask for the whole host in it. So what leads out of a container is refused, unless the
# release names it in its release.conf: "host-access" has words WHO=WHAT, which the input of the same name gave. What counts
# is what Compose reads, with anchors, "extends" and variables.

check_host_access() {
  refused='' misplaced=''
  granted=" $(conf "$1" host-access) " optional=$(conf "$1" optional-services)
  host_definitions=$(compose "$1" config --format json 2>/dev/null) || fail 'Docker Compose does not accept the compose file of this release'
  if [ -n "$optional" ]; then
    # shellcheck disable=SC2086 # a list of service names
    host_definitions=$host_definitions$(echo && compose "$1" config --format json $optional 2>/dev/null) ||
      fail "Docker Compose does not accept the services $optional"
  fi
  # Whoever looks for what is in there must be able to find it.
  case $host_definitions in
    *'
  "services": {
'*) ;;
    *) fail "what Docker Compose $(docker compose version --short) says of the compose file is in another layout than is known here, so nobody can tell what the release may do to this host" ;;
  esac
  asked_in_all=$(asked_of_host "$1") || fail 'what the release may do to this host could not be read (see above)'
  while IFS= read -r asked; do
    case $asked in
      '') ;;
      own:*) misplaced="${misplaced:+$misplaced, }$(plain_text "${asked#own:}")" ;;
      *) is_granted "${asked%%=*}" "${asked#*=}" || refused="${refused:+$refused, }$(plain_text "$asked")" ;;
    esac
  done <<END
$asked_in_all
END
  [ -z "$misplaced" ] ||
    fail "this release mounts its own folder, which goes with it one day, while containers may stay: $misplaced. Write these paths out in the compose file, with ./ at the beginning and without variables: then they are brought to a place that stays"
  [ -z "$refused" ] ||
    fail "this release asks for more of the host than to run on it: $refused. Take it out, or, where it is meant, name each as it stands here in a line of the input host-access"
}

# Whether $1 has been granted $2; a path with all that is below it.
is_granted() {
  case $granted in *" $1=$2 "*) return 0 ;; esac
  case $2 in
    */../* | */..) return 1 ;;
    /*) ;;
    *) return 1 ;;
  esac
  for grant in $granted; do
    case $grant in
      "$1=/") return 0 ;;
      "$1"=/*) case $2 in "${grant#*=}"/*) return 0 ;; esac ;;
    esac
  done
  return 1
}

# What the release $1 asks for, a line WHO=WHAT each, out of "host_definitions".
asked_of_host() {
  asked_by_all=$(printf '%s\n' "$host_definitions" | read_asked "$releases/$1") || return 1
  printf '%s\n' "$asked_by_all" | LC_ALL=C sort -u
  links_out_of "$releases/$1"
}

# Compose's JSON has one key or word a line, and tells by the indentation where it belongs. $1 is the release's directory.
read_asked() {
  section='' entry='' key='' mount_type='' mount_source=''
  while IFS= read -r json_line; do
    json_text=${json_line#"${json_line%%[! ]*}"}
    json_depth=$((${#json_line} - ${#json_text}))
    json_text=${json_text%,}
    json_name='' json_value=$json_text
    case $json_text in '"'*'": '*) json_name=${json_text%%'": '*} json_name=${json_name#'"'} json_value=${json_text#*'": '} ;; esac
    json_value=${json_value#'"'} json_value=${json_value%'"'}
    case $json_depth in
      2) section=$json_name ;;
      4) entry=$json_name key='' ;;
      6) key=$json_name ;;
    esac
    case $section:$json_depth in
      services:6) asked_by_service ;;
      services:8 | services:10) asked_in_list "$1" ;;
      volumes:8) asked_by_volume ;;
      configs:6 | secrets:6) [ "$json_name" != file ] || asks_path "$1" "$section.$entry" "$json_value" ;;
      networks:6) [ "$json_name:$json_value" != name:host ] || asks "networks.$entry" host ;;
    esac
  done
}

asks() { printf '%s=%s\n' "$1" "$2"; }

# Whether $2 asks for the path $3: not where that is what a release mounts. What it has in its own folder $1 lies at the
# wrong place.
asks_path() {
  case $3 in
    */../* | */..) asks "$2" "$3" ;;
    "$base/mounts/"* | "$named_base/mounts/"*) ;;
    "$1" | "$1/"*) asks "own:$2" ".${3#"$1"}" ;;
    *) asks "$2" "$3" ;;
  esac
}

asked_by_service() {
  case $json_name:$json_value in
    privileged:true | use_api_socket:true) asks "$entry" "$json_name" ;;
    provider:*) asks "$entry" "$json_name" ;;
    oom_kill_disable:true) asks "$entry" "$json_name" ;;
    runtime:* | cgroup_parent:*) asks "$entry" "$json_name:$json_value" ;;
    pid:host | ipc:host | uts:host | userns_mode:host | network_mode:host | cgroup:host) asks "$entry" "$json_name:host" ;;
    pid:container:* | ipc:container:* | network_mode:container:*) asks "$entry" "$json_name:$json_value" ;;
  esac
}

# Options of a volume may name what it is bound to, or the layers that it is put together from.
asked_by_volume() {
  [ "$key" = driver_opts ] || return 0
  case $json_value in
    /*) asks "volumes.$entry" "$json_value" ;;
    *=/*) [ "$json_name" != o ] || asks "volumes.$entry" "/${json_value#*=/}" ;;
  esac
}

asked_in_list() {
  case $key:$json_depth:$json_name in
    cap_add:8:) asks "$entry" "cap_add:$json_value" ;;
    device_cgroup_rules:8:) asks "$entry" "device_cgroup_rules" ;;
    security_opt:8:) case $json_value in *unconfined* | label[:=]disable*) asks "$entry" "security_opt:$json_value" ;; esac ;;
    volumes_from:8:) case $json_value in container:*) asks "$entry" "volumes_from:$json_value" ;; esac ;;
    devices:8:) case $json_value in '{' | '}') ;; *) asks "$entry" "devices:${json_value%%:*}" ;; esac ;;
    devices:10:source) asks "$entry" "devices:$json_value" ;;
    post_start:10:privileged | pre_stop:10:privileged) [ "$json_value" != true ] || asks "$entry" "privileged" ;;
    volumes:10:type) mount_type=$json_value ;;
    volumes:10:source) mount_source=$json_value ;;
    volumes:8:)
      case $json_value:$mount_type in '}:bind' | '}:npipe') asks_path "$1" "$entry" "$mount_source" ;; esac
      mount_type='' mount_source=''
      ;;
  esac
}

# Links of the release that lead out of it.
links_out_of() {
  find "$1" -type l | while IFS= read -r link; do
    case $(readlink "$link"):$(readlink --canonicalize-missing "$link") in
      /*) ;;
      *:"$(readlink --canonicalize "$1")/"*) continue ;;
    esac
    printf 'files=%s\n' "${link#"$1/"}"
  done
}

# --- doctor: what a deploy would find -----------------------------------------------------------------------------------------

# Looks at this host and its .env.staging as staging a release does, at all of it, and changes nothing. Standard input has
# what release.conf says of a release, and the rules of its environment, each after "rule ". Prints a line
# "checked=SUBJECT" for what is right, and "finding=error|warning CODE NAME LINE MESSAGE" for what is not.
doctor() {
  doctor_directory=$(mktemp -d)
  trap 'rm -rf "$doctor_directory"' EXIT
  trap 'exit 129' HUP INT TERM
  releases=$doctor_directory state=$doctor_directory
  mkdir "$releases/doctor"
  cat >"$releases/asked"
  grep -v '^rule ' "$releases/asked" >"$releases/doctor/release.conf" || :
  sed -n 's/^rule //p' "$releases/asked" >"$releases/doctor/environment-rules"
  examine versions check_versions doctor
  examine clock check_clock
  [ -n "$doctor_failed" ] || examine disk doctor_disk
  examine memory check_memory doctor
  [ -n "$doctor_failed" ] || examine ports check_ports doctor
  examine directory check_directory
  # Reading the file needs Compose, and no engine.
  if [ -d "$base" ] && docker compose version >/dev/null 2>&1; then doctor_environment; fi
}

# Says what came of the check that the words after the first call. What needs an engine is not asked without one.
doctor_failed=''
examine() {
  examined=$1
  shift
  if examined_said=$( ("$@") 2>&1); then
    printf 'checked=%s\n' "$examined"
  else
    [ "$examined" != versions ] || doctor_failed=yes
    printf 'finding=error %s - - %s\n' "$examined" "$(printf '%s\n' "$examined_said" | sed -n 's/^error: //p' | head -n 1)"
  fi
}

# Where there is no base directory yet, the one that it will be in.
doctor_disk() {
  while [ ! -d "$base" ]; do base=$(dirname "$base"); done
  check_disk
}

check_directory() {
  [ -d "$base" ] || fail "there is no $base: sudo install -d -o $(id -un) $base"
  [ -w "$base" ] || fail "user $(id -un) cannot write to $base: sudo chown $(id -un) $base"
  [ ! -d "$base/shared" ] || [ -r "$base/shared/.env.staging" ] || [ ! -e "$base/shared/.env.staging" ] ||
    fail "user $(id -un) cannot read $base/shared/.env.staging: sudo chown $(id -un) $base/shared/.env.staging"
}

doctor_environment() {
  shared_environment=$base/shared/.env.staging environment_file=$releases/doctor/.env.staging
  if [ ! -e "$shared_environment" ]; then
    printf 'finding=error missing-file - - there is no %s: npm run staging -- init writes it\n' "$shared_environment"
    return
  fi
  cat "$shared_environment" >"$environment_file"
  doctor_found=$(environment_findings doctor)
  case $doctor_found in *'error '*) ;; *) printf 'checked=environment\n' ;; esac
  [ -z "$doctor_found" ] || printf '%s\n' "$doctor_found" | sed 's/^/finding=/'
}

# --- stage -----------------------------------------------------------------------------------------------------------

# Takes in a release that was uploaded. Staging goes on with the old one.
run_stage() {
  [ -n "$release" ] || fail 'stage needs a release id'
  [ ! -e "$releases/$release" ] || fail "release $release is on the host already: to stage it again, leave images empty"
  journal_force
  step open open_transaction "$(current_release)" staging
  partial=$release.partial
  step receive receive_release
  step preflight preflight "$partial"
  step compare carry_over "$partial"
  step pull pull_images "$partial"
  step staged finish_staging "$partial"
}

# What was forced is there to be read afterwards.
journal_force() {
  [ -n "$force" ] || return 0
  [ ! -f "$state/hold" ] || journal force 'done' "$verb of $release although deploys are on hold: $(cat "$state/hold")"
  [ "$verb" != restage ] || journal force 'done' "restage of $release whatever the schema"
}

# What staging something that was never finished left; some of it has the values of .env.staging.
remove_unstaged() { rm -rf "$releases"/*.partial "$state"/.environment-* "$state"/.proxy-*; }

# The environment as it is now belongs to the release: going back to it brings this back too.
receive_release() {
  [ -r "$base/shared/.env.staging" ] ||
    fail "$base/shared/.env.staging is missing or not readable: copy .env.staging.example there and fill it in"
  remove_unstaged
  rm -f "$op/upload/.env.staging" "$op/upload/executor.sh" "$op/upload/services"
  mv "$op/upload" "$releases/$partial"
  cat "$base/shared/.env.staging" >"$releases/$partial/.env.staging"
  # For whoever works on this host, and has nothing else: sh current/executor.sh status --base DIRECTORY
  cp "$op/executor.sh" "$releases/$partial/executor.sh"
}

finish_staging() {
  check_proxy_files "$1"
  [ ! -d "$releases/$release.partial" ] || mv -T "$releases/$release.partial" "$releases/$release"
  keep_images "$release"
  # shellcheck disable=SC2046 # words
  write_transaction phase=staged $(deadline_in "$confirm_timeout")
  report_release "$release"
  printf 'previous=%s\n' "$(current_release)"
}

# A release that is on the host already: only images may be missing. Its directory stays as it is.
run_restage() {
  find_recorded_release
  say "staging release $release of commit $(commit_of "$release") again"
  if [ -z "$force" ]; then require_readable_schema "$release"; fi
  journal_force
  step open open_transaction "$(current_release)" staging
  remove_unstaged
  step receive check_recorded_images
  step preflight preflight "$release"
  tell_older_names "$release"
  step pull pull_images "$release"
  step staged finish_staging "$release"
  if was_confirmed "$release"; then echo was-confirmed=true; else echo was-confirmed=false; fi
}

# What $release asks for, an id or the first digits of a commit, becomes the id of a release that is on this host.
find_recorded_release() {
  case $release in
    *[!0-9a-f]*) require_release "$release" ;;
    ???????*) find_by_commit ;;
    *) fail "\"$release\" is neither a release id nor a commit: a commit has 7 to 40 hexadecimal digits" ;;
  esac
  [ -n "$(commit_of "$release")" ] || fail "the manifest of release $release does not say which commit it is of"
}

# The newest release of the commit: the list is in the order of time.
find_by_commit() {
  newest='' commits=''
  for id in $(list_releases); do
    commit=$(commit_of "$id")
    case $commit in "$release"*)
      newest=$id
      case " $commits " in *" $commit "*) ;; *) commits="${commits:+$commits }$commit" ;; esac
      ;;
    esac
  done
  case $commits in
    '') fail "there is no release of commit $release on this host; there are: $(list_releases_with_commits)" ;;
    *' '*) fail "commit $release is ambiguous on this host, give more digits of one of: $commits" ;;
  esac
  release=$newest
}

# A compose file that somebody edited on the host would run something else than what was tested.
check_recorded_images() {
  # shellcheck disable=SC2046 # a list of service names
  images=$(compose "$release" config --images $(conf "$release" application-services))
  # shellcheck disable=SC2086 # a list of images
  named=$(printf ' %s ' $images)
  for pair in $(conf "$release" images); do
    case $named in
      *" ${pair#*=} "*) ;;
      *) fail "the compose file of release $release does not name ${pair#*=}, which it was staged with: somebody changed it" ;;
    esac
  done
}

# Only what is not there: the release's own images are named by digest, so what is there is right.
pull_images() {
  credentials=''
  [ ! -f "$op/docker/config.json" ] || credentials=$op/docker
  for image in $(images_of "$1"); do
    if docker image inspect "$image" >/dev/null 2>&1; then
      say "present: $image"
    else
      say "pulling: $image"
      docker ${credentials:+--config "$credentials"} pull --quiet "$image" >/dev/null </dev/null ||
        fail "image $image cannot be pulled: check the registry, its address as seen from this host, and the credentials"
    fi
  done
  rm -rf "$op/docker"
}

# --- files that containers mount ----------------------------------------------------------------------------------------

# Files that are mounted lie under a hash of their content. So a service whose files are the same keeps its container,
# and one whose files changed is made anew by Compose, since the path in its definition is another.
install_mounts() {
  for mount in $(conf "$1" mounts); do
    mount_directory=$base/mounts/${mount%%:*} mount_path=${mount#*:}
    [ ! -e "$mount_directory/$mount_path" ] || continue
    rm -rf "$mount_directory.new"
    (umask 022 && mkdir -p "$mount_directory.new/$(dirname "$mount_path")" "$mount_directory/$(dirname "$mount_path")")
    cp -R --preserve=mode "$releases/$1/$mount_path" "$mount_directory.new/$mount_path"
    mv -T "$mount_directory.new/$mount_path" "$mount_directory/$mount_path"
    rm -rf "$mount_directory.new"
  done
}

# --- the proxy's files: exactly those of a release ----------------------------------------------------------------------
#
# They are at one place for all releases, since the proxy goes on running: they change under it. That is every file, folder
# and link, with its mode; what a release before brought and this one does not is taken away. Two things stay: "routes" and
# its folders, which are the host's, and what somebody has put there on the server, which no release brought:
# state/proxy-files knows what releases did.

proxy_files() { printf '%s/mounts/proxy/%s\n' "$base" "$(conf "$1" proxy-path)"; }

proxy_files_of_release() { printf '%s/%s/%s\n' "$releases" "$1" "$(conf "$1" proxy-path)"; }

# The paths below the folder $1 of a release, a line each, a folder before what is in it. "routes" is there for a start by
# hand only.
proxy_paths() {
  [ ! -d "$1" ] || (cd "$1" && find . -mindepth 1 -path ./routes -prune -o -print) | sed 's|^\./||'
}

# What releases have brought to the proxy's folder $1, relative to "mounts". An executor before this one kept no list: then
# what the releases say that are still here.
brought_paths() {
  if [ -f "$state/proxy-files" ]; then
    while IFS= read -r brought_line; do
      case $brought_line in "$1/"*) printf '%s\n' "${brought_line#"$1/"}" ;; esac
    done <"$state/proxy-files"
  else
    for brought_id in $(list_releases); do
      [ "$(conf "$brought_id" proxy-path)" != "$1" ] || proxy_paths "$(proxy_files_of_release "$brought_id")"
    done | LC_ALL=C sort -u
  fi
}

# Writes down that releases have brought the paths $2, a line each, to the proxy's folder $1.
note_brought() {
  {
    if [ -f "$state/proxy-files" ]; then
      while IFS= read -r brought_line; do
        case $brought_line in "$1/"*) ;; *) printf '%s\n' "$brought_line" ;; esac
      done <"$state/proxy-files"
    fi
    printf '%s\n' "$2" | sed "/^\$/d; s|^|$1/|"
  } >"$state/proxy-files.new"
  mv "$state/proxy-files.new" "$state/proxy-files"
}

exists() { [ -e "$1" ] || [ -L "$1" ]; }

is_folder() { [ -d "$1" ] && [ ! -L "$1" ]; }

# What $1 is, and its mode, as a number: without the bits that a new folder inherits from the one it is in.
kind_of() { printf '%s\n' "$((0x$(stat --format %f "$1") & 0171777))"; }

# Whether $1 and $2 are the same file, folder or link: kind, mode and content.
same_entry() {
  exists "$2" && [ "$(kind_of "$1")" = "$(kind_of "$2")" ] || return 1
  if [ -L "$1" ]; then [ "$(readlink "$1")" = "$(readlink "$2")" ]; elif [ -f "$1" ]; then cmp -s "$1" "$2"; fi
}

# What has to be done to the folder $2 so that it is the folder $1 of a release, where the paths $3 come from releases: a
# line "remove PATH" or "put PATH" each, in an order in which it can be done.
proxy_changes() {
  wanted_paths=$(proxy_paths "$1") replaced=''
  printf '%s\n' "$3" | LC_ALL=C sort -r | while IFS= read -r changed_path; do
    if [ -z "$changed_path" ] || printf '%s\n' "$wanted_paths" | grep -qxF -e "$changed_path"; then continue; fi
    ! exists "$2/$changed_path" || printf 'remove %s\n' "$changed_path"
  done
  printf '%s\n' "$wanted_paths" | while IFS= read -r changed_path; do
    [ -n "$changed_path" ] || continue
    # What is seen through a link goes with it.
    case $changed_path in "${replaced:-/}"*) ;; *) ! same_entry "$1/$changed_path" "$2/$changed_path" || continue ;; esac
    if is_folder "$1/$changed_path" && ! is_folder "$2/$changed_path"; then replaced=$changed_path/; fi
    printf 'put %s\n' "$changed_path"
  done
}

# Does the changes $3 to the folder $2, out of the folder $1.
change_proxy_files() {
  printf '%s\n' "$3" | while IFS= read -r change; do
    changed_path=${change#* }
    case $change in
      remove\ *) remove_entry "$2/$changed_path" ;;
      put\ *) put_entry "$1/$changed_path" "$2/$changed_path" "$2/.staging-pipeline.new" ;;
    esac
  done
}

# A folder in which somebody has put something of their own stays.
remove_entry() {
  if is_folder "$1"; then rmdir "$1" 2>/dev/null || :; else rm -f "$1"; fi
}

# Puts $1 in the place of $2, whatever is there, by way of $3.
put_entry() {
  if is_folder "$1"; then
    is_folder "$2" || { rm -f "$2" && mkdir "$2"; }
    chmod "$(stat --format %a "$1")" "$2"
    return
  fi
  rm -rf "$3"
  cp --no-dereference --preserve=mode "$1" "$3"
  ! is_folder "$2" || rm -rf "$2"
  mv -T "$3" "$2"
}

# Puts the files of the release $1 in place for the proxy; says in $proxy_changed whether any differs.
install_proxy_files() {
  proxy_path=$(conf "$1" proxy-path) proxy_changed=''
  [ -n "$proxy_path" ] || return 0
  proxy_source=$(proxy_files_of_release "$1") proxy_target=$(proxy_files "$1")
  brought=$(brought_paths "$proxy_path")
  proxy_changed=$(proxy_changes "$proxy_source" "$proxy_target" "$brought")
  own_paths=$(proxy_paths "$proxy_source")
  if [ -n "$proxy_changed" ]; then
    (umask 022 && mkdir -p "$proxy_target")
    # Both, until it is done: whoever comes after a crash has to know of all.
    note_brought "$proxy_path" "$(printf '%s\n%s\n' "$brought" "$own_paths" | LC_ALL=C sort -u)"
    change_proxy_files "$proxy_source" "$proxy_target" "$proxy_changed"
  fi
  note_brought "$proxy_path" "$own_paths"
}

# nginx accepts what the proxy's folder will be with the release $1, before anything depends on it.
check_proxy_files() {
  [ -n "$(conf "$1" proxy-path)" ] || return 0
  proxy_source=$(proxy_files_of_release "$1") proxy_target=$(proxy_files "$1") proxy_live=$(current_release)
  brought=$(brought_paths "$(conf "$1" proxy-path)")
  proxy_changed=$(proxy_changes "$proxy_source" "$proxy_target" "$brought")
  # What it runs with already it has accepted.
  if [ -z "$proxy_changed" ] && is_release "$proxy_live" &&
    [ "$(definition_of "$proxy_live" "$(conf "$proxy_live" proxy)")" = "$(definition_of "$1" "$(conf "$1" proxy)")" ]; then return 0; fi
  tried=$(mktemp -d "$state/.proxy-XXXXXX")
  mkdir -m 755 "$tried/files"
  [ ! -d "$proxy_target" ] || cp --archive "$proxy_target/." "$tried/files"
  change_proxy_files "$proxy_source" "$tried/files" "$proxy_changed"
  nginx_code=0
  ask_nginx "$1" "$tried/files" || nginx_code=$?
  rm -rf "$tried"
  case $nginx_code in
    0) ;;
    1) fail 'nginx does not accept the configuration of this release (see above)' ;;
    *) fail "whether nginx accepts the configuration of this release cannot be checked (exit code $nginx_code, see above): the service $(conf "$1" proxy) has to be nginx" ;;
  esac
}

# Asks the nginx of the release $1 about the folder $2. The names of services lead somewhere, as they will: whether they run
# already is not what is asked.
ask_nginx() {
  asked_image=$(record_of "$1" "$(conf "$1" proxy)" | cut -d ' ' -f 2) asked_folder=$2 asked_names=$(services_of "$1")
  set --
  for each in $asked_names; do set -- "$@" --add-host "$each:127.0.0.1"; done
  docker run --rm --pull never --network none --read-only --tmpfs /tmp --cap-drop ALL --user nginx --entrypoint nginx \
    "$@" --volume "$asked_folder:/etc/nginx/staging:ro" "$asked_image" -t -c /etc/nginx/staging/nginx.conf >&2 </dev/null
}

# --- routes: which container the proxy sends requests to ------------------------------------------------------------------
#
# nginx looks at routes/SERVICE for each request (see infra/nginx/nginx.conf). "routes" is a link to one of two folders:
# by-service has folders with the names of the services, by-container links to folders with names of containers. So one
# rename switches all services at once, without a reload, and requests under way are left alone.

# Between deploys: whatever container the service has, so that down, up and a restart by hand just work.
route_to_services() {
  routes_directory=$(proxy_files "$1")
  for each in $(conf "$1" application-services); do (umask 022 && mkdir -p "$routes_directory/by-service/$each"); done
  point_routes_to by-service
}

# To the containers given as SERVICE=NAME.
route_to_containers() {
  routes_directory=$(proxy_files "$1")
  shift
  rm -rf "$routes_directory/.by-container.new"
  (umask 022 && mkdir -p "$routes_directory/.by-container.new/names")
  for pair in "$@"; do
    mkdir -m 755 "$routes_directory/.by-container.new/names/${pair#*=}"
    ln -s "names/${pair#*=}" "$routes_directory/.by-container.new/${pair%%=*}"
  done
  # The two folders take turns: the one in use is never touched.
  next=by-container-1
  [ "$(readlink "$routes_directory/routes" 2>/dev/null)" != by-container-1 ] || next=by-container-2
  rm -rf "${routes_directory:?}/$next"
  mv -T "$routes_directory/.by-container.new" "$routes_directory/$next"
  point_routes_to "$next"
}

point_routes_to() {
  ln -sfn "$1" "$routes_directory/routes.new"
  mv -T "$routes_directory/routes.new" "$routes_directory/routes"
}

# The folder that counts.
routes_of() { readlink "$(proxy_files "$1")/routes" || :; }

# The name of the container that the proxy is told to use for the service $2, empty where it may use any.
routed_container() {
  routed=$(readlink "$(proxy_files "$1")/routes/$2" 2>/dev/null) || return 0
  printf '%s\n' "${routed#names/}"
}

# --- health: whether containers work ----------------------------------------------------------------------------------------

# Returns when the containers of the release $1 that are given as SERVICE=ID are healthy. That Docker found them healthy
# once is not enough: their own checks, run from the first moment on, must succeed several times in a row, and nothing may
# have started them again. All at the same time.
prove() {
  proven_release=$1
  shift
  health_deadline=$(($(uptime_seconds) + health_timeout)) proofs=''
  for pair in "$@"; do
    # Its locks stay here: when this process dies, nobody has to wait for it.
    prove_container "${pair%%=*}" "${pair#*=}" "$proven_release" 8>&- 9>&- &
    proofs="$proofs $!"
  done
  disproved=''
  for proof in $proofs; do wait "$proof" || disproved=yes; done
  [ -z "$disproved" ] || exit 1
}

prove_container() {
  probed=0 started_at='' restarts_before='' own_check=$(probe_of "$2")
  while [ "$probed" -lt "$healthy_checks" ] && kill -0 "$$" 2>/dev/null; do
    read -r health restarts since_start <<END
$(state_of_container "$2")
END
    case $health in
      healthy | starting) ;;
      none) unhealthy "$1" "$2" "$3" 'has no health check, so nobody can tell whether it works: add one to the compose file or image' ;;
      *) unhealthy "$1" "$2" "$3" "is $(health_of "$2")" ;;
    esac
    : "${restarts_before:=$restarts}"
    [ "$restarts" -eq "$restarts_before" ] || unhealthy "$1" "$2" "$3" "does not stay up: Docker had to start it again"
    # An engine that was started again has started it too: what was seen before was of another process.
    [ "$since_start" = "$started_at" ] || { started_at=$since_start probed=0; }
    if probe "$2" "$own_check"; then
      probed=$((probed + 1))
    elif [ "$probed" -gt 0 ]; then
      unhealthy "$1" "$2" "$3" "was healthy $probed times and then not (of $healthy_checks times in a row)"
    elif [ "$(uptime_seconds)" -ge "$health_deadline" ]; then
      unhealthy "$1" "$2" "$3" "is not healthy after $health_timeout s"
    fi
    sleep 0.2
  done
}

# Whether the container $1 has been healthy for long enough that nothing has to be proven. The clock may have been set since
# it was started, so Docker has to have found it healthy as often as it remembers, too.
is_proven() {
  read -r health _ since_start <<END
$(state_of_container "$1")
END
  [ "$health" = healthy ] && [ "$(docker inspect --format '{{range .State.Health.Log}}{{.ExitCode}} {{end}}' "$1")" = '0 0 0 0 0 ' ] && [ "$(($(epoch) - $(date -u -d "$since_start" +%s)))" -ge 30 ]
}

# In words: how Docker finds it, how often it had to start it again, and since when it runs.
state_of_container() {
  docker inspect --format "$health_format {{.RestartCount}} {{.State.StartedAt}}" "$1"
}

health_format='{{if not .State.Running}}stopped{{else if .State.Restarting}}restarting{{else if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}'

# The container's own health check, CMD and its words or CMD-SHELL and its script, as words that a shell reads. They may
# have several lines, be empty, or have quotes: Docker hands them over as a URL has them.
probe_of() {
  docker inspect --format '{{with .Config.Healthcheck}}{{range .Test}}{{println "word" (urlquery .)}}{{end}}{{end}}' "$1" | LC_ALL=C awk '
    sub(/^word /, "") {
      word = ""
      gsub(/\+/, " ")
      while ((at = index($0, "%")) > 0) {
        code = (index(digits, substr($0, at + 1, 1)) - 1) * 16 + index(digits, substr($0, at + 2, 1)) - 1
        word = word substr($0, 1, at - 1) sprintf("%c", code)
        $0 = substr($0, at + 3)
      }
      word = word $0
      gsub(quote, quote "\\" quote quote, word)
      printf "%s%s%s ", quote, word, quote
    }' digits=0123456789ABCDEF quote="'" -
}

# Runs the health check $2 in the container $1 once more.
probe() {
  probe_container=$1
  eval "set -- $2"
  [ $# -gt 0 ] || return 1
  case $1 in
    CMD-SHELL) set -- sh -c "$2" ;;
    *) shift ;;
  esac
  timeout 20 docker exec "$probe_container" "$@" >/dev/null 2>&1 </dev/null
}

# For people.
health_of() {
  docker inspect --format \
    '{{if not .State.Running}}stopped with exit code {{.State.ExitCode}}{{else if .State.Restarting}}restarting{{else if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' "$1"
}

unhealthy() {
  show_container "$2"
  fail "$1 of release $3 $4"
}

show_container() {
  say "--- last log lines of $(name_of "$1"):"
  docker logs --tail 40 "$1" >&2 || :
  say '--- its last health checks:'
  docker inspect --format '{{if .State.Health}}{{range .State.Health.Log}}exit {{.ExitCode}}: {{.Output}}{{println}}{{end}}{{end}}' "$1" >&2 || :
}

# --- connections: a client that is told that its connection ends does not send its next request into it ---------------------
#
# nginx closes idle connections at once when it ends or takes another configuration, and a request that is just then on its
# way is lost. While there is a file "closing" in the proxy's folder, each answer ends its connection instead (see
# infra/nginx/nginx.conf).

# How long clients have to do so, in seconds: one that sends nothing meanwhile loses nothing.
connection_time=3

end_connections() {
  [ -z "$(conf "$1" proxy-path)" ] || (umask 022 && : >"$(proxy_files "$1")/closing")
}

keep_connections() { rm -f "$(proxy_files "$1")/closing"; }

# Until nobody is connected to the container $1, or the uptime is $2.
await_no_connections() {
  while [ "$(uptime_seconds)" -lt "$2" ]; do
    case $(connections_to "$1") in 0 | unknown) break ;; esac
    sleep 0.1
  done
}

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

# --- converge: staging runs the release in $1, and nobody notices ----------------------------------------------------------
#
# The one way in which a release comes to run: forwards, back, and after a crash. Whatever the containers were, in the end
# the release's own answer, alone. Until the step "switch" those that answered before go on answering.

converge_beside() {
  step infrastructure start_infrastructure "$1"
  step pin pin_routes "$1"
  step start start_beside "$1"
  step health await_health "$1"
}

converge_over() {
  step switch switch_to "$1"
  step watch watch_release "$1"
  step drain drain_others "$1"
  step retire retire_others "$1"
  step settle settle "$1"
}

start_infrastructure() {
  install_mounts "$1"
  infrastructure=$(infrastructure_of "$1")
  if [ -z "$infrastructure" ] || is_settled "$1" "$infrastructure"; then return 0; fi
  to_replace=$(replaced_services "$1" "$infrastructure")
  if [ -z "$to_replace" ]; then
    # shellcheck disable=SC2086 # a list of service names
    bring_up "$1" $infrastructure
  else
    before_replacing "$1" "$to_replace"
    # shellcheck disable=SC2086 # a list of service names
    part_of_step replace-needed bring_up "$1" $infrastructure
  fi
  release_requests
  await_held
  [ "$up_code" -eq 0 ] || fail "the services that release $1 needs did not come up (see above)"
}

# Has Compose bring up services of the release $1, or all; "up_code" says whether they came up.
bring_up() {
  up_code=0 up_release=$1
  shift
  compose "$up_release" up --detach --no-build --wait --wait-timeout "$health_timeout" "$@" >&2 || up_code=$?
}

# Names the containers that answer now, so that new ones of the same service get no request yet; removes all the others.
pin_routes() {
  pinned='' pinned_ids=' '
  look "$(conf "$1" project)"
  for each in $(conf "$1" application-services); do
    serving=$(serving_container "$1" "$each")
    [ -n "$serving" ] || continue
    pinned="$pinned $each=$(seen_name "$serving")" pinned_ids="$pinned_ids$serving "
  done
  if [ -n "$pinned" ]; then
    # shellcheck disable=SC2086 # a list of pairs
    route_to_containers "$1" $pinned
  fi
  for each in $(conf "$1" application-services); do
    for container in $(seen_of "$each"); do
      case $pinned_ids in *" $container "*) continue ;; esac
      if [ "$(seen_release "$container")" != "$(origin_of "$1" "$each")" ] || ! is_running "$container"; then
        say "removing what is left of an earlier attempt: $(seen_name "$container")"
        docker rm --force --volumes "$container" >/dev/null
      fi
    done
  done
}

# Of what was seen, the container that answers for the service $2: the one that is routed to, else one of the live release,
# else any.
serving_container() {
  running_ids=$(seen_of "$2" '' running)
  routed_name=$(routed_container "$1" "$2") live=$(current_release) serving_live='' serving_any=''
  live_origin=''
  [ -z "$live" ] || live_origin=$(origin_of "$live" "$2")
  for container in $running_ids; do
    if [ "$(seen_name "$container")" = "$routed_name" ]; then
      printf '%s\n' "$container"
      return
    fi
    [ "$(seen_release "$container")" != "$live_origin" ] || : "${serving_live:=$container}"
    : "${serving_any:=$container}"
  done
  printf '%s\n' "${serving_live:-$serving_any}"
}

seen_release() { seen_as "$1" | while read -r seen_word _; do printf '%s\n' "$seen_word"; done; }

seen_name() { seen_as "$1" | while read -r _ _ seen_word; do printf '%s\n' "$seen_word"; done; }

is_running() { [ "$(docker inspect --format '{{.State.Running}}' "$1")" = true ]; }

# Of what was seen, the container of the release $1 for the service $2: of several that run, the one that stays.
own_container() {
  own=$(seen_of "$2" "$(origin_of "$1" "$2")" running)
  printf '%s\n' "${own%%"$newline"*}"
}

start_beside() {
  missing=''
  look "$(conf "$1" project)"
  for each in $(conf "$1" application-services); do
    [ -n "$(own_container "$1" "$each")" ] || missing="$missing $each"
  done
  if [ -z "$missing" ]; then
    say "the containers of release $1 run already"
    return
  fi
  say "starting beside what runs:$missing"
  scales=''
  for each in $missing; do scales="$scales --scale $each=$(($(seen_of "$each" | wc -l) + 1))"; done
  # shellcheck disable=SC2086 # lists of options and of service names
  compose "$1" up --detach --no-recreate --no-build $scales $missing >&2 ||
    fail "the containers of release $1 could not be started (see above)"
}

await_health() {
  proving=''
  look "$(conf "$1" project)"
  for each in $(conf "$1" application-services); do
    container=$(own_container "$1" "$each")
    if [ -z "$container" ]; then
      show_dead "$1" "$each"
      fail "$each of release $1 does not stay up (see above)"
    fi
    is_proven "$container" || proving="$proving $each=$container"
  done
  # shellcheck disable=SC2086 # a list of pairs
  [ -z "$proving" ] || prove "$1" $proving
}

switch_to() {
  install_proxy_files "$1"
  routes_before=$(routes_of "$1")
  route_to_release "$1"
  make_current "$1"
  [ -z "$proxy_changed" ] || reload_proxy "$1"
  say "requests go to release $1"
}

# For the first seconds in which requests go to new containers the old ones still run: where a new one dies, requests go
# back to them at once, before anything else is looked at. nginx may look up an old name for a moment, anyway.
watch_release() {
  look "$(conf "$1" project)"
  [ -n "$(others "$1" running)" ] || return 0
  watched=''
  for each in $(conf "$1" application-services); do
    # It may have died already.
    for container in $(seen_of "$each" "$1"); do
      watched="$watched $each=$container"
    done
  done
  # There is nothing better to give requests back to.
  [ -z "$recovering" ] || watched=''
  watch_end=$(($(uptime_seconds) + watch_time))
  while [ "$(uptime_seconds)" -lt "$watch_end" ]; do
    for pair in $watched; do
      watched_state=$(state_of_container "${pair#*=}") || await_engine
      case $watched_state in
        'healthy 0 '* | 'starting 0 '* | '') ;;
        *) give_back "$1" "${pair%%=*}" ;;
      esac
    done
    sleep 0.2
  done
}

watch_time=3

# Old containers end only while the new ones live.
require_living() {
  look "$(conf "$1" project)"
  for each in $(conf "$1" application-services); do
    [ -n "$(own_container "$1" "$each")" ] || give_back "$1" "$each"
  done
}

# Requests go where they went before, since the service $2 of the release $1 has died.
give_back() {
  if [ -z "$recovering" ]; then
    case $routes_before in by-container*) point_routes_to "$routes_before" ;; esac
  fi
  show_dead "$1" "$2"
  fail "$2 of release $1 does not stay up: it died after requests went to it"
}

show_dead() {
  for container in $(containers_of "$(conf "$1" project)" "$2" "$(origin_of "$1" "$2")"); do
    show_container "$container"
  done
}

# Requests go to the containers of the release $1 that stay.
route_to_release() {
  pinned=''
  look "$(conf "$1" project)"
  for each in $(conf "$1" application-services); do
    container=$(own_container "$1" "$each")
    if [ -z "$container" ]; then
      show_dead "$1" "$each"
      fail "$each of release $1 does not run any more (see above)"
    fi
    pinned="$pinned $each=$(seen_name "$container")"
  done
  # shellcheck disable=SC2086 # a list of pairs
  route_to_containers "$1" $pinned
}

reload_proxy() {
  for container in $(containers_of "$(conf "$1" project)" "$(conf "$1" proxy)" '' running); do
    say 'the configuration of nginx is another one: reloading it'
    end_connections "$1"
    sleep 1
    reloaded_at=$(date -u +%Y-%m-%dT%H:%M:%S.%NZ)
    docker kill --signal HUP "$container" >/dev/null
    # Of what it refuses only now, such as another key for a zone that it has, it tells in its log, and goes on as before.
    sleep 1
    keep_connections "$1"
    refused=$(docker logs --since "$reloaded_at" "$container" 2>&1 | grep -m 1 '\[emerg\]') || continue
    [ -n "$recovering" ] || fail "nginx does not take the configuration of this release: $refused"
    say "warning: nginx goes on with another configuration: $refused"
  done
}

# From here on names of containers do not matter any more.
settle() {
  route_to_services "$1"
  others=''
  for each in $(services_of "$1"); do
    case " $(conf "$1" application-services) " in *" $each "*) ;; *) others="$others $each" ;; esac
  done
  if [ -n "$others" ] && ! is_settled "$1" "$others"; then
    hand_over_ports "$1"
    if [ -f "$state/second-proxy" ]; then
      # shellcheck disable=SC2046 # a list of service names
      part_of_step replace-proxy bring_up "$1" $(services_of "$1")
    else
      # shellcheck disable=SC2046 # a list of service names
      bring_up "$1" $(services_of "$1")
    fi
    [ "$up_code" -eq 0 ] || fail "not all services of release $1 came up (see above)"
    note_settled "$1" "$others"
  fi
  [ ! -f "$state/second-proxy" ] || part_of_step take-back take_ports_back
  keep_connections "$1"
  stop_dropped_services "$1"
  verify "$1"
}

# state/settled has a line for each service besides the application's: the definition that Compose has brought up, the
# image that this meant, and the containers that came of it. As long as there are no others, and these run and are healthy,
# Compose need not be asked.
note_settled() {
  look "$(conf "$1" project)"
  for each in $2; do settled_as "$1" "$each"; done >"$state/settled.new"
  mv "$state/settled.new" "$state/settled"
}

# The line of the service $2 in state/settled, where what was seen is what the release $1 wants.
settled_as() {
  settled_containers=$(seen_of "$2" | tr '\n' ' ')
  printf '%s=%s %s\n' "$2" "$(settled_definition "$1" "$2")" "${settled_containers% }"
}

settled_definition() {
  record_of "$1" "$2" | while read -r hash image _; do printf '%s@%s\n' "$hash" "$(docker image inspect --format '{{.Id}}' "$image")"; done
}

is_settled() {
  look "$(conf "$1" project)"
  for each in $2; do
    settled=$(settled_as "$1" "$each")
    [ "$settled" = "$each=$(value_of "$state/settled" "$each")" ] || return 1
    # shellcheck disable=SC2086 # a list of ids
    for health in $(docker inspect --format "$health_format" ${settled#* } 2>/dev/null || echo gone); do
      case $health in healthy | none) ;; *) return 1 ;; esac
    done
  done
}

# Optional services of the release before that this one does not have.
stop_dropped_services() {
  wanted=" $(services_of "$1" | tr '\n' ' ') "
  look "$(conf "$1" project)"
  while read -r _ each container _; do
    [ -n "$container" ] || continue
    case $wanted in
      *" $each "*) ;;
      *)
        say "removing $each, which release $1 does not have"
        docker rm --force "$container" >/dev/null
        ;;
    esac
  done <<END
$seen
END
}

# What was asked for is not enough: each service has one container, with the release's image and of its origin.
verify() {
  look "$(conf "$1" project)"
  for pair in $(conf "$1" images); do
    origin=$(origin_of "$1" "${pair%%=*}") verified=''
    for container in $(seen_of "${pair%%=*}"); do
      found=$(docker inspect --format "{{.State.Running}} {{.Config.Image}} {{index .Config.Labels \"$release_label\"}}" "$container")
      [ "${found#* }" = "${pair#*=} $origin" ] ||
        fail "service ${pair%%=*} runs ${found#* } instead of ${pair#*=} $origin, which release $1 is made of"
      [ "${found%% *}" != true ] || verified=yes
    done
    if [ -z "$verified" ]; then
      show_dead "$1" "${pair%%=*}"
      fail "${pair%%=*} of release $1 does not stay up (see above)"
    fi
  done
}

# --- the proxy's ports: a second proxy has them while Compose replaces the first ------------------------------------------
#
# Two containers cannot publish one port. So while the proxy's container is replaced, another one of the same definition
# answers, which publishes nothing: the kernel sends it what is new. Connections from before stay where they are. What
# cannot be sent there (from this host itself, over IPv6) has to ask again: the kernel drops it instead of refusing it.
#
# state/second-proxy has the container and then the rules, so that whoever comes after a death takes them back.

# Has the ports of the proxy that runs answered by one of the release $1, where its container is about to be replaced.
hand_over_ports() {
  replaced_proxy=$(replaced_services "$1" "$(conf "$1" proxy)")
  if [ -z "$replaced_proxy" ] || [ -n "$recovering" ]; then return 0; fi
  replaced=$(seen_of "$replaced_proxy" '' running)
  replaced=${replaced%%"$newline"*}
  say "replacing $replaced_proxy: a second one answers meanwhile"
  take_ports_back
  second_proxy=$(conf "$1" project)-$replaced_proxy-second
  remove_second_proxy "$second_proxy"
  printf '%s\n' "$second_proxy" >"$state/second-proxy"
  start_second_proxy "$1" "$replaced_proxy" || return 0
  docker inspect --format '{{range $port, $bindings := .NetworkSettings.Ports}}{{range $bindings}}{{println $port .HostPort .HostIp}}{{end}}{{end}}' "$replaced" |
    rules_for "$second_address" >>"$state/second-proxy"
  part_of_step hand-over send_to_second "$1"
}

send_to_second() {
  if ! change_rules -I; then
    say "warning: the kernel does not send requests to the second $replaced_proxy (see above), so some fail meanwhile"
    # Some of the rules alone would send requests nowhere.
    change_rules -D || :
  fi
  end_connections "$1"
  await_no_connections "$replaced" "$(($(uptime_seconds) + connection_time))"
}

start_second_proxy() {
  compose "$1" run --detach --no-deps --name "$second_proxy" "$2" >"$op/second-proxy" 2>&1 || {
    cat "$op/second-proxy" >&2
    say "warning: there can be no second $2 (see above), so requests fail while it is replaced"
    return 1
  }
  case $(health_of "$second_proxy") in
    # Nobody can tell whether it works. What ends at once has had the time to do so.
    none) sleep 2 ;;
    *) prove "$1" "$2=$second_proxy" ;;
  esac
  # Docker makes the first of its networks, by name, the one that answers leave by.
  read -r second_address _ <<END
$(docker inspect --format '{{range .NetworkSettings.Networks}}{{if .Gateway}}{{.IPAddress}} {{end}}{{end}}' "$second_proxy")
END
}

# The lines "PORT/PROTOCOL HOST-PORT HOST-ADDRESS" of standard input as rules, "TOOL TABLE CHAIN RULE" a line.
rules_for() {
  while read -r port host_port host_address; do
    case $port in */tcp) port=${port%/tcp} ;; *) continue ;; esac
    case $host_address in
      *:*)
        echo "ip6tables filter INPUT -p tcp --dport $host_port --syn -j DROP"
        continue
        ;;
      127.*) ;;
      *)
        destination='-m addrtype --dst-type LOCAL'
        [ "$host_address" = 0.0.0.0 ] || destination="-d $host_address"
        echo "iptables nat PREROUTING -p tcp --dport $host_port $destination -j DNAT --to-destination $1:$port"
        echo "iptables filter DOCKER-USER -d $1 -p tcp --dport $port -j ACCEPT"
        ;;
    esac
    echo "iptables filter INPUT -p tcp --dport $host_port --syn -j DROP"
  done
}

# Inserts (-I) or deletes (-D) the rules of state/second-proxy with this host's iptables.
change_rules() {
  # shellcheck disable=SC2016 # variables of the other shell
  run_in_host --rm --interactive --user 0:0 --cap-add NET_ADMIN --cap-add NET_RAW --entrypoint /bin/sh "$host_image" -c '
    PATH=$PATH:/usr/sbin:/sbin code=0
    while read -r tool table chain rule; do
      there=-I
      $tool --wait 10 -t $table -C $chain $rule 2>/dev/null || there=-D
      [ "$0" = "$there" ] || $tool --wait 10 -t $table "$0" $chain $rule || code=1
    done
    exit "$code"' "$1" <<END
$(tail -n +2 "$state/second-proxy")
END
}

# Everything is as it was before: the proxy that publishes its ports answers, and the second one ends.
take_ports_back() {
  [ -f "$state/second-proxy" ] || return 0
  change_rules -D || fail "the rules in $state/second-proxy cannot be taken back (see above)"
  second_proxy=$(head -n 1 "$state/second-proxy")
  # What the kernel has just sent there is accepted before it ends.
  sleep 0.2
  await_no_connections "$second_proxy" "$(($(uptime_seconds) + connection_time))"
  remove_second_proxy "$second_proxy"
  rm -f "$state/second-proxy"
}

# It ends as the proxy does: with the requests that it has.
remove_second_proxy() {
  docker stop "$1" >/dev/null 2>&1 || :
  docker rm --force --volumes "$1" >/dev/null 2>&1 || :
}

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

# --- release, confirm, abort ---------------------------------------------------------------------------------------------

# Starts the release beside the live one and waits until it is healthy: what several hosts do before the first switches.
run_prepare() {
  step guard start_guard
  write_transaction phase=releasing
  converge_beside "$release"
  # shellcheck disable=SC2046 # words
  write_transaction phase=prepared $(deadline_in "$confirm_timeout")
  report_release "$release"
  printf 'previous=%s\n' "$(transaction previous)"
}

run_switch() {
  [ "$(transaction phase)" = prepared ] || fail "release $release is $(transaction phase), not prepared"
  write_transaction phase=switched
  converge_over "$release"
  provisional
}

run_release() {
  if [ "$(transaction phase)" = provisional ]; then
    say "release $release is live already, and waits to be confirmed"
    report_provisional
    return
  fi
  step guard start_guard
  write_transaction phase=releasing
  converge_beside "$release"
  write_transaction phase=switched
  converge_over "$release"
  provisional
}

# What dies is started again by Docker, and healthy for a moment: what came with this release must not have died since it
# was started.
check_stability() {
  died=$(died_in "$1")
  [ -z "$died" ] || unhealthy "${died%% *}" "${died#* }" "$1" 'does not stay up: Docker had to start it again'
}

# The first service of the release $1 that died since it was started, and its container.
died_in() {
  look "$(conf "$1" project)"
  for each in $(conf "$1" application-services); do
    for container in $(seen_of "$each" "$1"); do
      restarts=$(docker inspect --format '{{.RestartCount}}' "$container") || continue
      if [ "$restarts" -gt 0 ]; then
        printf '%s %s\n' "$each" "$container"
        return
      fi
    done
  done
}

provisional() {
  check_stability "$release"
  enter_history released "$release"
  # shellcheck disable=SC2046 # words
  step provisional write_transaction phase=provisional $(deadline_in "$confirm_timeout")
  say "release $release is provisional: not confirmed before $(time_of "$(deadline)"), it is rolled back"
  report_provisional
}

report_provisional() {
  report_release "$release"
  printf 'previous=%s\ndeadline=%s\n' "$(transaction previous)" "$(deadline)"
}

run_confirm() {
  if [ -n "$(transaction phase)" ]; then
    [ "$(transaction phase)" = provisional ] || fail "release $release is $(transaction phase), so it cannot be confirmed"
    check_stability "$release"
    step confirm finish_confirming
  fi
  step prune prune
  report_release "$release"
}

# In this order a crash in between leaves a transaction that only has to be finished.
finish_confirming() {
  write_transaction phase=confirming
  confirmed_release=$(transaction release)
  [ "$(tail -n 1 "$state/confirmed" 2>/dev/null)" = "$confirmed_release" ] || printf '%s\n' "$confirmed_release" >>"$state/confirmed"
  forget_left "$confirmed_release"
  close_transaction "confirmed: release $confirmed_release"
}

# Gives up what this run has not confirmed. Nothing to give up is fine: it may be the last thing that a job does.
run_abort() {
  if [ -z "$(transaction phase)" ] || [ "$(transaction owner)" != "$owner" ]; then
    say 'there is no release of this run to give up'
  else
    given_up=$(transaction release)
    case $(transaction phase) in
      staged | staging) step recover close_transaction "given up: release $given_up was staged and not released" ;;
      *) return_to_previous "given up: release $given_up, $(back_on "$(transaction previous)")" "$owner" ;;
    esac
  fi
  report_live
}

report_live() {
  report_release "$(current_release)"
}

# --- back, after a failure or a death --------------------------------------------------------------------------------------

run_recover() {
  recovering=yes
  recover_now
  report_live
}

# Before another command, in whose way it is.
recover_first() {
  [ -z "$(transaction phase)" ] || say "first bringing staging back: $(transaction_in_words)"
  asked_verb=$verb asked_release=$release recovering=yes
  recover_now
  verb=$asked_verb release=$asked_release recovering=''
}

recover_now() {
  if [ -f "$state/held" ]; then
    await_engine
    release_requests
  fi
  await_held
  if [ -f "$state/stopped" ]; then
    await_engine
    start_writers
  fi
  failed_release=$(transaction release)
  case $(transaction phase) in
    confirming) step recover finish_confirming ;;
    migrating) recover_migration ;;
    releasing | switched) return_to_previous "failed: release $failed_release did not go live, $(back_on "$(transaction previous)")" ;;
    returning) return_to_previous "failed: the rollback to $failed_release, $(back_on "$(transaction previous)")" ;;
    prepared | provisional)
      why=$(why_taken_back)
      [ -z "$why" ] || return_to_previous "rolled back by the host: $why, $(back_on "$(transaction previous)")" host
      ;;
    rolling-back)
      await_engine
      step recover say "going on with the rollback to $failed_release"
      converge_beside "$failed_release"
      converge_over "$failed_release"
      finish_rollback
      ;;
    withdrawing)
      await_engine
      step recover say "going on with taking down $failed_release"
      finish_taking_down
      ;;
    staging)
      remove_unstaged
      close_transaction "failed: release $failed_release could not be staged"
      ;;
    *) say 'there is nothing to bring back' ;;
  esac
}

# Why the host itself takes back what waits to be confirmed; nothing while it may go on waiting.
why_taken_back() {
  if is_overdue; then
    echo "release $(transaction release) was not confirmed before $(time_of "$(deadline)")"
  elif [ "$(transaction phase)" = provisional ]; then
    died=$(died_in "$(transaction release)")
    [ -z "$died" ] || echo "release $(transaction release) did not stay up (${died%% *} died and was started again)"
  fi
}

back_on() { printf 'staging runs %s\n' "$(or_nothing "$1")"; }

# Staging runs the transaction's release before, and the transaction ends with the outcome $1. $2 is who leaves a release
# that requests went to.
return_to_previous() {
  await_engine
  return_target=$(transaction previous) return_from=$(transaction release) return_by=''
  [ "$(transaction phase)" != provisional ] || return_by=$2
  if [ -n "$return_target" ]; then
    step recover say "bringing back $return_target in place of $return_from"
    tell_older_names "$return_target"
    converge_beside "$return_target"
    converge_over "$return_target"
    enter_history returned "$return_target" "${2:-$owner}"
  else
    step recover say "taking $return_from down: no release was live before it"
    step retire withdraw "$return_from"
  fi
  [ -z "$return_by" ] || leave_for "$return_from" "$return_target" "$return_by" "$1"
  close_transaction "$1"
  say "$1"
}

# Takes down the release $1, before which none was live. What is in the database's volume stays.
withdraw() {
  look "$(conf "$1" project)"
  for each in $(conf "$1" application-services) $(conf "$1" proxy); do
    for container in $(seen_of "$each"); do
      docker rm --force --volumes "$container" >/dev/null
    done
  done
  rm -f "$base/current"
}

# --- the schema -----------------------------------------------------------------------------------------------------------

# A migration that was run without this script: see transport "direct" of run-migrations.
record_migration() {
  if [ -z "$release" ] || [ -z "$to" ]; then fail 'migrated needs --release and --to'; fi
  write_schema "$from" "$to" "$breaking"
  journal_shortly migrated "from $(revision_list "$from") to $(revision_list "$to")"
}

# A line for each migration: the time, its release, the release that was live, the revisions before and after, and those
# that say of themselves that they break what was before.
write_schema() {
  [ "$(revision_list "$1")" != "$(revision_list "$2")" ] || return 0
  printf '%s %s %s %s %s %s\n' "$(timestamp)" "$release" "$(or_nothing "$(current_release)")" \
    "$(revision_list "$1")" "$(revision_list "$2")" "$(breaking_list "$3")" >>"$state/schema"
}

revision_list() { printf '%s' "${1:-base}" | tr ' ' ','; }

breaking_list() { printf '%s' "${1:--}" | tr ' ' ','; }

# What was migrated after the time $1 is undone by a backup of that time.
forget_schema_after() {
  [ -f "$state/schema" ] || return 0
  while read -r migrated_at migrated_rest; do
    [ "$(printf '%s\n%s\n' "$migrated_at" "$1" | sort | head -n 1)" != "$migrated_at" ] || printf '%s %s\n' "$migrated_at" "$migrated_rest"
  done <"$state/schema" >"$state/schema.new"
  mv "$state/schema.new" "$state/schema"
}

# A migration must work for the release that is live when it runs, besides its own: that is what expand and contract
# means, and all it promises. A release that was live at none of the later migrations may not understand the schema, and
# one that is said to break it will not.
require_readable_schema() {
  [ -f "$state/schema" ] || return 0
  unreadable=''
  while read -r migrated_at migrated_by migrated_under migrated_from migrated_to migrated_breaking; do
    if is_later "$migrated_by" "$1"; then
      case ${migrated_breaking:--} in
        -) [ "$migrated_under" != "$1" ] || continue ;;
        *) migrated_to="$migrated_to, of which $migrated_breaking breaks what was before" ;;
      esac
      unreadable="$unreadable
  $migrated_at release $migrated_by: $migrated_from to $migrated_to, while $migrated_under was live"
    fi
  done <"$state/schema"
  [ -z "$unreadable" ] ||
    fail "the database has moved past what release $1 is known to read:$unreadable. Restore a backup or go forward instead; if you know that it works, use --force: it is journaled"
}

# Whether the release id $1 is of a later time than $2.
is_later() {
  [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort | tail -n 1)" = "$1" ]
}

# --- rollback ---------------------------------------------------------------------------------------------------------------
#
# What it leaves and where it goes is settled the moment it is asked for, before it waits for anybody: what goes live
# meanwhile was not meant, and somebody else may have gone back already. Both are looked at again when it has the lock.

# Sets "leave", the release to get away from, and "goal", where to: nothing where the first release is to be taken down.
settle_rollback() {
  asked_leave=$leave
  if [ -n "${op-}" ]; then
    # All of one moment: who works may end the transaction while this reads it.
    transaction_file=$op/asked
    cp "$state/transaction" "$transaction_file" 2>/dev/null || : >"$transaction_file"
  fi
  case $(transaction phase) in
    # Another one is under way: this one asks for the same.
    rolling-back | returning) : "${leave:=$(transaction previous)}" ;;
  esac
  : "${leave:=$(current_release)}"
  # Where nothing is live yet, what is on its way there can be meant only.
  [ -n "$release" ] || : "${leave:=$(transaction release)}"
  goal=${release:-$(goal_before "$leave")}
  transaction_file=''
}

# The release that was live before the release $1 which nobody confirmed; else the one confirmed before.
goal_before() {
  transaction_release=$(transaction release) transaction_previous=$(transaction previous)
  case $(transaction phase) in
    rolling-back | returning)
      if [ "$transaction_previous" = "$1" ]; then
        printf '%s\n' "$transaction_release"
        return
      fi
      ;;
    ?*)
      if [ "$transaction_release" = "$1" ] && [ "$transaction_previous" != "$1" ]; then
        printf '%s\n' "$transaction_previous"
        return
      fi
      ;;
  esac
  last_confirmed_before "$1"
}

check_goal() {
  if [ -z "$goal" ]; then
    [ -n "$leave" ] || fail 'nothing is live, so there is nothing to roll back'
    is_first_release "$leave" ||
      fail "there is no confirmed release to go back to from $leave; there are: $(list_releases_with_commits). One of them can be named"
    return 0
  fi
  require_release "$goal"
  [ -z "$force" ] || return 0
  was_confirmed "$goal" || [ "$goal" = "$(transaction previous)" ] ||
    fail "release $goal was never confirmed, so nobody knows that it works; to go there all the same, use --force: it is journaled"
  require_readable_schema "$goal"
}

# Whether nobody has confirmed the release $1, and none was live before it.
is_first_release() {
  [ "$(transaction release)" = "$1" ] && [ -z "$(transaction previous)" ]
}

run_rollback() {
  live=$(current_release)
  if [ "$live" != "$leave" ]; then
    find_left_already
    return
  fi
  check_goal
  replaced=$(transaction_replaced)
  if [ -z "$goal" ]; then
    take_down
    return
  fi
  release=$goal
  [ -z "$force" ] || journal force 'done' "rollback to $release whatever the schema and whoever is at work"
  step guard start_guard
  open_transaction "$live" rolling-back
  [ -z "$pin" ] || write_transaction "pin=$(pin_reason)"
  step rollback say "rolling back from $(or_nothing "$live") to $release$replaced"
  tell_older_names "$release"
  converge_beside "$release"
  converge_over "$release"
  finish_rollback
  report_release "$release"
  printf 'previous=%s\n' "$live"
}

# Something else is live than what was to be left. That is as well where it is what was wanted, or where only this one
# release was to go.
find_left_already() {
  [ -n "$asked_leave" ] || [ "$live" = "$goal" ] ||
    fail "release $leave, which was to be left, is not live any more: staging runs $(or_nothing "$live"). Nothing was changed: ask again"
  say "release $leave is not live, so there is nothing to roll back. The last transaction: $(last_outcome)"
  if [ "$live" = "$goal" ] && [ -n "$pin" ]; then pin_here "${actor:-$owner}" "$(pin_reason)"; fi
  report_live
  printf 'previous=\n'
}

# Where the release before is live again.
finish_rollback() {
  rolled_from=$(transaction previous) rolled_to=$(transaction release) rolled_by=$(transaction owner)
  enter_history rolled-back "$rolled_to"
  [ -z "$rolled_from" ] || leave_for "$rolled_from" "$rolled_to" "$rolled_by" "rolled back to $rolled_to"
  if [ -n "$(transaction pin)" ]; then pin_here "$rolled_by" "$(transaction pin)"; fi
  close_transaction "rolled back: from $(or_nothing "$rolled_from") to $rolled_to by $rolled_by"
}

# Where it went it stays: the next deploy waits for "unlock", as if somebody had used "lock" at that moment.
pin_here() {
  [ ! -f "$state/hold" ] || return 0
  write_hold "$1" "$2"
  journal hold 'done' "$2"
}

pin_reason() { printf '%s\n' "${reason:-rolled back to ${goal:-nothing}}"; }

transaction_replaced() {
  [ -n "$(transaction phase)" ] && [ "$(transaction owner)" != "$owner" ] || return 0
  printf ', taking over: %s' "$(transaction_in_words)"
}

# There is no release to go back to from the first one: nothing is live then, and the next deploy starts anew.
take_down() {
  release=$live
  step guard start_guard
  write_transaction phase=withdrawing "owner=$owner" "actor=$actor" "run-url=$run_url" ${pin:+"pin=$(pin_reason)"}
  step rollback say "release $live is the first one, so there is none to go back to: taking it down$replaced"
  finish_taking_down
  say "nothing is live now. The database stays as it is, and the next deploy can start"
  report_live
  printf 'previous=%s\n' "$live"
}

finish_taking_down() {
  taken=$(transaction release) taken_by=$(transaction owner)
  step retire withdraw "$taken"
  leave_for "$taken" '' "$taken_by" 'taken down: no release was live before it'
  if [ -n "$(transaction pin)" ]; then pin_here "$taken_by" "$(transaction pin)"; fi
  close_transaction "taken down: release $taken by $taken_by, $(back_on '')"
}

# What it would do, for whoever asks first; "leave" and "release" say for programs what it would be asked to do.
plan_rollback() {
  settle_rollback
  printf 'leave=%s\nrelease=%s\ncommit=%s\n' "$leave" "$goal" "$(commit_of "$goal")"
  if [ "$leave" != "$(current_release)" ]; then
    echo "would=wait for whoever is at work, and do nothing unless release $leave is live then"
    return
  fi
  check_goal
  if [ -z "$goal" ]; then
    echo "would=take down $leave, the first release: its containers are removed, the database stays, and nothing is live then"
  else
    [ -z "$(left_line "$goal")" ] || echo "would=go to a release that staging went back from: $(left_line "$goal")"
    older=$(older_names "$goal")
    [ -z "$older" ] || echo "would=bring its own .env.staging back, with other values than now: $older"
    echo "would=start the containers of $goal ($(commit_of "$goal")) beside those of $(or_nothing "$leave")"
    for pair in $(conf "$goal" images); do echo "would=run ${pair%%=*} from ${pair#*=}"; done
    echo "would=wait until they are healthy, at most $health_timeout s, and let their own check succeed $healthy_checks times in a row"
    echo "would=have nginx send requests to them, wait for requests under way, at most $drain_timeout s, and stop the old containers"
  fi
  [ -z "$pin" ] || echo "would=hold new deploys until \"unlock\": $(pin_reason)"
}

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

# --- applying migrations -------------------------------------------------------------------------------------------------

run_migrate() {
  require_release "$release"
  case $(transaction phase) in
    '' | staged) ;;
    *) fail "release $release is $(transaction phase): migrations come before a release takes requests" ;;
  esac
  await_engine
  end_migration_containers "$release"
  start_database "$release"
  check_database "$release"
  migration=$state/migration
  rm -rf "$migration"
  mkdir "$migration"
  cp "$op/driver.py" "$migration/driver.py"
  make_mark
  backup=''
  [ "$with_backup" = no ] || step backup back_up "$release" "$release-$(revision_list "$from" | tr ',' '+')"
  write_migration_settings
  step guard start_guard
  if [ -z "$(transaction phase)" ]; then
    # By hand, with the live release: there is no deploy around it.
    open_transaction "$release" migrating
    write_transaction standalone=yes
  else
    write_transaction phase=migrating
  fi
  step migrate apply_migrations
  step verify finish_migration
}

migration_settings='service database_service database_name on_failure from backup table_lock_timeout table_lock_attempts statement_timeout'

write_migration_settings() {
  for setting in $migration_settings; do
    eval "printf '%s=%s\n' \"\$setting\" \"\$$setting\""
  done >"$migration/settings"
}

read_migration_settings() {
  migration=$state/migration
  for setting in $migration_settings; do
    eval "$setting=\$(value_of \"\$migration/settings\" \"\$setting\")"
  done
}

apply_migrations() {
  : >"$migration/events"
  drive "$release" apply --target "$target" --expect "${from:-base}" --drift "$drift" --attempts "$table_lock_attempts" \
    --table-lock-timeout "$table_lock_timeout" --statement-timeout "$statement_timeout" \
    <"$migration/driver.py" >"$migration/events" ||
    # Not its own exit code: that somebody else migrates would mean that nothing has begun here.
    fail "$(reason_in "$migration/events")"
}

finish_migration() {
  to=$(driver_value "$migration/events" to)
  breaking=$(driver_value "$migration/events" breaking)
  [ -n "$to" ] || fail 'the driver of the migrations ended without saying where the database is'
  write_schema "$from" "$to" "$breaking"
  # The backup's lines, then the driver's; "before" is for bringing it back, "details" for this host only.
  driver_lines "$migration/events" | sed '/^before=/d; /^details=/d; /^reason=/d'
  end_migrating "migrated: from $(revision_list "$from") to $(revision_list "$to")"
}

# The deploy goes on, or may be given up; $1 is the outcome where there is no deploy around it.
end_migrating() {
  if [ "$(transaction standalone)" = yes ]; then
    close_transaction "$1"
  else
    # As long as who staged it has asked for, whoever ends the migration; executors before this one did not write it down.
    lease=$(transaction lease)
    # shellcheck disable=SC2046 # words
    write_transaction phase=staged $(deadline_in "${lease:-$confirm_timeout}")
  fi
}

# --- a migration that failed ------------------------------------------------------------------------------------------------

# A migration failed, or died: the database goes back to where it was, as its on-failure says.
recover_migration() {
  release=$(transaction release)
  await_engine
  end_migration_containers "$release"
  read_migration_settings
  if [ ! -f "$migration/settings" ]; then
    end_migrating "failed: the migration of release $release had not begun"
    return
  fi
  if [ -n "$(driver_value "$migration/events" to)" ]; then
    # All of it was done: only the host's own records are missing, or the answer to a question about it.
    step verify finish_migration
    printf 'outcome=the migration was done nevertheless: the database is at %s\n' "$to"
    return
  fi
  step recover take_migration_back
}

take_migration_back() {
  if ! driver_lines "$migration/events" | grep -q '^before='; then
    outcome="nothing was changed: the database is at ${from:-base}"
    report_undone "${from:-base}"
    end_migrating "failed: the migration of release $release. $outcome"
    return
  fi
  start_database "$release"
  undo_code=0
  case $on_failure in
    restore) undo_migration keep || undo_code=$? ;;
    *) undo_migration "$on_failure" || undo_code=$? ;;
  esac
  if [ "$undo_code" -eq 0 ] && [ "$on_failure" = restore ] && [ "$(driver_value "$migration/undone" unchanged)" = no ]; then
    if [ -z "$backup" ]; then
      say 'warning: there is no backup to restore (backup is switched off)'
    elif restore_backup "$release" "$backup"; then
      undo_migration keep || undo_code=$?
      restored=yes
    else
      undo_code=1
    fi
  fi
  now_at=$(driver_value "$migration/undone" current)
  outcome=$(driver_value "$migration/undone" outcome)
  [ -z "${restored:-}" ] || outcome="restored from $backup; $outcome"
  report_undone "$now_at"
  [ -z "$now_at" ] || [ "$now_at" = "${from:-base}" ] || write_schema "$from" "$now_at" "$(driver_value "$migration/undone" breaking)"
  # Either way it has been tried, and what is next is for people to decide.
  end_migrating "failed: the migration of release $release. ${outcome:-the database is in between}"
  [ "$undo_code" -eq 0 ] ||
    fail "$(reason_in "$migration/undone"). The backup of before is ${backup:-missing}; npm run staging -- migrations restore brings it back"
}

# $1 is where the database is now.
report_undone() {
  printf 'from=%s\nto=%s\nbackup=%s\noutcome=%s\n' "${from:-base}" "$1" "$backup" "$outcome"
  [ ! -f "$backup" ] || printf 'backup-bytes=%s\n' "$(wc -c <"$backup")"
}

# The events go ahead of the driver, since a command line is too short for them and everybody can read it.
undo_migration() {
  {
    printf 'EVENTS = "%s"\n' "$(driver_lines "$migration/events" | base64 --wrap 0)"
    cat "$migration/driver.py"
  } | drive "$release" undo --on-failure "$1" --attempts "$table_lock_attempts" --table-lock-timeout "$table_lock_timeout" \
    --statement-timeout "$statement_timeout" >"$migration/undone"
}

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

# --- retention -------------------------------------------------------------------------------------------------------------

# Keeps the live release, those that were confirmed last, and what is being staged. An old release may be confirmed
# again, so it is the order of confirmation that counts, not that of the ids. Those that staging went back from take no
# place of another: however many there are, there is one to go back to. As many of them stay.
prune() {
  kept=' ' places=$keep places_of_left=$keep
  if [ -f "$state/confirmed" ]; then
    for id in $(tac "$state/confirmed"); do
      case $kept in *" $id "*) continue ;; esac
      if is_left "$id"; then
        [ "$places_of_left" -gt 0 ] || continue
        places_of_left=$((places_of_left - 1))
      else
        [ "$places" -gt 0 ] || break
        places=$((places - 1))
      fi
      kept="$kept$id "
    done
  fi
  kept="$kept$(current_release) $(transaction release) $(transaction previous) "
  removed_images='' kept_images=' ' kept_mounts=' proxy ' own_images=' '
  project=$(conf "$(current_release)" project)
  for path in "$releases"/*/; do
    id=$(basename "$path")
    case $kept in
      *" $id "*)
        kept_images="$kept_images$(images_of "$id" | tr '\n' ' ')" kept_mounts="$kept_mounts$(mount_hashes "$id") "
        continue
        ;;
    esac
    ! is_release "$id" || removed_images="$removed_images $(images_of "$id" | tr '\n' ' ')"
    for pair in $(conf "$id" images); do own_images="$own_images${pair#*=} "; done
    say "removing release $id"
    rm -rf "$path"
    forget_left "$id"
  done
  for image in $removed_images; do
    case $kept_images in *" $image "*) continue ;; esac
    forget_image "$project" "$image"
    case $own_images in *" $image "*) remove_image "$image" ;; esac
  done
  for path in "$base/mounts"/*/; do
    case $kept_mounts in *" $(basename "$path") "*) ;; *) rm -rf "$path" ;; esac
  done
}

mount_hashes() {
  for mount in $(conf "$1" mounts); do printf '%s ' "${mount%%:*}"; done
}

# Without force: an image that any container uses, or that has another name, stays.
remove_image() {
  docker image inspect "$1" >/dev/null 2>&1 || return 0
  say "removing image $1"
  docker image rm "$1" >/dev/null || say "warning: image $1 stays (see above)"
}

# --- kept images: what others clear away is not what a rollback needs -----------------------------------------------------
#
# "docker image prune" takes images that have no tag, and a digest is none; with --all also those with a tag, unless a
# container is made of them. So each image of a release gets both: a container that is never started, and a tag. It is of
# the image's own repository: of an image with tags in two of them, the engine would take away one and with it the digest.

keep_images() {
  project=$(conf "$1" project)
  keepers=" $(docker ps --all --filter "label=staging-pipeline.kept=$base" --format '{{.Names}}' | tr '\n' ' ')"
  for image in $(images_of "$1"); do
    keeper=$(keeper_of "$project" "$image")
    case $keepers in *" $keeper "*) continue ;; esac
    case $image in *@*) docker tag "$image" "${image%@*}:${keeper##*-}" ;; esac
    docker create --name "$keeper" --label "staging-pipeline.kept=$base" --network none --entrypoint /kept "$image" >/dev/null
  done
}

keeper_of() { printf 'staging-pipeline-%s-kept%s\n' "$1" "$(printf %s "$2" | sha256sum | cut -c 1-12)"; }

forget_image() {
  keeper=$(keeper_of "$1" "$2")
  docker rm "$keeper" >/dev/null 2>&1 || :
  case $2 in *@*) docker image rm "${2%@*}:${keeper##*-}" >/dev/null 2>&1 || : ;; esac
}

# --- restoring a backup -----------------------------------------------------------------------------------------------------

run_restore() {
  release=$(current_release)
  require_release "$release"
  restored_file=$base/shared/backups/$backup_name
  [ -f "$restored_file" ] || fail "there is no backup $backup_name; there are:$(show_backups | sed 's/^backup=\([^ ]*\).*/ \1/' | tr -d '\n')"
  await_engine
  start_database "$release"
  step backup back_up "$release" "$release-before-restore"
  step guard start_guard
  step restore restore_backup "$release" "$restored_file"
  forget_schema_after "$(date -u -r "$restored_file" +%Y-%m-%dT%H:%M:%SZ)"
  printf 'restored=%s\nto=%s\n' "$backup_name" \
    "$(in_database "$release" 'psql -XAtc "SELECT string_agg(version_num, chr(32)) FROM alembic_version"' </dev/null)"
}

# Puts the backup $2 in the place of what is there, in one transaction, while the application is stopped: what it would
# write meanwhile would be lost.
restore_backup() {
  say "restoring $2: the application is stopped for as long as that takes"
  writers=$(containers_of "$(conf "$1" project)" "$service" '' running)
  printf '%s\n' "$writers" >"$state/stopped"
  # shellcheck disable=SC2086 # a list of ids
  [ -z "$writers" ] || docker stop $writers >/dev/null
  restore_code=0
  # Without COMMIT at the end nothing has happened: a restore that breaks off leaves everything as it was. What an error
  # says beyond its first line may be rows.
  # shellcheck disable=SC2016 # a variable of the container
  in_database "$1" '{ printf "%s\n" "$1"; pg_restore --file=- && echo "COMMIT;"; } | psql -Xq -v ON_ERROR_STOP=1 -v VERBOSITY=terse -v SHOW_CONTEXT=never >/dev/null' \
    "$restore_preamble" <"$2" || restore_code=$?
  start_writers
  return "$restore_code"
}

# What a restore has stopped; who died meanwhile has left it to whoever comes next.
start_writers() {
  [ -f "$state/stopped" ] || return 0
  writers=$(cat "$state/stopped")
  # shellcheck disable=SC2086 # a list of ids
  [ -z "$writers" ] || docker start $writers >/dev/null || say 'warning: not all that was stopped for a restore could be started again'
  for writer in $writers; do await_writer "$writer"; done
  rm -f "$state/stopped"
}

await_writer() {
  writer_deadline=$(($(uptime_seconds) + health_timeout))
  until [ "$(health_of "$1")" = healthy ] || [ "$(health_of "$1")" = none ]; do
    if [ "$(uptime_seconds)" -ge "$writer_deadline" ]; then
      say "warning: $(name_of "$1") is $(health_of "$1") $health_timeout s after the restore"
      return
    fi
    sleep 0.5
  done
}

# shellcheck disable=SC2016 # $$ is PostgreSQL's
restore_preamble='BEGIN;
SET LOCAL lock_timeout = 30000;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = $$client backend$$;
SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
DO $do$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname <> $$information_schema$$ AND nspname !~ $$^pg_$$ LOOP
    EXECUTE format($$DROP SCHEMA %I CASCADE$$, name);
  END LOOP;
  CREATE SCHEMA public;
  IF current_setting($$server_version_num$$)::int >= 150000 THEN
    ALTER SCHEMA public OWNER TO pg_database_owner;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
  ELSE
    GRANT ALL ON SCHEMA public TO PUBLIC;
  END IF;
  COMMENT ON SCHEMA public IS $$standard public schema$$;
END $do$;'

# --- what people and the action ask -----------------------------------------------------------------------------------------

status() {
  live=$(served_release)
  printf 'current=%s\ncommit=%s\nconfirmed=%s\n' "$live" "$(commit_of "$live")" "$(last_confirmed)"
  if [ -n "$(transaction phase)" ]; then
    for key in phase release owner actor run-url since previous; do
      printf 'transaction-%s=%s\n' "$key" "$(transaction "$key")"
    done
    printf 'transaction-deadline=%s\n' "$(deadline)"
  fi
  if ! flock --nonblock "$state/lock" true 2>/dev/null; then printf 'working=%s\n' "$(lock_holder)"; fi
  [ ! -f "$state/hold" ] || printf 'held=%s\n' "$(cat "$state/hold")"
  printf 'last-outcome=%s\n' "$(last_outcome)"
  report_journal
  [ "$recent_lines" -eq 0 ] || report_recent_lines "$recent_lines"
  report_entries
  report_history
}

# The release whose containers get the requests: what runs counts, not what is written somewhere.
served_release() {
  link=$(current_release)
  if is_release "$link" && docker version >/dev/null 2>&1; then
    served=$(served_origins "$link")
    for id in "$link" "$(transaction release)" "$(transaction previous)" $(list_releases | tac); do
      if is_release "$id" && [ "$(origins_of "$id")" = "$served" ]; then
        printf '%s\n' "$id"
        return
      fi
    done
  fi
  printf '%s\n' "$link"
}

# A line SERVICE=RELEASE for each service of the application: the release that its container came with.
origins_of() {
  for each in $(conf "$1" application-services); do printf '%s=%s\n' "$each" "$(origin_of "$1" "$each")"; done
}

served_origins() {
  look "$(conf "$1" project)"
  for each in $(conf "$1" application-services); do
    container=$(serving_container "$1" "$each")
    [ -z "$container" ] || printf '%s=%s\n' "$each" "$(seen_release "$container")"
  done
}

report_entries() {
  for id in $(list_releases); do
    printf 'entry=%s %s %s\n' "$id" "$(state_of "$id")" "$(commit_of "$id")"
  done
  report_left
}

state_of() {
  if is_left "$1" && [ "$(transaction release)" != "$1" ]; then
    echo rolled-back
  elif was_confirmed "$1" && ! is_left "$1"; then
    echo confirmed
  elif [ "$(transaction release)" = "$1" ]; then
    case $(transaction phase) in provisional) echo provisional ;; *) echo staged ;; esac
  elif [ "$(current_release)" = "$1" ]; then
    echo provisional
  else
    echo failed
  fi
}

# What the verb would do, in order; nothing is changed, and nobody is waited for.
dry_run() {
  [ -z "$(transaction phase)" ] || echo "would=find that $(transaction_in_words)"
  case $verb in
    rollback) plan_rollback ;;
    recover)
      if ! needs_recovery; then
        echo 'would=do nothing: there is nothing to bring back'
        return
      fi
      [ ! -f "$state/held" ] || echo 'would=let requests go on that wait for a database'
      [ ! -f "$state/stopped" ] || echo 'would=start again what was stopped to restore a backup'
      case $(transaction phase) in
        '' | staged) ;;
        staging) echo "would=remove what came of $(transaction release)" ;;
        migrating) echo "would=find out how far the migration of $(transaction release) came, and keep it or undo it as was asked" ;;
        rolling-back) echo "would=go on with the rollback to $(transaction release)" ;;
        confirming) echo "would=go on with confirming $(transaction release)" ;;
        withdrawing) echo "would=go on with taking down $(transaction release)" ;;
        *)
          previous=$(transaction previous)
          if [ -n "$previous" ]; then echo "would=bring back $previous"; else
            echo "would=take down $(transaction release): no release was live before it"
          fi
          ;;
      esac
      ;;
    *) fail "$verb has no dry run" ;;
  esac
}

# --- what really runs: for whoever has to know whether it is what was built ------------------------------------------------

# The live release, what its record says, the release that each of its containers came with, the schema's revision, and
# every container of the project with its image, as Docker tells it. Values of two lines below are JSON.
show_containers() {
  live=$(served_release)
  is_release "$live" || fail 'there is no live release on this host'
  report_release "$live"
  for pair in $(conf "$live" images); do printf 'image=%s\n' "$pair"; done
  for pair in $(origins_of "$live"); do printf 'origin=%s\n' "$pair"; done
  printf 'schema=%s\n' "$(schema_of_host)"
  shown_containers=$(docker ps --all --quiet --no-trunc --filter label=com.docker.compose.oneoff=False \
    --filter "label=com.docker.compose.project=$(conf "$live" project)") || fail 'Docker does not answer any more'
  [ -n "$shown_containers" ] || return 0
  # shellcheck disable=SC2086 # a list of ids
  show_as_json $shown_containers 2>/dev/null || for container in $shown_containers; do
    show_as_json "$container" || {
      # One that has been removed meanwhile is none any more; of every other it has to be known.
      gone=$(docker ps --all --quiet --filter "id=$container") || fail 'Docker does not answer any more'
      [ -z "$gone" ] || fail "Docker does not tell what the container $container is"
    }
  done
  # shellcheck disable=SC2086 # a list of ids
  shown_images=$(docker inspect --format '{{.Image}}' $shown_containers 2>/dev/null) || :
  for image in $(printf '%s\n' "$shown_images" | sort -u); do
    docker image inspect --format "$image_format" "$image" ||
      say "the image $image is not on this host any more, though a container runs from it"
  done
}

# The containers given: all of them, or nothing where one cannot be told.
show_as_json() {
  shown=$(docker inspect --format "$container_format" "$@") && printf '%s\n' "$shown"
}

# .ID and not .Id: a name that Docker's own types lack makes it look at bare JSON, where what is empty is missing.
container_format='container={"id":{{json .ID}},"name":{{json .Name}},"image":{{json .Config.Image}},"imageId":{{json .Image}},"labels":{{json .Config.Labels}},"state":{{json .State.Status}},"health":{{if .State.Health}}{{json .State.Health.Status}}{{else}}""{{end}},"restarts":{{.RestartCount}}}'
image_format='container-image={"id":{{json .ID}},"digests":{{json .RepoDigests}},"labels":{{json .Config.Labels}}}'

# The revisions that the last migration by this host left, separated by blanks; nothing where there was none.
schema_of_host() {
  [ -f "$state/schema" ] || return 0
  tail -n 1 "$state/schema" | while read -r _ _ _ _ schema_now _; do printf '%s\n' "$schema_now" | tr ',' ' '; done
}

# --- logs: what the containers of the live release have written --------------------------------------------------------------

# The last lines of each container, in the order in which they were written; or with --follow these, and what comes, of
# containers that are started meanwhile too, until standard input ends: then whoever reads it has gone.
show_logs() {
  live=$(current_release)
  is_release "$live" || fail 'there is no live release on this host'
  project=$(conf "$live" project) logged_services=${services:-${service:-$(services_of "$live")}}
  for each in $logged_services; do require_service "$each"; done
  code=0
  printf '' | matching || code=$?
  [ "$code" -le 1 ] || fail "--grep takes an extended regular expression, which \"$(plain_text "$grep")\" is not (see above)"
  if [ -n "$follow" ]; then
    follow_logs
  else
    logged_containers | while read -r container; do
      docker logs --timestamps --tail "$log_lines" "$container" 2>&1 </dev/null | sed "s/ /  $(log_name "$container") | /"
    done | LC_ALL=C sort --stable --key=1,1 | sed 's/^[^ ]*  //' | matching || :
  fi
}

require_service() {
  for known_service in $(services_of "$live"); do
    [ "$known_service" != "$1" ] || return 0
  done
  fail "the live release has no service $1; it has $(services_of "$live" | tr '\n' ' ')"
}

# The lines that --grep asks for, as they are shown and as soon as they come.
matching() {
  if [ -n "$grep" ]; then grep --line-buffered --extended-regexp --regexp "$grep"; else cat; fi
}

logged_containers() {
  look "$project"
  for each in $logged_services; do seen_of "$each"; done
}

# As people know it from Compose: the service and its number.
log_name() {
  logged_name=$(name_of "$1")
  printf '%s\n' "${logged_name#"$project"-}"
}

# Everything that runs for this is known by its process in "followers", so that it ends when this does.
follow_logs() {
  exec 3<&0
  followers=$(mktemp -d "$state/.follow-XXXXXX")
  follow_containers </dev/null 3<&- &
  following=$!
  trap 'end_following 0' TERM
  trap 'end_following 129' HUP INT
  {
    cat <&3 >/dev/null 2>&1
    kill -s TERM "$$"
  } &
  watching=$!
  exec 3<&-
  # Which a signal interrupts.
  wait "$following" || :
  say 'error: the Docker engine tells no more of containers: it may have been restarted'
  end_following 1
}

# shellcheck disable=SC2317 # a trap calls it
end_following() {
  trap '' TERM HUP INT
  : >"$followers/ended"
  for process_file in "$followers"/*.process; do
    [ ! -f "$process_file" ] || kill "$(cat "$process_file")" 2>/dev/null || :
  done
  kill "$watching" 2>/dev/null || :
  rm -rf "$followers"
  exit "$1"
}

# The containers that there are, and each that starts from now on: what a deploy starts beside, what Docker starts again.
follow_containers() {
  followed_from=$(epoch) followed=' '
  for container in $(logged_containers); do follow_container "$container" --tail "$log_lines"; done
  until_ended events docker events --since "$followed_from" --filter type=container --filter event=start \
    --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.oneoff=False \
    --format '{{.Actor.ID}} {{index .Actor.Attributes "com.docker.compose.service"}}' |
    while read -r container started_service; do
      case " ${services:-${service:-$started_service}} " in
        *" $started_service "*) follow_container "$container" ;;
      esac
    done
}

# The log of the container $1, with further options of "docker logs", until it stops; of one that was followed before, what
# came since it stopped.
follow_container() {
  ran=$(docker inspect --format '{{.State.StartedAt}} {{.State.FinishedAt}}' "$1" 2>/dev/null) || return 0
  case $followed in
    *" $1@${ran% *} "*) return 0 ;;
    *" $1@"*) set -- "$1" --since "${ran#* }" ;;
  esac
  followed="$followed$1@${ran% *} " followed_name=$(log_name "$1") followed_id=$1
  shift
  until_ended "$followed_id@${ran% *}" docker logs --follow "$@" "$followed_id" |
    sed --unbuffered "s/^/$followed_name | /" | matching &
}

# Runs the command behind the name $1 until it ends or end_following ends it; both of its outputs are one.
until_ended() {
  process_file=$followers/$1.process
  shift
  "$@" 2>&1 &
  if [ -f "$followers/ended" ] || ! echo "$!" 2>/dev/null >"$process_file"; then kill "$!"; fi
  wait "$!" 2>/dev/null || :
}

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

main "$@"
exit
