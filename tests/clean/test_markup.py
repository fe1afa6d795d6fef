"""Entities, tags whole and torn, and the marks of Markdown inside sentences."""

from __future__ import annotations

import pytest

from kg.clean.markup import markup
from kg.clean.offsets import MappedText
from kg.model import Span


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("结束了。</span>", "结束了。"),
        ("结束了。/span>", "结束了。"),
        ("<p style='x'>一段</p>二段<br/>三段", "\n一段\n二段\n三段"),
        ("| a<br>b | c |", "| a b | c |"),
        ("A&amp;B &ldquo;x&rdquo; &#65;&#x42;", "A&B “x” AB"),
        ("&amp;amp;amp;", "&"),
        ("&nosuch; R&D AT&T;", "&nosuch; R&D AT&T;"),
        ("&#0;&#127;x", "x"),
        ("输出 <think> 和 <|im_start|>", "输出 <think> 和 <|im_start|>"),
        ("a < b 并且 c > d", "a < b 并且 c > d"),
        ("模型 `Yi-34B` 和 **Qwen2.5** 是", "模型 Yi-34B 和 Qwen2.5 是"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("见[文档](https://a.b/c)和![图](x.png)", "见文档和"),
        ("```python\nx = 1\n```", "\nx = 1\n"),
        ("# 标题\n- 项\n| a | b |\n|---|---|", "# 标题\n- 项\n| a | b |\n|---|---|"),
        ("路径/p>与http://a/p>", "路径与http://a/p>"),
        ("<!-- 注释 -->正文", "正文"),
    ],
)
def test_crumbs(raw: str, expected: str) -> None:
    assert markup(MappedText.of(raw)).text == expected


def test_an_entity_stands_for_its_characters() -> None:
    text = markup(MappedText.of("A&amp;B"))
    assert text.raw(1, 2) == Span(1, 6)
    assert [(note.code, note.count) for note in text.notes] == [("markup", 1)]
