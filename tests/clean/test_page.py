"""The article of an HTML page, found again in its visible text."""

from __future__ import annotations

import pytest

from kg.clean.page import body
from kg.model import Source

FIRST = "云雀公司周四在上海发布了新的模型，并且宣布向开发者开放接口，价格比上一代低一半。"
SECOND = "公司说这个模型有七百亿参数，训练用了三个月，数据来自公开的网页和书籍。"
THIRD = "分析人士认为，这家公司的下一步是手机上的小模型，但公司没有回应这个说法。"
MARKUP = f"""<html><body>
<nav><a href="/">首页</a> <a href="/n">新闻</a></nav>
<div class="side"><ul><li>别的公司也有消息要说一下真的</li></ul></div>
<article><h1>云雀发布新模型</h1><p>{FIRST}</p><h2>价格与参数</h2><p>{SECOND}</p>
<table><tr><th>模型</th><th>参数</th></tr><tr><td>百灵</td><td>70B</td></tr></table><p>{THIRD}</p></article>
<footer>版权所有 虚构网</footer></body></html>"""
ARTICLE = f"# 云雀发布新模型\n{FIRST}\n## 价格与参数\n{SECOND}\n| 模型 | 参数 |\n| 百灵 | 70B |\n{THIRD}"
VISIBLE = f"首页 新闻\n- 别的公司也有消息要说一下真的\n{ARTICLE}\n版权所有 虚构网"


def test_the_article_is_kept_and_the_rest_goes() -> None:
    text = body(Source("d", VISIBLE, media_type="text/html", markup=MARKUP, title="云雀发布新模型 - 虚构网"))
    assert text.text.strip() == ARTICLE
    assert [note.code for note in text.notes] == ["body"]
    span = text.raw(text.text.index(SECOND), text.text.index(SECOND) + len(SECOND))
    assert VISIBLE[span.start : span.end] == SECOND


@pytest.mark.parametrize(
    "markup", ["", "<", "<html></html>", "<p>短</p>", MARKUP, "<div>" * 500 + "深" + "</div>" * 500]
)
def test_a_page_whose_article_is_not_in_the_text_is_read_whole(markup: str) -> None:
    text = body(Source("d", "可见的是另一段文字，它和网页的正文没有关系。", media_type="text/html", markup=markup))
    assert text.text == "可见的是另一段文字，它和网页的正文没有关系。"
    assert [note.code for note in text.notes] == ["body"]


def test_text_without_markup_is_left_alone() -> None:
    assert body(Source("d", VISIBLE)).text == VISIBLE
