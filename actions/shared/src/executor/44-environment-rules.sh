
# --- what the values of .env.staging have to be ------------------------------------------------------------------------------
#
# Rules are data that a release brings, a line each (src/environment/rules.ts writes them):
#
#   variable NAME required|optional     it is known; "service" for NAME: required where that service runs
#   closed                              what no rule names is unknown
#   choice NAME VALUE…                  one of these
#   pattern NAME ERE                    an extended regular expression, without intervals
#   secret NAME LENGTH                  random, of at least so many characters, and nobody else's
#   key NAME PREFIX…                    given by somebody else, and begins so
#   origins NAME                        scheme://host[:port], with commas between
#   url NAME SCHEME…
#   database NAME DRIVER SERVICE USER PASSWORD DATABASE     a URL that agrees with those three variables
#
# A finding is a line "error|warning CODE NAME MESSAGE"; none has a part of a value.

# The rules of the release $1; of one that brought none, that what its example sets is set.
environment_rules() {
  if [ -f "$releases/$1/environment-rules" ]; then
    cat "$releases/$1/environment-rules"
  else
    for each in $(conf "$1" variables); do printf 'variable %s required\n' "$each"; done
  fi
}

# What is wrong with the values that standard input has as read_environment writes them, by the rules of the release $1.
value_findings() {
  environment_rules "$1" >"$rules_file"
  LC_ALL=C awk -v services=" $(conf "$1" application-services) $(conf "$1" optional-services) " \
    "$environment_functions$environment_program" part=rules "$rules_file" part=values -
}

# What the rule "database" of the release $1 says of the variables that a container of its service is asked with, decoded, a
# line each: user, password, database.
database_values() {
  environment_rules "$1" >"$rules_file"
  # shellcheck disable=SC2016 # awk's
  printf '%s\n' "$environment" | LC_ALL=C awk "$environment_functions"'
    part == "rules" { if ($1 == "database") { user = $5; password = $6; database = $7 } next }
    { name = $0; sub(/=.*/, "", name); values[name] = decode(substr($0, length(name) + 2)) }
    END { if (user != "") print values[user] "\n" values[password] "\n" values[database] }
  ' part=rules "$rules_file" part=values -
}

