
# --- the proxy's ports: a second proxy has them while Compose replaces the first ------------------------------------------
#
# Two containers cannot publish one port. So while the proxy's container is replaced, another one of the same definition
# answers, which publishes nothing: the kernel sends it what is new. Connections from before stay where they are. What
# cannot be sent there (from this host itself, over IPv6) has to ask again: the kernel drops it instead of refusing it.
#
# state/second-proxy has the container and then the rules, so that whoever comes after a death takes them back.

# Has the ports of the proxy that runs answered by one of the release $1, where its container is about to be replaced.
hand_over_ports() {
  replaced_proxy=$(replaced_services "$1" "$(conf "$1" proxy)")
  if [ -z "$replaced_proxy" ] || [ -n "$recovering" ]; then return 0; fi
  replaced=$(seen_of "$replaced_proxy" '' running)
  replaced=${replaced%%"$newline"*}
  say "replacing $replaced_proxy: a second one answers meanwhile"
  take_ports_back
  second_proxy=$(conf "$1" project)-$replaced_proxy-second
  remove_second_proxy "$second_proxy"
  printf '%s\n' "$second_proxy" >"$state/second-proxy"
  start_second_proxy "$1" "$replaced_proxy" || return 0
  docker inspect --format '{{range $port, $bindings := .NetworkSettings.Ports}}{{range $bindings}}{{println $port .HostPort .HostIp}}{{end}}{{end}}' "$replaced" |
    rules_for "$second_address" >>"$state/second-proxy"
  part_of_step hand-over send_to_second "$1"
}

send_to_second() {
  if ! change_rules -I; then
    say "warning: the kernel does not send requests to the second $replaced_proxy (see above), so some fail meanwhile"
    # Some of the rules alone would send requests nowhere.
    change_rules -D || :
  fi
  end_connections "$1"
  await_no_connections "$replaced" "$(($(uptime_seconds) + connection_time))"
}

start_second_proxy() {
  compose "$1" run --detach --no-deps --name "$second_proxy" "$2" >"$op/second-proxy" 2>&1 || {
    cat "$op/second-proxy" >&2
    say "warning: there can be no second $2 (see above), so requests fail while it is replaced"
    return 1
  }
  case $(health_of "$second_proxy") in
    # Nobody can tell whether it works. What ends at once has had the time to do so.
    none) sleep 2 ;;
    *) prove "$1" "$2=$second_proxy" ;;
  esac
  # Docker makes the first of its networks, by name, the one that answers leave by.
  read -r second_address _ <<END
$(docker inspect --format '{{range .NetworkSettings.Networks}}{{if .Gateway}}{{.IPAddress}} {{end}}{{end}}' "$second_proxy")
END
}

# The lines "PORT/PROTOCOL HOST-PORT HOST-ADDRESS" of standard input as rules, "TOOL TABLE CHAIN RULE" a line.
rules_for() {
  while read -r port host_port host_address; do
    case $port in */tcp) port=${port%/tcp} ;; *) continue ;; esac
    case $host_address in
      *:*)
        echo "ip6tables filter INPUT -p tcp --dport $host_port --syn -j DROP"
        continue
        ;;
      127.*) ;;
      *)
        destination='-m addrtype --dst-type LOCAL'
        [ "$host_address" = 0.0.0.0 ] || destination="-d $host_address"
        echo "iptables nat PREROUTING -p tcp --dport $host_port $destination -j DNAT --to-destination $1:$port"
        echo "iptables filter DOCKER-USER -d $1 -p tcp --dport $port -j ACCEPT"
        ;;
    esac
    echo "iptables filter INPUT -p tcp --dport $host_port --syn -j DROP"
  done
}

# Inserts (-I) or deletes (-D) the rules of state/second-proxy with this host's iptables.
change_rules() {
  # shellcheck disable=SC2016 # variables of the other shell
  run_in_host --rm --interactive --user 0:0 --cap-add NET_ADMIN --cap-add NET_RAW --entrypoint /bin/sh "$host_image" -c '
    PATH=$PATH:/usr/sbin:/sbin code=0
    while read -r tool table chain rule; do
      there=-I
      $tool --wait 10 -t $table -C $chain $rule 2>/dev/null || there=-D
      [ "$0" = "$there" ] || $tool --wait 10 -t $table "$0" $chain $rule || code=1
    done
    exit "$code"' "$1" <<END
$(tail -n +2 "$state/second-proxy")
END
}

# Everything is as it was before: the proxy that publishes its ports answers, and the second one ends.
take_ports_back() {
  [ -f "$state/second-proxy" ] || return 0
  change_rules -D || fail "the rules in $state/second-proxy cannot be taken back (see above)"
  second_proxy=$(head -n 1 "$state/second-proxy")
  # What the kernel has just sent there is accepted before it ends.
  sleep 0.2
  await_no_connections "$second_proxy" "$(($(uptime_seconds) + connection_time))"
  remove_second_proxy "$second_proxy"
  rm -f "$state/second-proxy"
}

# It ends as the proxy does: with the requests that it has.
remove_second_proxy() {
  docker stop "$1" >/dev/null 2>&1 || :
  docker rm --force --volumes "$1" >/dev/null 2>&1 || :
}
