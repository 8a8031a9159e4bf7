
# --- left: releases that staging went back from -----------------------------------------------------------------------
#
# state/left has a line for each: its id, the time, who left it, and why in words. Nothing goes back to one of them unless
# it is named. One that is live again, for good, is like any other.

left_line() {
  [ -f "$state/left" ] || return 0
  while IFS= read -r left_text; do
    case $left_text in "$1 "*)
      printf '%s\n' "$left_text"
      return
      ;;
    esac
  done <"$state/left"
}

is_left() { [ -n "$(left_line "$1")" ]; }

# Writes the marks anew: without that of the release $1, and with the line $2 where it is given.
rewrite_left() {
  {
    [ ! -f "$state/left" ] || grep -v "^$1 " "$state/left" || :
    [ -z "${2-}" ] || printf '%s\n' "$2"
  } >"$state/left.new"
  sync -d "$state/left.new" 2>/dev/null || sync
  mv "$state/left.new" "$state/left"
}

mark_left() { rewrite_left "$1" "$1 $(timestamp) $2 $3"; }

forget_left() { if is_left "$1"; then rewrite_left "$1"; fi; }

# Staging went back from the release $1 to $2, or to nothing where that is empty; $3 says who did it, $4 why. What was
# confirmed after $2 has been passed over: the way back from $2 does not lead there either.
leave_for() {
  # A live release that was staged again and taken back has left nothing.
  [ "$1" != "$2" ] || return 0
  for passed_id in $(confirmed_after "$2"); do
    is_left "$passed_id" || mark_left "$passed_id" "$3" "passed over on the way back from $1 to $2"
  done
  mark_left "$1" "$3" "$4"
  [ -z "$2" ] || forget_left "$2"
}

# What was confirmed after the release $1 was, the last time.
confirmed_after() {
  was_confirmed "$1" || return 0
  tac "$state/confirmed" | while IFS= read -r after_id; do
    [ "$after_id" != "$1" ] || break
    printf '%s\n' "$after_id"
  done
}

# Why each release that is still here was left.
report_left() {
  for left_id in $(list_releases); do
    left_text=$(left_line "$left_id")
    [ -z "$left_text" ] || printf 'left=%s\n' "$left_text"
  done
}
