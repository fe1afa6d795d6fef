"""The notebooks: each runs from top to bottom in a kernel, with no network, and its outputs are small."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from command_line import ROOT, environment

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST = 150_000
"""Characters of all outputs of a notebook together."""
OFFLINE = """
import socket
def _refused(self, address, *rest, _connect=socket.socket.connect):
    if self.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "localhost", "::1"):
        return _connect(self, address, *rest)
    raise OSError(f"a notebook wants the network: {address}")
socket.socket.connect = _refused
"""


def test_they_are_the_five_and_their_readme_names_them() -> None:
    names = [path.stem for path in NOTEBOOKS]
    assert names == ["01_build", "02_query", "03_explore", "04_trust", "05_extend"]
    readme = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in readme for name in names)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_outputs_and_short(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert not [cell for cell in cells if cell.get("outputs")]
    assert len(cells) <= 20


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat", reason="pip install '.[test]'")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the kernel's own libraries warn of each other
        from nbclient import NotebookClient

        for name, value in environment(MPLBACKEND="module://matplotlib_inline.backend_inline").items():
            monkeypatch.setenv(name, value)
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(OFFLINE))
        client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
        client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    assert not [output for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert len(json.dumps(outputs, ensure_ascii=False)) < LARGEST
    assert not list(tmp_path.iterdir()), "a notebook leaves files beside it"
