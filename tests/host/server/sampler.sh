#!/bin/sh
# Looks at what every process of this machine has in its arguments and its environment, again and again until the file
# $2 exists, and prints where it found one of the lines of the file $1. A container of the application has what
# .env.staging gives it, so its environment is not looked at.
rounds=0
until [ -e "$2" ] || [ "$rounds" -ge 20000 ]; do
  rounds=$((rounds + 1))
  for process in /proc/[0-9]*; do
    if tr '\0' '\n' 2>/dev/null <"$process/cmdline" | grep -aqFf "$1"; then
      echo "found in $process/cmdline: $(tr '\0' ' ' 2>/dev/null <"$process/cmdline" | cut -c 1-300)"
    fi
    if tr '\0' '\n' 2>/dev/null <"$process/environ" >"$2.environ" && ! grep -aq ^BEHAVIOUR= "$2.environ" && grep -aqFf "$1" "$2.environ"; then
      echo "found in $process/environ of $(tr '\0' ' ' 2>/dev/null <"$process/cmdline" | cut -c 1-300)"
    fi
  done 2>/dev/null
done
echo "rounds=$rounds"
