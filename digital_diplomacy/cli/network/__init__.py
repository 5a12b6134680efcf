"""Commands that measure a network of a researcher's own."""
