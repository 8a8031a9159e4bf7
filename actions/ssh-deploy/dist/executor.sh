#!/bin/sh
# Carries out one command of ssh-deploy on the staging host. Needs sh, coreutils, tar, flock, Docker and Compose.
#
#   sh executor.sh VERB --base DIRECTORY [--release ID] [--timeout SECONDS] [--keep COUNT]
#   sh executor.sh restage --base DIRECTORY --release ID_OR_COMMIT
#
# stage and restage read a Docker config.json with the registry's credentials from standard input, or nothing.
# Standard output carries results as key=value lines; what people read goes to standard error.
# Everything is inside functions, so that the script is read whole before it starts: it may come over standard input.
set -eu
umask 022

candidate_label=io.azals.staging.candidate
lock_wait=60

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

main() {
  [ $# -gt 0 ] || fail 'no verb given: use stage, restage, release, confirm, rollback or status'
  verb=$1
  base='' release='' timeout=180 keep=5
  shift
  while [ $# -gt 1 ]; do
    case $1 in
      --base) base=$2 ;;
      --release) release=$2 ;;
      --timeout) timeout=$2 ;;
      --keep) keep=$2 ;;
      *) fail "unknown option $1" ;;
    esac
    shift 2
  done
  [ $# -eq 0 ] || fail "option $1 has no value"
  check_arguments
  base=$(cd "$base" && pwd -P) || fail "there is no directory $base on this host: stage a release first"
  releases=$base/releases state=$base/state registry_config=''

  case $verb in
    status) status ;;
    stage | restage | release | confirm | rollback)
      take_lock
      journal intent
      trap finish EXIT
      trap 'exit 129' HUP
      trap 'exit 130' INT
      trap 'exit 143' TERM
      case $verb in
        stage) run_stage ;;
        restage) run_restage ;;
        release) run_release ;;
        confirm) run_confirm ;;
        rollback) run_rollback ;;
      esac
      ;;
    *) fail "unknown verb $verb: use stage, restage, release, confirm, rollback or status" ;;
  esac
}

check_arguments() {
  case $base in
    /*) ;;
    *) fail "the base directory \"$base\" is not an absolute path" ;;
  esac
  case $base in *[!A-Za-z0-9._/-]* | *..*) fail "the base directory \"$base\" has characters that are not allowed" ;; esac
  case $release in *[!A-Za-z0-9-]*) fail "\"$release\" is not a release id" ;; esac
  case $timeout$keep in *[!0-9]*) fail 'timeout and keep must be whole numbers' ;; esac
}

# --- state ---------------------------------------------------------------------------------------------------------

take_lock() {
  mkdir -p "$state"
  exec 9<>"$state/lock"
  flock --wait "$lock_wait" 9 ||
    fail "another operation has held the lock for more than $lock_wait s: $(cat "$state/lock")"
  printf '%s %s, process %s, since %s\n' "$verb" "${release:-(the last confirmed release)}" "$$" "$(now)" >"$state/lock"
}

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

journal() {
  printf '{"at":"%s","verb":"%s","release":"%s","status":"%s"}\n' "$(now)" "$verb" "$release" "$1" >>"$state/journal.jsonl"
}

# shellcheck disable=SC2317 # the trap calls it
finish() {
  code=$?
  trap - EXIT
  if [ "$code" -eq 0 ]; then journal finished; else journal failed; fi
  [ -z "$registry_config" ] || rm -rf "$registry_config"
  case $verb in
    stage) rm -rf "$releases/$release.partial" ;;
    release) [ ! -f "$releases/$release/release.conf" ] || remove_candidates ;;
  esac
  exit "$code"
}

# The id of the live release; nothing where there is none yet.
current_release() {
  [ ! -L "$base/current" ] || basename "$(readlink "$base/current")"
}

last_confirmed() {
  [ ! -f "$state/confirmed" ] || tail -n 1 "$state/confirmed"
}

last_staged() {
  [ ! -f "$state/staged" ] || cat "$state/staged"
}

make_current() {
  ln -sfn "releases/$1" "$base/current.new"
  mv -T "$base/current.new" "$base/current"
}

# One value of a release's release.conf, which the action wrote from checked inputs.
conf() {
  while IFS= read -r conf_line; do
    case $conf_line in "$2="*)
      printf '%s\n' "${conf_line#*=}"
      return
      ;;
    esac
  done <"$releases/$1/release.conf"
}

# The full commit of the release $1, from the manifest that the action wrote; nothing where it names none. Keys of the
# manifest itself are indented by two blanks: a service may be called "commit" too.
commit_of() {
  [ -f "$releases/$1/manifest.json" ] || return 0
  while IFS= read -r manifest_line; do
    case $manifest_line in '  "commit": "'*)
      manifest_line=${manifest_line#*: \"}
      manifest_line=${manifest_line%%\"*}
      case $manifest_line in *[!0-9a-f]*) return ;; esac
      [ "${#manifest_line}" -ne 40 ] || printf '%s\n' "$manifest_line"
      return
      ;;
    esac
  done <"$releases/$1/manifest.json"
}

# The release that a command worked on, for whoever asked for it.
report_release() {
  printf 'release=%s\ncommit=%s\n' "$release" "$(commit_of "$release")"
}

require_release() {
  [ -n "$release" ] || fail "$verb needs a release id"
  [ -f "$releases/$release/release.conf" ] || fail "there is no release $release on this host; there are: $(list_releases)"
}

list_releases() {
  for list_path in "$releases"/*/release.conf; do
    [ -f "$list_path" ] || continue
    list_id=$(basename "$(dirname "$list_path")")
    case $list_id in *.partial) ;; *) printf '%s ' "$list_id" ;; esac
  done
}

