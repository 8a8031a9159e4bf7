
# --- doctor: what a deploy would find -----------------------------------------------------------------------------------------

# Looks at this host and its .env.staging as staging a release does, at all of it, and changes nothing. Standard input has
# what release.conf says of a release, and the rules of its environment, each after "rule ". Prints a line
# "checked=SUBJECT" for what is right, and "finding=error|warning CODE NAME LINE MESSAGE" for what is not.
doctor() {
  doctor_directory=$(mktemp -d)
  trap 'rm -rf "$doctor_directory"' EXIT
  trap 'exit 129' HUP INT TERM
  releases=$doctor_directory state=$doctor_directory
  mkdir "$releases/doctor"
  cat >"$releases/asked"
  grep -v '^rule ' "$releases/asked" >"$releases/doctor/release.conf" || :
  sed -n 's/^rule //p' "$releases/asked" >"$releases/doctor/environment-rules"
  examine versions check_versions doctor
  examine clock check_clock
  [ -n "$doctor_failed" ] || examine disk doctor_disk
  examine memory check_memory doctor
  [ -n "$doctor_failed" ] || examine ports check_ports doctor
  examine directory check_directory
  # Reading the file needs Compose, and no engine.
  if [ -d "$base" ] && docker compose version >/dev/null 2>&1; then doctor_environment; fi
}

# Says what came of the check that the words after the first call. What needs an engine is not asked without one.
doctor_failed=''
examine() {
  examined=$1
  shift
  if examined_said=$( ("$@") 2>&1); then
    printf 'checked=%s\n' "$examined"
  else
    [ "$examined" != versions ] || doctor_failed=yes
    printf 'finding=error %s - - %s\n' "$examined" "$(printf '%s\n' "$examined_said" | sed -n 's/^error: //p' | head -n 1)"
  fi
}

# Where there is no base directory yet, the one that it will be in.
doctor_disk() {
  while [ ! -d "$base" ]; do base=$(dirname "$base"); done
  check_disk
}

check_directory() {
  [ -d "$base" ] || fail "there is no $base: sudo install -d -o $(id -un) $base"
  [ -w "$base" ] || fail "user $(id -un) cannot write to $base: sudo chown $(id -un) $base"
  [ ! -d "$base/shared" ] || [ -r "$base/shared/.env.staging" ] || [ ! -e "$base/shared/.env.staging" ] ||
    fail "user $(id -un) cannot read $base/shared/.env.staging: sudo chown $(id -un) $base/shared/.env.staging"
}

doctor_environment() {
  shared_environment=$base/shared/.env.staging environment_file=$releases/doctor/.env.staging
  if [ ! -e "$shared_environment" ]; then
    printf 'finding=error missing-file - - there is no %s: npm run staging -- init writes it\n' "$shared_environment"
    return
  fi
  cat "$shared_environment" >"$environment_file"
  doctor_found=$(environment_findings doctor)
  case $doctor_found in *'error '*) ;; *) printf 'checked=environment\n' ;; esac
  [ -z "$doctor_found" ] || printf '%s\n' "$doctor_found" | sed 's/^/finding=/'
}
