
# --- journal -------------------------------------------------------------------------------------------------------

# Adds a line to the journal: the step $1, what happened to it ($2), and a detail ($3). Every line carries the hash of
# the one before, so that a line which somebody changed or took out shows. Only who holds the lock writes.
journal() {
  journal_hash=0000000000000000000000000000000000000000000000000000000000000000 journal_number=1
  if [ -s "$journal_file" ]; then
    # A line that a crash cut off stays, as a line of its own.
    [ "$(tail -c 1 "$journal_file" | wc -l)" -eq 1 ] || echo >>"$journal_file"
    journal_hash=$(hash_line "$(tail -n 1 "$journal_file")")
    journal_number=$(($(journal_length) + 1))
  fi
  printf '{"seq":%s,"at":"%s","operation":"%s","owner":"%s","verb":"%s","release":"%s","step":"%s","event":"%s","detail":"%s","previous":"%s"}\n' \
    "$journal_number" "$(timestamp)" "$operation" "$owner" "${work_verb:-$verb}" "$release" "$1" "$2" "$(json_text "${3-}")" "$journal_hash" \
    >>"$journal_file"
  # On the disk, not only in its cache, before anything is done. Older coreutils only know how to write out everything.
  sync -d "$journal_file" 2>/dev/null || sync
}

journal_length() { if [ -f "$journal_file" ]; then wc -l <"$journal_file"; else echo 0; fi; }

# The hash of a line, without its end.
hash_line() { printf '%s' "$1" | sha256sum | cut -d ' ' -f 1; }

# Text inside of a JSON string: quotes and backslashes become harmless ones.
# shellcheck disable=SC1003 # a backslash, not a quote that somebody wanted to escape
json_text() { plain_text "$1" | tr '"\\' "'/"; }

# Does a step: the function and arguments after its name. The journal has what is about to be done, then that it is.
step() {
  step_name=$1
  shift
  journal "$step_name" intent
  "$@"
  journal "$step_name" 'done'
}

# The last lines, as line=JSON, and whether the whole chain is sound.
show_journal() {
  [ -s "$journal_file" ] || {
    echo verified=0
    return
  }
  tail -n "$journal_lines" "$journal_file" | while IFS= read -r line || [ -n "$line" ]; do
    printf 'line=%s\n' "$line"
  done
  journal_hash=0000000000000000000000000000000000000000000000000000000000000000 journal_number=0 torn=0
  while IFS= read -r line; do
    journal_number=$((journal_number + 1))
    case $line in
      "{\"seq\":$journal_number,"*"\"previous\":\"$journal_hash\"}") ;;
      *'"}') fail "line $journal_number of $journal_file does not continue the line before: somebody changed or removed a line" ;;
      *) torn=$((torn + 1)) ;;
    esac
    journal_hash=$(hash_line "$line")
  done <"$journal_file"
  printf 'verified=%s\n' "$((journal_number - torn))"
  [ "$torn" -eq 0 ] || printf 'torn=%s\n' "$torn"
}
