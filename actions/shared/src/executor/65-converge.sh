
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
  step successors start_successors "$1"
  step hand-over route_to_release "$1"
  step drain drain_others "$1"
  step retire retire_others "$1"
  step settle settle "$1"
}

start_infrastructure() {
  install_mounts "$1"
  infrastructure=$(infrastructure_of "$1")
  [ -n "$infrastructure" ] || return 0
  # shellcheck disable=SC2086 # a list of service names
  compose "$1" up --detach --no-build --wait --wait-timeout "$health_timeout" $infrastructure >&2 ||
    fail "the services that release $1 needs did not come up (see above)"
}

# Names the containers that answer now, so that new ones of the same service get no request yet; removes all the others.
pin_routes() {
  project=$(conf "$1" project) pinned='' pinned_ids=' '
  for each in $(conf "$1" application-services); do
    serving=$(serving_container "$1" "$each")
    [ -n "$serving" ] || continue
    pinned="$pinned $each=$(name_of "$serving")" pinned_ids="$pinned_ids$serving "
  done
  if [ -n "$pinned" ]; then
    # shellcheck disable=SC2086 # a list of pairs
    route_to_containers "$1" $pinned
  fi
  for each in $(conf "$1" application-services); do
    for container in $(containers_of "$project" "$each"); do
      case $pinned_ids in *" $container "*) continue ;; esac
      if [ "$(release_of "$container")" != "$1" ] || ! is_running "$container"; then
        say "removing what is left of an earlier attempt: $(name_of "$container")"
        docker rm --force --volumes "$container" >/dev/null
      fi
    done
  done
}

# The container that answers for the service $2: the one that is routed to, else one of the live release, else any.
serving_container() {
  running_ids=$(containers_of "$project" "$2" --filter status=running)
  routed_name=$(routed_container "$1" "$2") live=$(current_release) serving_live='' serving_any=''
  for container in $running_ids; do
    if [ "$(name_of "$container")" = "$routed_name" ]; then
      printf '%s\n' "$container"
      return
    fi
    [ "$(release_of "$container")" != "$live" ] || : "${serving_live:=$container}"
    : "${serving_any:=$container}"
  done
  printf '%s\n' "${serving_live:-$serving_any}"
}

is_running() { [ "$(docker inspect --format '{{.State.Running}}' "$1")" = true ]; }

# The container of the release $1 for the service $2: of several that run, the one that stays.
own_container() {
  containers_of "$(conf "$1" project)" "$2" --filter "label=$release_label=$1" --filter status=running | head -n 1
}

start_beside() {
  missing=''
  for each in $(conf "$1" application-services); do
    [ -n "$(own_container "$1" "$each")" ] || missing="$missing $each"
  done
  if [ -z "$missing" ]; then
    say "the containers of release $1 run already"
    return
  fi
  say "starting beside what runs:$missing"
  start_containers "$1" 1 "$missing"
}

# Starts the containers that the services in the list $3 have, and $2 more of each.
start_containers() {
  scales=''
  for each in $3; do scales="$scales --scale $each=$(($(containers_of "$(conf "$1" project)" "$each" | wc -l) + $2))"; done
  # shellcheck disable=SC2086 # lists of options and of service names
  compose "$1" up --detach --no-recreate --no-build $scales $3 >&2 ||
    fail "the containers of release $1 could not be started (see above)"
}

await_health() {
  proving=''
  for each in $(conf "$1" application-services); do
    container=$(own_container "$1" "$each")
    if [ -z "$container" ]; then
      for container in $(containers_of "$(conf "$1" project)" "$each" --filter "label=$release_label=$1"); do show_container "$container"; done
      fail "$each of release $1 does not stay up (see above)"
    fi
    proving="$proving $each=$container"
  done
  # shellcheck disable=SC2086 # a list of pairs
  prove "$1" $proving
}

switch_to() {
  install_proxy_files "$1"
  route_to_release "$1"
  make_current "$1"
  [ -z "$proxy_changed" ] || reload_proxy "$1"
  say "requests go to release $1"
}

# Requests go to the containers of the release $1 that stay.
route_to_release() {
  pinned=''
  for each in $(conf "$1" application-services); do
    container=$(own_container "$1" "$each")
    [ -n "$container" ] || fail "$each of release $1 does not run any more"
    pinned="$pinned $each=$(name_of "$container")"
  done
  # shellcheck disable=SC2086 # a list of pairs
  route_to_containers "$1" $pinned
}

reload_proxy() {
  for container in $(containers_of "$(conf "$1" project)" "$(conf "$1" proxy)" --filter status=running); do
    say 'the configuration of nginx is another one: reloading it'
    docker kill --signal HUP "$container" >/dev/null
  done
}

# From here on names of containers do not matter any more.
settle() {
  route_to_services "$1"
  # shellcheck disable=SC2046 # a list of service names
  compose "$1" up --detach --no-build --wait --wait-timeout "$health_timeout" --remove-orphans $(services_of "$1") >&2 ||
    fail "not all services of release $1 came up (see above)"
  stop_dropped_services "$1"
  verify "$1"
}

# Optional services of the release before that this one does not have.
stop_dropped_services() {
  project=$(conf "$1" project)
  wanted=" $(services_of "$1" | tr '\n' ' ') "
  for container in $(docker ps --all --quiet --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.oneoff=False); do
    each=$(docker inspect --format '{{index .Config.Labels "com.docker.compose.service"}}' "$container")
    case $wanted in
      *" $each "*) ;;
      *)
        say "removing $each, which release $1 does not have"
        docker rm --force "$container" >/dev/null
        ;;
    esac
  done
}

# What Compose says is not enough: each service has one container, of this release, with its image.
verify() {
  for pair in $(conf "$1" images); do
    for container in $(containers_of "$(conf "$1" project)" "${pair%%=*}"); do
      image=$(docker inspect --format '{{.Config.Image}}' "$container")
      if [ "$image" != "${pair#*=}" ] || [ "$(release_of "$container")" != "$1" ]; then
        fail "service ${pair%%=*} runs $image of release $(release_of "$container") instead of ${pair#*=} of $1"
      fi
    done
    [ "$(containers_of "$(conf "$1" project)" "${pair%%=*}" --filter status=running | wc -l)" -ge 1 ] ||
      fail "service ${pair%%=*} of release $1 does not run"
  done
}