# shellcheck disable=SC2016 # awk's
environment_functions='
  # A string of JSON as Compose writes it: a $ of the value is two of them.
  function decode(text,    out, at, mark) {
    if (text !~ /^"/) return ""
    text = substr(text, 2, length(text) - 2)
    out = ""
    while ((at = index(text, "\\")) > 0) {
      out = out substr(text, 1, at - 1)
      mark = substr(text, at + 1, 1)
      if (mark == "u") {
        out = out character(tolower(substr(text, at + 2, 4)))
        text = substr(text, at + 6)
      } else {
        out = out (mark == "n" ? "\n" : mark == "t" ? "\t" : mark == "r" ? "\r" : mark ~ /[bf]/ ? "\001" : mark)
        text = substr(text, at + 2)
      }
    }
    out = out text
    gsub(/\$\$/, "$", out)
    return out
  }
  # Of characters that JSON need not escape, Compose escapes these.
  function character(code) {
    if (code == "003c") return "<"
    if (code == "003e") return ">"
    if (code == "0026") return "&"
    return code ~ /^00[01]|^007f/ ? "\001" : "?"
  }
'

# shellcheck disable=SC2016 # awk's
environment_program='
  part == "rules" && $1 == "closed" { closed = 1; next }
  part == "rules" && $1 == "variable" {
    names[++count] = $2
    known[$2] = $3
    next
  }
  part == "rules" { rules[++ruled] = $0; kind[$2] = $1; next }
  {
    name = $0
    sub(/=.*/, "", name)
    if (name == "") next
    order[++given] = name
    values[name] = decode(substr($0, length(name) + 2))
    has[name] = 1
  }

  function found(level, code, name, message) { print level, code, name, message; told[name] = 1 }

  function wanted(name) { return known[name] == "required" || index(services, " " known[name] " ") > 0 }

  function advice(name) {
    if (kind[name] == "secret") return "make one with: openssl rand -hex 32"
    return "the example of this file says what it is for"
  }

  # What is wrong with any value. Returns whether its kind need not be looked at any more.
  function general(name, value,    low) {
    if (value == "") {
      if (wanted(name)) found("error", "missing", name, (name in has ? "is empty" : "is not set") ": " advice(name))
      return 1
    }
    low = tolower(value)
    if (low ~ /change[ _-]?me/) {
      found("error", "placeholder", name, "still has the placeholder CHANGE_ME: " advice(name))
      return 1
    }
    if (value ~ /(sk|rk)_live_/) {
      found("error", "live-key", name, "has a live Stripe key; staging takes test keys (sk_test_...) only")
      return 1
    }
    # Of what has no kind, nobody knows what it may not have.
    if (!closed) return 1
    if (low ~ /^<.*>$|^\[.*\]$|^(todo|tbd|none|null|undefined|example|xxx+|your[_-].*)$|(\.\.\.|\342\200\246)$/) {
      found("error", "placeholder", name, "has a placeholder and no value: " advice(name))
      return 1
    }
    if (value ~ /[\001-\037\177]/) {
      found("error", "unreadable", name, "has a control character or more than one line: is a quote closed where it should be?")
      return 1
    }
    if (value ~ /^[ \t]|[ \t]$/) {
      found("error", "blanks", name, "begins or ends with a blank: take it out")
      return 1
    }
    if (value ~ /^["\047]|["\047]$/) {
      found("error", "quotes", name, "has quotes that belong to its value: one pair of quotes is enough")
      return 1
    }
    return 0
  }

  function check_choice(name, value, list, size,    i, all) {
    for (i = 3; i <= size; i++) {
      if (value == list[i]) return
      all = all (i == 3 ? "" : ", ") list[i]
    }
    found("error", "choice", name, "has to be " (size > 3 ? "one of " : "") all)
  }

  function check_secret(name, value, least,    i, seen, kinds) {
    if (length(value) < least)
      found("error", "short", name, "has " length(value) " characters, at least " least " are needed: " advice(name))
    else {
      for (i = 1; i <= length(value); i++) if (!(substr(value, i, 1) in seen)) { seen[substr(value, i, 1)] = 1; kinds++ }
      if (kinds < 6) found("error", "weak", name, "repeats a few characters and is not random: " advice(name))
      else if (value ~ /[ \t]/) found("error", "blanks", name, "has a blank in it: " advice(name))
    }
  }

  function check_key(name, value, list, size,    i, all) {
    for (i = 3; i <= size; i++) {
      if (substr(value, 1, length(list[i])) == list[i]) {
        if (value !~ /^[A-Za-z0-9_]+$/) found("error", "key", name, "has characters that no key has: copy it again")
        else if (length(value) < length(list[i]) + 10) found("error", "short", name, "is too short to be a key: copy it again")
        return
      }
      all = all (i == 3 ? "" : " or ") list[i]
    }
    found("error", "key", name, "does not begin with " all)
  }

  # Why a text is no origin as a browser sends it; nothing where it is one.
  function origin_fault(text,    rest, host, port) {
    if (text == "") return "is empty"
    if (text == "*") return "is *, which lets everybody in"
    if (text ~ /[ \t]/) return "has a blank"
    if (text !~ /^https?:\/\//) return "does not begin with http:// or https://"
    rest = text
    sub(/^https?:\/\//, "", rest)
    if (rest ~ /[\/?#]/) return "has something behind the host: no path, and no / at its end"
    if (rest ~ /@/) return "has a user in it"
    host = rest
    port = ""
    if (match(rest, /:[0-9]+$/)) { port = substr(rest, RSTART + 1); host = substr(rest, 1, RSTART - 1) }
    if (host ~ /[A-Z]/) return "has capitals, and a browser sends none"
    if (host !~ /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/ || host ~ /\.\./) return "has no host that there could be"
    if (port != "" && (port + 0 < 1 || port + 0 > 65535)) return "has no port that there could be"
    if ((text ~ /^http:/ && port == "80") || (text ~ /^https:/ && port == "443")) return "names the usual port, which a browser leaves out"
    return ""
  }

  function check_origins(name, value,    list, size, i, fault) {
    size = split(value, list, ",")
    for (i = 1; i <= size; i++) {
      fault = origin_fault(list[i])
      if (fault == "") continue
      found("error", "origins", name, (size > 1 ? "entry " i " " : "") fault ": an origin is http://host:port, with commas between")
      return
    }
  }

  function check_url(name, value, list, size,    i, rest, port) {
    for (i = 3; i <= size; i++) if (index(value, list[i] "://") == 1) break
    if (i > size) { found("error", "url", name, "does not begin with " list[3] "://"); return }
    rest = substr(value, length(list[i]) + 4)
    sub(/^[^\/]*@/, "", rest)
    if (rest !~ /^[A-Za-z0-9._-]+(:[0-9]+)?(\/[^ \t]*)?$/) { found("error", "url", name, "is no URL: " list[i] "://host:port/path"); return }
    if (match(rest, /:[0-9]+/)) {
      port = substr(rest, RSTART + 1, RLENGTH - 1) + 0
      if (port < 1 || port > 65535) found("error", "url", name, "has no port that there could be")
    }
  }

  function percent(text,    out, at) {
    out = ""
    while ((at = index(text, "%")) > 0) {
      out = out substr(text, 1, at - 1) sprintf("%c", 16 * digit(substr(text, at + 1, 1)) + digit(substr(text, at + 2, 1)))
      text = substr(text, at + 3)
    }
    return out text
  }
  function digit(text) { return index("0123456789abcdef", tolower(text)) - 1 }

  function check_database(name, value, list,    rest, at, who, password, host, path) {
    if (index(value, list[3] "://") != 1) {
      found("error", "url", name, "does not begin with " list[3] "://")
      return
    }
    rest = substr(value, length(list[3]) + 4)
    sub(/[?#].*$/, "", rest)
    # The password may have an @ or a / that nobody encoded: what is behind the last one is the server.
    at = 0
    while (match(substr(rest, at + 1), /@/)) at += RSTART
    if (at == 0) { found("error", "database", name, "has no user and password: " list[3] "://USER:PASSWORD@" list[4] ":5432/DATABASE"); return }
    who = substr(rest, 1, at - 1)
    rest = substr(rest, at + 1)
    password = who
    if (!sub(/^[^:]*:/, "", password)) password = ""
    sub(/:.*$/, "", who)
    if (password ~ /[@\/:#?\[\] ]/ || password ~ /%([^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)/) {
      found("error", "database", name, "has a password with a character that a URL cannot hold: make " list[6] " of letters and digits (openssl rand -hex 32)")
      return
    }
    host = rest
    sub(/\/.*$/, "", host)
    path = rest
    if (!sub(/^[^\/]*\//, "", path)) path = ""
    if (host !~ "^" list[4] "(:5432)?$") found("error", "database", name, "leads to another server than " list[4] ":5432")
    else if (percent(who) != values[list[5]]) found("error", "database", name, "has another user than " list[5])
    else if (percent(password) != values[list[6]]) found("error", "database", name, "has another password than " list[6] ": write \"${" list[6] "}\" there")
    else if (percent(path) != values[list[7]]) found("error", "database", name, "has another database than " list[7])
  }

  function is_secret(name) { return (kind[name] == "secret" || kind[name] == "key") && length(values[name]) >= 8 }

  # A secret that is another one as well opens two doors.
  function check_reuse(    i, j, one, other) {
    for (i = 1; i <= count; i++) for (j = 1; j < i; j++) {
      one = names[i]
      other = names[j]
      if (!is_secret(one) || !is_secret(other) || told[one]) continue
      if (values[one] == values[other]) found("warning", "reused", one, "has the value of " other ": " advice(one))
      else if (index(values[one], values[other]) || index(values[other], values[one]))
        found("warning", "reused", one, "is made from " other ", so who knows one knows both: " advice(one))
    }
  }

  # How many letters have to be added, taken out or changed, as far as three.
  function distance(one, other,    i, j, row, last, least, cost) {
    if (length(one) - length(other) > 2 || length(other) - length(one) > 2) return 3
    for (j = 0; j <= length(other); j++) row[j] = j
    for (i = 1; i <= length(one); i++) {
      last = row[0]
      row[0] = i
      for (j = 1; j <= length(other); j++) {
        cost = last + (substr(one, i, 1) == substr(other, j, 1) ? 0 : 1)
        last = row[j]
        least = row[j] + 1
        if (row[j - 1] + 1 < least) least = row[j - 1] + 1
        row[j] = cost < least ? cost : least
      }
    }
    return row[length(other)]
  }

  function check_unknown(name,    i, near) {
    if (values[name] ~ /(sk|rk)_live_/) found("error", "live-key", name, "has a live Stripe key; staging takes test keys (sk_test_...) only")
    else if (tolower(values[name]) ~ /change[ _-]?me/) found("error", "placeholder", name, "still has the placeholder CHANGE_ME")
    if (!closed) return
    for (i = 1; i <= count; i++) if (distance(toupper(name), names[i]) <= 2) { near = names[i]; break }
    if (near != "" && !(near in has)) found("error", "unknown", name, "is known to nobody: is " near " meant?")
    else found("warning", "unknown", name, "is known to nobody" (near == "" ? "" : ": is " near " meant?"))
  }

  END {
    for (i = 1; i <= count; i++) settled[names[i]] = general(names[i], values[names[i]] "")
    for (i = 1; i <= ruled; i++) {
      size = split(rules[i], list, " ")
      name = list[2]
      if (settled[name]) continue
      value = values[name]
      if (list[1] == "choice") check_choice(name, value, list, size)
      else if (list[1] == "pattern") { if (value !~ list[3]) found("error", "pattern", name, "has characters that it cannot have: " advice(name)) }
      else if (list[1] == "secret") check_secret(name, value, list[3])
      else if (list[1] == "key") check_key(name, value, list, size)
      else if (list[1] == "origins") check_origins(name, value)
      else if (list[1] == "url") check_url(name, value, list, size)
      else if (list[1] == "database") check_database(name, value, list)
    }
    check_reuse()
    for (i = 1; i <= given; i++) if (!(order[i] in known)) check_unknown(order[i])
  }
'
