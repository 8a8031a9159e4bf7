
# --- preflight: is this host fit for the release in $1? -----------------------------------------------------------------

preflight() {
  check_versions "$1"
  check_environment "$1"
  check_clock
  check_disk
  check_compose_file "$1"
  check_memory "$1"
  check_ports "$1"
}

check_versions() {
  engine=$(docker version --format '{{.Server.Version}}') ||
    fail "no Docker engine answers user $(id -un): is it running, and is the user in the group docker?"
  at_least 'Docker Engine' "$engine" 24 0
  plugin=$(docker compose version --short) || fail 'the Docker Compose plugin is missing: install docker-compose-plugin'
  at_least 'Docker Compose' "${plugin#v}" 2 20
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
check_environment() {
  placeholders='' live_keys='' set_variables=' '
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '#'* | '') continue ;;
      *CHANGE_ME*) placeholders="$placeholders ${line%%=*}" ;;
      *sk_live_* | *rk_live_*) live_keys="$live_keys ${line%%=*}" ;;
    esac
    case $line in *=?*) set_variables="$set_variables${line%%=*} " ;; esac
  done <"$releases/$1/.env.staging"
  [ -z "$placeholders" ] || fail "$base/shared/.env.staging still has the placeholder CHANGE_ME in:$placeholders"
  [ -z "$live_keys" ] || fail "$base/shared/.env.staging has a live Stripe key in:$live_keys; staging takes test keys (sk_test_...) only"
  unset_variables=''
  for each in $(conf "$1" variables); do
    case $set_variables in *" $each "*) ;; *) unset_variables="$unset_variables $each" ;; esac
  done
  [ -z "$unset_variables" ] || fail "$base/shared/.env.staging does not set:$unset_variables (.env.staging.example says what each is for)"
}

# Release ids are times, and so are deadlines.
check_clock() {
  [ -n "$now" ] || return 0
  skew=$(($(epoch) - now))
  [ "${skew#-}" -le 120 ] ||
    fail "the clock of this host is $skew s off the runner's: turn on time synchronisation (timedatectl set-ntp true)"
}

# Compressed layers become two to three times as large.
check_disk() {
  docker_root=$(docker info --format '{{.DockerRootDir}}')
  # An unprivileged user may not see into it: the directory above is on the same disk, or on one that is smaller.
  while [ ! -d "$docker_root" ]; do docker_root=$(dirname "$docker_root"); done
  disk_needed=$((disk_margin * 1024 + image_bytes / 1024))
  for directory in "$docker_root" "$base"; do
    disk_free=$(df --output=avail -k "$directory" | tail -n 1)
    [ "$disk_free" -ge "$disk_needed" ] ||
      fail "$directory has $((disk_free / 1024)) MiB free, but $((disk_needed / 1024)) MiB are needed (the new images and a margin of $disk_margin MiB): see docker system df, and $base/shared/backups"
  done
}

check_compose_file() {
  if [ -f "$releases/$1/services" ]; then
    compose "$1" config --quiet || fail 'Docker Compose does not accept the compose file of this release (see above)'
  else
    describe_services "$1"
  fi
}

# For a moment the application runs twice: what runs, and the new containers.
check_memory() {
  memory_needed=0
  for each in $(conf "$1" memory); do memory_needed=$((memory_needed + each)); done
  memory_free=$(($(meminfo MemAvailable) + $(meminfo SwapFree)))
  [ "$memory_free" -ge "$((memory_needed / 1024))" ] ||
    fail "this host has $((memory_free / 1024)) MiB of memory left, but the new containers may take $((memory_needed / 1048576)) MiB while the old ones still run"
}

meminfo() {
  while read -r meminfo_name meminfo_value _; do
    if [ "$meminfo_name" = "$1:" ]; then
      printf '%s\n' "$meminfo_value"
      return
    fi
  done </proc/meminfo
}

# A port that the release publishes may be taken by its own project only.
check_ports() {
  project=$(conf "$1" project)
  for port in $(conf "$1" ports); do
    # A container of ours that is stopped would still be listed without "running".
    [ -z "$(docker ps --quiet --filter "publish=$port" --filter "label=com.docker.compose.project=$project")" ] || continue
    other=$(docker ps --filter "publish=$port" --format '{{.Names}}')
    [ -z "$other" ] || fail "port $port is published by the container $other, which is not part of $project"
    ! is_listening "$port" || fail "port $port is taken by a process outside of Docker: ss -ltnp 'sport = :$port' shows it"
  done
}

is_listening() {
  hex_port=$(printf '%04X' "$1")
  while read -r _ local_address _ socket_state _; do
    case $local_address:$socket_state in *":$hex_port:0A") return 0 ;; esac
  done <<END
$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null)
END
  return 1
}
