"""Models of ties: what makes it likely that one actor attends to another, all terms taken together."""
