# Turns a connection URL into a PostgreSQL service file with one service, [source].
# Errors never quote the URL: it holds a password.

function fail(reason) {
  print "The connection URL " reason "; write postgresql://user:password@host:5432/database" > "/dev/stderr"
  failed = 1
  exit 1
}

function decoded(text,    result, code) {
  result = ""
  while (match(text, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
    code = hex(substr(text, RSTART + 1, 1)) * 16 + hex(substr(text, RSTART + 2, 1))
    result = result substr(text, 1, RSTART - 1) sprintf("%c", code)
    text = substr(text, RSTART + RLENGTH)
  }
  return result text
}

function hex(digit) {
  return index("0123456789abcdef", tolower(digit)) - 1
}

function write(name, value) {
  value = decoded(value)
  # A service file has one value a line and cuts blanks off its ends.
  if (value ~ /[[:cntrl:]]|^[ ]|[ ]$/) fail("has a control character or an outer blank in its " name)
  if (value != "") print name "=" value
}

# A host of the query, a socket's directory too, which may have a port and may be one of several.
function add_host(value,    port) {
  port = ""
  if (match(value, /:[0-9]+$/)) {
    port = substr(value, RSTART + 1)
    value = substr(value, 1, RSTART - 1)
  }
  ports = several ? ports "," port : port
  hosts = several ? hosts "," value : value
  several = 1
}

NR > 1 { fail("has more than one line") }

{
  if (!match($0, /^postgres(ql)?(\+[a-z0-9]+)?:\/\//)) fail("does not begin with postgresql://")
  rest = substr($0, RLENGTH + 1)
  if (split(rest, parts, "?") > 2) fail("has more than one ?")
  options = parts[2]
  if ((slash = index(parts[1], "/")) == 0) fail("names no database")
  server = substr(parts[1], 1, slash - 1)
  database = substr(parts[1], slash + 1)
  if (database == "") fail("names no database")
  print "[source]"
  write("dbname", database)
  if (at = index(server, "@")) {
    login = substr(server, 1, at - 1)
    server = substr(server, at + 1)
    if (index(server, "@")) fail("has an @ in its user or password, which is written %40")
    colon = index(login, ":")
    write("user", colon ? substr(login, 1, colon - 1) : login)
    if (colon) write("password", substr(login, colon + 1))
  }
  if (start = match(server, /:[0-9]+$/)) {
    write("port", substr(server, start + 1))
    server = substr(server, 1, start - 1)
  }
  gsub(/^\[|\]$/, "", server)
  if (server ~ /:/ && server !~ /^[0-9a-fA-F:]+$/) fail("names no host")
  hosts = server
  count = split(options, settings, "&")
  for (i = 1; i <= count; i++) {
    if (!match(settings[i], /^[a-z_]+=/)) fail("has an option that is not name=value")
    name = substr(settings[i], 1, RLENGTH - 1)
    value = substr(settings[i], RLENGTH + 1)
    if (name == "host") add_host(value)
    # asyncpg's name for it.
    else write(name == "ssl" ? "sslmode" : name, value)
  }
  if (hosts == "" && options !~ /(^|&)(hostaddr|service)=/) fail("names no host")
  write("host", hosts)
  if (ports ~ /[0-9]/) write("port", ports)
}

END { if (!failed && NR == 0) fail("is empty") }
