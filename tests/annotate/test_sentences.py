"""Where sentences end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下雨了。带伞吧！好吗？", ["下雨了。", "带伞吧！", "好吗？"]),
        ("他说：“下雨了。”然后走了。", ["他说：“下雨了。”", "然后走了。"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("  前后有空白  \n\n  下一行 ", ["前后有空白", "下一行"]),
        ("It rained. We left. Why?", ["It rained.", "We left.", "Why?"]),
        ("Version 3.5 came out. It is free.", ["Version 3.5 came out.", "It is free."]),
        (
            "Dr. Okafor met Mr. Lindqvist of Corvane Inc. in Oslo.",
            ["Dr. Okafor met Mr. Lindqvist of Corvane Inc. in Oslo."],
        ),
        ("砚池2.5和Halberd 3.1都发布了。", ["砚池2.5和Halberd 3.1都发布了。"]),
        ("| 模型。| 公司。|", ["| 模型。| 公司。|"]),
        ("一；二；三。", ["一；", "二；", "三。"]),
        ("好……真的。", ["好……", "真的。"]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="a1 .。!?！？”\"'\n|，A"))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = sentences(text)
    kept = "".join("".join(text[s.start : s.end].split()) for s in spans)
    assert kept == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(part == part.strip() and part for part in cut(text))
