
# --- stage -----------------------------------------------------------------------------------------------------------

# Takes in a release that was uploaded. Staging goes on with the old one.
run_stage() {
  [ -n "$release" ] || fail 'stage needs a release id'
  [ ! -e "$releases/$release" ] || fail "release $release is on the host already: to stage it again, leave images empty"
  journal_force
  step open open_transaction "$(current_release)" staging
  partial=$release.partial
  step receive receive_release
  step preflight preflight "$partial"
  step compare carry_over "$partial"
  step pull pull_images "$partial"
  step staged finish_staging "$partial"
}

# What was forced is there to be read afterwards.
journal_force() {
  [ -n "$force" ] || return 0
  [ ! -f "$state/hold" ] || journal force 'done' "$verb of $release although deploys are on hold: $(cat "$state/hold")"
  [ "$verb" != restage ] || journal force 'done' "restage of $release whatever the schema"
}

# What staging something that was never finished left; some of it has the values of .env.staging.
remove_unstaged() { rm -rf "$releases"/*.partial "$state"/.environment-* "$state"/.proxy-*; }

# The environment as it is now belongs to the release: going back to it brings this back too.
receive_release() {
  [ -r "$base/shared/.env.staging" ] ||
    fail "$base/shared/.env.staging is missing or not readable: copy .env.staging.example there and fill it in"
  remove_unstaged
  rm -f "$op/upload/.env.staging" "$op/upload/executor.sh" "$op/upload/services"
  mv "$op/upload" "$releases/$partial"
  cat "$base/shared/.env.staging" >"$releases/$partial/.env.staging"
  # For whoever works on this host, and has nothing else: sh current/executor.sh status --base DIRECTORY
  cp "$op/executor.sh" "$releases/$partial/executor.sh"
}

finish_staging() {
  check_proxy_files "$1"
  [ ! -d "$releases/$release.partial" ] || mv -T "$releases/$release.partial" "$releases/$release"
  keep_images "$release"
  # shellcheck disable=SC2046 # words
  write_transaction phase=staged $(deadline_in "$confirm_timeout")
  report_release "$release"
  printf 'previous=%s\n' "$(current_release)"
}

# A release that is on the host already: only images may be missing. Its directory stays as it is.
run_restage() {
  find_recorded_release
  say "staging release $release of commit $(commit_of "$release") again"
  if [ -z "$force" ]; then require_readable_schema "$release"; fi
  journal_force
  step open open_transaction "$(current_release)" staging
  remove_unstaged
  step receive check_recorded_images
  step preflight preflight "$release"
  tell_older_names "$release"
  step pull pull_images "$release"
  step staged finish_staging "$release"
  if was_confirmed "$release"; then echo was-confirmed=true; else echo was-confirmed=false; fi
}

# What $release asks for, an id or the first digits of a commit, becomes the id of a release that is on this host.
find_recorded_release() {
  case $release in
    *[!0-9a-f]*) require_release "$release" ;;
    ???????*) find_by_commit ;;
    *) fail "\"$release\" is neither a release id nor a commit: a commit has 7 to 40 hexadecimal digits" ;;
  esac
  [ -n "$(commit_of "$release")" ] || fail "the manifest of release $release does not say which commit it is of"
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

# A compose file that somebody edited on the host would run something else than what was tested.
check_recorded_images() {
  # shellcheck disable=SC2046 # a list of service names
  images=$(compose "$release" config --images $(conf "$release" application-services))
  # shellcheck disable=SC2086 # a list of images
  named=$(printf ' %s ' $images)
  for pair in $(conf "$release" images); do
    case $named in
      *" ${pair#*=} "*) ;;
      *) fail "the compose file of release $release does not name ${pair#*=}, which it was staged with: somebody changed it" ;;
    esac
  done
}

# Only what is not there: the release's own images are named by digest, so what is there is right.
pull_images() {
  credentials=''
  [ ! -f "$op/docker/config.json" ] || credentials=$op/docker
  for image in $(images_of "$1"); do
    if docker image inspect "$image" >/dev/null 2>&1; then
      say "present: $image"
    else
      say "pulling: $image"
      docker ${credentials:+--config "$credentials"} pull --quiet "$image" >/dev/null </dev/null ||
        fail "image $image cannot be pulled: check the registry, its address as seen from this host, and the credentials"
    fi
  done
  rm -rf "$op/docker"
}

# --- files that containers mount ----------------------------------------------------------------------------------------

# Files that are mounted lie under a hash of their content. So a service whose files are the same keeps its container,
# and one whose files changed is made anew by Compose, since the path in its definition is another.
install_mounts() {
  for mount in $(conf "$1" mounts); do
    mount_directory=$base/mounts/${mount%%:*} mount_path=${mount#*:}
    [ ! -e "$mount_directory/$mount_path" ] || continue
    rm -rf "$mount_directory.new"
    (umask 022 && mkdir -p "$mount_directory.new/$(dirname "$mount_path")" "$mount_directory/$(dirname "$mount_path")")
    cp -R --preserve=mode "$releases/$1/$mount_path" "$mount_directory.new/$mount_path"
    mv -T "$mount_directory.new/$mount_path" "$mount_directory/$mount_path"
    rm -rf "$mount_directory.new"
  done
}
