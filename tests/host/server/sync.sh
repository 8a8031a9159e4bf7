#!/bin/sh
# Stands before the real sync in the PATH. The executor calls it after every line of its journal, so this sees each step
# exactly once: at the one that /host-test/trip names (STEP EVENT) it says which process wrote the line, and holds that
# process until the test lets it go on, or has killed it.
/usr/bin/sync "$@"
code=$?
for journal in "$@"; do :; done
case ${journal-} in */journal.jsonl) ;; *) exit "$code" ;; esac
read -r step event 2>/dev/null </host-test/trip || exit "$code"
case $(tail -n 1 "$journal") in
  *"\"step\":\"$step\",\"event\":\"$event\""*) ;;
  *) exit "$code" ;;
esac
rm /host-test/trip 2>/dev/null || exit "$code"
echo "$PPID" >/host-test/tripped.new
mv /host-test/tripped.new /host-test/tripped
waited=0
while [ ! -e /host-test/go ] && [ -d "/proc/$PPID" ] && [ "$waited" -lt 400 ]; do
  sleep 0.3
  waited=$((waited + 1))
done
exit "$code"
