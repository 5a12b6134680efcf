"""Papers of researchers as rows of text: paragraphs, headings, lists, footnotes and cells, each with its place."""

from digital_diplomacy.sources.papers.pdf import picture_pages
from digital_diplomacy.sources.papers.reading import BLOCKS, read_paper

__all__ = ["BLOCKS", "picture_pages", "read_paper"]
