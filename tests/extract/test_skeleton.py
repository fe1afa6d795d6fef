"""Sentences as patterns see them."""

from __future__ import annotations

from reading import annotated, rules

from kg.extract import skeleton
from kg.extract.skeleton import Skeleton
from kg.model import Span
from kg.patterns import CLOSE, OPEN, PRONOUN


def built(text: str) -> Skeleton:
    marked = annotated(text)
    hidden = [a.span for a in marked.aliases]
    return skeleton.build(text, marked.sentences[0], marked.mentions, hidden, rules().patterns.letters)


def plain(text: str) -> str:
    """The skeleton with `O` for a name, `P` for a pronoun."""
    seen, parts, at = built(text), [], 0
    while at < len(seen.text):
        if seen.text[at] in OPEN + PRONOUN:
            parts.append("O" if seen.text[at] == OPEN else "P")
            at = seen.text.index(CLOSE, at)
        else:
            parts.append(seen.text[at])
        at += 1
    return "".join(parts)


def test_mentions_are_slots() -> None:
    assert plain("百度发布了文心一言。") == "O发布了O。"
    assert plain("该公司发布了文心一言。") == "P发布了O。"
    assert plain("下雨了。") == "下雨了。"


def test_marks_of_lists_and_headings_are_gone() -> None:
    assert plain("- 百度发布了文心一言。") == "O发布了O。"
    assert plain("1. 百度发布了文心一言。") == "O发布了O。"
    assert plain("## 百度发布了文心一言") == "O发布了O"
    assert plain("**百度**发布了文心一言。") == "O发布了O。"


def test_spaces_stay_in_english_only() -> None:
    assert plain("百度 发布 了 文心一言 。") == "O发布了O。"
    assert plain("Baidu  released ERNIE Bot.") == "O released O."


def test_a_second_name_in_parentheses_is_gone() -> None:
    assert plain("通义千问（Qwen）由阿里云研发。") == "O由O研发。"


def test_languages() -> None:
    assert built("百度发布了GPT-4。").language == "zh"
    assert built("OpenAI released GPT-4.").language == "en"


def test_private_characters_of_the_text_are_no_slots() -> None:
    assert plain("下\ue000\ue010\ue001雨\ue002了\ue003。") == "下\ue010雨了。"


def test_a_stretch_leads_back_to_the_text() -> None:
    text = "昨天，百度发布了文心一言。"
    seen = built(text)
    assert seen.span(0, len(seen.text)) == Span(0, len(text))
    start = seen.text.index("发布")
    span = seen.span(start, start + 2)
    assert text[span.start : span.end] == "发布"
    assert [m.name for m in seen.within(start, len(seen.text))] == ["文心一言"]
    assert len(seen.places) == len(seen.text)
