#!/bin/sh
# Stands in for `docker` on a host without containers: every call is recorded in $STAND_IN/calls, and answers come from
# files in $STAND_IN. What real containers do is the business of the end-to-end tests.
set -eu

printf '%s\n' "$*" >>"$STAND_IN/calls"

answer() { cat "$STAND_IN/$1"; }

case $1 in
  version) answer engine-version ;;
  image) grep -qx "$3" "$STAND_IN/present" ;;
  --config)
    cp "$2/config.json" "$STAND_IN/registry-config"
    printf '%s\n' "$2" >"$STAND_IN/registry-directory"
    ;;
  ps) ;;
  compose)
    case " $* " in
      *' version '*) answer compose-version ;;
      *' config --services '*) printf 'api\npostgres\n' ;;
      *' config --images '*) answer images ;;
      *' config --quiet '*) ;;
      *' ps '*) ;;
      *' up '*)
        case $* in *"$(answer up-fails-for)"*) exit 1 ;; esac
        ;;
      *' --entrypoint alembic api upgrade '*)
        echo 'INFO Running upgrade' >&2
        cp "$STAND_IN/schema-after" "$STAND_IN/schema"
        ;;
      *' --entrypoint sh '*) answer schema ;;
      *) exit 90 ;;
    esac
    ;;
  *) exit 91 ;;
esac
