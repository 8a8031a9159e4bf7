
# --- routes: which container the proxy sends requests to ------------------------------------------------------------------
#
# nginx looks at routes/SERVICE for each request (see infra/nginx/nginx.conf). "routes" is a link to one of two folders:
# by-service has folders with the names of the services, by-container links to folders with names of containers. So one
# rename switches all services at once, without a reload, and requests under way are left alone.

# Between deploys: whatever container the service has, so that down, up and a restart by hand just work.
route_to_services() {
  routes_directory=$(proxy_files "$1")
  for each in $(conf "$1" application-services); do (umask 022 && mkdir -p "$routes_directory/by-service/$each"); done
  point_routes_to by-service
}

# To the containers given as SERVICE=NAME.
route_to_containers() {
  routes_directory=$(proxy_files "$1")
  shift
  rm -rf "$routes_directory/.by-container.new"
  (umask 022 && mkdir -p "$routes_directory/.by-container.new/names")
  for pair in "$@"; do
    mkdir -m 755 "$routes_directory/.by-container.new/names/${pair#*=}"
    ln -s "names/${pair#*=}" "$routes_directory/.by-container.new/${pair%%=*}"
  done
  # The two folders take turns: the one in use is never touched.
  next=by-container-1
  [ "$(readlink "$routes_directory/routes" 2>/dev/null)" != by-container-1 ] || next=by-container-2
  rm -rf "${routes_directory:?}/$next"
  mv -T "$routes_directory/.by-container.new" "$routes_directory/$next"
  point_routes_to "$next"
}

point_routes_to() {
  ln -sfn "$1" "$routes_directory/routes.new"
  mv -T "$routes_directory/routes.new" "$routes_directory/routes"
}

# The folder that counts.
routes_of() { readlink "$(proxy_files "$1")/routes" || :; }

# The name of the container that the proxy is told to use for the service $2, empty where it may use any.
routed_container() {
  routed=$(readlink "$(proxy_files "$1")/routes/$2" 2>/dev/null) || return 0
  printf '%s\n' "${routed#names/}"
}
