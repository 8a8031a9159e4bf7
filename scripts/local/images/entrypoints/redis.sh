#!/bin/sh
# Like the public image: options alone mean redis-server, root becomes redis, other hosts may connect.
set -eu
case "${1:-}" in
  -*) set -- redis-server "$@" ;;
esac
[ "$1" != redis-server ] || set -- "$@" --protected-mode no
if [ "$(id -u)" = 0 ]; then
  chown redis:redis .
  exec setpriv --reuid=redis --regid=redis --clear-groups "$@"
fi
exec "$@"
