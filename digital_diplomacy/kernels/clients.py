"""papermill's nbclient engine over kernels of `provisioner`; says how far it is and what became of a lost kernel."""

from collections.abc import Callable
from typing import Any, Final

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine

from digital_diplomacy.errors import said
from digital_diplomacy.kernels.provisioner import PrivateKernelManager, tail
from digital_diplomacy.runs.results import KernelLostError

_OUTPUT: Final = 24 * 3600  # seconds to read what a cell has left waiting; a kernel's end is noticed long before
_NOT_FOR_CLIENTS: Final = ("iopub_timeout", "input_path", "timeout", "startup_timeout", "request_save_on_cell_execute")


class Client(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client with a word to the caller after each cell."""

    def __init__(
        self,
        nb_man: Any,
        manager: PrivateKernelManager,
        *,
        named: str,
        on_cell: Callable[[int, int], None] | None,
        **options: Any,
    ) -> None:
        super().__init__(nb_man, **options)
        self._manager, self.named, self._on_cell = manager, named, on_cell

    def create_kernel_manager(self) -> PrivateKernelManager:
        """The manager made for this notebook alone; its kernel is ended with the notebook."""
        self.km = self._manager
        return self._manager

    def execute_cell(self, cell: Any, cell_index: int, **options: Any) -> Any:
        """Execute one cell; a kernel lost over it is reported with all that is known."""
        try:
            done = super().execute_cell(cell, cell_index, **options)
        except (DeadKernelError, CellTimeoutError) as error:
            raise self._lost(cell, cell_index, error) from error
        if self._on_cell:
            self._on_cell(cell_index + 1, len(self.nb.cells))
        return done

    def _lost(self, cell: Any, cell_index: int, error: Exception) -> KernelLostError:
        if isinstance(error, CellTimeoutError):
            how = said("was ended: the cell took more than {seconds} s", seconds=f"{self.timeout:g}")
        else:
            how = self._manager.ending()
        last = self._manager.last_words() or last_output(self.nb.cells)
        return KernelLostError(self.named, cell_index + 1, cell.source, how, last, self._manager.was_orphaned)


def last_output(cells: list[Any]) -> str:
    """The end of what the last cell with a text among its outputs has said."""
    for cell in reversed(cells):
        texts = [_text(output) for output in cell.get("outputs", [])]
        if any(texts):
            return tail("\n".join(filter(None, texts)))
    return ""


def _text(output: Any) -> str:
    return "".join(output.get("text", "") or output.get("data", {}).get("text/plain", ""))


class Engine(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine with kernels of `PrivateKernelManager`."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        start_timeout: float = 60,
        execution_timeout: float | None = None,
        memory_limit: float = 0,
        on_cell: Callable[[int, int], None] | None = None,
        on_start: Callable[[Any], None] | None = None,
        kernel_environment: dict[str, str] | None = None,
        **options: Any,
    ) -> Any:
        """Execute the cells of the notebook a manager holds; see `engine.ForkedEngine.execute_notebook`."""
        if on_start:
            on_start(nb_man.nb)
        manager = PrivateKernelManager(
            kernel_name=kernel_name,
            memory_limit=int(memory_limit * 2**20),
            extra_environment=kernel_environment or {},
        )
        client = Client(
            nb_man,
            manager,
            named=str(options.get("input_path") or "notebook"),
            on_cell=on_cell,
            kernel_name=kernel_name,
            timeout=execution_timeout or options.get("timeout"),
            startup_timeout=start_timeout,
            shutdown_kernel="immediate",
            iopub_timeout=_OUTPUT,
            **{name: value for name, value in options.items() if name not in _NOT_FOR_CLIENTS},
        )
        try:
            return client.execute()
        except RuntimeError as error:  # jupyter_client's, for a kernel that did not come up
            if not manager.was_orphaned:
                raise
            how = said("ended before its first cell")
            raise KernelLostError(client.named, 0, "", how, "", is_orphan=True) from error
        finally:
            manager.remove_private_folder()  # also if the kernel never came up
