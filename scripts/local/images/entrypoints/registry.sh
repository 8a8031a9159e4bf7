#!/bin/sh
# With a password file the registry wants `pipeline` and that password, like a private registry;
# without one anybody may read and write.
set -eu
if [ -n "${REGISTRY_PASSWORD_FILE:-}" ]; then
  htpasswd -Bin pipeline < "$REGISTRY_PASSWORD_FILE" > /run/htpasswd
  export REGISTRY_AUTH=htpasswd REGISTRY_AUTH_HTPASSWD_REALM=registry REGISTRY_AUTH_HTPASSWD_PATH=/run/htpasswd
fi
exec docker-registry serve /etc/docker/registry/config.yml
