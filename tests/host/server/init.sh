#!/bin/sh
# Comes before the staging server's own entrypoint: with DISK_MIB, the engine and /srv lie on a disk of that size, which
# a test can fill. The disk outlives a restart of the container, its mounts do not.
set -eu
if [ -n "${DISK_MIB:-}" ]; then
  if [ ! -f /disk/image ]; then
    truncate -s "${DISK_MIB}M" /disk/image
    mkfs.ext4 -q -m 0 /disk/image
  fi
  mkdir -p /disk/mounted
  mount -o loop /disk/image /disk/mounted
  mkdir -p /disk/mounted/docker /disk/mounted/srv
  mount --bind /disk/mounted/docker /var/lib/docker
  mount --bind /disk/mounted/srv /srv
fi
install -d -o deploy -g deploy /srv/staging
exec staging-host
