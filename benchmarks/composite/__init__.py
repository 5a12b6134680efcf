"""Reference results of a composite-index package, case by case."""
