
# --- retention -------------------------------------------------------------------------------------------------------------

# Keeps the live release, those that were confirmed last, and what is being staged. An old release may be confirmed
# again, so it is the order of confirmation that counts, not that of the ids. Those that staging went back from take no
# place of another: however many there are, there is one to go back to. As many of them stay.
prune() {
  kept=' ' places=$keep places_of_left=$keep
  if [ -f "$state/confirmed" ]; then
    for id in $(tac "$state/confirmed"); do
      case $kept in *" $id "*) continue ;; esac
      if is_left "$id"; then
        [ "$places_of_left" -gt 0 ] || continue
        places_of_left=$((places_of_left - 1))
      else
        [ "$places" -gt 0 ] || break
        places=$((places - 1))
      fi
      kept="$kept$id "
    done
  fi
  kept="$kept$(current_release) $(transaction release) $(transaction previous) "
  removed_images='' kept_images=' ' kept_mounts=' proxy ' own_images=' '
  project=$(conf "$(current_release)" project)
  for path in "$releases"/*/; do
    id=$(basename "$path")
    case $kept in
      *" $id "*)
        kept_images="$kept_images$(images_of "$id" | tr '\n' ' ')" kept_mounts="$kept_mounts$(mount_hashes "$id") "
        continue
        ;;
    esac
    ! is_release "$id" || removed_images="$removed_images $(images_of "$id" | tr '\n' ' ')"
    for pair in $(conf "$id" images); do own_images="$own_images${pair#*=} "; done
    say "removing release $id"
    rm -rf "$path"
    forget_left "$id"
  done
  for image in $removed_images; do
    case $kept_images in *" $image "*) continue ;; esac
    forget_image "$project" "$image"
    case $own_images in *" $image "*) remove_image "$image" ;; esac
  done
  for path in "$base/mounts"/*/; do
    case $kept_mounts in *" $(basename "$path") "*) ;; *) rm -rf "$path" ;; esac
  done
}

mount_hashes() {
  for mount in $(conf "$1" mounts); do printf '%s ' "${mount%%:*}"; done
}

# Without force: an image that any container uses, or that has another name, stays.
remove_image() {
  docker image inspect "$1" >/dev/null 2>&1 || return 0
  say "removing image $1"
  docker image rm "$1" >/dev/null || say "warning: image $1 stays (see above)"
}

# --- kept images: what others clear away is not what a rollback needs -----------------------------------------------------
#
# "docker image prune" takes images that have no tag, and a digest is none; with --all also those with a tag, unless a
# container is made of them. So each image of a release gets both: a container that is never started, and a tag. It is of
# the image's own repository: of an image with tags in two of them, the engine would take away one and with it the digest.

keep_images() {
  project=$(conf "$1" project)
  keepers=" $(docker ps --all --filter "label=staging-pipeline.kept=$base" --format '{{.Names}}' | tr '\n' ' ')"
  for image in $(images_of "$1"); do
    keeper=$(keeper_of "$project" "$image")
    case $keepers in *" $keeper "*) continue ;; esac
    case $image in *@*) docker tag "$image" "${image%@*}:${keeper##*-}" ;; esac
    docker create --name "$keeper" --label "staging-pipeline.kept=$base" --network none --entrypoint /kept "$image" >/dev/null
  done
}

keeper_of() { printf 'staging-pipeline-%s-kept%s\n' "$1" "$(printf %s "$2" | sha256sum | cut -c 1-12)"; }

forget_image() {
  keeper=$(keeper_of "$1" "$2")
  docker rm "$keeper" >/dev/null 2>&1 || :
  case $2 in *@*) docker image rm "${2%@*}:${keeper##*-}" >/dev/null 2>&1 || : ;; esac
}
