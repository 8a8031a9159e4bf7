
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
