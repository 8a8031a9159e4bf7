
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
