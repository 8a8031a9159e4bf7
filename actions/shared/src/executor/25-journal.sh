
# --- journal -------------------------------------------------------------------------------------------------------

# How many lines are together in a file, and how many files of lines before stay.
journal_part=5000 journal_parts=20

no_hash=0000000000000000000000000000000000000000000000000000000000000000

# Adds a line to the journal: the step $1, what happened to it ($2), and a detail ($3). Every line carries the hash of
# the one before, so that a line which somebody changed or took out shows. Who holds the lock writes, and what goes on
# beside it (see journal_beside), so that one line comes after the other by a lock of its own.
journal() {
  exec 7>>"$state/journal.lock"
  flock --wait 60 7 || fail "$state/journal.lock is locked: \"fuser $state/journal.lock\" on the host tells by whom"
  journal_hash=$no_hash journal_number=1
  if [ -s "$journal_file" ]; then
    last_line=$(tail -n 1 "$journal_file" && echo .)
    case $last_line in
      *"$newline.") ;;
      # A line that a crash cut off stays, as a line of its own.
      *) echo >>"$journal_file" ;;
    esac
    last_line=${last_line%.} last_line=${last_line%"$newline"}
    journal_hash=$(hash_line "$last_line")
    journal_number=$(number_of_line "$last_line")
    journal_number=$((${journal_number:-$(journal_length)} + 1))
    if [ "$(wc -l <"$journal_file")" -ge "$journal_part" ]; then rotate_journal; fi
  fi
  journal_line "$1" "$2" "${3-}" >>"$journal_file"
  # On the disk, not only in its cache, before anything is done. Older coreutils only know how to write out everything.
  sync -d "$journal_file" 2>/dev/null 7>&- || sync 7>&-
  exec 7>&-
}

# A line beside whatever is at work, without waiting for it; but executors before this one wrote without that lock.
journal_beside() {
  if ! flock --nonblock "$state/lock" true && ! shares_journal; then
    exec 9<>"$state/lock"
    flock --wait 60 9 || fail "somebody is at work: $(lock_holder)"
  fi
  journal "$@"
  exec 9>&-
}

# Whether who holds the lock writes the journal as this executor does.
shares_journal() {
  sharing=$(cat "$state/lock")
  grep -qsF journal.lock "$state/operations/${sharing##* }/executor.sh"
}

journal_line() {
  printf '{"seq":%s,"at":"%s","operation":"%s","owner":"%s","actor":"%s","run":"%s","verb":"%s","release":"%s","step":"%s","event":"%s","detail":"%s","previous":"%s"}\n' \
    "$journal_number" "$(timestamp)" "$operation" "$owner" "$actor" "$run_url" "${work_verb:-$verb}" "$release" "$1" "$2" "$(json_text "$3")" "$journal_hash"
}

# The number of the last line. The numbers go on from one file to the next.
journal_length() {
  if [ -s "$journal_file" ]; then
    echo "$(($(number_of_first "$journal_file") - 1 + $(wc -l <"$journal_file")))"
  else
    echo 0
  fi
}

# The number of the first line in the file $1.
number_of_first() {
  first_number=$(number_of_line "$(head -n 1 "$1")")
  echo "${first_number:-1}"
}

# Files of lines before, the oldest first; the name has the number of the last line.
journal_files_before() {
  for journal_before in "$state"/journal-*.jsonl; do
    if [ -f "$journal_before" ]; then printf '%s\n' "$journal_before"; fi
  done
}

# The lines so far go into a file of their own; the next file begins with a line that says which of them stay, and what the
# hash of that file is.
rotate_journal() {
  put_away=$state/journal-$(printf '%09d' "$((journal_number - 1))").jsonl
  cp "$journal_file" "$put_away.new"
  mv "$put_away.new" "$put_away"
  journal_files_before | head -n "-$journal_parts" | while IFS= read -r old; do rm -f "$old"; done
  oldest=$(journal_files_before | head -n 1)
  journal_line rotate 'done' \
    "kept from line $(number_of_first "$oldest"), sha256 $(sha256sum <"$put_away" | cut -d ' ' -f 1)" >"$journal_file.new"
  sync -d "$put_away" "$journal_file.new" 2>/dev/null || sync
  mv "$journal_file.new" "$journal_file"
  journal_hash=$(hash_line "$(tail -n 1 "$journal_file")")
  journal_number=$((journal_number + 1))
}

# The hash of a line, without its end.
hash_line() {
  hashed=$(printf '%s' "$1" | sha256sum)
  printf '%s\n' "${hashed%% *}"
}

# Each line of standard input behind the hash of it without its end, or "failed". Nothing that every host has tells more
# than one hash of what it reads, and a process for each line would take minutes: a thousand of them at a time become
# files for one sha256sum.
hashed_lines() (
  hashing=$(mktemp -d "$(in_memory)/staging-pipeline-XXXXXX")
  trap 'rm -rf "$hashing"' EXIT
  # shellcheck disable=SC2016 # variables of awk
  LC_ALL=C awk -v folder="$hashing" '
    function hash_files(  files, hashed) {
      files = "cd " folder " && seq -f %04g 0 " (count - 1) " | xargs sha256sum"
      while ((files | getline hashed) > 0) { print substr(hashed, 1, 64), lines[done++] }
      close(files)
      if (done != count) exit 1
      count = done = 0
    }
    { file = folder "/" sprintf("%04d", count); printf "%s", $0 >file; close(file); lines[count++] = $0 }
    count == 1000 { hash_files() }
    END { if (count) hash_files() }' || echo failed
)

# Where files are not written to a disk, if there is such a place.
in_memory() { if [ -w /dev/shm ]; then echo /dev/shm; else printf '%s\n' "$state"; fi; }

