
# --- what really runs: for whoever has to know whether it is what was built ------------------------------------------------

# The live release, what its record says, the schema's revision, and every container of the project with its image, as
# Docker tells it. Values of two lines below are JSON.
show_containers() {
  live=$(served_release)
  is_release "$live" || fail 'there is no live release on this host'
  report_release "$live"
  for pair in $(conf "$live" images); do printf 'image=%s\n' "$pair"; done
  printf 'schema=%s\n' "$(schema_of_host)"
  shown_images=' '
  for container in $(docker ps --all --quiet --no-trunc --filter label=com.docker.compose.oneoff=False \
    --filter "label=com.docker.compose.project=$(conf "$live" project)"); do
    # One that is removed at this moment is none any more.
    docker inspect --format "$container_format" "$container" 2>/dev/null || continue
    shown=$(docker inspect --format '{{.Image}}' "$container" 2>/dev/null) || continue
    case $shown_images in *" $shown "*) continue ;; esac
    shown_images="$shown_images$shown "
    docker image inspect --format "$image_format" "$shown" 2>/dev/null || :
  done
}

container_format='container={"id":{{json .Id}},"name":{{json .Name}},"image":{{json .Config.Image}},"imageId":{{json .Image}},"labels":{{json .Config.Labels}},"state":{{json .State.Status}},"health":{{if .State.Health}}{{json .State.Health.Status}}{{else}}""{{end}},"restarts":{{.RestartCount}}}'
image_format='container-image={"id":{{json .Id}},"digests":{{json .RepoDigests}},"labels":{{json .Config.Labels}}}'

# The revisions that the last migration by this host left, separated by blanks; nothing where there was none.
schema_of_host() {
  [ -f "$state/schema" ] || return 0
  tail -n 1 "$state/schema" | while read -r _ _ _ _ schema_now _; do printf '%s\n' "$schema_now" | tr ',' ' '; done
}
