"""Dates of the calendar in Chinese words: 2023年4月11日, 去年年底, 今年3-5月, 同年9月, 本月初, 3月16日, 二季度.

The patterns expect `kg.numerals.plain` text.  They repeat nothing without a bound, so that no text is slow to read.
"""

from __future__ import annotations

import re

from kg.dates.phrases import Base, InMonth, InYear, Phrase, Shift, Vague
from kg.dates.rules import Rule, part
from kg.numerals import integer

GAP = r"[ \t\xa0\u3000`]{0,2}"
_OF = rf"{GAP}的?{GAP}"
TO = r"(?:[-–—－~～]{1,2}|至|到)"
FIGURES = "一二三四五六七八九十"
_MONTH_NUMBER = rf"(?:[0-9]{{1,2}}|[{FIGURES}]{{1,3}}|元(?=月))"
_DAY_NUMBER = rf"(?:[0-9]{{1,2}}|[{FIGURES}]{{1,3}})"
ALONE = rf"(?<![0-9{FIGURES}百千万亿几数两零〇第])(?<![0-9]\.)(?<![A-Za-z0-9]-)"
"""Not the tail of a longer number, of an ordinal or of a name with a version."""
_EDGE = r"(?=[^\u4e00-\u9fff]|$)"

_YEAR = rf"""(?:
    (?P<year>[0-9]{{4}}|[一二][〇零○一二三四五六七八九]{{3}}){GAP}
        (?:年(?:度(?!假))?(?!级|代|轻|龄|鉴|货|糕)|(?={GAP}(?:[上下]半年|第?{GAP}[一二三四1-4]{GAP}季度|[QqHh][1-4])))
  | 民国{GAP}(?P<roc>[0-9]{{1,3}}|[{FIGURES}百零]{{1,6}}){GAP}年
  | (?P<short>[0-9]{{2}}){GAP}年(?={GAP}{_MONTH_NUMBER}{GAP}月(?!内|龄))
  | (?P<published>大前年|(?<![当此目之以提往从先生])前年|(?<![过离])去年|今年(?!轻)|(?<![日成样基版资根])本年度?
        |(?<![说证声表])明年|(?<![今此以之最随然落先前日])后年)
  | (?P<antecedent>(?<![不共相合])同年(?!级|龄|代|纪|轻)|(?<![想像如比相])当年(?!轻)
        |这一?年(?!轻|头|来|多|半)|那一?年(?!轻)|(?<!应)该年
        |(?<![首一二三两每多])次年|翌年|(?<!连续)第二年|(?<![之以])前一年|上一年)
)"""
_PUBLISHED = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2}
_ANTECEDENT = {"次年": 1, "翌年": 1, "第二年": 1, "前一年": -1, "上一年": -1}

_MONTHS = rf"""(?:
    {ALONE}(?<!每年)(?<!历年)(?<!往年)(?:
        (?P<month>{_MONTH_NUMBER}){GAP}(?:月份?{GAP}{TO}|{TO}|/|、(?={_MONTH_NUMBER}月份)){GAP}(?P<last_month>{_MONTH_NUMBER}){GAP}月份?
      | (?P<either>[一二三四五六七八九])(?P<other>[二三四五六七八九])月份?
      | (?P<only_month>{_MONTH_NUMBER}){GAP}月份?)(?!内|龄|薪|饼|刊|嫂)
)"""
_DAYS = rf"""(?:
    (?P<day>{_DAY_NUMBER})(?:{GAP}[日号]{GAP}{TO}|{GAP}(?:{TO}|、)){GAP}
        (?:(?P<day_month>{_MONTH_NUMBER}){GAP}月{GAP})?(?P<last_day>{_DAY_NUMBER}){GAP}[日号]
  | (?P<only_day>{_DAY_NUMBER}){GAP}[日号]
)"""
_TENTH = (
    r"(?P<tenth>上中旬|中上旬|中下旬|[上中下]旬"
    rf"|初(?!始|步|级|创|次|心)|底(?!层|座|部|线|气|盘|牌)|末(?!端|尾)|中{_EDGE})"
)
_TENTHS = {
    "上旬": (1, 10),
    "初": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "下旬": (21, None),
    "底": (21, None),
    "末": (21, None),
    "上中旬": (1, 20),
    "中上旬": (1, 20),
    "中下旬": (11, None),
}

