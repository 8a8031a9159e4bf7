#!/bin/sh
# Waits for the database before the commands that need one, then becomes the command.
set -eu

case "$1" in
gunicorn | alembic)
	# PID 1 ignores signals that it has no trap for, and a trap only runs beside a background wait.
	# Whatever still waits ends with the container.
	trap 'exit 143' TERM INT
	python -m app.wait_for_database &
	wait $!
	trap - TERM INT
	;;
esac

exec "$@"
