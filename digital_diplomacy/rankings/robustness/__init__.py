"""How sure an index's ranks are of its method: other choices, weights and errors; what would change a rank."""
