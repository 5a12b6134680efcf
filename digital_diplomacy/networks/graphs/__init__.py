"""Networks as frames and as matrices: read, built from statements, cut into parts, thinned, laid out."""
