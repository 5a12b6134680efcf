"""What is told by sums of two looks at the files is what a look for each of them tells."""
