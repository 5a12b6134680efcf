"""How sure ranks of sampled estimates are: confidence sets from standard errors."""
