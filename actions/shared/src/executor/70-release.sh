
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
