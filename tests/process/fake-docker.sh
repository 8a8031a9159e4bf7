#!/bin/sh
# Stands in for docker on a host without containers: it knows those in $FAKE_DOCKER/containers (ID: service number started
# finished), whose logs are files in $FAKE_DOCKER/logs, tells events as they come to $FAKE_DOCKER/events, and runs what is
# to be run in a container on this machine.
set -eu

follow_file() {
  shown=0
  while [ ! -f "$2" ]; do
    all=$(wc -l <"$1")
    if [ "$all" -gt "$shown" ]; then
      head -n "$all" "$1" | tail -n "+$((shown + 1))"
      shown=$all
    fi
    sleep 0.1
  done
}

printf '%s\n' "$*" >>"$FAKE_DOCKER/calls"
command=$1
shift
case $command in
  version) ;;
  ps)
    for file in "$FAKE_DOCKER/containers"/*; do
      read -r service number _ <"$file"
      printf '%s %s %s - running shop-%s-%s\n' "$number" "$service" "${file##*/}" "$service" "$number"
    done
    ;;
  inspect)
    format=$2 id=$3
    read -r service number started finished <"$FAKE_DOCKER/containers/$id"
    case $format in
      '{{.Name}}') printf '/shop-%s-%s\n' "$service" "$number" ;;
      *StartedAt*) printf '%s %s\n' "$started" "$finished" ;;
      *) echo ;;
    esac
    ;;
  logs)
    follow='' timestamps='' since='' tail=all
    while [ $# -gt 1 ]; do
      case $1 in
        --follow) follow=yes ;;
        --timestamps) timestamps=yes ;;
        --since) since=$2 && shift ;;
        --tail) tail=$2 && shift ;;
      esac
      shift
    done
    log=$FAKE_DOCKER/logs/$1
    if [ -n "$follow" ]; then
      follow_file "$log" "$FAKE_DOCKER/logs/$1.stopped$since"
    else
      tail -n "$([ "$tail" = all ] && echo +1 || echo "$tail")" "$log" | if [ -n "$timestamps" ]; then cat; else sed 's/^[^ ]* //'; fi
    fi
    ;;
  events) follow_file "$FAKE_DOCKER/events" "$FAKE_DOCKER/engine-stopped" ;;
  exec)
    while :; do
      case $1 in
        --env) shift 2 ;;
        --*) shift ;;
        *) break ;;
      esac
    done
    shift
    exec "$@"
    ;;
  *) echo "the fake docker has no $command" >&2 && exit 1 ;;
esac
