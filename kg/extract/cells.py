"""Cells: what stands in one field of a table or of a record, as a name, a date, a number or words."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from kg import dates, quantities
from kg.annotate import Rules, values
from kg.annotate.values import DATE
from kg.model import Annotated, End, Extraction, Mention, Span, Stance, Value

_NOTHING = re.compile(
    r"^[\s?？\-—–/.…]*$|^(?:未知|未公布|未公开|未披露|不公开|保密|不详|待定|暂无|无|没查到|同上.*"
    r"|自研|自主研发|随机(?:初始化)?|从头训练.*|从零.*|(?:from )?scratch.*|random.*"
    r"|不限|不支持|支持|是|否|有|×|✗|✘|√|✓|✔|yes|no|x|unlimited|not yet|pending|n/?a|unknown|tbd|tba"
    r"|none|null|undisclosed)$",
    re.IGNORECASE,
)
_KIND = re.compile(r"(?<=.)[（(](?:个体(?:工商)?户?|个人|筹)[)）]$")
"""What kind of owner a cell names: 云帆（个体）."""
_STATE = re.compile(
    r"(?:训练|测试|内测|公测|开发|研发|备案|规划|筹备|审核|申请|评测|更新)中|敬请期待|即将.*|同[左右前].*|内部.{0,2}"
)
"""What a cell says of how far a thing is."""
_LISTED = re.compile(r"[、,，;；（(]|\s/\s")
_BETWEEN = re.compile(r"\s?(?:[、,，/&和与]|and)\s?")
"""What stands between the sizes of a cell that has several."""
_BRACKETED = re.compile(r"[（(]([^（()）\n]{2,12})[)）]$")
_ASIDE = re.compile(r"[(（].*?[)）]")
_UNIT = re.compile(
    r"[(（](?:单位[:：]?|in )?\s?(?P<unit>[十百千]?[万亿]|[KMBT]|thousand|[mbt]illion|[mbt]n)s?个?(?:参数)?[)）]\s*$"
)
_APART = re.compile(r"(?<=[0-9])\s+(?=[KMBT](?![A-Za-z]))")
"""A blank between a number and its unit: 769 M."""
_BARE = re.compile(r"[0-9.,]+")
_LETTERS = re.compile(r"[^\W\d_]")
_PRICE = re.compile(r"[$¥￥€£]|[\d.,]+\s?(?:元|万|美元|次|个|天|字)")
_NAME = 40
"""Characters of a cell that is a name: longer ones are sentences."""


def says_nothing(words: str) -> bool:
    """Whether a cell is empty or says that nothing is known."""
    return bool(_NOTHING.match(words))


def stated(relation: str, subject: End, obj: End, span: Span, confidence: float) -> Extraction:
    """What cells that belong together say of each other."""
    return Extraction(relation, subject, obj, span, Stance.ASSERTED, confidence, "tables")


def mentions(cell: Span, annotated: Annotated) -> list[Mention]:
    """The mentions in a cell, in order."""
    first = bisect_left(annotated.mentions, cell.start, key=lambda m: m.span.start)
    last = bisect_left(annotated.mentions, cell.end, key=lambda m: m.span.start)
    return [m for m in annotated.mentions[first:last] if cell.covers(m.span)]


def things(cell: Span, types: tuple[str, ...], annotated: Annotated, rules: Rules) -> list[End]:
    """The names in a cell; a cell without a known one is a name itself."""
    text = annotated.document.text
    words = text[cell.start : cell.end].strip("*` ")
    if says_nothing(words) or _STATE.fullmatch(words):
        return []
    inside = [m for m in mentions(cell, annotated) if m.recognizer != "pronoun"]
    aliases = [a.span for a in annotated.aliases]
    wholes = {m.span.start for m in inside if m.reading(*types)}
    found = []
    for mention in inside:
        reading = mention.reading(*types)
        if mention.span.end in wholes:
            continue  # 网易有道 in a cell: whose it is, and not another name
        if reading and mention.name and not any(span.covers(mention.span) for span in aliases):
            found.append(End(reading.type, mention.text, mention.name, reading.entity, reading.value, mention.span))
    if not found and (bare := _KIND.sub("", words)) != words and len(bare) > 1:
        words = bare
    if len(found) == 1 and not _LISTED.search(words) and len(words) <= _NAME and _is_more(found[0], words, rules):
        end = found[0]
        return [End(end.type, words, words, rules.lexicon.lookup(words, end.type), end.value, cell)]
    if found or len(words) > _NAME or not _LETTERS.search(words) or _PRICE.match(words) or dates.parse(words):
        return found
    entity = rules.lexicon.lookup(words, types[0])
    return [End(types[0], words, words, entity, None, cell)]


def told(words: str, rules: Rules) -> str | None:
    """The relation that brackets behind a date tell it to be of: 2023年4月（内测）."""
    found = _BRACKETED.search(words)
    states = rules.patterns.columns.states if found else ()
    return next((relation for relation, state in states if found and state.fullmatch(found[1])), None)


def _is_more(end: End, words: str, rules: Rules) -> bool:
    """Whether a cell's words are a name of their own: a new one's, or a known one's with what it is for (星火政务)."""
    return end.entity is None or rules.patterns.names.fields.fullmatch(words.replace(end.text, "", 1)) is not None


def unit(title: str) -> str:
    """The unit that a title gives in brackets for the bare numbers below it: 亿 of 参数量（亿）, B of Size (B)."""
    found = _UNIT.search(title)
    return found["unit"] if found else ""


def objects(cell: Span, relation: str, annotated: Annotated, rules: Rules, *, unit: str = "") -> list[End]:
    """What a cell holds as the object of a relation: a date, a whole number (a bare one in `unit`), words, or names."""
    text = annotated.document.text
    words = text[cell.start : cell.end].strip("*` ")
    wanted = rules.ontology.relation(relation)
    if says_nothing(words):
        return []
    if wanted.datatype == "date":
        days = [d.when for d in dates.find(words, published=annotated.document.published) if d.when]
        when = dates.parse(words, published=annotated.document.published)
        when = when or (days[0] if days and (len(days) == 1 or len(dates.find(_ASIDE.sub("", words))) == 1) else None)
        return [End(DATE, words, words, None, Value(when.value, when.datatype, when), cell)] if when else []
    if wanted.datatype == "integer":
        figures = _APART.sub("", words)
        figures = figures + unit if _BARE.fullmatch(figures) else figures
        kinds = [rule for rule in rules.patterns.values if rule.quantity]
        found = [q for q in quantities.find(figures) if all(values.ending(q, figures, rule) for rule in kinds)]
        several = (q for q, next_ in pairwise(found) if not _BETWEEN.fullmatch(figures, q.span.end, next_.span.start))
        last = next(several, found[-1] if found else None)
        sizes = found[: found.index(last) + 1] if last else []
        return [End("", words, words, None, Value(str(q.value), "integer"), cell) for q in sizes if q.value >= 1]
    if wanted.datatype:
        return [End("", words, words, None, Value(words), cell)]
    return things(cell, wanted.range, annotated, rules)
