"""Who and what takes part in an event: from a trigger in a sentence to its theme, agent and time.

For a trigger whose theme comes behind it: the theme is the first name behind it in its clause that is not only compared
with, with the list that the name begins; the agent is the nearest name before it in its clause, else the first one of
the nearest clause before, else the topic.  For a trigger whose theme comes before it (X 正式上线): the nearest list of
names before it, else the topic.  The time is the nearest date before the trigger in its clause, else behind it, else in
the nearest clause before that no other event stands in, else the date of the list or heading that the sentence stands
under.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg import languages
from kg.annotate.values import DATE
from kg.extract.discourse import Sentence
from kg.extract.skeleton import Skeleton
from kg.extract.stance import clause_end, clause_start, clause_starts
from kg.extract.standing import background, oblique
from kg.model import Mention
from kg.patterns import BRACKETED, CLOSE, COMMA_CLAUSE, LISTED, OPEN, PRONOUN, SLOT, Event

Role = tuple[Mention, float]
"""Who fills a role, with the factor that the way of finding it is worth."""

_BEHIND = 0.98
_EARLIER_CLAUSE = 0.95
_EARLIER_EVENT = 0.85
"""A date at the head of an earlier clause that has an event of its own: it may be for both."""
_TOPIC = 0.78
_HEADER = 0.95
_LEAD = 0.9
"""What the label of a line is about, in a clause that names nothing."""
_APPOSED = 2
"""Clauses behind an English event in which its date may stand: they released X, a small model, on Thursday."""
_APPOSITIONS = 3
"""Clauses before an English verb in which its subject may stand: X, a model of Y, with Z, came out."""
_FACTS = 2
"""… and before a Chinese one: X，参数 70 亿，5 月开源的."""
_AT_EVENT = 0.85
"""The date that was told before of the event at which something happens."""
_ONLY_DATE = 0.9
_SURE = 0.7
"""The score from which a name is surely of its class: an agent is looked for among such names first."""
_ANY = 3
"""A name with so many readings may be anything."""
_REACH = 48
"""Skeleton characters between a trigger and its theme: what is farther away is other clauses' matter."""
_BESIDE = 3
"""Triggers that begin within so many characters of one another are one event: 正式发布, 上线并发布."""

