
# --- connections: a client that is told that its connection ends does not send its next request into it ---------------------
#
# nginx closes idle connections at once when it ends or takes another configuration, and a request that is just then on its
# way is lost. While there is a file "closing" in the proxy's folder, each answer ends its connection instead (see
# infra/nginx/nginx.conf).

# How long clients have to do so, in seconds: one that sends nothing meanwhile loses nothing.
connection_time=3

end_connections() {
  [ -z "$(conf "$1" proxy-path)" ] || (umask 022 && : >"$(proxy_files "$1")/closing")
}

keep_connections() { rm -f "$(proxy_files "$1")/closing"; }

# Until nobody is connected to the container $1, or the uptime is $2.
await_no_connections() {
  while [ "$(uptime_seconds)" -lt "$2" ]; do
    case $(connections_to "$1") in 0 | unknown) break ;; esac
    sleep 0.1
  done
}
