"""A visitor of the page of `kg serve`, in a real browser."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from tests.serve.running import Running


class Visitor:
    """A tab on the page; what the console says and which hosts are asked is kept."""

    def __init__(self, chromium: Any, server: Running, *, width: int = 1280, **more: Any) -> None:
        settings = {"locale": "zh-CN", "color_scheme": "light", **more}
        self.context = chromium.new_context(viewport={"width": width, "height": 800}, accept_downloads=True, **settings)
        self.base, self.page = server.address, self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, view: str) -> Any:
        self.page.goto(self.base + view)
        return self.shows(view)

    def shows(self, view: str) -> Any:
        self.page.wait_for_selector(f"body[data-shown={json.dumps(view)}]")
        return self.page

    def text(self) -> str:
        return str(self.page.inner_text("main"))

    def saved(self, selector: str) -> list[list[str]]:
        with self.page.expect_download() as download:
            self.page.click(selector)
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))

    def close(self) -> None:
        self.context.close()
        assert not self.said, self.said
        for url in self.asked:
            assert url.startswith((self.base, "data:,", f"blob:{self.base}")), url
