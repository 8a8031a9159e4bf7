
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

# Names variables and lines at fault, never values. All that is wrong is told at once.
check_environment() {
  environment_file=$releases/$1/.env.staging shared_environment=$base/shared/.env.staging
  environment_told=$(mktemp "$state/.environment-XXXXXX")
  # Not in a subshell: what was read is needed below.
  environment_findings "$1" >"$environment_told"
  environment_found=$(cat "$environment_told")
  rm -f "$environment_told"
  printf '%s\n' "$environment_found" | sed -n 's/^warning [^ ]* //p' | while IFS= read -r finding; do
    say "warning: $shared_environment: $(finding_text "$finding")"
  done
  wrong=$(printf '%s\n' "$environment_found" | sed -n 's/^error [^ ]* //p' | while IFS= read -r finding; do
    printf '; %s' "$(finding_text "$finding")"
  done)
  [ -z "$wrong" ] || fail "$shared_environment: ${wrong#; }"
}

# What is told of a finding "NAME LINE MESSAGE", "-" for a name or line that there is none of.
finding_text() {
  finding_name=${1%% *} finding_rest=${1#* }
  finding_line=${finding_rest%% *} finding_message=${finding_rest#* }
  [ "$finding_name" != - ] || finding_name=''
  case $finding_line in
    -) printf '%s\n' "${finding_name:+$finding_name }$finding_message" ;;
    *) printf '%s\n' "line $finding_line: ${finding_name:+$finding_name }$finding_message" ;;
  esac
}

# What is wrong with shared/.env.staging, of which "environment_file" is a copy, for the release $1: lines
# "error|warning CODE NAME LINE MESSAGE". Leaves what was read as "environment".
environment_findings() {
  findings_directory=$(mktemp -d "$state/.environment-XXXXXX")
  rules_file=$findings_directory/rules
  case $(stat --dereference --format %a "$shared_environment") in
    *[1-7]) echo "error mode - - can be read by every user of this host: chmod 600 $shared_environment" ;;
  esac
  if environment=$(read_environment "$1"); then
    printf '%s\n' "$environment" | value_findings "$1" >"$findings_directory/values"
    # Compose is asked for lines only where one is to be told, or where a name seems to be there twice.
    : >"$findings_directory/lines"
    if [ -s "$findings_directory/values" ] || [ -n "$(repeated_names)" ]; then
      definition_lines "$1" >"$findings_directory/lines"
    fi
    { duplicate_findings && cat "$findings_directory/values"; } | with_lines
    password_finding=$(database_finding "$1")
    [ -z "$password_finding" ] || {
      definition_lines "$1" >"$findings_directory/lines"
      printf '%s\n' "$password_finding" | with_lines
    }
  else
    environment_rules "$1" >"$rules_file"
    unread_finding "$environment"
  fi
  rm -rf "$findings_directory"
}

# What to say of a file that Compose cannot read for the reason $1. The variable at fault is told where it is one that the
# rules know: any other word may be a part of a value.
unread_finding() {
  unread_line=$(printf '%s\n' "$1" | sed -n 's/.*line \([0-9]\{1,\}\).*/\1/p' | head -n 1)
  case $1 in *'not set: write'*)
    unset_known=$(taken_and_unset)
    [ -z "$unset_known" ] || {
      for each in $unset_known; do
        printf 'error missing %s - is not set, and line %s takes it\n' "$each" "$(lines_with "\\\${\\{0,1\\}$each\\([^A-Za-z0-9_]\\|\$\\)")"
      done
      return
    }
    ;;
  esac
  unread_name=$(known_name_in "$(sed -n "${unread_line:-\$}p" "$environment_file")")
  case $1 in
    *'is no NAME=value' | 'a quote is'*)
      # A quote that nobody closed ends at the next one, wherever that is: what is behind it is then at fault.
      opened=$(sed -n "1,${unread_line:-\$}{/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}[A-Za-z_][A-Za-z0-9_]*[[:blank:]]*[=:][[:blank:]]*\(\"[^\"]*\|'[^']*\)\$/=}" "$environment_file" | tail -n 1)
      opening=${opened:+$(known_name_in "$(sed -n "${opened}p" "$environment_file")")}
      if [ -n "$opening" ] && [ -z "$unread_name" ]; then
        printf 'error unreadable %s %s opens a quote that is not closed in its line\n' "$opening" "$opened"
        return
      fi
      ;;
  esac
  if [ -n "$unread_name" ]; then
    printf 'error unreadable %s - in %s\n' "$unread_name" "$1"
  else
    printf 'error unreadable - - %s\n' "$1"
  fi
}