# For people, on one line.
list_releases_with_commits() {
  list_text=''
  for list_id in $(list_releases); do
    list_text="${list_text:+$list_text, }$list_id ($(commit_of "$list_id"))"
  done
  printf '%s\n' "${list_text:-none}"
}

# --- Compose -------------------------------------------------------------------------------------------------------

# Compose with the files of the release in $1; its own output is for people.
compose() {
  compose_directory=$releases/$1
  compose_file=$compose_directory/$(conf "$1" compose-file)
  shift
  docker compose --ansi never --project-directory "$compose_directory" \
    --env-file "$base/shared/.env.staging" --file "$compose_file" "$@" </dev/null
}

# The services that run in the release $1: those without a profile, and the optional ones it names.
services_of() {
  compose "$1" config --services && conf "$1" optional-services
}

# --- stage ---------------------------------------------------------------------------------------------------------

run_stage() {
  partial=$release.partial
  check_host
  ln -sfn ../../shared/.env.staging "$releases/$partial/.env.staging"
  check_compose_file "$partial"
  receive_registry_configuration
  pull_images "$partial"
  mv -T "$releases/$partial" "$releases/$release"
  report_staged
}

# A release that is on the host already: only images may be missing. Its directory stays as it is.
run_restage() {
  find_recorded_release
  say "staging release $release of commit $(commit_of "$release") again"
  check_host
  check_compose_file "$release"
  check_recorded_images "$release"
  receive_registry_configuration
  pull_images "$release"
  report_staged
}

# An old release that is staged again has an id before the live one's: this file is what keeps it from being pruned.
report_staged() {
  printf '%s\n' "$release" >"$state/staged"
  report_release
  printf 'previous=%s\n' "$(current_release)"
}

# What $release asks for, an id or the first digits of a commit, becomes the id of a release that is on this host.
find_recorded_release() {
  case $release in
    *[!0-9a-f]*) find_by_id ;;
    ???????*) find_by_commit ;;
    *) fail "\"$release\" is neither a release id nor a commit: a commit has 7 to 40 hexadecimal digits" ;;
  esac
  [ -n "$(commit_of "$release")" ] || fail "the manifest of release $release does not say which commit it is of"
}

find_by_id() {
  [ -f "$releases/$release/release.conf" ] ||
    fail "there is no release $release on this host; there are: $(list_releases_with_commits)"
}

