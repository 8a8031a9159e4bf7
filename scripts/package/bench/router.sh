#!/bin/sh
# Passes packets on between its interfaces vec0 and vec1, in both directions $delay late. It is run in a network namespace
# of its own, or, where this machine's kernel has no netem, as the only program of another kernel (user-mode Linux), which
# sees this machine's files.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
if [ $$ -eq 1 ]; then
  mount -t proc proc /proc
  insmod "/usr/lib/uml/modules/$(uname -r)/kernel/net/sched/sch_netem.ko"
fi
ip address add 10.213.1.1/30 dev vec0
ip address add 10.213.2.1/30 dev vec1
for interface in vec0 vec1; do
  ip link set "$interface" up
  tc qdisc add dev "$interface" root netem delay "${delay:?}" limit 100000
done
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 'the router is ready'
if [ $$ -eq 1 ]; then exec sleep infinity; fi
