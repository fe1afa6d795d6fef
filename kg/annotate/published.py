"""HanLP's models: found by name in `$HANLP_HOME`, in a folder, or fetched; and loaded without HanLP's noise.

HanLP publishes models for many tasks; they are not free for commercial use and are never shipped with this package.
Whoever has one below `$HANLP_HOME` (`~/.hanlp` if that is not set), unpacked where HanLP would put it, needs no
network.  Without one HanLP tries for half a minute; here the connection is looked at first, and a missing one is said
at once.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import logging
import multiprocessing
import os
import socket
import sys
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlparse

from kg.errors import AnnotatorError

INSTALL = "pip install 'knowledge-graph-builder[hanlp]'"
LICENCE = (
    "HanLP's published models are under CC BY-NC-SA 4.0: not for commercial use, and what is made of them is to be "
    "shared alike"
)
PATIENCE = 3.0
"""Seconds that a server has for taking a connection."""

_SHIPPED = "leave --hanlp-model out for the shipped model"
_said: set[str] = set()


def home() -> Path:
    """Where HanLP keeps its models."""
    default = Path(os.environ["APPDATA"]) / "hanlp" if "APPDATA" in os.environ else Path.home() / ".hanlp"
    return Path(os.environ.get("HANLP_HOME") or default)


def installed() -> bool:
    """Whether HanLP and what it needs are there."""
    return find_spec("hanlp") is not None and find_spec("torch") is not None


def load(model: str) -> Any:
    """The HanLP component of a folder, or of a name of `hanlp.pretrained`; its licence is said once.

    Raises AnnotatorError, in one line, for a name that there is not, for a model that is not here while its server
    cannot be reached, and for one that does not load.
    """
    folder = Path(model)
    if folder.is_dir():
        if not (folder / "config.json").is_file():
            raise AnnotatorError(f"{model}: no HanLP model, since it has no config.json; {_SHIPPED}")
        return loaded(folder, f"{model}: the HanLP model")
    require()
    address = _address(model)
    place = placed(address)
    what = f"the HanLP model {model}"
    if place.is_dir():
        try:
            component = loaded(place, what)
        except AnnotatorError:
            if not reachable(address):
                raise
            component = loaded(place, what, online=True)  # it may need another one, its encoder
    elif reachable(address):
        component = loaded(address, what, online=True)
    else:
        raise AnnotatorError(
            f"{what} is not in {place}, and {urlparse(address).hostname} cannot be reached; "
            f"unpack {address} there, or {_SHIPPED}"
        )
    _say(LICENCE)
    return component


def require() -> None:
    """Raise AnnotatorError if HanLP is not installed."""
    if not installed():
        raise AnnotatorError(f"HanLP is not installed: {INSTALL}")


def _address(model: str) -> str:
    import hanlp

    known: dict[str, str] = hanlp.pretrained.ALL
    if model in known:
        return known[model]
    upper = model.upper()
    near = sorted(name for name in known if upper and upper in name) or difflib.get_close_matches(upper, known, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise AnnotatorError(f"there is no folder and no HanLP model {model!r}{hint}; {_SHIPPED}")


def placed(address: str) -> Path:
    """Where the model of an address is below `home()`, once it is unpacked: as HanLP's `path_from_url` has it."""
    from hanlp_common.constant import HANLP_URL

    inside = address.removeprefix(HANLP_URL).split("#")[0]
    if inside == address:  # another server's
        url = urlparse(address)
        inside = f"thirdparty/{url.netloc}{url.path}"
    return home() / inside.removesuffix(".zip")


def reachable(address: str) -> bool:
    """Whether the server of an address, or the proxy on the way to it, takes a connection."""
    url = urlparse(address)
    proxy = urllib.request.getproxies().get(url.scheme)
    if proxy and not urllib.request.proxy_bypass(url.hostname or ""):
        url = urlparse(proxy if "//" in proxy else f"//{proxy}", scheme="http")
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        with socket.create_connection((url.hostname or "", port), timeout=PATIENCE):
            return True
    except OSError:
        return False


def loaded(place: Path | str, what: str, *, online: bool = False) -> Any:
    """The component that `hanlp.load` makes of a folder or an address.

    Without `online` nothing is fetched: a model that needs another one which is not here fails at once.
    """
    require()
    noise = io.StringIO()
    try:
        import hanlp

        fetching = contextlib.nullcontext() if online else _alone()
        with contextlib.redirect_stdout(noise), contextlib.redirect_stderr(noise), _mended(), fetching:
            return hanlp.load(str(place), devices=-1, verbose=False)
    except Exception as error:  # HanLP raises what it likes
        text = " ".join(str(error).split("\n=")[0].split())
        raise AnnotatorError(f"{what} does not load ({type(error).__name__}: {text[:300]}); {_SHIPPED}") from error


@contextlib.contextmanager
def _mended() -> Iterator[None]:
    """HanLP able to say why a model does not load.

    Its report imports `pkg_resources`, which setuptools has no more since its version 82: instead of the cause, users
    are told that this module is missing.  All that the report takes from there is how versions compare.  It also asks
    the package index for HanLP's newest version, which without a network costs half a minute.
    """
    from hanlp.utils import component_util
    from packaging.version import parse

    stand_in: Any = ModuleType("pkg_resources")
    stand_in.parse_version = parse
    missing = object()
    was: Any = sys.modules.get("pkg_resources", missing)
    asks = component_util.get_latest_info_from_pypi
    sys.modules["pkg_resources"] = stand_in
    component_util.get_latest_info_from_pypi = lambda: None
    try:
        yield
    finally:
        component_util.get_latest_info_from_pypi = asks
        if was is missing:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = was


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """HanLP without its ways to the network, each of which waits for half a minute."""
    from hanlp.utils import io_util

    def refuse(url: str = "", *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError(f"it needs {url}, which is not here")

    download, offline = io_util.download, os.environ.get("HF_HUB_OFFLINE")
    io_util.download = refuse
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when that library is first imported
    try:
        yield
    finally:
        io_util.download = download
        os.environ.pop("HF_HUB_OFFLINE") if offline is None else os.environ.update(HF_HUB_OFFLINE=offline)


def _say(message: str) -> None:
    """A word on the log, once, and not by each of the workers."""
    if message not in _said and multiprocessing.parent_process() is None:
        _said.add(message)
        logging.getLogger("kg").warning(message)
