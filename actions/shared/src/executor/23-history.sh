
# --- history: what was live, one after the other ----------------------------------------------------------------------------
#
# state/history has a line for each time that something went live: its number, the time, the release, how (released,
# rolled-back, returned; before, for what an executor without a history had confirmed), the number under which that release
# was live the last time or "-", who, the page of the run or "-", and the transaction. Numbers only grow: to go back is an
# entry of its own. Every change of the file writes it anew, so that it is whole, and it keeps its last lines only: the
# thousandth deploy takes as long as the fifth.

history_length=1000

# The release $2 is live now, in the way $1; $3 is who saw to it, where it is not who holds the transaction. Done twice, as
# after a crash in between, it is one entry.
enter_history() {
  [ "${3-}" != "$(transaction owner)" ] || set -- "$1" "$2"
  [ -f "$state/history" ] || begin_history
  entered_last=$(tail -n 1 "$state/history")
  read -r entered_number _ entered_release _ _ _ _ entered_transaction <<END
$entered_last
END
  case $1:$entered_release in
    "returned:$2") return 0 ;;
    *":$2") [ "$entered_transaction" != "$(transaction number)" ] || return 0 ;;
  esac
  entered_number=$((${entered_number:-0} + 1)) entered_by=${3:-$(transaction actor)} entered_run=$(transaction run-url)
  [ -z "${3-}" ] || entered_run=''
  entered_before=$(number_in_history "$2")
  add_to_history "$entered_number $(timestamp) $2 $1 ${entered_before:--} ${entered_by:-$(transaction owner)} ${entered_run:--} $(transaction number)"
  journal live 'done' "v$entered_number: $(how_in_words "$1" "$entered_before")"
}

how_in_words() {
  case $1:$2 in
    released:) echo released ;;
    released:*) echo "released again, as v$2" ;;
    rolled-back:) echo 'rolled back to a release of before the history' ;;
    rolled-back:*) echo "rolled back to v$2's release" ;;
    returned:) echo 'back to the release before' ;;
    returned:*) echo "back to v$2's release" ;;
  esac
}

# The number under which the release $1 was live the last time; nothing where it was not.
number_in_history() {
  awk -v release="$1" '$3 == release { number = $1 } END { if (number != "") print number }' "$state/history"
}

add_to_history() {
  tail -n "$((history_length - 1))" "$state/history" >"$state/history.new"
  printf '%s\n' "$1" >>"$state/history.new"
  sync -d "$state/history.new" 2>/dev/null || sync
  mv "$state/history.new" "$state/history"
}

# Hosts that have deployed before know what they confirmed, in order, and what was live until now.
begin_history() {
  {
    [ ! -f "$state/confirmed" ] || cat "$state/confirmed"
    [ "$(tail -n 1 "$state/confirmed" 2>/dev/null)" = "$(transaction previous)" ] || transaction previous
  } | sed '/^$/d' | tail -n "$((history_length / 2))" | awk '{
    made = substr($1, 1, 4) "-" substr($1, 5, 2) "-" substr($1, 7, 5) ":" substr($1, 12, 2) ":" substr($1, 14, 3)
    print NR, made, $1, "before", ($1 in number) ? number[$1] : "-", "-", "-", "-"
    number[$1] = NR
  }' >"$state/history.new"
  mv "$state/history.new" "$state/history"
}

# The entries of the releases that are still here.
report_history() {
  [ -s "$state/history" ] || return 0
  awk -v kept=" $(list_releases | tr '\n' ' ')" 'index(kept, " " $3 " ") { print "history=" $0 }' "$state/history" | tail -n 50
}
