
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
