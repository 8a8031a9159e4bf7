
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

number_label=com.docker.compose.container-number

# Ids of the containers of the service $2 of the project $1, with further filters of "docker ps", in the order in which
# Compose has made them. Of those that run, "docker compose exec" takes the first: the old one, until it ends.
containers_of() {
  of_project=$1 of_service=$2
  shift 2
  numbered=$(docker ps --all --no-trunc --format "{{.Label \"$number_label\"}} {{.ID}}" \
    --filter "label=com.docker.compose.project=$of_project" --filter "label=com.docker.compose.service=$of_service" \
    --filter label=com.docker.compose.oneoff=False "$@")
  printf '%s\n' "$numbered" | sort -n | sed 's/^[^ ]* //; /^$/d'
}

name_of() {
  container_name=$(docker inspect --format '{{.Name}}' "$1")
  printf '%s\n' "${container_name#/}"
}

# The release that the container $1 came with.
label_of() { docker inspect --format "{{index .Config.Labels \"$release_label\"}}" "$1"; }

# An engine that is being restarted answers again after a moment.
await_engine() {
  engine_patience=$(($(uptime_seconds) + 120))
  until docker version --format '{{.Server.Version}}' >/dev/null 2>&1; do
    [ "$(uptime_seconds)" -lt "$engine_patience" ] ||
      fail "no Docker engine answers user $(id -un): is it running, and is the user in the group docker?"
    sleep 1
  done
}
