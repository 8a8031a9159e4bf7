
# --- the proxy's files: exactly those of a release ----------------------------------------------------------------------
#
# They are at one place for all releases, since the proxy goes on running: they change under it. That is every file, folder
# and link, with its mode; what a release before brought and this one does not is taken away. Two things stay: "routes" and
# its folders, which are the host's, and what somebody has put there on the server, which no release brought:
# state/proxy-files knows what releases did.

proxy_files() { printf '%s/mounts/proxy/%s\n' "$base" "$(conf "$1" proxy-path)"; }

proxy_files_of_release() { printf '%s/%s/%s\n' "$releases" "$1" "$(conf "$1" proxy-path)"; }

# The paths below the folder $1 of a release, a line each, a folder before what is in it. "routes" is there for a start by
# hand only.
proxy_paths() {
  [ ! -d "$1" ] || (cd "$1" && find . -mindepth 1 -path ./routes -prune -o -print) | sed 's|^\./||'
}

# What releases have brought to the proxy's folder $1, relative to "mounts". An executor before this one kept no list: then
# what the releases say that are still here.
brought_paths() {
  if [ -f "$state/proxy-files" ]; then
    while IFS= read -r brought_line; do
      case $brought_line in "$1/"*) printf '%s\n' "${brought_line#"$1/"}" ;; esac
    done <"$state/proxy-files"
  else
    for brought_id in $(list_releases); do
      [ "$(conf "$brought_id" proxy-path)" != "$1" ] || proxy_paths "$(proxy_files_of_release "$brought_id")"
    done | LC_ALL=C sort -u
  fi
}

# Writes down that releases have brought the paths $2, a line each, to the proxy's folder $1.
note_brought() {
  {
    if [ -f "$state/proxy-files" ]; then
      while IFS= read -r brought_line; do
        case $brought_line in "$1/"*) ;; *) printf '%s\n' "$brought_line" ;; esac
      done <"$state/proxy-files"
    fi
    printf '%s\n' "$2" | sed "/^\$/d; s|^|$1/|"
  } >"$state/proxy-files.new"
  mv "$state/proxy-files.new" "$state/proxy-files"
}

exists() { [ -e "$1" ] || [ -L "$1" ]; }

is_folder() { [ -d "$1" ] && [ ! -L "$1" ]; }

# What $1 is, and its mode, as a number: without the bits that a new folder inherits from the one it is in.
kind_of() { printf '%s\n' "$((0x$(stat --format %f "$1") & 0171777))"; }

# Whether $1 and $2 are the same file, folder or link: kind, mode and content.
same_entry() {
  exists "$2" && [ "$(kind_of "$1")" = "$(kind_of "$2")" ] || return 1
  if [ -L "$1" ]; then [ "$(readlink "$1")" = "$(readlink "$2")" ]; elif [ -f "$1" ]; then cmp -s "$1" "$2"; fi
}

# What has to be done to the folder $2 so that it is the folder $1 of a release, where the paths $3 come from releases: a
# line "remove PATH" or "put PATH" each, in an order in which it can be done.
proxy_changes() {
  wanted_paths=$(proxy_paths "$1") replaced=''
  printf '%s\n' "$3" | LC_ALL=C sort -r | while IFS= read -r changed_path; do
    if [ -z "$changed_path" ] || printf '%s\n' "$wanted_paths" | grep -qxF -e "$changed_path"; then continue; fi
    ! exists "$2/$changed_path" || printf 'remove %s\n' "$changed_path"
  done
  printf '%s\n' "$wanted_paths" | while IFS= read -r changed_path; do
    [ -n "$changed_path" ] || continue
    # What is seen through a link goes with it.
    case $changed_path in "${replaced:-/}"*) ;; *) ! same_entry "$1/$changed_path" "$2/$changed_path" || continue ;; esac
    if is_folder "$1/$changed_path" && ! is_folder "$2/$changed_path"; then replaced=$changed_path/; fi
    printf 'put %s\n' "$changed_path"
  done
}

