"""codemeta.json and .zenodo.json from CITATION.cff and pyproject.toml; `--check` only compares."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]


def described() -> dict[str, dict[str, Any]]:
    """Both files by name, after CodeMeta 3.0 (https://w3id.org/codemeta/3.0) and Zenodo's metadata for deposits."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [author["name"] for author in cited["authors"]]
    codemeta = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": cited["title"],
        "description": project["description"],
        "version": cited["version"],
        "dateModified": cited["date-released"],
        "license": [f"https://spdx.org/licenses/{name}" for name in cited["license"]],
        "author": [{"@type": "Organization", "name": name} for name in names],
        "keywords": cited["keywords"],
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": project["dependencies"],
        "readme": "README.md",
        "developmentStatus": "active",
    }
    zenodo = {
        "upload_type": "software",
        "title": cited["title"],
        "description": project["description"],
        "version": cited["version"],
        "publication_date": cited["date-released"],
        "creators": [{"name": name} for name in names],
        "keywords": cited["keywords"],
        "access_right": "open",
        # One licence is all the form takes; which part has which stands in REUSE.toml.
        "license": cited["license"][0],
        "notes": "Code: MIT. Text and own tables: CC BY 4.0. Values of others are theirs; see LICENSE and REUSE.toml.",
    }
    return {"codemeta.json": codemeta, ".zenodo.json": zenodo}


def main() -> int:
    stale = []
    for name, content in described().items():
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        path = ROOT / name
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"not as CITATION.cff and pyproject.toml say: {', '.join(stale)}; run `make metadata`", file=sys.stderr)
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
