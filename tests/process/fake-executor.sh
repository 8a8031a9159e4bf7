#!/bin/sh
# Stands in for the executor of ssh-deploy on a host without containers: it speaks the same protocol, keeps its
# operations running when the connection ends, and does what files in $FAKE_HOST/fake tell it. Every call is recorded in
# $FAKE_HOST/fake/calls. What the real one does is the business of the tests with a real host.
set -eu

main() {
  verb=$1
  shift
  line=$verb operation='' offset=0
  while [ $# -gt 0 ]; do
    line="$line $1 $2"
    case $1 in
      --operation) operation=$2 ;;
      --log-offset) offset=$2 ;;
    esac
    shift 2
  done
  fake=$FAKE_HOST/fake directory=$FAKE_HOST/operations/$operation
  printf '%s\n' "$line" >>"$fake/calls"
  case $verb in
    follow)
      [ -d "$directory" ] || end 71 "error: there is no operation $operation"
      verb=$(cat "$directory/verb")
      follow
      ;;
    stage | restage | migrate | prepare | switch | release | abort | confirm | rollback | recover | backup | restore)
      [ -d "$directory" ] || begin
      follow
      ;;
    *)
      case $verb in migrate-plan | doctor) cat >"$fake/$verb.payload" ;; esac
      answer err >&2
      answer out
      exit "$(answer exit)"
      ;;
  esac
}

end() {
  printf '%s\n' "$2" >&2
  exit "$1"
}

answer() {
  if [ -f "$fake/$verb.$1" ]; then cat "$fake/$verb.$1"; elif [ "$1" = exit ]; then echo 0; fi
}

# Cuts the connection, once, where the file VERB.cut says this moment.
cut_at() {
  [ "$(answer cut)" = "$1" ] || return 0
  rm "$fake/$verb.cut"
  # What has been written should have left before.
  sleep 1
  # The parent is the frame around this command, whose own is sshd.
  kill -KILL "$(sed 's/.*) [A-Z] \([0-9]*\) .*/\1/' "/proc/$PPID/stat")"
  exit 1
}

begin() {
  cut_at before
  mkdir -p "$directory"
  printf '%s\n' "$verb" >"$directory/verb"
  : >"$directory/log"
  case $verb in stage | restage | migrate) cat >"$fake/$verb.payload" ;; esac
  work </dev/null >/dev/null 2>&1 &
}

work() {
  printf 'begun: %s\n' "$verb" >>"$directory/log"
  wait_while test -f "$fake/$verb.hold"
  answer err >>"$directory/log"
  answer out >"$directory/out"
  answer exit >"$directory/exit.new"
  mv "$directory/exit.new" "$directory/exit"
}

wait_while() {
  tries=300
  while "$@" && [ "$tries" -gt 0 ]; do
    sleep 0.1
    tries=$((tries - 1))
  done
}

follow() {
  wait_while test ! -s "$directory/log"
  show_log
  cut_at during
  wait_while test ! -f "$directory/exit"
  show_log
  cat "$directory/out"
  exit "$(cat "$directory/exit")"
}

# Up to a size that was looked at first: what is written meanwhile comes with the next call.
show_log() {
  size=$(wc -c <"$directory/log")
  tail -c "+$((offset + 1))" "$directory/log" | head -c "$((size - offset))" >&2
  offset=$size
}

main "$@"