# The newest release of the commit: the list is in the order of time.
find_by_commit() {
  newest='' commits=''
  for id in $(list_releases); do
    commit=$(commit_of "$id")
    case $commit in "$release"*)
      newest=$id
      case " $commits " in *" $commit "*) ;; *) commits="${commits:+$commits }$commit" ;; esac
      ;;
    esac
  done
  case $commits in
    '') fail "there is no release of commit $release on this host; there are: $(list_releases_with_commits)" ;;
    *' '*) fail "commit $release is ambiguous on this host, give more digits of one of: $commits" ;;
  esac
  release=$newest
}

check_compose_file() {
  compose "$1" config --quiet || fail 'Docker Compose does not accept the compose file of this release (see above)'
}

# A compose file that somebody edited on the host would run something else than what was tested.
check_recorded_images() {
  # shellcheck disable=SC2046 # a list of service names
  images=$(compose "$1" config --images $(conf "$1" application-services))
  # shellcheck disable=SC2086 # a list of images
  named=$(printf ' %s ' $images)
  for pair in $(conf "$1" images); do
    case $named in
      *" ${pair#*=} "*) ;;
      *) fail "the compose file of release $1 does not name ${pair#*=}, which it was staged with: somebody changed it" ;;
    esac
  done
}

check_host() {
  engine=$(docker version --format '{{.Server.Version}}') ||
    fail "no Docker engine answers user $(id -un): is it running, and is the user in the group docker?"
  at_least 'Docker Engine' "$engine" 24 0
  plugin=$(docker compose version --short) || fail 'the Docker Compose plugin is missing: install docker-compose-plugin'
  at_least 'Docker Compose' "${plugin#v}" 2 20
  check_environment_file "$base/shared/.env.staging"
}

at_least() {
  major=${2%%.*}
  rest=${2#*.}
  minor=${rest%%.*}
  case $major$minor in '' | *[!0-9]*) fail "cannot read the version of $1: \"$2\"" ;; esac
  if [ "$major" -lt "$3" ] || { [ "$major" -eq "$3" ] && [ "$minor" -lt "$4" ]; }; then
    fail "$1 on this host is $2, but at least $3.$4 is needed: update it"
  fi
}

# Names the variables at fault, never their values.
check_environment_file() {
  [ -r "$1" ] || fail "$1 is missing or not readable: copy .env.staging.example there and fill it in"
  placeholders='' live_keys=''
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '#'*) ;;
      *CHANGE_ME*) placeholders="$placeholders ${line%%=*}" ;;
      *sk_live_*) live_keys="$live_keys ${line%%=*}" ;;
    esac
  done <"$1"
  [ -z "$placeholders" ] || fail "$1 still has the placeholder CHANGE_ME in:$placeholders"
  [ -z "$live_keys" ] || fail "$1 has a live Stripe key in:$live_keys; staging takes test keys (sk_test_...) only"
}

# Standard input is a Docker config.json with the registry's credentials, or empty. It lives as long as this process.
receive_registry_configuration() {
  registry_config=$(mktemp -d)
  (umask 077 && cat >"$registry_config/config.json")
  if [ ! -s "$registry_config/config.json" ]; then
    rm -rf "$registry_config"
    registry_config=''
  fi
}

# Only what is not there: the release's own images are named by digest, so what is there is right.
pull_images() {
  services=$(services_of "$1")
  # shellcheck disable=SC2086 # a list of service names
  images=$(compose "$1" config --images $services)
  for image in $images; do
    if docker image inspect "$image" >/dev/null 2>&1; then
      say "present: $image"
    else
      say "pulling: $image"
      docker ${registry_config:+--config "$registry_config"} pull --quiet "$image" >/dev/null </dev/null ||
        fail "image $image cannot be pulled: check the registry, its address as seen from this host, and the credentials"
    fi
  done
}

# --- release -------------------------------------------------------------------------------------------------------

run_release() {
  require_release
  previous=$(current_release)
  remove_candidates
  running=$(running_containers)
  if [ -n "$running" ]; then
    try_candidates
  else
    say 'nothing runs yet: no candidates'
  fi
  switch_to_release
}

