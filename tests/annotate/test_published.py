"""HanLP's models by name: below `$HANLP_HOME`, without a network, and what is said when one does not load."""

from __future__ import annotations

import logging
import socket
import sys
import time
from pathlib import Path
from typing import Any

import hanlp
import pytest
from command_line import kg

from annotate import multi_task
from annotate.test_recurrent import tiny
from kg.annotate import published
from kg.annotate.published import load, loaded, placed, reachable
from kg.annotate.recurrent import RecurrentNames
from kg.errors import AnnotatorError

SMALL = "CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"
NER = "MSRA_NER_ELECTRA_SMALL_ZH"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty `HANLP_HOME`, and no network."""

    def refused(*args: Any, **kwargs: Any) -> Any:
        raise OSError("there is no network")

    monkeypatch.setenv("HANLP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(published, "_said", set())
    return tmp_path / "home"


def test_where_models_are(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same places that HanLP itself takes."""
    from hanlp.utils.io_util import path_from_url

    for name in (SMALL, NER, "CTB5_DEP_ELECTRA_SMALL"):
        address = hanlp.pretrained.ALL.get(name) or hanlp.pretrained.ALL[SMALL]
        assert f"{placed(address)}.zip" == path_from_url(address, save_dir=str(home))
    other = "https://models.example.org/a/b.zip"
    assert f"{placed(other)}.zip" == path_from_url(other, save_dir=str(home))
    monkeypatch.delenv("HANLP_HOME")
    monkeypatch.setenv("HOME", "/nowhere")
    monkeypatch.delenv("APPDATA", raising=False)
    assert published.home() == Path("/nowhere/.hanlp")


def test_a_model_that_is_there_needs_no_network(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    place = placed(hanlp.pretrained.ALL[NER])
    place.mkdir(parents=True)
    tiny().save(str(place))
    with caplog.at_level(logging.WARNING, logger="kg"):
        first, second = load(NER), load(NER)
    assert type(first) is type(second) is RecurrentNames
    assert [record.message for record in caplog.records] == [published.LICENCE], "said once"
    assert "not for commercial use" in published.LICENCE


def test_a_folder_is_a_user_s_own_and_has_no_licence_of_theirs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tiny().save(str(tmp_path))
    assert type(load(str(tmp_path))) is RecurrentNames
    assert not caplog.records


def test_without_a_network_it_is_said_at_once(home: Path) -> None:
    before = time.monotonic()
    with pytest.raises(AnnotatorError) as raised:
        load(SMALL)
    assert time.monotonic() - before < 5
    message = str(raised.value)
    assert "\n" not in message
    for part in (SMALL, str(home), "file.hankcs.com cannot be reached", "https://", "shipped model"):
        assert part in message


def test_a_name_that_there_is_not() -> None:
    with pytest.raises(
        AnnotatorError, match=f"no HanLP model 'close_tok_pos_ner'; did you mean .*; {published._SHIPPED}"
    ):
        load("close_tok_pos_ner")
    with pytest.raises(AnnotatorError, match="no folder and no HanLP model 'q!'; leave"):
        load("q!")


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match=r"has no config\.json"):
        load(str(tmp_path))


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    """A model whose weights are no weights."""
    folder = tmp_path / "torn"
    folder.mkdir()
    tiny().save(str(folder))
    (folder / "model.pt").write_bytes(b"no weights")
    return folder


@pytest.mark.parametrize("setuptools", ["with", "without"])
def test_the_cause_is_told_whatever_setuptools_has(
    torn: Path, setuptools: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """HanLP's report of a failed load needs `pkg_resources`; without it that was all that users were told."""
    if setuptools == "without":
        monkeypatch.setitem(sys.modules, "pkg_resources", None)
    with pytest.raises(AnnotatorError) as raised:
        loaded(torn, "the model")
    assert "pkg_resources" not in str(raised.value)
    assert "UnpicklingError" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert capfd.readouterr() == ("", ""), "HanLP's report is long, and printed"
    assert sys.modules.get("pkg_resources") is None or setuptools == "with"


def test_the_trap_is_there_in_hanlp_itself(torn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkg_resources", None)
    with pytest.raises(ModuleNotFoundError, match="pkg_resources"):
        hanlp.load(str(torn), devices=-1, verbose=False)


def test_a_model_that_needs_another_one_does_not_wait_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "needy"
    folder.mkdir()
    config = '{"classpath": "annotate.test_published.Needy", "hanlp_version": "2.1.5"}'
    (folder / "config.json").write_text(config, encoding="utf-8")
    before = time.monotonic()
    with pytest.raises(AnnotatorError, match=r"ConnectionError: it needs https://.*, which is not here"):
        loaded(folder, "the model")
    assert time.monotonic() - before < 5


class Needy(multi_task.MultiTask):
    """A model with an encoder to be fetched."""

    def load(self, save_dir: str, **kwargs: Any) -> None:
        """Ask for it."""
        from hanlp.utils.io_util import get_resource

        get_resource(hanlp.pretrained.ALL[SMALL])


def test_the_network_is_tried_where_the_model_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def connect(address: tuple[str, int], timeout: float) -> Any:
        tried.append((*address, timeout))
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert not reachable("https://file.hankcs.com/hanlp/x.zip")
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert not reachable("https://file.hankcs.com/hanlp/x.zip")
    assert tried == [("file.hankcs.com", 443, published.PATIENCE), ("proxy.example", 3128, published.PATIENCE)]


def test_a_connection_counts_as_reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert reachable(f"http://127.0.0.1:{server.getsockname()[1]}/x.zip")


@pytest.mark.slow
def test_the_command_says_it_in_one_line_and_ends_with_2(home: Path) -> None:
    away = "http://127.0.0.1:9"
    said = "百度发布了文心一言。".encode()
    done = kg(
        "extract", "-", "--hanlp-model", SMALL, stdin=said, https_proxy=away, HTTPS_PROXY=away, HANLP_HOME=str(home)
    )
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.strip().split("\n")
    assert "cannot be reached" in line
    assert "leave --hanlp-model out" in line


def test_a_load_leaves_the_process_as_it_was(torn: Path) -> None:
    import os

    from hanlp.utils import component_util, io_util

    before = (
        dict(os.environ),
        io_util.download,
        component_util.get_latest_info_from_pypi,
        "pkg_resources" in sys.modules,
    )
    with pytest.raises(AnnotatorError):
        loaded(torn, "the model")
    after = dict(os.environ), io_util.download, component_util.get_latest_info_from_pypi, "pkg_resources" in sys.modules
    assert after == before
