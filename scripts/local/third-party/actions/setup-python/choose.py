"""Compares the Python that a project asks for with the one of the runner image, as actions/setup-python reads it."""

import os
import platform
import re
import sys
import tomllib
from pathlib import Path

from pip._vendor.packaging.specifiers import InvalidSpecifier, SpecifierSet

CACHES = ("", "pip", "pipenv", "poetry")


def main() -> None:
    if os.environ["CACHE"] not in CACHES:
        fail(f"There is no cache \"{os.environ['CACHE']}\"; there is pip, pipenv and poetry")
    running = platform.python_version()
    asked = requests()
    for place, text in asked:
        if text in ("", "x", "*"):
            break
        specifiers = specifiers_of(place, text)
        if specifiers.contains(running):
            break
        minor = ".".join(running.split(".")[:2])
        if any(specifiers.contains(f"{minor}.{patch}") for patch in range(100)):
            print(f"::warning title=Python::{place} asks for {text}; the runner image has {running}")
            break
    else:
        if asked:
            wanted = ", ".join(f"{text} ({place})" for place, text in asked)
            fail(f"Asked for is Python {wanted}; the runner image has {running} and no other")
    with open(os.environ["GITHUB_OUTPUT"], "a") as outputs:
        outputs.write(f"python-version={running}\npython-path={sys.executable}\n")
    print(f"Python {running} of the runner image")


def requests() -> list[tuple[str, str]]:
    """What is asked for, and where; the first that fits is taken."""
    if version := os.environ["VERSION"].strip():
        return [("python-version", line.strip()) for line in version.splitlines() if line.strip()]
    file = os.environ["FILE"]
    if not file:
        if not Path(".python-version").exists():
            print("::warning title=Python::No version is asked for: the one of the runner image is used")
            return []
        file = ".python-version"
    if not Path(file).is_file():
        fail(f"python-version-file: there is no file {file}")
    found = read_file(Path(file))
    if not found:
        fail(f"{file} names no version of Python")
    return [(file, text) for text in found]


def read_file(file: Path) -> list[str]:
    if file.suffix == ".toml":
        document = tomllib.loads(file.read_text())
        poetry = document.get("tool", {}).get("poetry", {}).get("dependencies", {}).get("python")
        required = poetry or document.get("project", {}).get("requires-python")
        return [required] if required else []
    if file.name == "Pipfile":
        requires = tomllib.loads(file.read_text()).get("requires", {})
        version = requires.get("python_full_version") or requires.get("python_version")
        return [version] if version else []
    lines = [line.split("#")[0].strip() for line in file.read_text().splitlines()]
    if file.name == ".tool-versions":
        return [word for line in lines if line.startswith("python ") for word in line.split()[1:]]
    return [line for line in lines if line]


def specifiers_of(place: str, text: str) -> SpecifierSet:
    """A version means all that begin with it; ^ and a lone ~ are Poetry's."""
    compact = re.sub(r"([<>=!~^])\s+", r"\1", text)
    parts = [specifier(part) for part in re.split(r"[,\s]+", compact) if part]
    try:
        return SpecifierSet(",".join(parts))
    except InvalidSpecifier:
        fail(f"{place} asks for Python \"{text}\", which is no version and no range of versions")


def specifier(part: str) -> str:
    part = re.sub(r"(?<=\d)(?:\.[xX*])+$", ".*", part)
    if caret := re.fullmatch(r"\^(\d+)(\..*)?", part):
        return f">={part[1:]},<{int(caret[1]) + 1}"
    if tilde := re.fullmatch(r"~(\d+)(?:\.(\d+))?(\..*)?", part):
        following = f"{tilde[1]}.{int(tilde[2]) + 1}" if tilde[2] else str(int(tilde[1]) + 1)
        return f">={part[1:]},<{following}"
    if re.fullmatch(r"\d+(\.\d+)?", part):
        return f"=={part}.*"
    if re.fullmatch(r"\d+(\.\d+)*\.\*", part):
        return f"=={part}"
    if re.fullmatch(r"\d+\.\d+\.\d+\S*", part):
        return f"=={part}"
    return part


def fail(message: str) -> None:
    sys.exit(f"::error title=Python::{message}")


if __name__ == "__main__":
    main()