# From the release $previous (which may be empty) to the release $release, or back.
switch_to_release() {
  if ! activate "$release" "$previous"; then
    show_unhealthy
    go_back
  fi
  make_current "$release"
  report_release
  printf 'previous=%s\n' "$previous"
}

running_containers() {
  # shellcheck disable=SC2046 # a list of service names
  compose "$release" ps --quiet --status running $(conf "$release" application-services)
}

# Starts the new application containers beside the running ones. They have no alias in the network, so no request
# reaches them; what they show is whether the new images come up in this environment.
try_candidates() {
  deadline=$(($(date +%s) + timeout))
  for service in $(conf "$release" application-services); do
    say "candidate: $service"
    compose "$release" run --detach --no-deps --no-TTY --label "$candidate_label=$release" \
      --name "$(candidate_name "$service")" "$service" >/dev/null
  done
  for service in $(conf "$release" application-services); do
    if ! wait_until_healthy "$(candidate_name "$service")"; then
      remove_candidates
      fail "$service of release $release did not become healthy; the running release ${previous:-(none)} was not touched"
    fi
  done
  remove_candidates
}

candidate_name() { printf '%s-%s-candidate' "$(conf "$release" project)" "$1"; }

candidates() { docker ps --all --quiet --filter "label=$candidate_label" --filter "label=com.docker.compose.project=$(conf "$release" project)"; }

remove_candidates() {
  for container in $(candidates); do
    docker rm --force --volumes "$container" >/dev/null
  done
}

wait_until_healthy() {
  while :; do
    health=$(health_of "$1")
    case $health in
      healthy) return 0 ;;
      starting) [ "$(date +%s)" -lt "$deadline" ] || health="not healthy after $timeout s" ;;
      none) health='without a health check, so nobody can tell whether it works: add one to the compose file or image' ;;
    esac
    if [ "$health" != starting ]; then
      say "$1 is $health"
      show_container "$1"
      return 1
    fi
    sleep 1
  done
}

health_of() {
  docker inspect --format \
    '{{if not .State.Running}}stopped with exit code {{.State.ExitCode}}{{else if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' "$1"
}

show_container() {
  say '--- last log lines:'
  docker logs --tail 40 "$1" >&2
  say '--- last health checks:'
  docker inspect --format '{{if .State.Health}}{{range .State.Health.Log}}exit {{.ExitCode}}: {{.Output}}{{println}}{{end}}{{end}}' "$1" >&2
}

# Runs the release $1 in place of the release $2. Called as a condition, where set -e is off: hence every "|| return".
activate() {
  names=$(services_of "$1") || return 1
  # shellcheck disable=SC2086 # a list of service names
  compose "$1" up --detach --no-build --wait --wait-timeout "$timeout" --remove-orphans $names >&2 || return 1
  stop_dropped_services "$1" "$2" || return 1
  verify_images "$1" && verify_mounts "$1"
}

show_unhealthy() {
  for container in $(compose "$release" ps --all --quiet); do
    case $(health_of "$container") in
      healthy | none) ;;
      *)
        docker inspect --format '{{.Name}} is not healthy' "$container" >&2
        show_container "$container"
        ;;
    esac
  done
}

# Never returns: the command has failed, the question is only what runs now.
go_back() {
  if [ -z "$previous" ] || [ "$previous" = "$release" ]; then
    fail "release $release did not come up, and there is no other release to bring back"
  fi
  say "release $release did not come up: bringing back $previous"
  activate "$previous" "$release" ||
    fail "release $release did not come up, and $previous could not be brought back: staging is down"
  journal "brought back $previous"
  fail "release $release did not come up; staging runs $previous again"
}

# Optional services that the release $2 ran and the release $1 does not.
stop_dropped_services() {
  [ -n "$2" ] && [ -d "$releases/$2" ] || return 0
  wanted=" $(conf "$1" optional-services) "
  for service in $(conf "$2" optional-services); do
    case $wanted in
      *" $service "*) ;;
      *) compose "$2" rm --stop --force "$service" >&2 || return 1 ;;
    esac
  done
}

