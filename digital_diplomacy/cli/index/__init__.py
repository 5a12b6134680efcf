"""Commands that make a composite index of a researcher's own tables."""
