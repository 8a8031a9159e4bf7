
# --- releases ------------------------------------------------------------------------------------------------------

# The id of the live release; nothing where there is none yet.
current_release() {
  [ -L "$base/current" ] || return 0
  current_link=$(readlink "$base/current")
  printf '%s\n' "${current_link##*/}"
}

make_current() {
  ln -sfn "releases/$1" "$base/current.new"
  mv -T "$base/current.new" "$base/current"
}

is_release() { [ -n "$1" ] && [ -f "$releases/$1/release.conf" ]; }

# The value of the key $2 in the file $1 of key=value lines, which this script or the action wrote.
value_of() {
  [ -f "$1" ] || return 0
  while IFS= read -r value_line; do
    case $value_line in "$2="*)
      printf '%s\n' "${value_line#*=}"
      return
      ;;
    esac
  done <"$1"
}

conf() { value_of "$releases/$1/release.conf" "$2"; }

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
  printf 'release=%s\ncommit=%s\n' "$1" "$(commit_of "$1")"
}

list_releases() {
  for list_path in "$releases"/*/release.conf; do
    [ -f "$list_path" ] || continue
    list_path=${list_path%/release.conf}
    printf '%s\n' "${list_path##*/}"
  done
}

# For people, on one line.
list_releases_with_commits() {
  list_text=''
  for list_id in $(list_releases); do
    list_note=''
    ! is_left "$list_id" || list_note=', which staging went back from'
    list_text="${list_text:+$list_text, }$list_id ($(commit_of "$list_id")$list_note)"
  done
  printf '%s\n' "${list_text:-none}"
}

require_release() {
  is_release "$1" || fail "there is no release $1 on this host; there are: $(list_releases_with_commits)"
}

was_confirmed() {
  [ -f "$state/confirmed" ] || return 1
  while IFS= read -r confirmed_id; do
    [ "$confirmed_id" != "$1" ] || return 0
  done <"$state/confirmed"
  return 1
}

# The release that was confirmed last, of those that staging did not go back from.
last_confirmed() { last_confirmed_before ''; }

# The same, of those that are still here, before the live release $1.
last_confirmed_before() {
  [ -f "$state/confirmed" ] || return 0
  tac "$state/confirmed" | while IFS= read -r before_id; do
    if [ "$before_id" != "$1" ] && is_release "$before_id" && ! is_left "$before_id"; then
      printf '%s\n' "$before_id"
      break
    fi
  done
}
