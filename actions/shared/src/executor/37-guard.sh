
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
