"""papermill's engine ``digital_diplomacy``: each notebook in a kernel forked from a process with the libraries.

papermill imports the engines of every installed package while it is imported itself, so nothing else is imported here.

    papermill --engine digital_diplomacy in.ipynb out.ipynb
"""

from typing import Any


class ForkedEngine:
    """What papermill asks of an engine; the work is done by `clients.Engine`, loaded when a notebook is executed."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Execute a notebook in place and return it.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        kernel_name : str
        **options
            papermill's own for its nbclient engine (``execution_timeout``: seconds a cell may take);
            ``memory_limit``: megabytes a kernel may take for itself; ``errors_only``: whether what is returned has no
            other outputs, for a caller that has the notebook itself: papermill writes it out even where nobody reads
            that.

        Raises
        ------
        KernelLostError
            If the kernel died, took too long over a cell or too much memory, naming notebook, cell and last output.
        """
        from digital_diplomacy.kernels.clients import Engine

        errors_only = options.pop("errors_only", False)
        executed = Engine.execute_notebook(nb, kernel_name, **options)
        return _with_errors_only(executed) if errors_only else executed

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Name of the kernel a notebook is to run in."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Language a notebook is written in."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


def _with_errors_only(notebook: Any) -> Any:
    from nbformat import NotebookNode

    cells = [
        NotebookNode(
            {**cell, "outputs": [output for output in cell.get("outputs", []) if output.output_type == "error"]}
        )
        if cell.cell_type == "code"
        else cell
        for cell in notebook.cells
    ]
    return NotebookNode({**notebook, "cells": cells})