_SENTENCE_END = re.compile(r"[。；;！？!?]")
_CLAUSE_END = re.compile(r"[，,](?!\s?(?:即|名为|叫做|叫|包括|分别(?:是|为)|如|例如|比如|像|其中包括|——))")
_COMMA = re.compile(r"[，,]")
ABOUT = r"(?:['’]s)? (?:[Tt]ech(?:nical)? )?(?:[Rr]eport|[Pp]aper|[Bb]log|[Dd]ataset|[Dd]emo)\b"
"""Behind a name: something is told of what was written or shown about it, not of itself."""
_OF = re.compile(rf"(?:的(?!(?:[^，,。；;]{{0,8}})(?:版本|版|系列|模型|升级|权重|源码|代码))|['’]s )(?!{OPEN})|{ABOUT}")
_MOVED = re.compile(
    rf"(?:把|将(?=[“「《]?[{OPEN}{PRONOUN}]))(?P<theme>[^，,。；;：:{OPEN}{PRONOUN}]{{0,10}}{SLOT}[^，,。；;：:]*)$"
)
"""What an event is about may be brought before its word: 甲公司把X开源."""
_HOLDS = re.compile(
    rf"[^，,。；;{OPEN}]{{0,8}}?(?:，|：|:|（|\(|——)?(?:其中)?(?:包括|包含|涵盖|含|分为|有)了?[^，,。；;{OPEN}]{{0,12}}[：:]?(?={OPEN})"
    rf"| (?:family|series|line-?up|suite|collection)(?: of [\w -]{{2,40}})?"
    rf"(?::|, (?:including|comprising|consisting of|made up of))[^.;{OPEN}]{{0,16}} (?={OPEN})"
)
"""What stands between a family and its members."""
_DESCRIBES = re.compile(
    rf"[”」》]?(?:系列的(?:首|第[一二三四五]|又一|旗舰|最新|全新|轻量)[^，,。；;、和与及{OPEN}]{{0,14}}"
    rf"|(?:系列)?的?(?:{SLOT}[^，,。；;、和与及{OPEN}]{{0,8}})?)(?={OPEN})"
)
"""What may stand between a name that only describes and the name that it describes: 甲 70亿参数模型 甲-7B."""
_BRACKETED = re.compile(rf" ?[（(](?={OPEN})")
_ON = re.compile(r"\s*(?:only|just|back|as recently as)?\s*(?:on|in|at|last|this)?\s*(?:late |early )?(?=[\ue000])")
_MEANS = re.compile(r"\s*(?:由|基于|依托|采用|以)")
"""What begins a clause that tells by whom or by what, and not what."""
_ANOTHERS = re.compile(
    rf"(?<=[还也另][有])[^，,。；;{OPEN}]{{1,14}}(?<![做研新出发造量下司身家态型级用源式]) ?的[“「《]?{OPEN}"
)
"""What goes on behind 同时发布的还有 to tell that it is somebody else's."""
_ADNOMINAL = re.compile(rf"(?:的|.的)(?={OPEN})")
"""The end of a trigger that only describes the name behind it."""
_ALSO = re.compile(r"\s*(?:并(?!非|未|不)|同时|且)")
"""What begins a clause whose event happens with that of the clause before."""
OF_VERSION = re.compile(r"[Vv]?\d+(?:\.\d+)+\s?版")
_WORD = re.compile(r"[A-Za-z]{2}")
_BY_THE_WAY = re.compile(
    r"\s*(?:(?:an?|part of|which|who|whose|one of"
    r"|(?:the|our|its) (?:[\w-]+ ){1,5}(?:of|at|by|from|behind))\s"
    r"|(?:owned|led|backed|based|headquartered|founded|acquired|bought|run|spun (?:off|out)|formerly"
    r"|(?:best |mainly )?known)\b)"
)
"""What begins a clause that only says who or what a name is."""
_DEFINITE = re.compile(r"\b(?:the|this|it|which|that)\b", re.IGNORECASE)
_RELATIVE = ("which", "that")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells an event, and where it stands in the skeleton."""

    event: Event
    start: int
    end: int
    before: bool
    """Its theme comes before it."""


def triggers(skeleton: Skeleton, events: Sequence[Event]) -> tuple[Trigger, ...]:
    """The triggers of a sentence, in order."""
    language = 0 if skeleton.language == "zh" else 1
    found = [
        Trigger(event, match.start(), match.end(), before)
        for event in events
        for before, pattern in ((False, event.transitive[language]), (True, event.intransitive[language]))
        if pattern
        for match in pattern.finditer(skeleton.text)
    ]
    passive = [t for t in found if t.before]
    found = [t for t in found if t.before or not any(_inside(t, other) for other in passive)]
    return tuple(sorted(found, key=lambda t: (t.start, t.before, t.event.name)))


def _inside(one: Trigger, other: Trigger) -> bool:
    """Whether a trigger is only a part of another of its event: released in was released."""
    longer = other.end - other.start > one.end - one.start
    return one.event == other.event and longer and other.start <= one.start and one.end <= other.end


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its triggers."""

    sentence: Sentence
    skeleton: Skeleton
    text: str
    triggers: tuple[Trigger, ...]

    def themes(self, trigger: Trigger) -> list[Role]:
        """What the event is about."""
        if not trigger.before:
            return [(m, 1.0) for m in self._behind(trigger)]
        lead = self.sentence.lead
        if lead and lead.reading(*trigger.event.theme):
            start = clause_start(self.skeleton, trigger.start)
            if not [m for _, m in self._named(start, trigger.start, trigger.event.theme) if m.recognizer != "pronoun"]:
                return [(lead, _LEAD)]
        named = self._ahead(trigger)
        if named or self._named(0, len(self.skeleton.text), trigger.event.theme):
            return [(m, 1.0) for m in named]
        before = self.skeleton.text[: trigger.start]
        if self.skeleton.language == "en" and _WORD.search(before) and not _DEFINITE.search(before):
            return []  # English leaves no subject out: it is something that was not named before, such as chat models
        chapter = self.sentence.chapter if self.skeleton.language == "zh" else None
        entitled = chapter and chapter.readings[0].type in trigger.event.theme
        topic = chapter if entitled else self.sentence.topic(*trigger.event.theme)
        return [(topic, _TOPIC)] if topic else []

    def agents(self, trigger: Trigger, themes: Sequence[Mention]) -> list[Role]:
        """Who does it; nobody is looked for where the theme comes first."""
        if trigger.before:
            return []
        types = trigger.event.agent
        start = clause_start(self.skeleton, trigger.start)
        ahead = self.skeleton.within(start, trigger.start)
        other = any(m.readings[0].type in trigger.event.theme and len(m.readings) < _ANY for m in ahead)
        for least in (_SURE, 0.0):
            if found := self._named(start, trigger.start, types, least):
                return [(m, 1.0) for m in self._list_to(found[-1][0]) if m.reading(*types)]
            for earlier, end in self._clauses_before(start) if not other else ():
                if _BY_THE_WAY.match(self.skeleton.text, earlier):
                    continue
                if found := self._named(earlier, end, types, least):
                    described = [at for at, _ in found if self.skeleton.text[at - 1 : at] == "的"]
                    head = described[-1] if described else found[0][0]  # 由甲领军的乙，发布了
                    return [(m, _EARLIER_CLAUSE) for m in self._list_from(head) if m.reading(*types)]
        if other or _ANOTHERS.match(self.skeleton.text, trigger.end):
            return []  # the clause has another subject
        topic = self.sentence.topic(*types)
        return [(topic, _TOPIC)] if topic and topic not in themes else []

    def times(self, trigger: Trigger) -> list[Role]:
        """When it happened; of 上周（4月21日） what is in the brackets."""
        return [(self._exact(date), factor) for date, factor in self._times(trigger)]

    def _exact(self, date: Mention) -> Mention:
        at = next((at for at, m in self.skeleton.mentions.items() if m is date), None)
        found = _BRACKETED.match(self.skeleton.text, self._close(at)) if at is not None else None
        inside = self._dates(found.end(), found.end() + 1) if found else []
        return inside[0][1] if inside else date

    def _times(self, trigger: Trigger) -> list[Role]:
        if trigger.event.time is None:
            return []
        start, end = clause_start(self.skeleton, trigger.start), clause_end(self.skeleton, trigger.end)
        if any(
            m.readings[0].type == DATE and not m.readings[0].value for m in self.skeleton.within(start, trigger.start)
        ):
            return []  # it was at a time that cannot be known: 几天前
        others = [t for t in self.triggers if abs(t.start - trigger.start) > _BESIDE]
        if found := [
            m for at, m in self._dates(start, trigger.start) if not self._belongs_to_another(at, trigger, others)
        ]:
            return [(found[-1], 1.0)]
        if found := [
            m for at, m in self._dates(trigger.end, end) if not any(trigger.end < t.start < at for t in others)
        ]:
            return [(found[0], _BEHIND)]
        if self.skeleton.language == "en" and (late := self._late(trigger, end, others)):
            return [(late, _EARLIER_CLAUSE)]
        if _ADNOMINAL.match(self.skeleton.text, trigger.end - 1):
            return []  # 今年推出了甲，底座是乙公司开源的丙: when 丙 came, the text does not say
        for earlier, stop in self._clauses_before(start):
            dates = self._dates(earlier, stop)
            if dates and not any(earlier <= t.start < stop for t in others):
                return [(dates[-1][1], _EARLIER_CLAUSE)]
            if dates and (dates[0][0] == earlier or _ALSO.match(self.skeleton.text, start)):
                return [(dates[0][1], _EARLIER_EVENT)]
        dates = self._dates(0, len(self.skeleton.text))
        if self.skeleton.language == "en" and len(dates) == 1 and not others:
            return [(dates[0][1], _ONLY_DATE)]
        header = self.sentence.header_date
        if header and header not in self.sentence.mentions:
            return [(header, _HEADER)]
        if sent := [m for m in self.sentence.mentions if m.reading(DATE) and self._sent(m)]:
            return [(sent[0], _HEADER)]
        told = self.sentence.topic(DATE)
        goes_on = languages.load().at_event.match(self.text, self.sentence.span.start)
        return [(told, _AT_EVENT)] if told and goes_on and told not in self.sentence.mentions else []

    def _late(self, trigger: Trigger, end: int, others: Sequence[Trigger]) -> Mention | None:
        """The date with which a clause behind the event's own begins: they released X, a small model, on Thursday."""
        for begin in [b for b in clause_starts(self.skeleton) if b > end][:_APPOSED]:
            found = _ON.match(self.skeleton.text, begin)
            named = self._dates(found.end(), found.end() + 1) if found else []
            if named and not any(trigger.end < t.start < begin and t.event.time for t in others):
                return named[0][1]
        return None

    def _sent(self, date: Mention) -> bool:
        """Whether a date only tells when a report was sent: the day of its events where they have none of their own."""
        return languages.load().dateline.match(self.text, date.span.end) is not None

    def _named(self, start: int, end: int, types: tuple[str, ...], least: float = 0.0) -> list[tuple[int, Mention]]:
        """The names in a stretch that can have one of these types and take part in events, with their places."""
        others = tuple(self.skeleton.mentions.values())
        return [
            (at, m)
            for at, m in sorted(self.skeleton.mentions.items())
            if start <= at < end
            and (reading := m.reading(*types))
            and reading.score >= least
            and not (m.name and oblique(self.text, m, others))
        ]

    def _dates(self, start: int, end: int) -> list[tuple[int, Mention]]:
        """The dates in a stretch, with their places, but for those that only tell how old somebody is."""
        return [
            (at, m)
            for at, m in sorted(self.skeleton.mentions.items())
            if start <= at < end
            and m.readings[0].type == DATE
            and m.readings[0].value
            and not background(self.text, m)
            and not self._sent(m)
        ]

    def _clauses_before(self, start: int) -> list[tuple[int, int]]:
        """The clauses that end before a place, nearest first."""
        found = []
        while start > 0:
            earlier = clause_start(self.skeleton, start - 1)
            if earlier >= start:
                break
            found.append((earlier, start))
            start = earlier
        return found

    def _list_from(self, at: int) -> list[Mention]:
        """The list of names that begins at a place; of names that only describe the one behind them, that one."""
        while (head := self._described(at)) is not None:
            at = head
        separator = rf"(?!{COMMA_CLAUSE}){languages.load().list_separator}"
        found = re.compile(rf"{SLOT}(?:{BRACKETED}(?:\s?{separator}\s?|{LISTED}){SLOT})*").match(self.skeleton.text, at)
        listed = self.skeleton.listed(at, found.end()) if found else []
        ends = (n for n, m in enumerate(listed) if n and (m.readings[0].type == DATE or m.recognizer == "pronoun"))
        return listed[: next(ends, len(listed))]  # what follows a date is another event's

    def _described(self, at: int) -> int | None:
        """Where the name of the same type stands that the one here only describes, with nothing but a value between."""
        found = _DESCRIBES.match(self.skeleton.text, self._close(at))
        if found is None or not self.skeleton.mentions[found.end()].reading(
            self.skeleton.mentions[at].readings[0].type
        ):
            return None
        between = self.skeleton.within(self._close(at), found.end())
        return found.end() if all(m.readings[0].value and not m.reading(DATE) for m in between) else None

    def _list_to(self, at: int) -> list[Mention]:
        """The list of names that ends with the one at a place."""
        before = re.compile(rf"{SLOT}{BRACKETED}(?:\s?{languages.load().list_separator}\s?|{LISTED})$")
        mentions = [self.skeleton.mentions[at]]
        while found := before.search(self.skeleton.text[:at]):
            at = found.start()
            mentions.insert(0, self.skeleton.mentions[at])
        return mentions

    def _taking_part(self, trigger: Trigger, listed: Sequence[Mention]) -> list[Mention]:
        return [m for m in listed if m.reading(*trigger.event.theme) and not oblique(self.text, m)]

    def _behind(self, trigger: Trigger) -> list[Mention]:
        clause = self.skeleton.text[: trigger.start]
        if (moved := _MOVED.search(clause)) and (
            named := self._named(moved.start("theme"), trigger.start, trigger.event.theme)
        ):
            return self._taking_part(trigger, self._list_from(named[0][0]))
        limit = min(len(self.skeleton.text), trigger.end + _REACH)
        for at, found in self._named(trigger.end, limit, trigger.event.theme):
            gap = self.skeleton.text[trigger.end : at]
            pronoun = found.recognizer == "pronoun"
            if pronoun and not gap.strip() and not languages.load().possessive.fullmatch(found.text):
                return [found]  # 开源了它
            if pronoun or self._passed_on(at):
                continue
            if _SENTENCE_END.search(gap) or _CLAUSE_END.search(gap):
                return []
            if _COMMA.search(gap) and any(self._comes_between(t, trigger, at) for t in self.triggers):
                return []
            listed = self._list_from(at)
            return self._taking_part(trigger, [*listed, *self._members(listed)]) or [found]
        return []

    def _members(self, listed: Sequence[Mention]) -> list[Mention]:
        """What is told to be in a family that a list ends with: 甲系列，包括甲-1和甲-2."""
        if not listed:
            return []
        at = next(a for a, m in self.skeleton.mentions.items() if m is listed[-1])
        found = _HOLDS.match(self.skeleton.text, self._close(at))
        return self._list_from(found.end()) if found else []

    def _comes_between(self, other: Trigger, trigger: Trigger, at: int) -> bool:
        """Whether another event of its own stands between a trigger and a name."""
        inside = trigger.end < other.start and other.end <= at
        described = self.skeleton.text[other.end : other.end + 1] == "的"
        return inside and not described and not other.before and other.event.name != trigger.event.name

    def _ahead(self, trigger: Trigger) -> list[Mention]:
        start = clause_start(self.skeleton, trigger.start)
        before = [begin for begin, _ in self._clauses_before(start)]
        relative = self.skeleton.text[start:].lstrip().startswith(_RELATIVE)
        far = _APPOSITIONS if self.skeleton.language == "en" else _FACTS
        aside = _BY_THE_WAY if self.skeleton.language == "en" else _MEANS
        told = [b for b in before if not aside.match(self.skeleton.text, b)]
        for back in (start, *told[:far]):
            found = self._named(back, trigger.start, trigger.event.theme)
            named = [f for f in found if f[1].recognizer != "pronoun"] or found
            if not named:
                continue
            nearest = back == start or relative
            at = named[-1 if nearest else 0][0]
            if self._of_version(at, trigger):
                return []
            if self._passed_on(at) and trigger.start - self._close(at) > _BESIDE:
                return []
            return self._taking_part(trigger, self._list_to(at) if nearest else self._list_from(at))
        return []

    def _of_version(self, at: int, trigger: Trigger) -> bool:
        """Whether the words tell of a version of a name and not of it itself: 其V4.5版本上线."""
        return OF_VERSION.search(self.skeleton.text, self._close(at), trigger.start) is not None

    def _close(self, at: int) -> int:
        return self.skeleton.text.index(CLOSE, at) + 1

    def _passed_on(self, at: int) -> bool:
        """Whether the name only belongs to what the event is about: 发布了 X 的技术报告."""
        return _OF.match(self.skeleton.text, self._close(at)) is not None

    def _belongs_to_another(self, at: int, trigger: Trigger, others: Sequence[Trigger]) -> bool:
        """Whether a date before a trigger is that of an event between the two: one with a name of its own."""
        return any(
            at < t.start and t.end <= trigger.start and self.skeleton.within(t.end, trigger.start) for t in others
        )
