#!/bin/bash
# What `docker buildx build` is called with for the inputs of the action, which are in the environment.
set -euo pipefail

metadata=$(mktemp)
args=(--metadata-file "$metadata" --progress plain)
each_line() { # OPTION TEXT
  while IFS= read -r line; do
    [ -z "$line" ] || args+=("$1" "$line")
  done <<< "$2"
}

dockerfile=${DOCKERFILE:-$CONTEXT/Dockerfile}
# Its first lines may name the image of another reader of Dockerfiles; without a registry, BuildKit's own reads it.
syntax=$(sed -n '1,/^[^#]/s/^# *syntax *= *\([^ ]*\).*/\1/ip' "$dockerfile" | head -n 1)
if [ -n "$syntax" ] && ! docker image inspect "$syntax" > /dev/null 2>&1 && ! docker pull --quiet "$syntax" > /dev/null 2>&1; then
  echo "::notice title=$dockerfile::$syntax cannot be had here: BuildKit's own syntax is used"
  folder=$(mktemp --directory)
  sed '1,/^[^#]/s/^# *syntax *=/# Left out: syntax =/i' "$dockerfile" > "$folder/Dockerfile"
  [ ! -f "$dockerfile.dockerignore" ] || cp "$dockerfile.dockerignore" "$folder/Dockerfile.dockerignore"
  dockerfile=$folder/Dockerfile
fi
args+=(--file "$dockerfile")

each_line --tag "${TAGS//,/$'\n'}"
each_line --label "$LABELS"
each_line --build-arg "$BUILD_ARGS"
each_line --build-context "$BUILD_CONTEXTS"
# The images that stand in here for public ones; one that cannot be read fails the build.
stand_ins=$(cat /opt/stand-ins/build-contexts)
each_line --build-context "$stand_ins"
while IFS='=' read -r id value; do
  [ -n "$id" ] || continue
  export "SECRET_OF_BUILD_$id=$value"
  args+=(--secret "id=$id,env=SECRET_OF_BUILD_$id")
done <<< "$SECRETS"
[ -z "$TARGET" ] || args+=(--target "$TARGET")
[ -z "$PLATFORMS" ] || args+=(--platform "$PLATFORMS")
[ -z "$PROVENANCE" ] || args+=("--provenance=$PROVENANCE")
[ -z "$SBOM" ] || args+=("--sbom=$SBOM")
[ "$NO_CACHE" != true ] || args+=(--no-cache)
[ "$PUSH" != true ] || args+=(--push)

docker buildx build "${args[@]}" "$CONTEXT"

digest=$(jq -r '."containerimage.digest" // empty' "$metadata")
if [ "$PUSH" = true ] && [ -z "$digest" ]; then
  echo "::error::The build of $TAGS has no digest"
  exit 1
fi
{
  echo "digest=$digest"
  echo "imageid=$(jq -r '."containerimage.config.digest" // empty' "$metadata")"
  echo "metadata=$(jq -c . "$metadata")"
} >> "$GITHUB_OUTPUT"
echo "${TAGS:-$CONTEXT} is $digest"
