
# --- host access: what a release may do to the host besides running on it ---------------------------------------------------
#
# Who may push a Compose file can ask for the whole host in it. So what leads out of a container is refused, unless the
# release names it in its release.conf: "host-access" has words WHO=WHAT, which the input of the same name gave. What counts
# is what Compose reads, with anchors, "extends" and variables.

check_host_access() {
  refused='' misplaced=''
  granted=" $(conf "$1" host-access) " optional=$(conf "$1" optional-services)
  host_definitions=$(compose "$1" config --format json 2>/dev/null) || fail 'Docker Compose does not accept the compose file of this release'
  if [ -n "$optional" ]; then
    # shellcheck disable=SC2086 # a list of service names
    host_definitions=$host_definitions$(echo && compose "$1" config --format json $optional 2>/dev/null) ||
      fail "Docker Compose does not accept the services $optional"
  fi
  # Whoever looks for what is in there must be able to find it.
  case $host_definitions in
    *'
  "services": {
'*) ;;
    *) fail "what Docker Compose $(docker compose version --short) says of the compose file is in another layout than is known here, so nobody can tell what the release may do to this host" ;;
  esac
  asked_in_all=$(asked_of_host "$1") || fail 'what the release may do to this host could not be read (see above)'
  while IFS= read -r asked; do
    case $asked in
      '') ;;
      own:*) misplaced="${misplaced:+$misplaced, }$(plain_text "${asked#own:}")" ;;
      *) is_granted "${asked%%=*}" "${asked#*=}" || refused="${refused:+$refused, }$(plain_text "$asked")" ;;
    esac
  done <<END
$asked_in_all
END
  [ -z "$misplaced" ] ||
    fail "this release mounts its own folder, which goes with it one day, while containers may stay: $misplaced. Write these paths out in the compose file, with ./ at the beginning and without variables: then they are brought to a place that stays"
  [ -z "$refused" ] ||
    fail "this release asks for more of the host than to run on it: $refused. Take it out, or, where it is meant, name each as it stands here in a line of the input host-access"
}

# Whether $1 has been granted $2; a path with all that is below it.
is_granted() {
  case $granted in *" $1=$2 "*) return 0 ;; esac
  case $2 in
    */../* | */..) return 1 ;;
    /*) ;;
    *) return 1 ;;
  esac
  for grant in $granted; do
    case $grant in
      "$1=/") return 0 ;;
      "$1"=/*) case $2 in "${grant#*=}"/*) return 0 ;; esac ;;
    esac
  done
  return 1
}

# What the release $1 asks for, a line WHO=WHAT each, out of "host_definitions".
asked_of_host() {
  asked_by_all=$(printf '%s\n' "$host_definitions" | read_asked "$releases/$1") || return 1
  printf '%s\n' "$asked_by_all" | LC_ALL=C sort -u
  links_out_of "$releases/$1"
}

# Compose's JSON has one key or word a line, and tells by the indentation where it belongs. $1 is the release's directory.
read_asked() {
  section='' entry='' key='' mount_type='' mount_source=''
  while IFS= read -r json_line; do
    json_text=${json_line#"${json_line%%[! ]*}"}
    json_depth=$((${#json_line} - ${#json_text}))
    json_text=${json_text%,}
    json_name='' json_value=$json_text
    case $json_text in '"'*'": '*) json_name=${json_text%%'": '*} json_name=${json_name#'"'} json_value=${json_text#*'": '} ;; esac
    json_value=${json_value#'"'} json_value=${json_value%'"'}
    case $json_depth in
      2) section=$json_name ;;
      4) entry=$json_name key='' ;;
      6) key=$json_name ;;
    esac
    case $section:$json_depth in
      services:6) asked_by_service ;;
      services:8 | services:10) asked_in_list "$1" ;;
      volumes:8) asked_by_volume ;;
      configs:6 | secrets:6) [ "$json_name" != file ] || asks_path "$1" "$section.$entry" "$json_value" ;;
      networks:6) [ "$json_name:$json_value" != name:host ] || asks "networks.$entry" host ;;
    esac
  done
}

asks() { printf '%s=%s\n' "$1" "$2"; }

# Whether $2 asks for the path $3: not where that is what a release mounts. What it has in its own folder $1 lies at the
# wrong place.
asks_path() {
  case $3 in
    */../* | */..) asks "$2" "$3" ;;
    "$base/mounts/"* | "$named_base/mounts/"*) ;;
    "$1" | "$1/"*) asks "own:$2" ".${3#"$1"}" ;;
    *) asks "$2" "$3" ;;
  esac
}

asked_by_service() {
  case $json_name:$json_value in
    privileged:true | use_api_socket:true) asks "$entry" "$json_name" ;;
    provider:*) asks "$entry" "$json_name" ;;
    oom_kill_disable:true) asks "$entry" "$json_name" ;;
    runtime:* | cgroup_parent:*) asks "$entry" "$json_name:$json_value" ;;
    pid:host | ipc:host | uts:host | userns_mode:host | network_mode:host | cgroup:host) asks "$entry" "$json_name:host" ;;
    pid:container:* | ipc:container:* | network_mode:container:*) asks "$entry" "$json_name:$json_value" ;;
  esac
}

# Options of a volume may name what it is bound to, or the layers that it is put together from.
asked_by_volume() {
  [ "$key" = driver_opts ] || return 0
  case $json_value in
    /*) asks "volumes.$entry" "$json_value" ;;
    *=/*) [ "$json_name" != o ] || asks "volumes.$entry" "/${json_value#*=/}" ;;
  esac
}

asked_in_list() {
  case $key:$json_depth:$json_name in
    cap_add:8:) asks "$entry" "cap_add:$json_value" ;;
    device_cgroup_rules:8:) asks "$entry" "device_cgroup_rules" ;;
    security_opt:8:) case $json_value in *unconfined* | label[:=]disable*) asks "$entry" "security_opt:$json_value" ;; esac ;;
    volumes_from:8:) case $json_value in container:*) asks "$entry" "volumes_from:$json_value" ;; esac ;;
    devices:8:) case $json_value in '{' | '}') ;; *) asks "$entry" "devices:${json_value%%:*}" ;; esac ;;
    devices:10:source) asks "$entry" "devices:$json_value" ;;
    post_start:10:privileged | pre_stop:10:privileged) [ "$json_value" != true ] || asks "$entry" "privileged" ;;
    volumes:10:type) mount_type=$json_value ;;
    volumes:10:source) mount_source=$json_value ;;
    volumes:8:)
      case $json_value:$mount_type in '}:bind' | '}:npipe') asks_path "$1" "$entry" "$mount_source" ;; esac
      mount_type='' mount_source=''
      ;;
  esac
}

# Links of the release that lead out of it.
links_out_of() {
  find "$1" -type l | while IFS= read -r link; do
    case $(readlink "$link"):$(readlink --canonicalize-missing "$link") in
      /*) ;;
      *:"$(readlink --canonicalize "$1")/"*) continue ;;
    esac
    printf 'files=%s\n' "${link#"$1/"}"
  done
}
