
# --- successors: nobody's command meets a container that ends --------------------------------------------------------------
#
# "docker compose exec" takes the running container with the lowest number, Compose gives new ones the highest, and a
# number is a label, which Docker never changes. So as long as the old container runs it gets all commands, the last of
# them while it ends. Once the new containers are proven and serve, each therefore gets a successor: the same container
# again, with a number below the old one's. Commands go there from its first moment on, and then requests: the old
# container and the first new one end when nobody uses them.

# For the services whose commands go to another container than the one of the release $1.
start_successors() {
  project=$(conf "$1" project) succeeded=''
  for each in $(conf "$1" application-services); do
    proven=$(own_container "$1" "$each") first=$(containers_of "$project" "$each" | head -n 1)
    [ -n "$proven" ] || fail "$each of release $1 does not run any more"
    [ "$proven" != "$first" ] || continue
    number=$(($(number_of "$first") - 1))
    copy_container "$proven" "$project-$each-$number" "$number"
    succeeded="$succeeded $each"
  done
  [ -n "$succeeded" ] || return 0
  say "starting once more, for commands to go there before the old containers end:$succeeded"
  start_containers "$1" 0 "$succeeded"
  proving=''
  for each in $succeeded; do proving="$proving $each=$(containers_of "$project" "$each" | head -n 1)"; done
  # shellcheck disable=SC2086 # a list of pairs
  prove "$1" $proving
}

# Makes the container $1 once more, with the name $2 and the number $3. Docker's command line cannot, so its API is asked:
# https://docs.docker.com/reference/api/engine/. It takes what it tells of a container, but for what it has chosen itself.
# What is in quotes inside of a value is escaped there, so no value is taken for a key.
copy_container() {
  short_id=$(printf %.12s "$1") copied_name=$(name_of "$1")
  first_network=$(docker inspect --format '{{.HostConfig.NetworkMode}}' "$1")
  endpoints=$(docker inspect --format '{{range $name, $endpoint := .NetworkSettings.Networks}}{{$name}} {{json $endpoint}}{{println}}{{end}}' "$1" |
    sed "s/\"MacAddress\":\"[^\"]*\"/\"MacAddress\":\"\"/; s/\"$copied_name\"/\"$2\"/g")
  settings=$(docker inspect --format '{{json .Config}}' "$1" |
    sed "s/\"$number_label\":\"[^\"]*\"/\"$number_label\":\"$3\"/; s/\"Hostname\":\"$short_id\"/\"Hostname\":\"\"/")
  ask_docker "/containers/create?name=$2" "${settings%\}},\"HostConfig\":$(docker inspect --format '{{json .HostConfig}}' "$1")}"
  # Engines before 25 take one network when they make a container.
  docker network disconnect "$first_network" "$2"
  while read -r network endpoint; do
    [ -z "$network" ] || ask_docker "/networks/$network/connect" "{\"Container\":\"$2\",\"EndpointConfig\":$endpoint}"
  done <<END
$endpoints
END
}

# Posts the JSON in $2 to the path $1 of Docker's API. It holds secrets, so it is in no file and no argument.
ask_docker() {
  rm -f "$op/answer"
  {
    printf 'POST %s HTTP/1.1\r\nHost: docker\r\nConnection: close\r\nContent-Type: application/json\r\n' "$1"
    printf 'Content-Length: %s\r\n\r\n%s' "$(printf %s "$2" | wc -c)" "$2"
    await_answer
  } | docker system dial-stdio >"$op/answer"
  case $(head -n 1 "$op/answer") in
    'HTTP/1.1 2'*) ;;
    *)
      reason=$(tail -n 1 "$op/answer")
      fail "Docker does not carry out $1: ${reason:-it gave no answer}"
      ;;
  esac
}

# Docker gives up a request whose sender has closed the connection.
await_answer() {
  for _ in $(seq 600); do
    [ ! -s "$op/answer" ] || break
    sleep 0.05
  done
}