# Compose saying "healthy" is not enough: the containers must have this release's images...
verify_images() {
  for pair in $(conf "$1" images); do
    containers=$(compose "$1" ps --quiet "${pair%%=*}") || return 1
    for container in $containers; do
      image=$(docker inspect --format '{{.Config.Image}}' "$container") || return 1
      if [ "$image" != "${pair#*=}" ]; then
        say "service ${pair%%=*} runs $image instead of ${pair#*=}"
        return 1
      fi
    done
  done
}

# ...and read this release's files: nginx would otherwise go on with the configuration of the release before.
verify_mounts() {
  names=$(services_of "$1") || return 1
  # shellcheck disable=SC2086 # a list of service names
  containers=$(compose "$1" ps --quiet $names) || return 1
  for container in $containers; do
    sources=$(docker inspect --format '{{range .Mounts}}{{if eq .Type "bind"}}{{println .Source}}{{end}}{{end}}' "$container") || return 1
    for source in $sources; do
      case $source in
        "$releases/$1"/*) ;;
        "$releases"/*)
          say "container $container still reads $source, which belongs to another release"
          return 1
          ;;
      esac
    done
  done
}

# --- confirm -------------------------------------------------------------------------------------------------------

run_confirm() {
  require_release
  live=$(current_release)
  [ "$release" = "$live" ] || fail "release $release is not live (${live:-nothing} is), so it cannot be confirmed"
  [ "$(last_confirmed)" = "$release" ] || printf '%s\n' "$release" >>"$state/confirmed"
  prune
  report_release
}

# Keeps the live release, those that were confirmed last, and whatever was staged after the live one. An old release may
# be confirmed again, so it is the order of confirmation that counts, not that of the ids.
prune() {
  kept=' ' left=$keep
  for id in $(tac "$state/confirmed"); do
    case $kept in *" $id "*) continue ;; esac
    [ "$left" -gt 0 ] || break
    kept="$kept$id " left=$((left - 1))
  done
  kept="$kept$live $(last_staged) "
  removed_images='' kept_images=' '
  for path in "$releases"/*/; do
    id=$(basename "$path")
    if is_kept "$id"; then
      kept_images="$kept_images$(conf "$id" images) "
    else
      [ ! -f "$path/release.conf" ] || removed_images="$removed_images $(conf "$id" images)"
      say "removing release $id"
      rm -rf "$path"
    fi
  done
  for pair in $removed_images; do
    case $kept_images in
      *" ${pair} "*) ;;
      *) remove_image "${pair#*=}" ;;
    esac
  done
}

is_kept() {
  case $kept in *" $1 "*) return 0 ;; esac
  [ "$(printf '%s\n%s\n' "$1" "$live" | sort | head -n 1)" = "$live" ]
}

remove_image() {
  docker image inspect "$1" >/dev/null 2>&1 || return 0
  say "removing image $1"
  docker image rm "$1" >/dev/null || say "warning: image $1 stays (see above)"
}

# --- rollback and status -------------------------------------------------------------------------------------------

run_rollback() {
  previous=$(current_release)
  [ -n "$release" ] || release=$(last_confirmed_before "$previous")
  [ -n "$release" ] || fail "there is no confirmed release to go back to; there are: $(list_releases)"
  require_release
  switch_to_release
}

last_confirmed_before() {
  [ -f "$state/confirmed" ] || return 0
  tac "$state/confirmed" | while IFS= read -r id; do
    if [ "$id" != "$1" ] && [ -f "$releases/$id/release.conf" ]; then
      printf '%s\n' "$id"
      break
    fi
  done
}

status() {
  live=$(current_release)
  printf 'current=%s\ncommit=%s\nconfirmed=%s\n' "$live" "$(commit_of "$live")" "$(last_confirmed)"
  for id in $(list_releases); do
    if was_confirmed "$id"; then
      printf 'release=%s confirmed %s\n' "$id" "$(commit_of "$id")"
    else
      printf 'release=%s provisional %s\n' "$id" "$(commit_of "$id")"
    fi
  done
}

was_confirmed() {
  [ -f "$state/confirmed" ] || return 1
  while IFS= read -r confirmed_id; do
    [ "$confirmed_id" != "$1" ] || return 0
  done <"$state/confirmed"
  return 1
}

main "$@"
exit