# Text inside of a JSON string: quotes and backslashes become harmless ones.
# shellcheck disable=SC1003 # a backslash, not a quote that somebody wanted to escape
json_text() {
  case $1 in
    *[!A-Za-z0-9\ .,:\;/_@#+\(\)=-]*) plain_text "$1" | tr '"\\' "'/" ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# Does a step: the function and arguments after its name. The journal has what is about to be done, then that it is.
step() {
  step_name=$1
  shift
  journal "$step_name" intent
  "$@"
  journal "$step_name" 'done'
}

# The same within a step, which goes on afterwards.
part_of_step() {
  set -- "$step_name" "$@"
  step_name=$2
  journal "$2" intent
  do_part "$@"
  journal "$2" 'done'
  step_name=$1
}

do_part() {
  shift 2
  "$@"
}

# The last lines, as line=JSON, whether the whole chain is sound, and its last line's number and hash.
show_journal() {
  [ -s "$journal_file" ] || {
    [ -z "$(journal_files_before)" ] || fail "$journal_file is gone, though there are files of lines before: somebody removed it"
    echo verified=0
    return
  }
  lines_so_far | tail -n "$journal_lines" | while IFS= read -r line || [ -n "$line" ]; do
    printf 'line=%s\n' "$line"
  done
  verify_journal
  report_journal
}

# The last line's number and hash: who has kept them outside of this host can tell that no line was changed since. Nobody
# waits for who is writing: of a line that is not whole yet it is the one before.
report_journal() {
  [ -s "$journal_file" ] || return 0
  last_line=$(tail -n 2 "$journal_file" | sed -n '/^{"seq":[0-9]\{1,\},.*"}$/p' | tail -n 1)
  [ -z "$last_line" ] || printf 'journal=%s %s\n' "$(number_of_line "$last_line")" "$(hash_line "$last_line")"
}

# The number of the line $1; nothing where it was cut off.
number_of_line() {
  line_number=${1#'{"seq":'}
  line_number=${line_number%%,*}
  case $line_number in *[!0-9]*) ;; *) printf '%s\n' "$line_number" ;; esac
}

# All lines that this host still has.
lines_so_far() { journal_files | while IFS= read -r journal_part_file; do cat "$journal_part_file"; done; }

# Their files, the oldest first.
journal_files() {
  journal_files_needed
  printf '%s\n' "$journal_file"
}

# The first line that has to be there.
first_kept() {
  kept_from=$(head -n 1 "$journal_file" | sed -n 's/^.*"step":"rotate","event":"done","detail":"kept from line \([0-9]\{1,\}\), sha256 .*/\1/p')
  echo "${kept_from:-1}"
}

journal_files_needed() {
  from_line=$(first_kept)
  journal_files_before | while IFS= read -r journal_before; do
    last_of_file=${journal_before##*/journal-}
    last_of_file=$(printf '%s' "${last_of_file%.jsonl}" | sed 's/^0*//')
    if [ "$last_of_file" -ge "$from_line" ] && [ "$last_of_file" -lt "$(number_of_first "$journal_file")" ]; then
      printf '%s\n' "$journal_before"
    fi
  done
}

# Says how many lines are sound, or fails.
verify_journal() {
  checked=$(
    journal_files | while IFS= read -r checked_file; do
      # Without a line that somebody is writing.
      head -n "$(wc -l <"$checked_file")" "$checked_file" | hashed_lines
    done | check_lines "$(first_kept)"
  )
  case $checked in
    failed) fail "whether $journal_file is sound could not be found out (see above)" ;;
    broken*) fail "line ${checked#* } of $journal_file does not continue the line before: somebody changed or removed a line" ;;
  esac
  torn=${checked#* }
  printf 'verified=%s\n' "$((${checked% *} - torn))"
  [ "$torn" -eq 0 ] || printf 'torn=%s\n' "$torn"
}

# Of the lines in standard input, each behind its hash, the first with the number $1: how many there are, and how many a
# crash cut off; "broken" and the number of the first that does not continue the one before; or "failed". What was before
# the first is known for the very first only.
# shellcheck disable=SC2016 # variables of awk
check_lines() {
  LC_ALL=C awk -v first="$1" -v none="$no_hash" '
    BEGIN { if (first == 1) before = none }
    {
      if ($0 == "failed") { failed = 1; exit }
      line = substr($0, 66)
      end = substr(line, length(line) - 77)
      whole = index(line, "{\"seq\":" (first + count) ",") == 1 && index(end, "\"previous\":\"") == 1
      if (line !~ /"}$/) torn++
      else if (!whole || (before != "" && substr(end, 13, 64) != before)) { broken = first + count; exit }
      before = $1
      count++
    }
    END { if (failed) print "failed"; else if (broken) print "broken " broken; else print count + 0, torn + 0 }'
}

# The hashes of the last $1 lines, behind the number of the first of them, each by its first 16 digits: a run that knows how
# the journal ended some lines ago compares.
report_recent_lines() {
  [ -s "$journal_file" ] || return 0
  recent=$(lines_so_far | tail -n "$1")
  recent_first=$(number_of_line "$(printf '%s\n' "$recent" | head -n 1)")
  recent_last=$(number_of_line "$(printf '%s\n' "$recent" | tail -n 1 | sed -n '/"}$/p')")
  # Where a line is half written, or a file is being put away, somebody asks again another time.
  if [ -z "$recent_first" ] || [ -z "$recent_last" ]; then return 0; fi
  [ "$(printf '%s\n' "$recent" | wc -l)" -eq "$((recent_last - recent_first + 1))" ] || return 0
  printf 'journal-recent=%s%s\n' "$recent_first" "$(printf '%s\n' "$recent" | hashed_lines | awk '{ printf " %s", substr($1, 1, 16) }')"
}
