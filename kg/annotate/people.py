"""Names of people, found by the roles in which a text names them: beside a title, or as somebody who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import languages
from kg.annotate.names import mention
from kg.languages import HAN
from kg.model import Mention, Reading, Span
from kg.patterns import NameRules

_FOREIGN = re.compile(rf"[{HAN}]{{1,5}}(?:·[{HAN}A-Za-z]{{1,6}}){{1,2}}")
_GIVEN = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[-'’][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+)*"
_FAMILY = r"(?:van |de |von )?[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’-]+"
_ENGLISH_PERSON = re.compile(rf"(?:{_GIVEN}|[A-Z]\.)(?: [A-Z]\.)?(?: {_FAMILY}){{1,2}}")
_SAYS = "[则也还]?(?:表示|称|说|透露|指出|认为|介绍|坦言)"
_SPEAKS = re.compile(
    rf"(?![被据让由对向把给比从在以将且或而但都也又还就则只等])"
    rf"(?P<name>[{HAN}]{{3}}(?=[：:])|[{HAN}]{{2,3}}?(?={_SAYS}))"
)
_SKIPPED = re.compile(
    r"(?:的是|的|、|兼|为|是|：|:|由|,|，| alongside| together with| next to)?\s?(?:Dr\.? |Mr\.? |Ms\.? )?"
)
_BEFORE_TITLE = re.compile(rf"(?:(?<![{HAN}])|(?<=[有是由和与及为]))([{HAN}]{{2,4}})[^\n。；;]{{0,14}}$")
_BEFORE_BRACKET = re.compile(rf"(?<![{HAN}])([{HAN}]{{2,4}})\s?(?:[：:]|[（(][^（()）\n，,。；;]{{0,16}})$")
_SOMEBODY = re.compile(r"(?:[一某几两多]|有)[位名个][^，,。；;\n]{0,8}$")
"""What stands before the post of somebody whom the text does not name: 一位教授."""
_DEGREE = re.compile("(?:教授|院士|博士|研究员|老师)(?![生后点级])")
_SUBJECT = ("学", "系", "院", "融", "程", "理")
"""What the subject of a chair ends with: 文学教授, 金融教授."""
_TAKES = re.compile("(?<=[^·])(?:接任|出任|担任|就任|升任|改任|转任|卸任|继任|接棒|任)")
"""What follows the name of somebody who takes or leaves a post, and is no part of it."""
_FINAL = frozenset("吧呢吗啊嘛呀")
"""Particles at the end of a clause."""
_TAKES_POST = re.compile(
    rf"(?:(?:(?<![{HAN}])|(?<=宣布|任命|聘任|聘请))(?P<han>(?!周[一二三四五六日末])[{HAN}]{{2,4}}?)"
    rf"|(?<![A-Za-z])(?P<latin>{_GIVEN}(?: {_FAMILY}){{1,2}}) ?)"
    r"(?=(?:正式|将|已|被任命)?(?:出任|担任|接任|履新|卸任|升任|就任|转任|任(?=[A-Z首总董副联执])))"
)
"""A name before what only people do."""
_ENGLISH_BEFORE_TITLE = re.compile(
    rf"(?<![A-Za-z])({_GIVEN}(?: [A-Z]\.)?(?: {_FAMILY}){{1,2}}),? "
    r"(?:(?:is|was|who is|,|(?:the|its|our|their) [a-z]+['’]s|the|an?|became|becomes|as|its|now"
    r"|(?:takes over|joins|steps up|serves) as|(?:was )?(?:named|appointed)"
    r"|[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2}['’]s) )*$"
)


def people(text: str, titles: list[Span], rules: NameRules) -> Iterator[Mention]:
    """Names beside a title, before a verb of speaking, or before a parenthesis with a title."""
    if rules.titled is None:
        return
    ends = {span.end for span in titles}
    starts = [span.start for span in titles]
    for at in sorted(ends - {t.end for t in titles if _SOMEBODY.search(text, max(0, t.start - 12), t.start)}):
        skipped = _SKIPPED.match(text, at)
        place = skipped.end() if skipped else at
        yield from _person(text, at, rules, 0.9)
        if place != at:
            yield from _person(text, place, rules, 0.84)
    for match in re.finditer(rf"(?<![{HAN}])(?P<name>[{HAN}]{{2,4}}?)(?=(?:{languages.load().speaking}))", text):
        yield from _person(text, match.start(), rules, 0.7, exact=match.end())
    for match in _TAKES_POST.finditer(text):
        yield from _person(text, match.start(), rules, 0.84, exact=match.end("han") if match["han"] else None)
    for degree in _DEGREE.finditer(text):
        if (named := before_degree(text, degree.start(), rules)) is not None:
            yield named
    for start in starts:
        before = _BEFORE_TITLE.search(text[max(0, start - 20) : start])
        if before and re.search(r"[（(，,]|任|为|是|出任", before[0][2:] or text[start - 1 : start]):
            yield from _person(text, max(0, start - 20) + before.start(1), rules, 0.8)
        if bracketed := _BEFORE_BRACKET.search(text, max(0, start - 24), start):
            yield from _person(text, bracketed.start(1), rules, 0.8, exact=bracketed.end(1))
        english = _ENGLISH_BEFORE_TITLE.search(text[max(0, start - 50) : start])
        if english:
            offset = max(0, start - 50)
            yield mention(
                text,
                offset + english.start(1),
                offset + english.end(1),
                english[1],
                [Reading(rules.titled, score=0.84)],
                "role",
            )


def before_degree(text: str, start: int, rules: NameRules) -> Mention | None:
    """The person whose name stands right before a title that follows names, at `start`: 甲大学林晚教授."""
    if not _DEGREE.match(text, start):
        return None
    for length in (4, 3, 2):
        found = next(_named(text, start - length, rules, 0.84, start), None) if start >= length else None
        if found and not found.name.endswith(_SUBJECT):
            return found
    return None


def _person(text: str, at: int, rules: NameRules, score: float, exact: int | None = None) -> Iterator[Mention]:
    """The name of a person that begins right here."""
    found = list(_named(text, at, rules, score, exact))
    words = languages.load()
    speaks = _SPEAKS.match(text, at) if exact is None else None
    spoken = speaks["name"] if speaks else ""
    if found and not (spoken.endswith("和") and len(found[0].span) < len(spoken)):
        yield from found
    elif spoken and spoken not in rules.common | words.verbs_after_names and not words.not_people.match(text, at):
        # beside a title and before what is said, a name may have any characters
        yield mention(text, at, at + len(spoken), spoken, [Reading(str(rules.titled), score=score)], "role")


def _named(text: str, at: int, rules: NameRules, score: float, exact: int | None) -> Iterator[Mention]:
    assert rules.titled is not None
    found = _FOREIGN.match(text, at) or _ENGLISH_PERSON.match(text, at)
    if found:
        takes = _TAKES.search(found[0])
        end = at + takes.start() if takes else found.end()
        yield mention(text, at, end, text[at:end], [Reading(rules.titled, score=score)], "role")
        return
    words = languages.load()
    surname = 2 if text[at : at + 2] in words.double_surnames else 1
    if (surname == 1 and text[at : at + 1] not in words.surnames) or words.not_people.match(text, at):
        return
    for given in (2, 1):
        end = at + surname + given
        name = text[at:end]
        if exact is not None and end != exact:
            continue
        if len(name) < surname + given or not re.fullmatch(f"[{HAN}]+", name):
            continue
        last = name[-1:] if re.match(f"[{HAN}]", text[end : end + 1]) else ""  # 和 joins nothing before a comma
        if name in rules.common or any(c in words.not_in_given_names for c in name[surname:-1] + last):
            continue
        if name[-1] in _FINAL or words.seat.search(name[:2]) or text[end : end + 1] == "型":
            continue  # 林霁吧, 杭州云栖, 车端模型
        shorter = name[:-1]
        if (
            given == 2
            and exact is None
            and (text[end - 1 : end + 1] in words.verbs_after_names or text.count(shorter) > 2 * text.count(name))
        ):
            continue
        yield mention(text, at, end, name, [Reading(rules.titled, score=score)], "role")
        return
