
# --- health: whether containers work ----------------------------------------------------------------------------------------

# Returns when the containers of the release $1 that are given as SERVICE=ID are healthy. Healthy for Docker once is not
# enough: their own checks must succeed several times in a row.
prove() {
  proven_release=$1
  shift
  health_deadline=$(($(epoch) + health_timeout))
  for pair in "$@"; do await_container "${pair%%=*}" "${pair#*=}" "$proven_release"; done
  probed=0
  while [ "$probed" -lt "$healthy_checks" ]; do
    for pair in "$@"; do
      probe "${pair#*=}" ||
        unhealthy "${pair%%=*}" "${pair#*=}" "$proven_release" "was healthy $probed times and then not (of $healthy_checks times in a row)"
    done
    probed=$((probed + 1))
    sleep 0.2
  done
  for pair in "$@"; do
    health=$(health_of "${pair#*=}")
    [ "$health" = healthy ] || unhealthy "${pair%%=*}" "${pair#*=}" "$proven_release" "was healthy and is $health now"
  done
}

await_container() {
  while :; do
    health=$(health_of "$2")
    case $health in
      healthy) break ;;
      starting) [ "$(epoch)" -lt "$health_deadline" ] || unhealthy "$1" "$2" "$3" "is not healthy after $health_timeout s" ;;
      none) unhealthy "$1" "$2" "$3" 'has no health check, so nobody can tell whether it works: add one to the compose file or image' ;;
      *) unhealthy "$1" "$2" "$3" "is $health" ;;
    esac
    sleep 0.2
  done
}

# Runs the container's own health check once more.
probe() {
  probed_container=$1
  probe_test=$(docker inspect --format '{{with .Config.Healthcheck}}{{range .Test}}{{println .}}{{end}}{{end}}' "$1")
  probe_words=$(printf '%s\n' "$probe_test" | tail -n +2)
  if [ "$(printf '%s\n' "$probe_test" | head -n 1)" = CMD-SHELL ]; then
    set -- sh -c "$probe_words"
  else
    set --
    while IFS= read -r word; do
      [ -z "$word" ] || set -- "$@" "$word"
    done <<END
$probe_words
END
  fi
  timeout 20 docker exec "$probed_container" "$@" >/dev/null 2>&1 </dev/null
}

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
