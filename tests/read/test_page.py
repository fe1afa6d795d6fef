"""The visible text of a page."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.read.page import parse, visible


def text(markup: str) -> str:
    return visible(parse(markup))


def test_blocks_end_lines_headings_and_items_are_marked() -> None:
    assert text(
        "<html><head><title>no</title></head><body><h1>公园 <b>开放</b></h1><p>第一段，<i>斜体</i>字。</p>"
        "<div>one<br>two<div>three</div>four</div><h3>More</h3><ul><li>a<li><p>b</p><li></ul>after</body></html>"
    ).split("\n") == [
        "# 公园 开放",
        "第一段，斜体字。",
        "one",
        "two",
        "three",
        "four",
        "### More",
        "- a",
        "- b",
        "after",
    ]


def test_what_a_browser_does_not_show_is_left_out() -> None:
    assert text(
        "<body><script>var a='x';</script><style>p{}</style><template>t</template><noscript>n</noscript><p>kept</p>"
        "<p hidden>h</p><div style='color:red; DISPLAY : none'>d</div> tail <span style='visibility:hidden'>v</span>"
        "<!-- c --><svg><text>s</text></svg><select><option>o</select><dialog>closed</dialog><dialog open>open</dialog>"
        "<ruby>创<rp>(</rp><rt>chuàng</rt><rp>)</rp></ruby>新</body>"
    ).split("\n") == ["kept", "tail", "open", "创新"]


def test_an_article_that_a_script_would_show_is_read() -> None:
    article = "河边的公园今天开放了。" * 5
    page = f"<body><p>关注我们</p><div style='visibility: hidden; opacity: 0'><p>{article}</p></div></body>"
    assert article in text(page)
    assert text(f"<body style='display:none'><p>{article}</p></body>") == article


def test_entities_are_resolved_and_space_is_collapsed() -> None:
    assert text("<p>a &amp; b&hellip;\n   &#20013;&#x6587;  c&nbsp;d</p>") == "a & b… 中文 c\xa0d"


def test_a_line_break_inside_chinese_text_is_no_space() -> None:
    assert text("<p>公园今天\n      开放，\n门票免费。Open\n today</p>") == "公园今天开放，门票免费。Open today"
    assert text("<p>公园今天\n<b>开放</b></p>") == "公园今天开放"


def test_preformatted_text_keeps_its_lines() -> None:
    assert text("<pre>a  b\n  c</pre><p>d\n e</p>").split("\n") == ["a  b", "  c", "d e"]


def test_a_page_in_utf8_that_declares_another_code_is_read_as_the_text_it_is() -> None:
    assert text('<?xml version="1.0" encoding="gb2312"?><meta charset="gb2312"><p>公园</p>') == "公园"


@pytest.mark.parametrize(
    "markup",
    [
        "<html></html>",
        "<head><title>t</title></head><body></body>",
        "<body><script>x</script><p hidden>y</p></body>",
        "<!-- -->",
    ],
)
def test_a_page_without_text_says_so(markup: str) -> None:
    with pytest.raises(InputError, match="no visible text"):
        text(markup)


def test_entities_that_multiply_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY l0 "lol">{entities}]><html><body><p>&l11; words</p></body></html>'
    assert "words" in text(page)
    assert "lollol" not in text(page)


def test_a_dtd_or_file_is_not_fetched() -> None:
    page = '<!DOCTYPE html SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>a &x; b</p>'
    assert "root:" not in text(page)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li"])
def test_nesting_without_end_is_a_clear_failure(tag: str) -> None:
    with pytest.raises(InputError, match="limits of the HTML parser"):
        text(f"<body>{f'<{tag}>' * 100_000}words</body>")


def test_deep_but_sane_pages_are_read() -> None:
    assert text("<body>" + "<div>" * 200 + "words" + "</div>" * 200 + "<p>after</p></body>") == "words\nafter"
