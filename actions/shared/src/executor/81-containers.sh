
# --- what really runs: for whoever has to know whether it is what was built ------------------------------------------------

# The live release, what its record says, the release that each of its containers came with, the schema's revision, and
# every container of the project with its image, as Docker tells it. Values of two lines below are JSON.
show_containers() {
  live=$(served_release)
  is_release "$live" || fail 'there is no live release on this host'
  report_release "$live"
  for pair in $(conf "$live" images); do printf 'image=%s\n' "$pair"; done
  for pair in $(origins_of "$live"); do printf 'origin=%s\n' "$pair"; done
  printf 'schema=%s\n' "$(schema_of_host)"
  shown_containers=$(docker ps --all --quiet --no-trunc --filter label=com.docker.compose.oneoff=False \
    --filter "label=com.docker.compose.project=$(conf "$live" project)") || fail 'Docker does not answer any more'
  [ -n "$shown_containers" ] || return 0
  # shellcheck disable=SC2086 # a list of ids
  show_as_json $shown_containers 2>/dev/null || for container in $shown_containers; do
    show_as_json "$container" || {
      # One that has been removed meanwhile is none any more; of every other it has to be known.
      gone=$(docker ps --all --quiet --filter "id=$container") || fail 'Docker does not answer any more'
      [ -z "$gone" ] || fail "Docker does not tell what the container $container is"
    }
  done
  # shellcheck disable=SC2086 # a list of ids
  shown_images=$(docker inspect --format '{{.Image}}' $shown_containers 2>/dev/null) || :
  for image in $(printf '%s\n' "$shown_images" | sort -u); do
    docker image inspect --format "$image_format" "$image" ||
      say "the image $image is not on this host any more, though a container runs from it"
  done
}

# The containers given: all of them, or nothing where one cannot be told.
show_as_json() {
  shown=$(docker inspect --format "$container_format" "$@") && printf '%s\n' "$shown"
}

# .ID and not .Id: a name that Docker's own types lack makes it look at bare JSON, where what is empty is missing.
container_format='container={"id":{{json .ID}},"name":{{json .Name}},"image":{{json .Config.Image}},"imageId":{{json .Image}},"labels":{{json .Config.Labels}},"state":{{json .State.Status}},"health":{{if .State.Health}}{{json .State.Health.Status}}{{else}}""{{end}},"restarts":{{.RestartCount}}}'
image_format='container-image={"id":{{json .ID}},"digests":{{json .RepoDigests}},"labels":{{json .Config.Labels}}}'

# The revisions that the last migration by this host left, separated by blanks; nothing where there was none.
schema_of_host() {
  [ -f "$state/schema" ] || return 0
  tail -n 1 "$state/schema" | while read -r _ _ _ _ schema_now _; do printf '%s\n' "$schema_now" | tr ',' ' '; done
}
