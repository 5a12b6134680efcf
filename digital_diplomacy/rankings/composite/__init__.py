"""A composite index: the framework of indicators, and the steps from values to scores."""
