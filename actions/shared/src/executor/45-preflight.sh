
# --- preflight: is this host fit for the release in $1? -----------------------------------------------------------------

preflight() {
  check_versions "$1"
  check_environment "$1"
  check_clock
  check_disk
  check_compose_file "$1"
  # What the host has already was looked at then.
  [ "$verb" = restage ] || check_host_access "$1"
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

# Names variables and lines at fault, never values.
check_environment() {
  environment_file=$releases/$1/.env.staging shared_environment=$base/shared/.env.staging
  case $(stat --dereference --format %a "$shared_environment") in
    *[1-7]) fail "$shared_environment can be read by every user of this host: chmod 600 $shared_environment" ;;
  esac
  placeholders='' live_keys='' set_variables=' '
  environment=$(read_environment "$1") || fail "$shared_environment: $environment"
  while IFS= read -r line; do
    name=${line%%=*}
    case ${line#*=} in
      *CHANGE_ME*) placeholders="$placeholders $name" ;;
      *sk_live_* | *rk_live_*) live_keys="$live_keys $name" ;;
    esac
    case ${line#*=} in '' | null | '""') ;; *) set_variables="$set_variables$name " ;; esac
  done <<END
$environment
END
  [ -z "$placeholders" ] || fail "$shared_environment still has the placeholder CHANGE_ME in:$placeholders"
  [ -z "$live_keys" ] || fail "$shared_environment has a live Stripe key in:$live_keys; staging takes test keys (sk_test_...) only"
  unset_variables=''
  for each in $(conf "$1" variables); do
    case $set_variables in *" $each "*) ;; *) unset_variables="$unset_variables $each" ;; esac
  done
  [ -z "$unset_variables" ] || fail "$shared_environment does not set:$unset_variables (.env.staging.example says what each is for)"
}

# The variables in the file "environment_file" as Compose itself reads them with the release $1, a line each: NAME=, and the
# value as JSON. Where it cannot be read, what is wrong instead: what Compose says of it has parts of its values, so only
# the numbers of lines are told.
read_environment() {
  environment_read=$(mktemp -d "$state/.environment-XXXXXX")
  environment_code=0
  (
    # A line that is only a word is a variable to take from here: Compose passes over one that is not set.
    for word in $(lone_words); do
      eval "[ -n \"\${$word+set}\" ] || export $word=$lone_mark"
    done
    printf 'services: { reader: { image: reader, env_file: ["%s"] } }\n' "$environment_file" |
      docker compose --ansi never --project-name reader --project-directory "$releases/$1" \
        --env-file "$environment_file" --file - config --format json
  ) >"$environment_read/json" 2>"$environment_read/said" || environment_code=$?
  environment_problem=$(environment_problem)
  sed -n '/^ *"environment": {$/,/^ *}/s/^ *"\([^"\\]*\)": \(".*"\|null\),\{0,1\}$/\1=\2/p' "$environment_read/json" >"$environment_read/values"
  # A word at the very end, without a line end, is the value of a variable without a name.
  ! grep -q '^=' "$environment_read/values" || environment_problem="line $(grep -c '' "$environment_file") is no NAME=value"
  # shellcheck disable=SC2013 # names
  for word in $(sed -n "s/^\([^=]*\)=\"$lone_mark\"\$/\1/p" "$environment_read/values"); do
    environment_problem="line $(lines_with "^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}${word}[[:space:]]*\$") is no NAME=value"
  done
  [ -n "$environment_problem" ] || cat "$environment_read/values"
  rm -rf "$environment_read"
  [ -z "$environment_problem" ] || { printf '%s\n' "$environment_problem" && return 1; }
}

lone_mark=not-set-for-staging-pipeline

lone_words() {
  sed -n 's/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}\([A-Za-z_][A-Za-z0-9_]*\)[[:space:]]*$/\2/p' "$environment_file"
}

# The numbers of the lines of the file that match the pattern $1.
lines_with() { grep --line-number -e "$1" "$environment_file" | cut -d : -f 1 | paste -s -d , -; }

environment_problem() {
  environment_at=$(sed -n 's/.*: line \([0-9]\{1,\}\): .*/\1/p' "$environment_read/said" | head -n 1)
  if [ "$environment_code" -ne 0 ]; then
    if grep -q 'unterminated quoted value' "$environment_read/said"; then
      echo "a quote is opened and never closed${environment_at:+ (noticed in line $environment_at)}"
    elif grep -q 'Invalid template' "$environment_read/said"; then
      # shellcheck disable=SC2016 # what somebody has written
      printf '%s\n' "line $(lines_with '\$') has a \$ that Compose cannot read: write \$\$, or put the value in single quotes"
    else
      echo "line ${environment_at:-$(lines_with '^[^#=:]*[^#=:[:space:]][^#=:]*$\|^[[:space:]]*[=:]')} is no NAME=value"
    fi
    return
  fi
  unset_names=$(sed -n 's/.*The \\\{0,1\}"\([A-Za-z_][A-Za-z0-9_]*\)\\\{0,1\}" variable is not set.*/\1/p' "$environment_read/said" | sort -u)
  [ -z "$unset_names" ] || printf '%s\n' "line $(
    for each in $unset_names; do lines_with "\\\${\\{0,1\\}$each\\([^A-Za-z0-9_]\\|\$\\)"; done | tr , '\n' | sort -nu | paste -s -d , -
  ) has a \$ that Compose takes for the name of a variable, which is not set: write \$\$, or put the value in single quotes"
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
  compose_code=0
  compose_said=$(compose "$1" config --quiet 2>&1) || compose_code=$?
  [ -z "$compose_said" ] || printf '%s\n' "$compose_said" | without_values >&2
  [ "$compose_code" -eq 0 ] || fail 'Docker Compose does not accept the compose file of this release (see above)'
  require_record "$1"
}

# Standard input without the values of the environment that was checked: Compose quotes what it cannot use.
without_values() {
  values=$(printf '%s\n' "$environment" | sed -n 's/^[^=]*="\(.\{6,\}\)"$/\1/p' |
    sed 's/\$\$/$/g; s/\\\(["\\]\)/\1/g; s/[][\/.*^$]/\\&/g; s/.*/s\/&\/***\/g/')
  sed -e "$values"
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
