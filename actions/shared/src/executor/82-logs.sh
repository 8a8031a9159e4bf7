
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
