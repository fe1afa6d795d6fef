"""Tables of a page as lines."""

from __future__ import annotations

from kg.read.page import parse, visible


def lines(markup: str) -> list[str]:
    return visible(parse(markup)).split("\n")


def test_rows_become_lines_with_bars() -> None:
    assert lines(
        "before<table><caption>价格</caption><thead><tr><th>品名<th>价</thead><tbody><tr><td>苹果<br>红</td><td><p>3</p></td></tr>"
        "<tr><td></td><td> </td></tr><tr><td>a|b</td><td><b>4</b> 元</td></tr></tbody></table>after"
    ) == ["before", "价格", "| 品名 | 价 |", "| 苹果 红 | 3 |", "| a\\|b | 4 元 |", "after"]


def test_columns_keep_their_places_under_spans() -> None:
    assert lines(
        "<table><tr><th colspan=2>x<th>y</tr><tr><td rowspan=2>a<td>b<td>c</tr><tr><td>d<td>e</tr>"
        "<tr><td>f<td>g<td>h</tr></table>"
    ) == ["| x |  | y |", "| a | b | c |", "|  | d | e |", "| f | g | h |"]


def test_a_span_without_measure_does_not_fill_memory() -> None:
    (line,) = lines("<table><tr><td colspan=99999>a</td><td colspan=-3 rowspan=999999999999>b</td></tr></table>")
    assert line.count("|") == 52


def test_a_table_that_only_lays_out_the_page_is_read_as_blocks() -> None:
    nested = "<table><tr><td>menu</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    assert lines(nested) == ["menu", "| a | b |"]
    assert lines("<table><tr><td>one column</td></tr><tr><td>second</td></tr></table>") == ["one column", "second"]
    article = "<p>" + "公园开放了。" * 20 + "</p>"
    assert len(lines(f"<table><tr><td>menu</td><td>{article}{article}</td></tr></table>")) == 3
    assert lines("<table role=presentation><tr><td>a</td><td>b</td></tr></table>") == ["a", "b"]


def test_what_is_hidden_in_a_cell_stays_hidden() -> None:
    assert lines("<table><tr><td>a<span hidden>x</span></td><td>b<script>y</script></td></tr></table>") == ["| a | b |"]
