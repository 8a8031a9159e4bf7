#!/bin/sh
# Process 1 of a container: runs the command that it is given, and once that was told to end, stays until nobody's
# commands run here any more. Nothing outlives process 1, and Compose gives "docker compose exec" the oldest container of
# a service for as long as it runs: without this, what somebody starts while a deploy ends the old container is cut off.
set -u

command='' told=''

pass_on() {
	[ -z "$command" ] || kill -s "$1" "$command"
}

for signal in HUP TTIN TTOU USR1 USR2 WINCH; do
	# shellcheck disable=SC2064 # each trap has the signal that it is for
	trap "pass_on $signal" "$signal"
done
for signal in INT QUIT TERM; do
	# shellcheck disable=SC2064 # each trap has the signal that it is for
	trap "told=$signal; pass_on $signal" "$signal"
done

# Whoever runs one command after the other needs a moment for the next: ends after half a second without any. Where they
# keep coming, ends between two of them after some six seconds: Docker kills after ten, unless the compose file says more.
await_commands() {
	looks=0 quiet=0
	while [ "$quiet" -lt 25 ]; do
		sleep 0.02
		looks=$((looks + 1)) quiet=$((quiet + 1))
		is_alone || quiet=0
		[ "$quiet" -eq 0 ] || [ "$looks" -lt 250 ] || return 0
	done
}

is_alone() {
	set -- /proc/[0-9]*
	[ $# -eq 1 ]
}

"$@" &
command=$!
[ -z "$told" ] || pass_on "$told"
# A signal ends the wait, not the command.
while
	wait "$command"
	code=$?
	kill -s 0 "$command" 2>/dev/null
do :; done
[ -z "$told" ] || await_commands
exit "$code"
