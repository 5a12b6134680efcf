"""How one notebook is executed: papermill's engine, kernels forked from a process with the libraries, or none."""
