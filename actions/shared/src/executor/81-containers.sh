
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
  shown_images=' '
  for container in $(docker ps --all --quiet --no-trunc --filter label=com.docker.compose.oneoff=False \
    --filter "label=com.docker.compose.project=$(conf "$live" project)"); do
    show_container_as_json "$container" || {
      # One that has been removed meanwhile is none any more; of every other it has to be known.
      gone=$(docker ps --all --quiet --filter "id=$container") || fail 'Docker does not answer any more'
      [ -z "$gone" ] || fail "Docker does not tell what the container $container is"
    }
  done
}

show_container_as_json() {
  docker inspect --format "$container_format" "$1" || return 1
  shown=$(docker inspect --format '{{.Image}}' "$1") || return 1
  case $shown_images in *" $shown "*) return 0 ;; esac
  shown_images="$shown_images$shown "
  docker image inspect --format "$image_format" "$shown" ||
    say "the image $shown is not on this host any more, though a container runs from it"
}

# .ID and not .Id: a name that Docker's own types lack makes it look at bare JSON, where what is empty is missing.
container_format='container={"id":{{json .ID}},"name":{{json .Name}},"image":{{json .Config.Image}},"imageId":{{json .Image}},"labels":{{json .Config.Labels}},"state":{{json .State.Status}},"health":{{if .State.Health}}{{json .State.Health.Status}}{{else}}""{{end}},"restarts":{{.RestartCount}}}'
image_format='container-image={"id":{{json .ID}},"digests":{{json .RepoDigests}},"labels":{{json .Config.Labels}}}'

# The revisions that the last migration by this host left, separated by blanks; nothing where there was none.
schema_of_host() {
  [ -f "$state/schema" ] || return 0
  tail -n 1 "$state/schema" | while read -r _ _ _ _ schema_now _; do printf '%s\n' "$schema_now" | tr ',' ' '; done
}
