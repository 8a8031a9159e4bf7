# --- Alembic: its own environment, driven step by step ----------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """Where the database is."""

    current: tuple[str, ...]
    version_table: str
    objects: list[str]

    def is_like(self, other: "State") -> bool:
        return set(self.current) == set(other.current) and self.objects == other.objects


def quiet_alembic() -> None:
    """What Alembic says of each step is said here, once; its warnings stay."""
    for name in ("alembic.runtime.migration", "alembic.runtime.plugins", "alembic.autogenerate.compare"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)


def read_configuration(config_file: str, output: StringIO) -> Config:
    """Alembic's configuration from the files that it reads itself: alembic.ini, and pyproject.toml where it knows that."""
    files: dict[str, str] = {}
    if os.path.exists(config_file):
        files["file_"] = config_file
    if "toml_file" in inspect.signature(Config.__init__).parameters and has_alembic_table("pyproject.toml"):
        files["toml_file"] = "pyproject.toml"
    if not files:
        raise Failed(f"there is no {config_file} in {os.getcwd()}: is this the image of the API?")
    return Config(**files, output_buffer=output)


def has_alembic_table(path: str) -> bool:
    if not os.path.exists(path):
        return False
    with open(path, "rb") as file:
        try:
            return "alembic" in tomllib.load(file).get("tool", {})
        except tomllib.TOMLDecodeError as error:
            raise Failed(f"{path} is no TOML: {error}") from None


# How often a table is waited for only to be looked at.
LOOKS = 10


class Migrations:
    """The migrations of this image, and the database as its env.py reaches it."""

    def __init__(self, config_file: str) -> None:
        quiet_alembic()
        self.output = StringIO()
        self.config = read_configuration(config_file, self.output)
        try:
            self.script = ScriptDirectory.from_config(self.config)
        except CommandError as error:
            raise Failed(f"the configuration of Alembic in {os.getcwd()} is not whole: {error}") from None
        try:
            self.heads = sorted(self.script.get_heads())
        except CommandError as error:
            raise Failed(f"the migrations of this image do not fit together: {error}") from None

    def speak_as(self, *words: str) -> None:
        """Gives env.py the options of this command of Alembic's, which hooks look at."""
        self.config.cmd_opts = CommandLine(prog="alembic").parser.parse_args([*words])

    def run(self, steps: Callable[[tuple[str, ...], MigrationContext], Iterable[MigrationStep]], **options) -> None:
        """Runs env.py, which calls back for the steps to do."""
        with EnvironmentContext(self.config, self.script, fn=steps, **options):
            self.script.run_env()

    def current(self) -> tuple[str, ...]:
        """The revisions that the database is at. Waits for nobody."""
        found: list[tuple[str, ...]] = []

        def look(current: tuple[str, ...], _context: MigrationContext) -> Iterable[MigrationStep]:
            found.append(tuple(sorted(current)))
            return []

        self.run(look, dont_mutate=True)
        if not found:
            raise Failed("alembic's env.py ran no migrations: does it call context.run_migrations()?")
        return found[0]

    def state(self) -> State:
        """Where the database is, and all that it has. A table that somebody changes just now is waited for."""
        found: list[State] = []

        def look(current: tuple[str, ...], context: MigrationContext) -> Iterable[MigrationStep]:
            table = context._version.name  # The only place that knows it.
            objects = schema_objects(context.connection, table)
            found.append(State(tuple(sorted(current)), table, objects))
            return []

        for attempt in range(1, LOOKS + 1):
            try:
                self.run(look, dont_mutate=True)
                return found[0]
            except DBAPIError as error:
                if sqlstate(error) != LOCK_NOT_AVAILABLE or attempt == LOOKS:
                    raise
                time.sleep(min(0.5 * attempt, 5))
        raise Failed("alembic's env.py ran no migrations: does it call context.run_migrations()?")

    def revision(self, identifier: str) -> Script:
        return self.script.get_revision(identifier)

    def parents(self, identifier: str) -> list[str]:
        revision = self.revision(identifier)
        below = [revision.down_revision, revision.dependencies]
        names = [name for each in below if each for name in ([each] if isinstance(each, str) else each)]
        return [self.revision(name).revision for name in names]

    def lineage(self, identifiers: Iterable[str]) -> set[str]:
        """Revisions, and everything that they build on."""
        seen: set[str] = set()
        queue = list(identifiers)
        while queue:
            identifier = queue.pop()
            if identifier not in seen:
                seen.add(identifier)
                queue += self.parents(identifier)
        return seen

    def newest_first(self, identifiers: set[str]) -> list[str]:
        walked = [each.revision for each in self.script.walk_revisions("base", "heads")]
        return [identifier for identifier in walked if identifier in identifiers]

    def upgrade_step(self, identifier: str) -> MigrationStep:
        return MigrationStep.upgrade_from_script(self.script.revision_map, self.revision(identifier))

    def downgrade_step(self, identifier: str) -> MigrationStep:
        return MigrationStep.downgrade_from_script(self.script.revision_map, self.revision(identifier))


def names(revisions: Sequence[str]) -> str:
    return " ".join(revisions) or "base"


# --- what a migration's own file says about it ------------------------------------------------------------------------

BREAKING = re.compile(r"^\s*#\s*breaking:\s*(?P<reason>.*)$", re.MULTILINE)
ALLOW = re.compile(r"^\s*#\s*squawk:\s*allow\b(?P<rest>.*)$", re.MULTILINE)
ALLOWED = re.compile(r"^\s+(?P<rules>[a-z-]+(?:\s*,\s*[a-z-]+)*)\s+because\s+(?P<reason>\S.*)$")


@dataclass(frozen=True)
class Annotations:
    """Comments of a migration's file."""

    # Why the release before cannot work with it; empty where it can.
    breaking: str
    # Reasons by the rules of squawk that may be broken.
    allowed: dict[str, str]
    # Whether a part of it runs outside of a transaction.
    autocommit: bool


def annotations(revision: Script) -> Annotations:
    try:
        with open(revision.path, encoding="utf-8") as file:
            source = file.read()
    except (OSError, UnicodeDecodeError):
        source = ""
    breaking = BREAKING.search(source)
    if breaking and not breaking["reason"].strip():
        raise Failed(f"{revision.path}: write a reason behind '# breaking:', for whoever reads it next year")
    allowed: dict[str, str] = {}
    for line in ALLOW.finditer(source):
        match = ALLOWED.match(line["rest"])
        if match is None:
            raise Failed(f"{revision.path}: '{line[0].strip()}' must read '# squawk: allow RULE because REASON'")
        for rule in match["rules"].split(","):
            allowed[rule.strip()] = match["reason"].strip()
    return Annotations(
        breaking=breaking["reason"].strip() if breaking else "",
        allowed=allowed,
        autocommit="autocommit_block" in source,
    )
