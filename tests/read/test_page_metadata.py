"""What a page says about itself."""

from __future__ import annotations

import pytest

from kg.read.page import parse
from kg.read.page_metadata import PageMetadata, metadata


def said(head: str, body: str = "<p>words</p>") -> PageMetadata:
    return metadata(parse(f"<html><head>{head}</head><body>{body}</body></html>"))


def test_all_four() -> None:
    assert said(
        "<title>公园 | 河边日报</title><meta property='og:title' content=' 公园\n开放 '><meta property='og:url' content='https://e.org/1'>"
        "<link rel='canonical' href='https://e.org/2'><meta property='og:site_name' content='河边日报'>"
        "<meta property='article:published_time' content='2023-04-05T08:00:00+08:00'>"
    ) == PageMetadata("公园 开放", "2023-04-05T08:00:00+08:00", "https://e.org/2", "河边日报")


def test_nothing_said_is_nothing() -> None:
    assert said("<meta name='og:title' content=' '><title> </title><link rel=canonical href=''>") == PageMetadata()


def test_the_title_of_a_drawing_is_not_the_title_of_the_page() -> None:
    assert said("", "<svg><title>icon</title></svg><p>x</p>").title is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta name='PubDate' content='2023-04-05'>", ""),
        ('<script type=\'application/ld+json\'>{"@graph": [{"x": 1}, {"datePublished": "2023-04-05"}]}</script>', ""),
        ("", "<span itemprop=datePublished content='2023-04-05'>yesterday</span>"),
        ("", "<span itemprop=datePublished> 2023-04-05 </span>"),
        ("", "<time datetime='2023-04-05'>April</time><time datetime='2024-01-01'>later</time>"),
        ("", "<time datetime='2024-01-01'>now</time><time pubdate datetime='2023-04-05'>April</time>"),
    ],
)
def test_ways_to_give_the_date(head: str, body: str) -> None:
    assert said(head, f"{body}<p>x</p>").published == "2023-04-05"


def test_the_surer_date_counts() -> None:
    assert said("<meta name=pubdate content=b><meta property='article:published_time' content=a>").published == "a"


def test_an_address_that_is_not_full_is_left_aside() -> None:
    assert (
        said("<link rel=canonical href='/a/1'><meta property='og:url' content='https://e.org/a/1'>").url
        == "https://e.org/a/1"
    )
    assert said("<link rel=canonical href='/a/1'>").url is None


def test_the_publisher_of_linked_data() -> None:
    assert said('<script type="application/ld+json">[{"publisher": {"name": "晚报"}}]</script>').publisher == "晚报"


@pytest.mark.parametrize("broken", ["{oops", "[" * 100_000])
def test_broken_linked_data_is_noted(broken: str) -> None:
    page = said(f'<script type="application/ld+json">{broken}</script><title>t</title>')
    assert page.title == "t"
    assert [note.code for note in page.notes] == ["metadata"]
