"""Commands that bring tables into the project, and say what publishers changed."""
