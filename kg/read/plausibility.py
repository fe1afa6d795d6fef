"""How likely decoded text is to be what its author wrote.

Nearly every Big5 file decodes as GB18030 without an error, and many GB18030 files decode as Big5: the bytes cannot
tell, only the words can.  A wrong reading scatters characters over the whole repertoire, where running Chinese prose
takes about half of its characters from the few hundred most frequent ones.  Counting those parts the two readings from
some twenty characters on.  A detector over bytes is right about most prose too, but gives no answer for some documents
that mix languages; here it only names codes that are not read.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如"
    "都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间"
    "由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水"
    "名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形"
    "社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边张该交规万取格望觉术领共确传师观清今切院"
    "让识带导争运"
    "這個們來為國說時會對過發後種經麼學現當沒動還進樣從實無與長機關點業將兩間問應體見產話給員內義論處認條氣題爾別變總電數報結務場計資許統隊"
    "決書則達強難權設記類據邊該規萬覺術領確傳師觀讓識帶導爭運軍開東裡裏於著聲聽張馬頭門"
)
"""The most frequent characters of Chinese prose, simplified and traditional."""

_PUNCTUATION = frozenset("，。、：；！？（）《》“”‘’「」『』·—…\u3000【】％～〈〉．－／")

_FREQUENT, _MARK, _COMMON, _RARE, _STRANGE = 3, 2, 0, -3, -2
"""What a character says for (or against) a reading.  Measured on 400 cuts a code and length from Chinese articles, at
least half of each cut Chinese characters: at 20 characters right readings have 0.58 or more and wrong ones -0.26 or
less, at 200 characters 1.28 or more and -0.98 or less."""

PLAUSIBLE = -0.25
"""The least mean for a reading to be believed: a headline without one frequent character has 0."""

_SAMPLE = 20_000
"""Characters that are weighed: the mean does not move after a few thousand."""

_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")

_TYPOGRAPHY = "’‘“”–—…•€£©®™°·§«»\xa0"
_MARKS = re.compile(f"[{_TYPOGRAPHY}]{{1,3}}")
_LETTERS = re.compile(f"[{_TYPOGRAPHY}À-ÖØ-öø-ÿŠšŽžŒœŸ]{{1,3}}")
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]+")


@cache
def _common() -> frozenset[str]:
    """The characters in everyday use: the first levels of the two national standards, chosen by frequency."""
    rows = [("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7))]
    pairs = [(code, bytes([lead, trail])) for code, leads in rows for lead in leads for trail in range(0x40, 0xFF)]
    found = "".join(pair.decode(code, "ignore") for code, pair in pairs)
    return frozenset(character for character in found if "\u4e00" <= character <= "\u9fff")


def plausibility(text: str, *, ascii_counts: bool = False) -> float:
    """The mean weight of the characters of `text`, from -3 (surely misread) to 3; 1 for text that is all ASCII.

    `ascii_counts` is for readings in which ASCII is not the same bytes as in the others (UTF-16): there an ASCII
    character speaks for the reading.
    """
    characters = iter(text) if ascii_counts else (match[0] for match in _OUTSIDE_ASCII.finditer(text))
    weights = [_weight(character) for character in islice(characters, _SAMPLE)]
    return sum(weights) / len(weights) if weights else 1.0


def _weight(character: str) -> int:
    if character in FREQUENT:
        return _FREQUENT
    if character in _PUNCTUATION or "\uff01" <= character <= "\uff5e":
        return _MARK
    if character <= "\x7f":
        return 1 if character.isprintable() or character in "\t\n\r\f" else _RARE
    if character in _common() or "\U0001f000" <= character <= "\U0001faff":  # emoji
        return _COMMON
    return _RARE if "\u3400" <= character <= "\u9fff" or "\ue000" <= character <= "\uf8ff" else _STRANGE


def western(text: str) -> bool:
    """Whether what `text` holds outside ASCII is marks of European typography or accented letters by plain ones."""
    for run in islice(_FOREIGN_RUN.finditer(text), _SAMPLE):
        beside = text[max(0, run.start() - 1) : run.start()] + text[run.end() : run.end() + 1]
        if not (_MARKS.fullmatch(run[0]) or (_LETTERS.fullmatch(run[0]) and any(c.isalpha() for c in beside))):
            return False
    return True
