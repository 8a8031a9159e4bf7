
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
  removed_images='' kept_images=' ' kept_mounts=' proxy '
  for path in "$releases"/*/; do
    id=$(basename "$path")
    case $kept in
      *" $id "*)
        kept_images="$kept_images$(conf "$id" images) " kept_mounts="$kept_mounts$(mount_hashes "$id") "
        continue
        ;;
    esac
    removed_images="$removed_images $(conf "$id" images)"
    say "removing release $id"
    rm -rf "$path"
    forget_left "$id"
  done
  for pair in $removed_images; do
    case $kept_images in *" $pair "*) ;; *) remove_image "${pair#*=}" ;; esac
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
