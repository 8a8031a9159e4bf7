"""The commands of the image, run as processes in the API's folder."""

import subprocess
import sys
from pathlib import Path

API = Path(__file__).parents[1]


def run(*command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The finished command, whatever its exit code."""
    return subprocess.run(
        command, cwd=API, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def run_python(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """As `run`, with this Python."""
    return run(sys.executable, *arguments, environment=environment)


def alembic(*arguments: str, environment: dict[str, str]) -> str:
    """What the alembic command printed; fails the test when the command fails."""
    result = run_python("-m", "alembic", *arguments, environment=environment)
    assert result.returncode == 0, result.stderr
    return result.stdout
