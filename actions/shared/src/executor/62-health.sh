
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
