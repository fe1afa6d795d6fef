"""Times in Chinese words that lean on the day of writing or on what was told: 上周五, 昨天, 四年前, 半年后, 近日."""

from __future__ import annotations

import re

from kg.dates.chinese import ALONE, FIGURES, GAP, HOUR, TIME_OF_DAY, TO, rule
from kg.dates.phrases import Ago, Base, DayAway, Later, Phrase, Shift, Vague, WeekAway, Weekday
from kg.dates.rules import Rule
from kg.numerals import integer

_DAY_WORDS = {
    **{word: Shift(Base.PUBLICATION, -3) for word in ("大前天",)},
    **{word: Shift(Base.PUBLICATION, -2) for word in ("前天", "前日", "前晚")},
    **{word: Shift(Base.PUBLICATION, -1) for word in ("昨天", "昨日", "昨晚", "昨夜", "昨晨")},
    **{word: Shift(Base.PUBLICATION) for word in ("今天", "今日", "今晚", "今早", "今晨", "今夜")},
    **{word: Shift(Base.PUBLICATION, 1) for word in ("明天", "明日", "明晚", "明早", "明晨")},
    **{word: Shift(Base.PUBLICATION, 2) for word in ("后天",)},
    **{word: Shift(Base.ANTECEDENT) for word in ("当天", "当日", "同日", "同一天", "当晚")},
    **{word: Shift(Base.ANTECEDENT, 1) for word in ("次日", "翌日", "第二天", "隔天")},
    **{word: Shift(Base.ANTECEDENT, -1) for word in ("前一天", "前一日")},
}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_UNITS = {"年": "year", "月": "month", "周": "week", "星期": "week", "礼拜": "week", "天": "day", "日": "day"}
_UNIT = r"(?:年|月|周|星期|礼拜|天|日)"
_SOME = rf"(?:十几|几十|几|数|[0-9]{{1,3}}|[{FIGURES}两]{{1,3}})"
_BEFORE_OR_AFTER = r"(?:之|以)?(?P<way>前(?!后|者|沿|端|景|置|身|途|提)|后(?!端|台|续|缀|训练|者|代|辈|置))"


def _week(match: re.Match[str]) -> Phrase:
    amount = _WEEKS[match["week"]]
    if match["weekday"]:
        day = _WEEKDAYS[match["weekday"]]
        return WeekAway(amount, day, day)
    if match["edge"]:
        return WeekAway(amount, 5, 6) if match["edge"] == "末" else WeekAway(amount, 0, 2)
    return WeekAway(amount)


def _counted(match: re.Match[str]) -> Phrase:
    """So many units ago or later; half a year is six months, half a month two weeks."""
    unit = _UNITS[match["unit"]]
    if match["count"] == "半":
        if unit not in ("year", "month"):
            return Vague()
        amount, unit = (6, "month") if unit == "year" else (2, "week")
    else:
        count = integer(match["count"])
        if count is None:
            return Vague()  # 两三年前: two or three years ago
        amount = count
    if match["halved"] or (match["half"] and unit != "year"):
        return Vague()
    if match["half"]:
        amount, unit = 12 * amount + 6, "month"
    return Ago(amount, unit) if match["way"] == "前" else Later(amount, unit)


RULES = (
    Rule(
        rule(
            rf"""(?<![以海线])(?:(?P<week>上上|上|(?<![日成样基版资根])本|这|下下|下)一?个?(?:周|星期|礼拜)
            (?!期|转|边|刊|报|年|长|密|到|围)(?:(?P<weekday>[{FIGURES[:6]}日天])(?![{FIGURES}百千万个家款次共起直些项均])
            |(?P<edge>[初末]))?){TIME_OF_DAY}"""
        ),
        _week,
    ),
    Rule(
        rule(
            rf"""(?<![每{FIGURES}两几0-9上下本这个])(?:周|星期|礼拜)(?P<weekday>[{FIGURES[:6]}日天])
            (?=[,，。、;；()（）\s]|$|{HOUR}|发布|宣布|推出|表示|在|将|举行|正式|开源|上线|消息|对外|召开|放出|公布|公开|发|也|就|又|刚|才|给|把|拿出|亮相|更新|开放|的){TIME_OF_DAY}"""
        ),
        lambda match: Weekday(_WEEKDAYS[match["weekday"]]),
    ),
    Rule(
        # 今（7）日: Taiwanese papers give the day's number beside the word
        rule(r"(?P<word>[今昨明])[（(][0-9]{1,2}[）)][日天]"),
        lambda match: DayAway(_DAY_WORDS[match["word"] + "日"]),
    ),
    Rule(
        rule(rf"(?<!以)(?P<word>{'|'.join(sorted(_DAY_WORDS, key=len, reverse=True))})(?!天|留存|性){TIME_OF_DAY}"),
        lambda match: DayAway(_DAY_WORDS[match["word"]]),
    ),
    Rule(
        rule(
            rf"""{ALONE}(?P<count>[0-9]{{1,3}}|[{FIGURES}两]{{1,3}}|半){GAP}(?:个(?P<halved>半)?)?
            (?P<unit>年|(?<=[个半])月|周|星期|礼拜|天|日)(?P<half>半)?{_BEFORE_OR_AFTER}"""
        ),
        _counted,
    ),
    Rule(
        rule(
            rf"""(?:(?:几|数|多|若干|好几|十几|几十|数十|[0-9{FIGURES}两]{{1,3}}[多余])个?{_UNIT}
            |[0-9{FIGURES}两]{{1,3}}个?(?:年|月|周|星期|礼拜)多){_BEFORE_OR_AFTER}"""
        ),
        lambda match: Vague(),
    ),
    Rule(
        rule(
            rf"""(?:(?<![0-9{FIGURES}今昨次每当明同近之数几])日前|(?<![0-9{FIGURES}今数几之])日后
            |近日(?!均|本|活)|近期|近来|前不久|不久前|今后
            |(?:最近|(?<![将接附最靠邻临亲远逼贴])近)(?:[这的]?{_SOME}个?{_UNIT}|年)(?:以?来|内|里|间)?
            |最近(?!邻|似|距)
            |未来的?{_SOME}(?:{TO}{_SOME})?个?{_UNIT}[内里]?)"""
        ),
        lambda match: Vague(),
    ),
    # a year of somebody's accounts begins when they like
    Rule(rule(rf"[0-9]{{4}}{GAP}财年(?:{GAP}第?[一二三四1-4]季度?|[上下]半年)?"), lambda match: None),
    Rule(
        rule(rf"(?<![0-9])(?<![0-9]\.)[0-9]{{4}}{GAP}(?:{TO}|/){GAP}[0-9]{{4}}{GAP}年(?!代)"),
        lambda match: Vague(anchored=False),
    ),
)
