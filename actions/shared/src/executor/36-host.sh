
# --- host: what only a container may do here ----------------------------------------------------------------------------
#
# Who may use the engine may do more with it than as a user of this host. Nothing of its own is in such a container: it sees
# this host's directories and network, and its image is empty.

host_image=staging-pipeline-guard

# "docker run" with the arguments, for a command of this host.
run_in_host() {
  docker image inspect "$host_image" >/dev/null 2>&1 ||
    tar --create --files-from /dev/null | docker import - "$host_image" >/dev/null ||
    fail "the empty image $host_image cannot be made (see above)"
  for directory in /*; do
    # Its own are Docker's to give; a colon would be read as the end of a path.
    case $directory in /dev | /proc | /sys | *:*) continue ;; esac
    [ ! -d "$directory" ] || set -- --volume "$directory:$directory" "$@"
  done
  docker run --network host --userns host --cap-drop ALL --security-opt no-new-privileges --security-opt label=disable "$@"
}
