
# --- services: what a release is made of, as Compose reads it -----------------------------------------------------------
#
# releases/ID/services has a line for each service that runs in the release: its name, a hash of all that Compose would
# give its container, its image, and its origin: the release that its container came with. A service that is the same as in
# the live release keeps its container, and with it the origin; the containers' label says the same. The hash is of secrets
# too, so nobody else reads it: who can would try passwords on it.

# The services that run in the release $1: those without a profile, and the optional ones it names.
services_of() {
  require_record "$1"
  while read -r service_name _; do printf '%s\n' "$service_name"; done <"$releases/$1/services"
}

# Of those, the ones that no release brings along and no request goes through first: database, cache, monitoring.
infrastructure_of() {
  for each in $(services_of "$1"); do
    case " $(conf "$1" application-services) $(conf "$1" proxy) " in *" $each "*) ;; *) printf '%s\n' "$each" ;; esac
  done
}

# The images of the release $1, each once.
images_of() {
  require_record "$1"
  while read -r _ _ image_name _; do printf '%s\n' "$image_name"; done <"$releases/$1/services" | sort -u
}

# The line of the service $2 in the record of the release $1, without its name.
record_of() {
  require_record "$1"
  while read -r record_name record_rest; do
    [ "$record_name" != "$2" ] || printf '%s\n' "$record_rest"
  done <"$releases/$1/services"
}

definition_of() { record_of "$1" "$2" | while read -r record_hash _; do printf '%s\n' "$record_hash"; done; }

# The release that the container of the service $2 came with when the release $1 was staged.
origin_of() { record_of "$1" "$2" | while read -r _ _ record_origin _; do printf '%s\n' "$record_origin"; done; }

# Executors before this one wrote none.
require_record() { [ -f "$releases/$1/services" ] || describe_services "$1"; }

# Writes the record of the release $1; every container is its own.
describe_services() {
  # Held in variables: it has the values of .env.staging.
  definitions=$(compose "$1" config 2>/dev/null) || fail 'Docker Compose does not accept the compose file of this release'
  described_names=$(printf '%s\n' "$definitions" | sed -n '/^services:$/,/^[^ ]/s/^  \([^ ].*\):$/\1/p' | tr -d '"')
  optional=$(conf "$1" optional-services)
  describe_each "$1" "$described_names" >"$releases/$1/services.new"
  if [ -n "$optional" ]; then
    # shellcheck disable=SC2086 # a list of service names
    definitions=$(compose "$1" config $optional 2>/dev/null) || fail "Docker Compose does not accept the services $optional"
    describe_each "$1" "$optional" >>"$releases/$1/services.new"
  fi
  mv "$releases/$1/services.new" "$releases/$1/services"
}

# The lines of the services $2, out of "definitions": what Compose makes of the compose file, in its own layout.
describe_each() {
  # Networks, volumes, configs: a service may use each of them.
  common=$(printf '%s\n' "$definitions" | sed '/^services:$/,/^[^ ]/{ /^services:$/d; /^ /d; /^$/d; }')
  for each in $2; do
    described=$(printf '%s\n' "$definitions" | definition "$each" |
      sed "/^      $release_label: /d; s|$releases/$1/.env.staging|.env.staging|g")
    printf '%s %s %s %s\n' "$each" "$(printf '%s\n%s\n' "$common" "$described" | sha256sum | cut -c 1-64)" \
      "$(printf '%s\n' "$described" | sed -n '/^    image: /{ s/^    image: //; s/"//g; p; q; }')" "${1%.partial}"
  done
}

# The lines below the service $1 in standard input.
definition() {
  sed -n "/^services:\$/,/^[^ ]/{ /^  \"\{0,1\}$1\"\{0,1\}:\$/,/^  [^ ]/{ /^ \{0,2\}[^ ]/!p; }; }"
}

# What is the same as in the live release keeps its container, if that works. Until this is decided the label in the
# compose file is SERVICE@ID.
carry_over() {
  live=$(current_release) labels='' carried=''
  if is_release "$live"; then
    require_record "$live"
    look "$(conf "$live" project)"
  fi
  : >"$releases/$1/services.new"
  while read -r name hash image origin; do
    if works_already "$name" "$hash" "$image"; then
      origin=$(origin_of "$live" "$name") carried="$carried $name"
    fi
    labels="$labels;s/$name@$release/$origin/g"
    printf '%s %s %s %s\n' "$name" "$hash" "$image" "$origin" >>"$releases/$1/services.new"
  done <"$releases/$1/services"
  mv "$releases/$1/services.new" "$releases/$1/services"
  rendered=$releases/$1/$(conf "$1" compose-file)
  (umask 022 && sed "${labels#;}" "$rendered" >"$rendered.new")
  mv "$rendered.new" "$rendered"
  [ -z "$carried" ] || say "the same as in $live, so the containers stay:$carried"
}

# Whether the live release has a sound container of the application service $1, with the definition $2 and the image $3.
works_already() {
  is_release "$live" || return 1
  case " $(conf "$live" application-services) " in *" $1 "*) ;; *) return 1 ;; esac
  [ "$(definition_of "$live" "$1")" = "$2" ] || return 1
  kept_container=$(own_container "$live" "$1")
  [ -n "$kept_container" ] || return 1
  case $(docker inspect --format "{{.Config.Image}} {{.RestartCount}} $health_format" "$kept_container") in
    # One that has been proven may be ahead of Docker.
    "$3 0 healthy" | "$3 0 starting") ;;
    *) return 1 ;;
  esac
}
