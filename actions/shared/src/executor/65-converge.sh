
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
