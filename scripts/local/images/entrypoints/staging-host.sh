#!/bin/sh
# A server as one would rent it: sshd, a Docker engine of its own, nothing else. Its registries are
# named in the environment; REGISTRY_PORT makes localhost:PORT reach the registry, as the name that
# images carry has to mean the same here and where they were built.
set -eu
install -d -m 0755 /run/sshd /etc/ssh/host-keys
[ -s /etc/ssh/host-keys/ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/host-keys/ed25519
[ -s /etc/ssh/host-keys/rsa ] || ssh-keygen -q -t rsa -b 3072 -N '' -f /etc/ssh/host-keys/rsa
install -d -o deploy -g deploy "$BASE_DIRECTORY"
rm -f /run/docker.pid /var/run/docker/containerd/containerd.pid
# The container's own cgroup has to be writable for the engine inside it.
socat "TCP-LISTEN:$REGISTRY_PORT,bind=127.0.0.1,reuseaddr,fork" "TCP:registry:5000" &
/usr/sbin/sshd -D -e &
exec dockerd --registry-mirror="$REGISTRY_MIRROR" --log-level=warn
