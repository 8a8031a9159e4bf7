
# --- Docker and Compose ---------------------------------------------------------------------------------------------

release_label=staging-pipeline.release

# Compose with the files of the release $1; its own output is for people.
compose() { compose_with_input "$@" </dev/null; }

# The same, for a command that reads its standard input.
compose_with_input() {
  compose_release=$1
  shift
  docker compose --ansi never --project-directory "$releases/$compose_release" \
    --env-file "$releases/$compose_release/.env.staging" \
    --file "$releases/$compose_release/$(conf "$compose_release" compose-file)" "$@"
}

# What there is of the project $1, as "seen": a line "NUMBER SERVICE ID RELEASE STATE NAME" for each container, in the order
# in which Compose has made those of a service. Of those that run, "docker compose exec" takes the first: the old one, until
# it ends.
look() {
  seen=$(list_containers "$1") || { await_engine && seen=$(list_containers "$1"); }
  seen=$(printf '%s\n' "$seen" | sort -n)
}

list_containers() {
  docker ps --all --no-trunc --filter "label=com.docker.compose.project=$1" --filter label=com.docker.compose.oneoff=False \
    --format "{{.Label \"com.docker.compose.container-number\"}} {{.Label \"com.docker.compose.service\"}} {{.ID}} {{or (.Label \"$release_label\") \"-\"}} {{.State}} {{.Names}}"
}

# Of what was seen, the ids of the service $1: of those that came with the release $2 and are in the state $3, where these
# are given.
seen_of() {
  while read -r _ seen_service seen_id seen_release seen_state _; do
    [ "$seen_service" = "$1" ] || continue
    case ${2:-$seen_release}/${3:-$seen_state} in "$seen_release/$seen_state") printf '%s\n' "$seen_id" ;; esac
  done <<END
$seen
END
}

# What was seen of the container $1, as "RELEASE STATE NAME".
seen_as() {
  while read -r _ _ seen_id seen_rest; do
    [ "$seen_id" != "$1" ] || printf '%s\n' "$seen_rest"
  done <<END
$seen
END
}

# The same as seen_of, of the project $1 as it is now.
containers_of() {
  look "$1"
  shift
  seen_of "$@"
}

name_of() {
  container_name=$(docker inspect --format '{{.Name}}' "$1")
  printf '%s\n' "${container_name#/}"
}

# An engine that is being restarted answers again after a moment.
await_engine() {
  engine_patience=$(($(uptime_seconds) + 120))
  until docker version --format '{{.Server.Version}}' >/dev/null 2>&1; do
    [ "$(uptime_seconds)" -lt "$engine_patience" ] ||
      fail "no Docker engine answers user $(id -un): is it running, and is the user in the group docker?"
    sleep 1
  done
}