_QUARTER = (
    rf"(?:第?{GAP}(?P<quarter>[一二三四1-4]){GAP}季度|前(?P<quarters>[二两三23])个?季度"
    r"|[Qq](?P<q>[1-4])(?![0-9A-Za-z_]))"
)
_HALF = r"(?:(?P<half>[上下])半年度?|[Hh](?P<h>[12])(?![0-9A-Za-z_]))"
_PART = rf"""(?:
    {_QUARTER} | {_HALF}
  | 第?(?P<season_quarter>[一二三四])季(?!报|节|风)
  | (?P<vague>年初|年底|年末|年终|年中{_EDGE}|年中期?|年内|年尾|伊始|之初|早些时候|晚些时候
      |初(?!中|级|始|步|创|次|学|心|代)|底(?!层|座|部|线|气|盘|牌)|末(?!端|代|尾)|中{_EDGE}|中期)
  | (?P<season>[春夏秋])(?:[季天]|{_EDGE})
)"""
_PARTS = {"初": (1, 3), "中": (5, 8), "底": (10, 12), "内": (1, 12), "早": (1, 12), "晚": (1, 12)}
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11)}

_CLOCK = r"(?:[0-9]{1,2}(?::[0-9]{2}){1,2}|[0-9]{1,2}[时点](?:[0-9]{1,2}分|半)?)"
HOUR = (
    r"凌晨|清晨|早晨|早上|早间|上午|中午|午间|下午|午后|傍晚|晚上|晚间|深夜|夜间"
    r"|晚(?!会|宴|报|于|点|年|些)|早(?!期|已|就|报|些|于|年)"
)
TIME_OF_DAY = rf"""(?:{GAP}[(（](?:周|星期)[{FIGURES[:6]}日天][)）])?
    (?:{GAP}(?:当天|当日))?(?:{GAP}(?:{HOUR}))?(?:{GAP}{_CLOCK})?"""

_MONTH_WORD = r"""(?P<near>上上个?月|(?<![以海加])上个?月(?!球|亮)|(?<![日成样基版资根])本月
    |这个?月|下下个?月|下个?月(?!球|亮)
    |同月|当月|该月|次月|翌月)"""
_NEAR = {
    "上上": Shift(Base.PUBLICATION, -2),
    "上": Shift(Base.PUBLICATION, -1),
    "本": Shift(Base.PUBLICATION),
    "这": Shift(Base.PUBLICATION),
    "下": Shift(Base.PUBLICATION, 1),
    "下下": Shift(Base.PUBLICATION, 2),
    "同": Shift(Base.ANTECEDENT),
    "当": Shift(Base.ANTECEDENT),
    "该": Shift(Base.ANTECEDENT),
    "次": Shift(Base.ANTECEDENT, 1),
    "翌": Shift(Base.ANTECEDENT, 1),
}


def _year(match: re.Match[str]) -> int | Shift | None:
    """The year that the words name; 0, which no calendar has, for figures that are none."""
    if year := part(match, "year"):
        return integer(year) or 0
    if year := part(match, "roc"):
        return 1911 + (integer(year) or 0)
    if year := part(match, "short"):
        return int(year) + (1900 if int(year) >= 90 else 2000)
    if word := part(match, "published"):
        return Shift(Base.PUBLICATION, _PUBLISHED[word])
    word = part(match, "antecedent")
    return Shift(Base.ANTECEDENT, _ANTECEDENT.get(word, 0)) if word else None


def _month(figures: str) -> int:
    return 1 if figures == "元" else integer(figures) or 0


def _days(match: re.Match[str]) -> tuple[int | None, int | None]:
    """The first and the last day of the month that the words name; 0 for figures that are no day."""
    if day := part(match, "day", "only_day"):
        last = part(match, "last_day") or day
        return integer(day) or 0, integer(last) or 0
    tenth = part(match, "tenth")
    return _TENTHS[tenth] if tenth else (None, None)


