"""What tests of the pages to play with share: running their own code in node, the one that playwright brings."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import playwright
import pytest

VIEWS = Path(__file__).parents[3] / "digital_diplomacy" / "figures" / "views"
NODE = Path(playwright.__file__).parent / "driver" / "node"

ANSWERING = """
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { module: path, expression, given } = JSON.parse(line);
  let told;
  try {
    told = { value: new Function("own", "given", `return (${expression})`)(require(path), given) ?? null };
  } catch (error) {
    told = { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(told)}\\n`);
});
"""
"""One process answers all tests: to start one takes longer than most of them."""


@pytest.fixture(scope="session")
def node() -> Iterator[Callable[[str, str, Any], Any]]:
    """Evaluate an expression of JavaScript with a logic module as `own` and JSON as `given`; the result as JSON."""
    started = subprocess.Popen(
        [str(NODE), "-e", ANSWERING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert started.stdin
    assert started.stdout
    pipes = (started.stdin, started.stdout)

    def run(module: str, expression: str, given: Any) -> Any:
        asked = {"module": str(VIEWS / module), "expression": expression, "given": given}
        pipes[0].write(json.dumps(asked) + "\n")
        pipes[0].flush()
        told = json.loads(pipes[1].readline())
        assert "error" not in told, told["error"]
        return told["value"]

    yield run
    for pipe in pipes:
        pipe.close()
    started.wait()
