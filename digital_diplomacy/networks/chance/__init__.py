"""What chance gives: null models, resampling, and regressions on ties tested by permutation."""