# The variables of the rules that a value takes and no line sets.
taken_and_unset() {
  sed -n 's/^variable \([^ ]*\) .*/\1/p' "$rules_file" | while IFS= read -r each; do
    [ -z "$(lines_with "^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}${each}[[:blank:]]*[=:]")" ] || continue
    [ -z "$(lines_with "^[^#]*\\\${\\{0,1\\}$each\\([^A-Za-z0-9_]\\|\$\\)")" ] || printf '%s\n' "$each"
  done
}

# The variable that the line $1 begins with, where the rules know it.
known_name_in() {
  line_name=$(printf '%s\n' "$1" | sed -n 's/^[[:space:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}\([A-Za-z_][A-Za-z0-9_]*\).*/\2/p')
  if [ -n "$line_name" ] && grep -q "^variable $line_name " "$rules_file"; then printf '%s\n' "$line_name"; fi
}

# The names that the file gives values to, as "NAME LINE" for each time that it does. Which lines do, and which are within a
# value, is Compose's to say: it reads the file once more, with the number of each such line in the name.
definition_lines() {
  sed 's/^\xEF\xBB\xBF//' "$environment_file" | LC_ALL=C awk '
    match($0, /^[ \t]*(export[ \t]+)?[A-Za-z_][A-Za-z0-9_.]*[ \t]*[=:]/) {
      before = match($0, /^[ \t]*export[ \t]+/) ? RLENGTH : match($0, /^[ \t]+/) ? RLENGTH : 0
      $0 = substr($0, 1, before) "LINE_" NR "_" substr($0, before + 1)
    }
    { print }
  ' >"$findings_directory/numbered"
  if compose_environment "$findings_directory/numbered" "$1" >"$findings_directory/json" 2>/dev/null; then
    environment_lines <"$findings_directory/json" | sed -n 's/^LINE_\([0-9]*\)_\([^=]*\)=.*/\2 \1/p'
  else
    sed -n 's/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}\(LINE_\)\([0-9]*\)_\([A-Za-z0-9_.]*\)[[:blank:]]*[=:].*/\4 \3/p' \
      "$findings_directory/numbered"
  fi | sort -k 1,1 -k 2,2n
}

repeated_names() {
  sed 's/^\xEF\xBB\xBF//' "$environment_file" | sed -n 's/^[[:blank:]]*\(export[[:blank:]]\{1,\}\)\{0,1\}\([A-Za-z_][A-Za-z0-9_.]*\)[[:blank:]]*[=:].*/\2/p' |
    sort | uniq -d
}

duplicate_findings() {
  awk '{ lines[$1] = lines[$1] (times[$1]++ ? " and " : "") $2 }
    END { for (name in times) if (times[name] > 1)
      print "error duplicate", name, "is in lines " lines[name] ": the last of them counts, take the others out" }' "$findings_directory/lines" | sort
}

# Findings "LEVEL CODE NAME MESSAGE" with the line of the name, "-" where it has none.
with_lines() {
  awk -v lines="$findings_directory/lines" '
    BEGIN { while ((getline line < lines) > 0) { split(line, parts, " "); at[parts[1]] = parts[2] } }
    { rest = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", rest); print $1, $2, $3, ($3 in at ? at[$3] : "-"), rest }'
}

# The password of a database is that of when its volume was made. A container that runs is asked, over its network as
# the application does it; of one that does not run, nothing is known.
database_finding() {
  set -- "$1" "$(sed -n 's/^database //p' "$rules_file" | head -n 1)"
  [ -n "$2" ] || return 0
  # shellcheck disable=SC2086 # words
  set -- "$1" $2
  ! grep -q "^error [^ ]* \($2\|$5\|$6\|$7\) " "$findings_directory/values" || return 0
  database_container=$(docker ps --quiet --filter "label=com.docker.compose.project=$(conf "$1" project)" \
    --filter "label=com.docker.compose.service=$4" --filter health=healthy 2>/dev/null | head -n 1)
  [ -n "$database_container" ] || return 0
  database_code=0
  # shellcheck disable=SC2016 # the container's
  database_values "$1" | docker exec --interactive "$database_container" sh -c '
    IFS= read -r PGUSER && IFS= read -r PGPASSWORD && IFS= read -r PGDATABASE || exit 0
    export PGUSER PGPASSWORD PGDATABASE PGCONNECT_TIMEOUT=5
    psql --version || exit 0
    psql -XAtc "SELECT 1" || exit 3
    psql -XAt -h "$(hostname)" -c "SELECT 1" || exit 4' >/dev/null 2>&1 || database_code=$?
  case $database_code in
    3) echo "error database $5 has another value than when the volume of the database was made, or $7 has: the file does not change the database, put the earlier ones back" ;;
    4) echo "error password $6 has another value than when the volume of the database was made, and the file does not change it there: put the earlier one back, or set this one with ALTER ROLE" ;;
  esac
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
    compose_environment "$environment_file" "$1"
  ) >"$environment_read/json" 2>"$environment_read/said" || environment_code=$?
  environment_problem=$(environment_problem)
  environment_lines <"$environment_read/json" >"$environment_read/values"
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

# Has Compose read the file $1 with the release $2 around it.
compose_environment() {
  printf 'services: { reader: { image: reader, env_file: ["%s"] } }\n' "$1" |
    docker compose --ansi never --project-name reader --project-directory "$releases/$2" \
      --env-file "$1" --file - config --format json
}

# The environment in the answer of compose_environment, a line each.
environment_lines() {
  sed -n '/^ *"environment": {$/,/^ *}/s/^ *"\([^"\\]*\)": \(".*"\|null\),\{0,1\}$/\1=\2/p'
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
      dollars=$(lines_with '^[^#]*\${[^}]*$')
      printf '%s\n' "line ${dollars:-$(lines_with '^[^#]*\$')} has a \$ that Compose cannot read: write \$\$, or put the value in single quotes"
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