# Does the changes $3 to the folder $2, out of the folder $1.
change_proxy_files() {
  printf '%s\n' "$3" | while IFS= read -r change; do
    changed_path=${change#* }
    case $change in
      remove\ *) remove_entry "$2/$changed_path" ;;
      put\ *) put_entry "$1/$changed_path" "$2/$changed_path" "$2/.staging-pipeline.new" ;;
    esac
  done
}

# A folder in which somebody has put something of their own stays.
remove_entry() {
  if is_folder "$1"; then rmdir "$1" 2>/dev/null || :; else rm -f "$1"; fi
}

# Puts $1 in the place of $2, whatever is there, by way of $3.
put_entry() {
  if is_folder "$1"; then
    is_folder "$2" || { rm -f "$2" && mkdir "$2"; }
    chmod "$(stat --format %a "$1")" "$2"
    return
  fi
  rm -rf "$3"
  cp --no-dereference --preserve=mode "$1" "$3"
  ! is_folder "$2" || rm -rf "$2"
  mv -T "$3" "$2"
}

# Puts the files of the release $1 in place for the proxy; says in $proxy_changed whether any differs.
install_proxy_files() {
  proxy_path=$(conf "$1" proxy-path) proxy_changed=''
  [ -n "$proxy_path" ] || return 0
  proxy_source=$(proxy_files_of_release "$1") proxy_target=$(proxy_files "$1")
  brought=$(brought_paths "$proxy_path")
  proxy_changed=$(proxy_changes "$proxy_source" "$proxy_target" "$brought")
  own_paths=$(proxy_paths "$proxy_source")
  if [ -n "$proxy_changed" ]; then
    (umask 022 && mkdir -p "$proxy_target")
    # Both, until it is done: whoever comes after a crash has to know of all.
    note_brought "$proxy_path" "$(printf '%s\n%s\n' "$brought" "$own_paths" | LC_ALL=C sort -u)"
    change_proxy_files "$proxy_source" "$proxy_target" "$proxy_changed"
  fi
  note_brought "$proxy_path" "$own_paths"
}

# nginx accepts what the proxy's folder will be with the release $1, before anything depends on it.
check_proxy_files() {
  [ -n "$(conf "$1" proxy-path)" ] || return 0
  proxy_source=$(proxy_files_of_release "$1") proxy_target=$(proxy_files "$1") proxy_live=$(current_release)
  brought=$(brought_paths "$(conf "$1" proxy-path)")
  proxy_changed=$(proxy_changes "$proxy_source" "$proxy_target" "$brought")
  # What it runs with already it has accepted.
  if [ -z "$proxy_changed" ] && is_release "$proxy_live" &&
    [ "$(definition_of "$proxy_live" "$(conf "$proxy_live" proxy)")" = "$(definition_of "$1" "$(conf "$1" proxy)")" ]; then return 0; fi
  tried=$(mktemp -d "$state/.proxy-XXXXXX")
  mkdir -m 755 "$tried/files"
  [ ! -d "$proxy_target" ] || cp --archive "$proxy_target/." "$tried/files"
  change_proxy_files "$proxy_source" "$tried/files" "$proxy_changed"
  nginx_code=0
  ask_nginx "$1" "$tried/files" || nginx_code=$?
  rm -rf "$tried"
  case $nginx_code in
    0) ;;
    1) fail 'nginx does not accept the configuration of this release (see above)' ;;
    *) fail "whether nginx accepts the configuration of this release cannot be checked (exit code $nginx_code, see above): the service $(conf "$1" proxy) has to be nginx" ;;
  esac
}

# Asks the nginx of the release $1 about the folder $2. The names of services lead somewhere, as they will: whether they run
# already is not what is asked.
ask_nginx() {
  asked_image=$(record_of "$1" "$(conf "$1" proxy)" | cut -d ' ' -f 2) asked_folder=$2 asked_names=$(services_of "$1")
  set --
  for each in $asked_names; do set -- "$@" --add-host "$each:127.0.0.1"; done
  docker run --rm --pull never --network none --read-only --tmpfs /tmp --cap-drop ALL --user nginx --entrypoint nginx \
    "$@" --volume "$asked_folder:/etc/nginx/staging:ro" "$asked_image" -t -c /etc/nginx/staging/nginx.conf >&2 </dev/null
}
