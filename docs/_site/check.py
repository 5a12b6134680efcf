"""Whether a built site holds together: every link leads somewhere, and no page fetches anything from elsewhere.

``python docs/_site/check.py FOLDER`` names what is wrong, a line each, and ends with code 1 if anything is.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

FETCHED: Final = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "use": "href"}
"""Elements for which a browser asks at once, by the attribute that says where."""

_REMOTE: Final = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//")


@dataclass(frozen=True)
class Link:
    """Where an element of a page leads, and whether the browser fetches it unasked."""

    target: str
    is_fetched: bool


class Page(HTMLParser):
    """Links and anchors of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is called and where it leads."""
        given = {name: value for name, value in attrs if value is not None}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        wanted = FETCHED.get(tag)
        if wanted and wanted in given:
            is_relation = tag == "link" and given.get("rel") not in ("stylesheet", "icon", "shortcut icon", "preload")
            self.links.append(Link(given[wanted], not is_relation))
        elif tag == "a" and "href" in given:
            self.links.append(Link(given["href"], is_fetched=False))


def faults(site: Path) -> Iterator[str]:
    """What is wrong with a site, a sentence each."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    if not pages:
        yield f"{site}: no page in it; build it first"
    for path, page in pages.items():
        for link in page.links:
            said = _fault(path, link, pages, site)
            if said:
                yield f"{path.relative_to(site)}: {link.target}: {said}"
    for path in sorted(site.rglob("*.css")):
        if _REMOTE.search(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)}: fetches from elsewhere"


def _fault(path: Path, link: Link, pages: dict[Path, Page], site: Path) -> str:
    parts = urlsplit(link.target)
    if parts.scheme or parts.netloc:
        is_inside = parts.scheme == "data"
        return "is fetched from elsewhere" if link.is_fetched and not is_inside else ""
    goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not goal.is_relative_to(site.resolve()) or not goal.exists():
        return "leads nowhere"
    if parts.fragment and goal in pages and unquote(parts.fragment) not in pages[goal].anchors:
        return "no such place on that page"
    return ""


def main(folder: str) -> int:
    """Check a folder and say so."""
    site = Path(folder).resolve()
    found = list(faults(site))
    print(*found, sep="\n", end="\n" if found else "")
    pages = list(site.rglob("*.html"))
    print(f"{len(pages)} pages checked, {len(found)} faults")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