def _in_year(match: re.Match[str]) -> Phrase | None:
    year = _year(match)
    first_month = part(match, "month", "only_month", "either")
    if first_month:
        month = _month(first_month)
        last_month = part(match, "last_month", "day_month", "other")
        first, last = _days(match)
        return InYear(year, (month, first), (_month(last_month) if last_month else month, last))
    first_part, last_part = _part_of_year(match)
    return InYear(year, (first_part, None), (last_part, None))


def _part_of_year(match: re.Match[str]) -> tuple[int, int]:
    """The first and the last month of the part of a year that the words name."""
    if quarter := part(match, "quarter", "q", "season_quarter"):
        number = integer(quarter) or 0
        return 3 * number - 2, 3 * number
    if quarters := part(match, "quarters"):
        return 1, 3 * (integer(quarters) or 0)
    if half := part(match, "half", "h"):
        return (1, 6) if half in "上1" else (7, 12)
    if season := part(match, "season"):
        return _SEASONS[season]
    if vague := part(match, "vague"):
        if vague in ("伊始", "之初"):
            return _PARTS["初"]
        word = vague.removeprefix("年")[0]
        return _PARTS.get(word, _PARTS["底"])
    return 1, 12


def _in_month(match: re.Match[str]) -> Phrase:
    near = match["near"]
    first, last = _days(match)
    if match["day_month"]:
        return Vague()  # a range out of a month that is not named, into one that is
    return InMonth(_NEAR[near.rstrip("个月")], first, last)


def _bare_day(match: re.Match[str]) -> Phrase:
    day = integer(match["day"]) or 0
    last = integer(match["last"]) or 0 if match["last"] else day
    return InMonth(None, day, last)


def _bare_tenth(match: re.Match[str]) -> Phrase:
    first, last = _TENTHS[match["tenth"].removeprefix("月")]
    return InMonth(None, first, last)


def rule(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled with its white space ignored."""
    return re.compile(pattern, re.VERBOSE)


RULES = (
    Rule(
        rule(
            rf"(?<![0-9])(?<![0-9]\.){_YEAR}(?:{_OF}(?:{_MONTHS}(?:{_OF}(?:{_DAYS}{TIME_OF_DAY}|{_TENTH}))?|{_PART}))?"
        ),
        _in_year,
    ),
    Rule(
        rule(rf"{_MONTHS}(?:{_OF}(?:{_DAYS}{TIME_OF_DAY}|{_TENTH}))?"),
        _in_year,
    ),
    Rule(
        rule(
            rf"(?<![0-9A-Za-z_{FIGURES}半两几数多近这那每全])(?:{_QUARTER}(?!{GAP}[:：、?？量])|(?P<half>[上下])半年度?"
            rf"|(?<![青中往当])(?P<vague>年初(?!中|级|一)|年底(?!层|座)|年末|年终(?!奖)|年中{_EDGE}|年内|岁末|岁尾))"
        ),
        _in_year,
    ),
    Rule(rule(rf"{_MONTH_WORD}(?:{_OF}(?:{_DAYS}{TIME_OF_DAY}|{_TENTH}))?"), _in_month),
    Rule(
        rule(
            rf"""{ALONE}(?<![月个])(?<!每)(?:
            (?P<day>[0-9]{{1,2}}|[二三]十[{FIGURES[:9]}]?|十[{FIGURES[:9]}])
            (?:{GAP}日{GAP}{TO}{GAP}(?P<last>{_DAY_NUMBER}){GAP}日(?!内|游|间|均)
              |{GAP}日(?!内|游|间|均|活|留存|龄|线|元|语|以|前|后|来|本[田人国土])
              |号(?=凌晨|早|上午|中午|下午|晚|当天|那天|刚|才|发(?!射)|放|推出|上线|开源|正式)){TIME_OF_DAY})"""
        ),
        _bare_day,
    ),
    Rule(
        rule(
            rf"(?<![0-9{FIGURES}半两几数多近这那每全上下本个年])(?P<tenth>月初|月底|月末|月中{_EDGE}|[上中下]旬|中下旬|中上旬)"
        ),
        _bare_tenth,
    ),
)

LATIN = RULES[2]
"""The rule whose phrases may begin with a Latin letter (Q2)."""
