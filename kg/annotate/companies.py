"""What a company that is known by a short name is called in full, and what else is called after it.

云帆科技股份有限公司 is 云帆 itself, by its registered name; 云帆医疗, 云帆研究院 and 广州云帆凯风科技有限公司 are
others, which nothing but their names ties to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.annotate import Rules
from kg.languages import HAN
from kg.model import Mention, Reading, Span

_GENERIC = re.compile(
    "(?:科技|技术|网络|信息|人工智能|基础|研究|智能|股份|集团|软件|数字|数据|云计算|系统|服务|控股|中国"
    rf"|[（(][{HAN}]{{2,4}}[）)])*"
)
"""What registered names hold besides the name: many companies have it."""
_JOINING = "与和由及为的在是向对给其把被将"
"""Characters that no name of a place holds and that words before a name end with."""
_REGISTERED = re.compile(
    rf"(?P<field>(?:(?!公司|[{_JOINING}])[{HAN}A-Za-z0-9（）()]){{0,16}}?)(?:股份)?有限(?:责任)?公司"
)
_PLACED = re.compile(rf"(?:^|[^{HAN}]|公司|[{_JOINING}])(?P<left>(?:(?!公司|[{_JOINING}])[{HAN}]){{2,6}})$")
_BEFORE, _PLACE = 12, 2
"""Characters before a name in which its registered name may begin, and those of a place."""
_LABORATORY = re.compile(
    rf"(?P<field>(?:(?![的是在和与及为将把等由对从向了联])[{HAN}A-Z]){{0,6}}?)"
    r"(?:研究院|研究所|实验室|研究中心|创新中心|创新基地|研究总院)"
)
"""What makes the name of a company that of its laboratory."""
_FIELD = 2
"""Characters between the two that may be any: more must describe."""
_NAME_ENDS = re.compile(
    r"[（(，,。、；：\n]|\s?[于已将是称与和的]|表示|(?:正式|全新)?(?:发布|推出|宣布|上线|开源|发起)|$"
)
"""What follows a name that ends with an ordinary word: 云帆医疗于……, and not 云帆医疗系统."""
_SCORE = 0.9


def company(text: str, start: int, end: int, types: Mapping[str, str], rules: Rules) -> Mention | None:
    """The longer name that a known name of these types (by class, its id) is a part of; None where there is none."""
    type_ = next((t for t, _ in rules.patterns.names.suffixes if t in types), None)
    if type_ is None:
        return None
    if registered := _REGISTERED.match(text, end):
        before = _PLACED.search(text, max(0, start - _BEFORE), start)
        whole = Span(before.start("left") if before else start, registered.end())
        if _GENERIC.fullmatch(registered["field"]) and start - whole.start <= _PLACE:
            return Mention(whole, text[whole.start : whole.end], (Reading(type_, types[type_]),), text[start:end])
        return _another(text, whole, type_, rules)
    laboratory = _LABORATORY.match(text, end)
    if laboratory and _describes(laboratory["field"], rules):
        return _another(text, Span(start, laboratory.end()), type_, rules)
    branches = (m for t, p in rules.patterns.names.weak_suffixes if t == type_ and (m := p.match(text, end)))
    branch = next(branches, None)
    if branch and _NAME_ENDS.match(text, branch.end()):
        return _another(text, Span(start, branch.end()), type_, rules)
    return None


def _describes(field: str, rules: Rules) -> bool:
    return len(field) <= _FIELD or rules.patterns.names.descriptors.fullmatch(field) is not None


def _another(text: str, span: Span, type_: str, rules: Rules) -> Mention:
    words = text[span.start : span.end]
    return Mention(span, words, (Reading(type_, rules.lexicon.lookup(words, type_), score=_SCORE),), words)
