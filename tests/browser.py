"""A real browser for tests: Debian's or Google's chromium, driven by Playwright, with no network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
_FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
"""WebGL drawn by the processor: test machines have no graphics card."""


def needed() -> None:
    """Skip the test where there is no browser; where one is promised, fail."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Playwright here: pip install '.[test]'")
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "make test installs chromium where CI is set"
        pytest.skip("no chromium here: apt-get install chromium")


@contextmanager
def browser() -> Iterator[Any]:
    needed()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        started.close()


class Tab:
    """A page in a tab of its own, offline; what it says to the console and what it asks for is kept."""

    def __init__(
        self, browser: Any, file: Path, address: str = "", *, dark: bool = False, language: str = "zh-CN",
        width: int = 1280, before: str = "",
    ) -> None:  # fmt: skip
        self.context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            locale=language,
            offline=True,
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        if before:
            self.page.add_init_script(before)
        self.page.goto(file.as_uri() + address)
        self.page.wait_for_selector("body[data-drawn]", timeout=60_000)

    def evaluate(self, script: str, what: Any = None) -> Any:
        return self.page.evaluate(script, what)

    def text(self, selector: str) -> str:
        found: str = self.page.inner_text(selector)
        return found

    def shown(self) -> set[str]:
        """The ids of the nodes that are drawn."""
        return set(self.evaluate("KG.seen().shown.map((dot) => KG.model.names[dot].id)"))

    def close(self) -> None:
        self.context.close()
