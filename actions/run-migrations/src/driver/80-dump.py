# --- dump: a backup of a database that is reached directly ------------------------------------------------------------

def as_database_client(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """The command with the database as the URL names it. A command line shows to every user of this machine: no secret."""
    parameters = libpq_parameters()
    if parameters.pop("sslpassword", None):
        raise Failed("DATABASE_URL has sslpassword, which cannot be handed to pg_dump in secret: use a key without one")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    password = parameters.pop("password", None)
    if password is not None:
        environment["PGPASSWORD"] = password
    return [*words, f"--dbname={conninfo(parameters)}"], environment


def back_up(channel: Channel, options: argparse.Namespace) -> None:
    """Writes a dump, checks that it can be restored, and removes old ones."""
    os.makedirs(options.folder, mode=0o700, exist_ok=True)
    free = shutil.disk_usage(options.folder).free
    with await_database(own_engine(), 60) as connection:
        size = connection.scalar(text("SELECT pg_database_size(current_database())"))
    needed = size + (options.margin << 20)
    if free < needed:
        raise Failed(
            f"{options.folder} has {free >> 20} MiB free, but a backup of the database ({size >> 20} MiB) and the margin of "
            f"{options.margin} MiB need {needed >> 20} MiB: make room, or lower disk-margin. Nothing was changed"
        )
    started = time.monotonic()
    path = os.path.join(options.folder, f"{options.name}.dump")
    partial = f"{path}.partial"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            words, environment = as_database_client(["pg_dump", "--format=custom"])
            run_tool(words, env=environment, stdout=file)
        with open(partial, "rb") as file:
            run_tool(["pg_restore", "--file=/dev/null"], stdin=file, stdout=subprocess.DEVNULL)
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.remove(partial)
    channel.report("backup", path)
    channel.report("backup-bytes", str(os.path.getsize(path)))
    channel.report("backup-ms", str(round((time.monotonic() - started) * 1000)))
    dumps = [os.path.join(options.folder, name) for name in os.listdir(options.folder) if name.endswith(".dump")]
    for old in sorted(dumps, key=os.path.getmtime, reverse=True)[options.keep :]:
        os.remove(old)
        say(f"removed the old backup {old}")


def run_tool(words: list[str], **streams) -> None:
    try:
        done = subprocess.run(words, stderr=subprocess.PIPE, check=False, **streams)
    except FileNotFoundError:
        raise Failed(f"{words[0]} is missing: install postgresql-client") from None
    if done.returncode != 0:
        message = without_names(done.stderr.decode("utf-8", "replace").strip())
        raise Failed(f"the backup failed: {words[0]} ended with {done.returncode}: {message}\nNothing was changed")
