"""What every kind of figure is made of: sheet and look, words and numbers, axes, marks, ties and outlines."""
