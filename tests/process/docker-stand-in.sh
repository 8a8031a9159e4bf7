#!/bin/sh
# Stands in for `docker` on a host without containers: every call is recorded in $STAND_IN/calls, and answers come from
# files in $STAND_IN. What real containers do is the business of the end-to-end tests.
set -eu

printf '%s\n' "$*" >>"$STAND_IN/calls"

answer() { cat "$STAND_IN/$1"; }

# From here on, the image named last in a pull is on this host.
pulled() {
  for image in "$@"; do :; done
  printf '%s\n' "$image" >>"$STAND_IN/present"
}

removed() {
  grep -Fvx "$1" "$STAND_IN/present" >"$STAND_IN/present.new" || [ ! -s "$STAND_IN/present.new" ]
  mv "$STAND_IN/present.new" "$STAND_IN/present"
}

# The images that the Compose file in a call names.
images_of() {
  while [ "$1" != --file ]; do shift; done
  sed -n 's/^ *image: *//p' "$2"
}

case $1 in
  version) answer engine-version ;;
  image)
    case $2 in
      inspect) grep -Fqx "$3" "$STAND_IN/present" ;;
      rm) removed "$3" ;;
      *) exit 92 ;;
    esac
    ;;
  pull) pulled "$@" ;;
  --config)
    cp "$2/config.json" "$STAND_IN/registry-config"
    printf '%s\n' "$2" >"$STAND_IN/registry-directory"
    pulled "$@"
    ;;
  ps) ;;
  compose)
    case " $* " in
      *' version '*) answer compose-version ;;
      *' config --services '*) printf 'api\npostgres\n' ;;
      *' config --images '*) images_of "$@" ;;
      *' config --quiet '*)
        case $* in *"$(answer compose-refused-for)"*) exit 1 ;; esac
        ;;
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
