
# --- an older environment: what a release brings back with it ---------------------------------------------------------------
#
# A release has the .env.staging of when it was staged, and going back to it brings that back too: also a password that has
# been changed since because somebody else knew it.

# The names of the variables that the release $1 has with another value than shared/.env.staging has now, or that only one
# of the two has; never values. As Compose reads both.
older_names() {
  then_file=$releases/$1/.env.staging now_file=$base/shared/.env.staging
  if [ ! -r "$then_file" ] || [ ! -r "$now_file" ] || cmp -s "$then_file" "$now_file"; then return 0; fi
  compared=$(mktemp -d "$state/.environment-XXXXXX")
  if values_in "$then_file" "$1" >"$compared/then" && values_in "$now_file" "$1" >"$compared/now"; then
    LC_ALL=C comm -3 "$compared/then" "$compared/now" | sed 's/^\t//; s/=.*//' | LC_ALL=C sort -u | paste -s -d ' ' -
  else
    echo '(which could not be compared: one of the two files cannot be read as Compose would)'
  fi
  rm -rf "$compared"
}

# The variables in the file $1, with the release $2 around it. Where it cannot be read that is no failure of what is done.
values_in() {
  environment_file=$1
  values_read=$(read_environment "$2") || return 1
  printf '%s\n' "$values_read" | LC_ALL=C sort
}

# Says it to who goes back to the release $1, and to who reads the journal.
tell_older_names() {
  older=$(older_names "$1")
  [ -n "$older" ] || return 0
  say "warning: release $1 brings its own .env.staging back, with other values than $base/shared/.env.staging has now: $older"
  journal environment 'done' "with other values than now: $older"
  printf 'older-environment=%s\n' "$older"
}
