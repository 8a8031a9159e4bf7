# --- apply: all revisions, or an error --------------------------------------------------------------------------------


class Upgrade:
    """Runs the revisions of a plan, again where a table was busy and nothing has been changed."""

    def __init__(self, channel: Channel, migrations: Migrations, plan: Plan, before: State, watcher: Watcher) -> None:
        self.channel, self.migrations, self.plan, self.watcher = channel, migrations, plan, watcher
        self.before = before
        self.running = ""

    def run(self, attempts: int) -> None:
        for attempt in range(1, attempts + 1):
            start = self.migrations.state() if attempt > 1 else self.before
            try:
                self.migrations.run(self._steps)
                return
            except Exception as error:
                if sqlstate(error) not in (LOCK_NOT_AVAILABLE, DEADLOCK):
                    raise
                waited = self.watcher.take_blockers()
                if attempt == attempts:
                    raise Failed(
                        f"{self.running} did not get its lock in {attempts} attempts{waited}: {tell(error)}\n"
                        "Run it when the table is less busy, or give it more (table-lock-timeout, table-lock-attempts)"
                    ) from error
                # What ran outside of a transaction cannot simply be run again.
                if annotations(self.migrations.revision(self.running)).autocommit and not start.is_like(
                    self.migrations.state()
                ):
                    raise
                say(f"{self.running} waited too long for a table{waited}; attempt {attempt + 1} of {attempts} follows")
                # Whoever queued behind the migration has its turn first.
                time.sleep(min(0.5 * attempt, 5))

    def _steps(self, current: tuple[str, ...], _context: MigrationContext) -> Iterator[MigrationStep]:
        done = self.migrations.lineage(current)
        for number, identifier in enumerate(self.plan.revisions, 1):
            if identifier in done:
                continue
            self.running = identifier
            self.channel.report("running", identifier)
            started = time.monotonic()
            yield self.migrations.upgrade_step(identifier)
            duration = round((time.monotonic() - started) * 1000)
            self.channel.report("ran", {"revision": identifier, "ms": duration})
            message = (self.migrations.revision(identifier).doc or "").strip()
            say(f"[{number}/{len(self.plan.revisions)}] {identifier} {message} ({duration} ms)")


def explain_failure(running: str, error: Exception, limits: Limits) -> str:
    code = sqlstate(error)
    where = f"{running} failed: " if running else ""
    if code == STATEMENT_TOO_LONG:
        return (
            f"{where}a statement took longer than statement-timeout ({limits.statement_timeout} s): {tell(error)}\n"
            "Split it into smaller batches, or give it more time"
        )
    return f"{where}{tell(error)}"


def apply(channel: Channel, sessions: Sessions, migrations: Migrations, options: argparse.Namespace) -> None:
    engine = own_engine()
    with migration_lock(engine, options.lock_timeout) as connection:
        end_leftovers(connection)
        plan = make_plan(migrations, options.target)
        if options.expect is not None and options.expect != names(plan.current):
            raise Failed(
                f"the database was at {options.expect} when this was planned and is at {names(plan.current)} now: "
                "somebody else has migrated it. Nothing was changed; run this again"
            )
        migrations.speak_as("upgrade", options.target)
        before = migrations.state()
        channel.report("from", names(plan.current))
        # From here on, something may have to be taken back.
        channel.report("before", {"current": before.current, "objects": before.objects, "target": plan.target})
        with Watcher(engine, sessions.limits) as watcher:
            upgrade = Upgrade(channel, migrations, plan, before, watcher)
            try:
                upgrade.run(options.attempts)
            except Failed:
                raise
            except CommandError as error:
                raise Failed(f"{upgrade.running} failed: {error}") from error
            except DBAPIError as error:
                raise Failed(explain_failure(upgrade.running, error, sessions.limits)) from error
            except Exception as error:
                show_traceback(error)
                raise Failed(explain_failure(upgrade.running, error, sessions.limits)) from error
        channel.report("applied", " ".join(plan.revisions))
        verify(channel, migrations, plan, options)


# --- verify: what was reported is not enough --------------------------------------------------------------------------


class CheckFailed(Exception):
    """Whether models and tables agree could not be found out, which says nothing against the migration."""


def verify(channel: Channel, migrations: Migrations, plan: Plan, options: argparse.Namespace) -> None:
    """Asks the database again: it is at the target, and the models say the same as the tables."""
    current = await_answer(migrations.current)
    lineage = migrations.lineage(current)
    if not set(plan.target) <= lineage:
        channel.report("refused", names(current))
        raise Failed(
            f"alembic reported success, but the database is at {names(current)} instead of {names(plan.target)}"
        )
    # Heads that others depend on have no row of their own: what counts is what has been applied.
    at_heads = lineage == migrations.lineage(migrations.heads)
    if plan.target == migrations.heads and not at_heads:
        channel.report("refused", names(current))
        raise Failed(f"the database is at {names(current)}, not at the heads alone ({names(migrations.heads)})")
    broken = None
    if options.drift != "off" and at_heads and plan.revisions:
        try:
            check_drift(channel, migrations, options)
        except CheckFailed as failure:
            broken = failure
    breaking = [each for each in plan.revisions if annotations(migrations.revision(each)).breaking]
    channel.report("to", names(current))
    channel.report("breaking", " ".join(breaking))
    if broken is not None:
        if options.drift == "error":
            raise Failed(f"the migration is done, and stays; but {broken}") from broken
        say(f"warning: {broken}")


def check_drift(channel: Channel, migrations: Migrations, options: argparse.Namespace) -> None:
    """Fails where models and tables differ and that is an error; `CheckFailed` where nobody knows."""
    drift = find_drift(migrations)
    channel.report("drift", drift)
    if drift:
        listed = "\n".join(f"  {each}" for each in drift)
        message = f"the models and the tables differ after the migration:\n{listed}"
        if options.drift == "error":
            channel.report("refused", "drift")
            raise Failed(message)
        say(f"warning: {message}")


# A database that is started again after the migration answers within this many seconds.
PATIENCE = 60


def await_answer(ask: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """What a question about the database answers: a connection that breaks meanwhile is no answer."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except DBAPIError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.5)


def find_drift(migrations: Migrations) -> list[str]:
    """What `alembic check` finds. Throws `CheckFailed` where it breaks, in env.py, the models or a hook."""
    migrations.speak_as("check")
    try:
        command.check(migrations.config)
    except AutogenerateDiffsDetected as found:
        # Older versions say it in their message only.
        diffs = getattr(found, "diffs", None)
        return [str(found)] if diffs is None else [line for diff in diffs for line in describe_drift(diff)]
    except Exception as error:
        show_traceback(error)
        raise CheckFailed(f"whether models and tables agree could not be checked: {tell(error)}") from error
    return []


def describe_drift(diff: object) -> list[str]:
    if isinstance(diff, list):
        return [line for each in diff for line in describe_drift(each)]
    kind, *rest = diff
    words = [
        str(getattr(each, "name", None) or each) for each in rest if isinstance(each, str) or hasattr(each, "name")
    ]
    return [f"{kind.replace('_', ' ')} {'.'.join(words)}"]
