"""How one notebook is executed: papermill's engine, kernels forked from a process with the libraries, or none.

`execution` executes one run and writes its files. papermill finds `engine` by its entry point; `clients` does its work
with kernels of `provisioner`, which `forking` gets from the process `fork_server`, or starts anew. `inprocess` does
without a kernel, by `shell`, where that was shown to give the same bytes. `observing` tells which files were read;
`sharing` lets the languages of a notebook compute once.
"""
