"""Dates as texts write them: what each expression means, what a document finds, what is no date."""

from __future__ import annotations

import itertools
import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dates import DateMention, When, find, parse
from kg.model import Span

PUBLISHED = date(2023, 11, 8)
"""A Wednesday."""

# expression, value, earliest, latest: all read on 2023-11-08; earliest and latest only where value does not say them
ABSOLUTE = """
2023年4月11日 | 2023-04-11
2023年04月11号 | 2023-04-11
2023 年 4 月 11 日 | 2023-04-11
`2023 年 3 月` | 2023-03
２０２３年４月１１日 | 2023-04-11
2023年4月 | 2023-04
2023年4月份 | 2023-04
2023年 | 2023
2023年度 | 2023
2023 | 2023
二〇二四年七月 | 2024-07
二零二四年七月三日 | 2024-07-03
二〇二三年十二月三十一日 | 2023-12-31
二〇二三年三月 | 2023-03
23年4月 | 2023-04
98年4月 | 1998-04
民国112年 | 2023
民国112年4月11日 | 2023-04-11
2023-04-11 | 2023-04-11
2023-4-1 | 2023-04-01
2023/11/08 | 2023-11-08
2023.5.11 | 2023-05-11
[2025.01.15] | 2025-01-15
2018-6 | 2018-06
2018-06 | 2018-06
2023/11 | 2023-11
2023.05 | 2023-05
20231108 | 2023-11-08
2023-11-08T23:30:00Z | 2023-11-08
2023-11-08T10:00:00.123+08:00 | 2023-11-08
2023-11-08 10:00:00 +0800 | 2023-11-08
2023年11月8日 14:30 | 2023-11-08
2023年11月8日（周三） | 2023-11-08
2023年11月8日下午 | 2023-11-08
2023年11月8日晚 | 2023-11-08
发布时间：2023-11-08 10:00 | 2023-11-08
2025-12-01： | 2025-12-01
- 2022.8.18: | 2022-08-18
2023年2月28日 | 2023-02-28
2024年2月29日 | 2024-02-29
2023Q2 | 2023 | 2023-04-01 | 2023-06-30
2023年Q2 | 2023 | 2023-04-01 | 2023-06-30
2023 Q4 | 2023 | 2023-10-01 | 2023-12-31
2023年第二季度 | 2023 | 2023-04-01 | 2023-06-30
2023年二季度 | 2023 | 2023-04-01 | 2023-06-30
2023年前三季度 | 2023 | 2023-01-01 | 2023-09-30
2023年上半年 | 2023 | 2023-01-01 | 2023-06-30
2023年下半年 | 2023 | 2023-07-01 | 2023-12-31
2023H1 | 2023 | 2023-01-01 | 2023-06-30
2021年初 | 2021 | 2021-01-01 | 2021-03-31
2022年年初 | 2022 | 2022-01-01 | 2022-03-31
2023年伊始 | 2023 | 2023-01-01 | 2023-03-31
2024年年中 | 2024 | 2024-05-01 | 2024-08-31
2022年底 | 2022 | 2022-10-01 | 2022-12-31
2022年年末 | 2022 | 2022-10-01 | 2022-12-31
2023年春季 | 2023 | 2023-03-01 | 2023-05-31
2023年3-5月 | 2023 | 2023-03-01 | 2023-05-31
2023年3月至5月 | 2023 | 2023-03-01 | 2023-05-31
2023年11月至2月 | 2023 | 2023-11-01 | 2024-02-29
2023年3月16日至18日 | 2023-03 | 2023-03-16 | 2023-03-18
2023年3月16-18日 | 2023-03 | 2023-03-16 | 2023-03-18
2023年3月30日至4月2日 | 2023 | 2023-03-30 | 2023-04-02
2023年3月初 | 2023-03 | 2023-03-01 | 2023-03-10
2023年3月上旬 | 2023-03 | 2023-03-01 | 2023-03-10
2023年3月中旬 | 2023-03 | 2023-03-11 | 2023-03-20
2023年2月底 | 2023-02 | 2023-02-21 | 2023-02-28
2023年3月中下旬 | 2023-03 | 2023-03-11 | 2023-03-31
2023.7.6-7.8 | 2023-07 | 2023-07-06 | 2023-07-08
July 11, 2023 | 2023-07-11
July 11th, 2023 | 2023-07-11
july 11 2023 | 2023-07-11
11 July 2023 | 2023-07-11
the 11th of July, 2023 | 2023-07-11
Tuesday, July 11, 2023 | 2023-07-11
Wed, 08 Nov 2023 07:28:00 GMT | 2023-11-08
Jul. 2023 | 2023-07
Sept. 5, 2023 | 2023-09-05
March 2023 | 2023-03
may 2023 | 2023-05
in 2023 | 2023
since 2019 | 2019
Q2 2023 | 2023 | 2023-04-01 | 2023-06-30
Q2 of 2023 | 2023 | 2023-04-01 | 2023-06-30
second quarter of 2023 | 2023 | 2023-04-01 | 2023-06-30
the first half of 2023 | 2023 | 2023-01-01 | 2023-06-30
early 2023 | 2023 | 2023-01-01 | 2023-03-31
mid-2023 | 2023 | 2023-05-01 | 2023-08-31
late 2023 | 2023 | 2023-10-01 | 2023-12-31
the end of 2023 | 2023 | 2023-10-01 | 2023-12-31
early March 2023 | 2023-03 | 2023-03-01 | 2023-03-10
summer of 2023 | 2023 | 2023-06-01 | 2023-08-31
July 11-13, 2023 | 2023-07 | 2023-07-11 | 2023-07-13
March to May 2023 | 2023 | 2023-03-01 | 2023-05-31
"""

ANCHORED = """
今年4月11日 | 2023-04-11
去年11月30日 | 2022-11-30
去年年底 | 2022 | 2022-10-01 | 2022-12-31
去年底 | 2022 | 2022-10-01 | 2022-12-31
3月16日 | 2023-03-16
七月三日 | 2023-07-03
12月1日 | 2022-12-01
2月29日 | 2020-02-29
11月8日 | 2023-11-08
11月9日 | 2022-11-09
昨天 | 2023-11-07
昨晚 | 2023-11-07
前天 | 2023-11-06
大前天 | 2023-11-05
今天下午 | 2023-11-08
明天 | 2023-11-09
上个月 | 2023-10
上月底 | 2023-10 | 2023-10-21 | 2023-10-31
本月 | 2023-11
本月初 | 2023-11 | 2023-11-01 | 2023-11-10
本月15日 | 2023-11-15
下个月 | 2023-12
上周 | 2023 | 2023-10-30 | 2023-11-05
上上周 | 2023-10 | 2023-10-23 | 2023-10-29
本周 | 2023-11 | 2023-11-06 | 2023-11-12
下周 | 2023-11 | 2023-11-13 | 2023-11-19
上周末 | 2023-11 | 2023-11-04 | 2023-11-05
本周初 | 2023-11 | 2023-11-06 | 2023-11-08
本周一 | 2023-11-06
上周五 | 2023-11-03
周五 | 2023-11-03
周三 | 2023-11-08
11日早上 | 2023-10-11
8日 | 2023-11-08
16日至18日 | 2023-10 | 2023-10-16 | 2023-10-18
3月16日至18日 | 2023-03 | 2023-03-16 | 2023-03-18
今年4月 | 2023-04
4月 | 2023-04
四五月份 | 2023 | 2023-04-01 | 2023-05-31
12月 | 2022-12
元月 | 2023-01
今年二季度 | 2023 | 2023-04-01 | 2023-06-30
二季度 | 2023 | 2023-04-01 | 2023-06-30
Q2 | 2023 | 2023-04-01 | 2023-06-30
上半年 | 2023 | 2023-01-01 | 2023-06-30
年初 | 2023 | 2023-01-01 | 2023-03-31
年底 | 2023 | 2023-10-01 | 2023-12-31
今年3-5月 | 2023 | 2023-03-01 | 2023-05-31
前年 | 2021
大前年 | 2020
明年 | 2024
明年3月 | 2024-03
明年上半年 | 2024 | 2024-01-01 | 2024-06-30
四年前 | 2019
4年之前 | 2019
两个月前 | 2023-09
三天前 | 2023-11-05
半年前 | 2023-05
一年半前 | 2022-05
两周前 | 2023-10 | 2023-10-23 | 2023-10-29
半年后 | 2024-05
一年后 | 2024
同年9月 | 2023-09
last week | 2023 | 2023-10-30 | 2023-11-05
last month | 2023-10
last year | 2022
last quarter | 2023 | 2023-07-01 | 2023-09-30
this year | 2023
July last year | 2022-07
yesterday | 2023-11-07
today | 2023-11-08
the day before yesterday | 2023-11-06
on Tuesday | 2023-11-07
on Wednesday | 2023-11-08
last Tuesday | 2023-11-07
last Wednesday | 2023-11-01
next Friday | 2023-11-10
two weeks ago | 2023-10 | 2023-10-23 | 2023-10-29
three days ago | 2023-11-05
a year ago | 2022
six months ago | 2023-05
July 11 | 2023-07-11
11 July | 2023-07-11
in December | 2022-12
late October | 2023-10 | 2023-10-21 | 2023-10-31
late last month | 2023-10 | 2023-10-21 | 2023-10-31
3、4月份 | 2023 | 2023-03-01 | 2023-04-30
the second quarter | 2023 | 2023-04-01 | 2023-06-30
"""


def cases(table: str) -> list[tuple[str, When]]:
    def case(line: str) -> tuple[str, When]:
        words, value, *interval = (part.strip() for part in line.split("|"))
        if interval:
            return words, When(value, *(date.fromisoformat(day) for day in interval))
        parts = [int(number) for number in value.split("-")]
        whole = {1: When.year, 2: When.month, 3: lambda *day: When.day(date(*day))}[len(parts)]
        return words, whole(*parts)

    return [case(line) for line in table.strip().splitlines()]


def values(text: str, published: date | When | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """What is found, as (words, value)."""
    return [(m.text, m.when.value if m.when else None) for m in find(text, published=published)]


def test_the_table_is_long_enough() -> None:
    assert len(cases(ABSOLUTE)) + len(cases(ANCHORED)) >= 170


@pytest.mark.parametrize(("words", "when"), cases(ABSOLUTE))
def test_an_absolute_date_means_the_same_on_any_day(words: str, when: When) -> None:
    assert parse(words) == when
    assert parse(words, published=PUBLISHED) == when


@pytest.mark.parametrize(("words", "when"), cases(ANCHORED))
def test_an_anchored_date_leans_on_the_publication(words: str, when: When) -> None:
    assert parse(words, published=PUBLISHED) == when
    assert parse(words) is None
    (mention,) = find(f"，{words}，" if words[-1] > "\u4e00" else f"x {words}.", published=PUBLISHED)
    assert mention.anchored


ANTECEDENT = """
同年9月 | 2022-09
当年11月 | 2022-11
这年11月 | 2022-11
这一年 | 2022
那一年的3月 | 2022-03
次年 | 2023
翌年3月 | 2023-03
当月 | 2022-09
同月15日 | 2022-09-15
次月 | 2022-10
当天 | 2022-09-05
次日 | 2022-09-06
前一天 | 2022-09-04
3月16日 | 2022-03-16
16日 | 2022-09-16
一年后 | 2023
三个月后 | 2022-12
两天后 | 2022-09-07
the same year | 2022
later that year | 2022
later that month | 2022-09
the following year | 2023
the following day | 2022-09-06
July of the same year | 2022-07
two weeks later | 2022-09 | 2022-09-19 | 2022-09-25
three months earlier | 2022-06
"""


@pytest.mark.parametrize(("words", "when"), cases(ANTECEDENT))
def test_a_date_leans_on_its_antecedent(words: str, when: When) -> None:
    antecedent = When.day(date(2022, 9, 5))
    assert parse(words, published=PUBLISHED, antecedent=antecedent) == when
    assert parse(words, antecedent=antecedent) == when


@pytest.mark.parametrize(
    "words",
    [
        "近几个月",
        "近日",
        "日前",
        "最近",
        "日后",
        "未来三年",
        "近年来",
        "近三年",
        "前不久",
        "几年前",
        "数月前",
        "两三年前",
        "一年多前",
        "十几年前",
        "2019-2021年",
        "recently",
        "in recent months",
        "a few years ago",
        "in the coming weeks",
        "a couple of weeks ago",
    ],
)
def test_a_time_without_a_date(words: str) -> None:
    assert parse(words, published=PUBLISHED) is None
    ((found, when),) = values(f"，{words}，")
    assert (found, when) == (words, None)


@pytest.mark.parametrize(
    "text",
    [
        "过去的4年里，团队扩大了三倍。",
        "训练需要18-24个月，三年来没有变过。",
        "10天内完成，7日内退款，30日留存很高。",
        "他今年轻装上阵，18岁入学。",
        "售价2023元，涨了3.5%。",
        "升级到3.5版，随后是2.0和V3-0324。",
        "凌晨01:30开始，14:05结束。",
        "电话400-2023-1108，传真010-62345678。",
        "服务器地址是192.168.1.11和2023.5.11.4。",
        "在未来开发者大会2023上亮相。",
        "2023云谷大会和2023世界人工智能大会闭幕。",
        "WAIC 2022 与 NeurIPS-2020 的论文。",
        "2023-02-30、2023年2月30日、13月、2023年13月都不存在。",
        "1956年的会议，1600年的城堡，2300年的预言。",
        "第三季第2集，五个月，周末，每年11月，每月15日。",
        "模型名为model-2024-05-13，又名m_2024-05-13。",
        "见https://example.org/2023/11/08/a.html。",
        "上下文是32k，Q4_K_M量化，H100有80GB。",
        "这三年，第三年，两周年，一周年，同年级，不同年龄。",
        "样本年限，成本月报，日本周刊，说明年份。",
        "基本周期不变，当前年度报告。",
        "1990年代的想法，2023年轻人的选择。",
        "It may 3 times fail. They march on. In 2048 tokens, of 2000 GPUs.",
        "World Conference 2023 and a 2023-style talk, version 2023.1, Tool 2023.2.",
        "We met on Black Friday, every Monday; 32k tokens; the May model; Augustus.",
        "It grew over the last year and will within the next month; 2023财年第三季度。",
        "over the next 3 rounds, 5 May-like, Mayor, Marching, Sept, sat",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "words",
    ["", " ", "通义", "2023-02-30", "13月", "32k", "3.5", "1989年", "2101年", "2023年4月和5月", "0年", "2023-00-10"],
)
def test_what_does_not_parse(words: str) -> None:
    assert parse(words, published=PUBLISHED) is None


def test_a_document_from_left_to_right() -> None:
    text = (
        "2023/11/08\n"
        "2018年10月，甲公司发布了首个模型，它用到自家2016年提出的结构。同年12月又更新一次。\n"
        "在2022年，乙公司沉寂了很久，直到这年11月才公布新品。\n"
        "今年4月11日上午，丙公司推出助手，18日开放测试；同年9月开源。上周又有更新，近日还会再发。\n"
        "3月16日，丁公司也发布了产品。\n"
    )
    assert values(text) == [
        ("2023/11/08", "2023-11-08"),
        ("2018年10月", "2018-10"),
        ("2016年", "2016"),
        ("同年12月", "2016-12"),
        ("2022年", "2022"),
        ("这年11月", "2022-11"),
        ("今年4月11日上午", "2023-04-11"),
        ("18日", "2023-04-18"),
        ("同年9月", "2023-09"),
        ("上周", "2023"),
        ("近日", None),
        ("3月16日", "2023-03-16"),
    ]


def test_spans_are_offsets_into_the_text() -> None:
    text = "🎯 ２０２３年４月１１日发布，𝔸 July 11, 2023 too."
    mentions = find(text)
    assert [m.text for m in mentions] == ["２０２３年４月１１日", "July 11, 2023"]
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions)
    assert mentions[1] == DateMention(Span(17, 30), "July 11, 2023", When.day(date(2023, 7, 11)), False)


def test_a_paragraph_goes_on_in_the_year_that_it_tells() -> None:
    assert values("2021年4月，甲发布一代。6月，乙跟进。12月31日，丙开源。") == [
        ("2021年4月", "2021-04"),
        ("6月", "2021-06"),
        ("12月31日", "2021-12-31"),
    ]
    assert values("2021年4月，甲发布一代。\n6月，乙跟进。")[1] == ("6月", "2023-06")


def test_a_year_that_only_describes_is_not_gone_on_from() -> None:
    assert values("它用到2017年发布的结构，3月上线。")[1] == ("3月", "2023-03")
    assert values("自2012年以来一直如此，3月有了变化。")[1] == ("3月", "2023-03")
    assert values("较2022年增长一倍，3月更快。")[1] == ("3月", "2023-03")
    assert values("甲是在2021年4月正式发布的产品，6月开源。")[1] == ("6月", "2021-06")


def test_the_past_is_never_after_publication() -> None:
    january = date(2024, 1, 5)
    assert values("2024年伊始，回看12月28日的发布。", january)[1] == ("12月28日", "2023-12-28")
    assert values("上周五发布，3日又更新。", january) == [("上周五", "2023-12-29"), ("3日", "2024-01-03")]


def test_a_word_of_intention_looks_ahead() -> None:
    assert values("新品将于3月16日发布。") == [("3月16日", "2024-03-16")]
    assert values("新品预计在12月发布，有望于15日开放。") == [("12月", "2023-12"), ("15日", "2023-11-15")]
    assert values("It will be released on July 11.") == [("July 11", "2024-07-11")]
    assert values("It was released on July 11.") == [("July 11", "2023-07-11")]


def test_later_is_counted_from_what_was_told() -> None:
    assert values("2021年4月，甲发布一代。\n一年后，二代问世。")[1] == ("一年后", "2022")
    assert values("2021年4月，甲发布一代，两个月后开源。")[1] == ("两个月后", "2021-06")
    assert values("1月23日，就在乙发布三天后，丙降价。")[1] == ("三天后", None)
    assert values("三个月后见分晓。") == [("三个月后", "2024-02")]


def test_without_publication_only_what_the_text_fixes_is_a_date() -> None:
    assert values("4月11日发布，今年开源，上周更新，昨天上线，四年前立项。", None) == [
        ("4月11日", None),
        ("今年", None),
        ("上周", None),
        ("昨天", None),
        ("四年前", None),
    ]
    assert values("2021年4月发布，6月1日开源。", None)[1] == ("6月1日", "2021-06-01")


def test_the_year_that_opens_an_undated_text_is_its_year() -> None:
    text = "大模型竞速\n2023年伊始，热度上升。\n4月11日，甲发布模型。\n自2012年以来，算力翻番。\n6月1日，乙跟进。"
    assert values(text, None) == [
        ("2023年伊始", "2023"),
        ("4月11日", "2023-04-11"),
        ("2012年", "2012"),
        ("6月1日", "2023-06-01"),
    ]
    history = "2017年，结构提出。\n2023年3月，产品发布。\n6月1日，乙跟进。"
    assert values(history, None)[-1] == ("6月1日", None)


def test_a_publication_known_to_the_month_or_year() -> None:
    year, month = When.year(2023), When.month(2023, 7)
    assert values("去年年底，新品出现。", year) == [("去年年底", "2022")]
    assert find("昨天", published=year)[0].when == When("2023", date(2022, 12, 31), date(2023, 12, 30))
    assert parse("上个月", published=month) == When.month(2023, 6)
    assert parse("上个月", published=year) is None
    assert parse("周五", published=month) is None


def test_a_publication_may_be_a_moment() -> None:
    assert parse("昨天", published=datetime(2023, 11, 8, 9, 30)) == When.day(date(2023, 11, 7))


def test_narration_ends_far_behind_its_year() -> None:
    filler = "这里说的是别的事情，" * 60
    assert values(f"2021年4月发布。{filler}6月更新。")[1] == ("6月", "2023-06")


def test_lists_tables_and_brackets() -> None:
    text = (
        "- 2022.8.18:\n- `2023 年 3 月`，首次\n| 甲 | 2018-6 | 2019 |\n"
        "刊期：2025.2.16 - 2025.2.22。乙（2020）\n大会（2021）"
    )
    assert [v for _, v in values(text)] == [
        "2022-08-18",
        "2023-03",
        "2018-06",
        "2019",
        "2025-02-16",
        "2025-02-22",
        "2020",
    ]


def test_traditional_characters_and_ranges_of_full_dates() -> None:
    assert parse("這年後半", published=PUBLISHED) is None
    assert parse("兩個月前", published=PUBLISHED) == When.month(2023, 9)
    assert values("from 2019 to 2021") == [("2019", "2019"), ("2021", "2021")]
    assert values("2019年开始至2021年的产品") == [("2019年", "2019"), ("2021年", "2021")]


def test_refinement_and_compatibility() -> None:
    day, month, year = When.day(date(2023, 4, 11)), When.month(2023, 4), When.year(2023)
    early = When("2023", date(2023, 1, 1), date(2023, 3, 31))
    assert day.refines(month)
    assert month.refines(year)
    assert early.refines(year)
    assert not year.refines(month)
    assert not day.refines(day)
    assert not When.month(2023, 5).refines(month)
    assert day.compatible(month)
    assert year.compatible(early)
    assert not early.compatible(month)
    assert [w.datatype for w in (day, month, year)] == ["date", "gYearMonth", "gYear"]
    assert sorted([year, day, month]) == [year, month, day]


def test_a_stretch_over_new_year_has_the_year_of_most_days() -> None:
    assert parse("上周", published=date(2025, 1, 8)) == When("2025", date(2024, 12, 30), date(2025, 1, 5))


@pytest.mark.parametrize(
    "arguments", [("2023-4", date(2023, 4, 1), date(2023, 4, 1)), ("2023", date(2023, 4, 2), date(2023, 4, 1))]
)
def test_a_when_that_contradicts_itself(arguments: tuple[str, date, date]) -> None:
    with pytest.raises(ValueError, match="2023"):
        When(*arguments)


_CHINESE = "〇一二三四五六七八九"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _small(number: int) -> str:
    """1 to 31 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _CHINESE[tens] + "十") + (_CHINESE[ones] if ones else "")


FORMS = (
    lambda d: d.isoformat(),
    lambda d: d.isoformat() + "T08:15:00+08:00",
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d.year}年{d.month:02}月{d.day:02}号",
    lambda d: f"{d.year}年{d.month}月{d.day}日".translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    lambda d: "".join(_CHINESE[int(c)] for c in str(d.year)) + f"年{_small(d.month)}月{_small(d.day)}日",
    lambda d: f"民国{d.year - 1911}年{d.month}月{d.day}日",
    lambda d: f"{_MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day} {_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{_MONTHS[d.month - 1][:3]} {d.day}, {d.year}",
)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)), form=st.sampled_from(FORMS))
def test_any_day_in_any_form_is_found_and_read_back(day: date, form) -> None:  # type: ignore[no-untyped-def]
    words = form(day)
    assert parse(words) == When.day(day)
    assert [(m.text, m.when) for m in find(f"产品，{words}，发布")] == [(words, When.day(day))]
    assert [(m.text, m.when) for m in find(f"released ({words}) by us")] == [(words, When.day(day))]


@given(published=st.dates(date(1995, 1, 1), date(2095, 12, 31)), day=st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_bare_day_is_the_last_one_up_to_publication(published: date, day: date) -> None:
    when = parse(f"{day.month}月{day.day}日", published=published)
    assert when is not None
    assert (when.earliest.month, when.earliest.day) == (day.month, day.day)
    assert when.latest <= published
    assert published - when.earliest <= timedelta(days=366 * 8)


@given(
    st.text(
        alphabet="0123456789年月日至到-–/.周上下今去同当初底半个近前后第季度 QH一二三十百零〇\nJulMayofinthe,",
        max_size=80,
    ),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 12, 31))),
)
@settings(max_examples=300)
def test_hostile_words_never_break_the_finder(text: str, published: date | None) -> None:
    mentions = find(text, published=published)
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(mentions))
    parse(text, published=published)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("公司表示，新一代产品在多个方面都有明显的提升，也会继续投入研究。去年5月它首次亮相。" * 24_000, 5),
        ("The company said that its new product does better in many ways and will be released in May. " * 11_000, 5),
        ("1" * 1_000_000, 5),
        (" " * 1_000_000, 5),
        ("2023年" * 20_000, 5),
        ("一二三四五六七八九十" * 10_000, 5),
        ("2023-" * 20_000, 5),
        ("上个月的" * 25_000, 5),
    ],
    ids=["chinese", "english", "figures", "spaces", "years", "numerals", "hyphens", "months"],
)
def test_a_megabyte_is_read_in_seconds(text: str, limit: float) -> None:
    start = time.process_time()
    find(text, published=PUBLISHED)
    seconds = time.process_time() - start
    assert seconds < limit, f"{len(text) / seconds:,.0f} characters a second"


def dated(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(d.text, d.when.value if d.when else None) for d in find(text, published=published)]


def test_a_year_that_heads_lines() -> None:
    text = "2021年\n1.16 云梯\n06/20 墨池\n5-1 三家\n\n## 2022\n\n- **May** – one\n- Jul 6: two\n"
    assert dated(text) == [
        ("2021年", "2021"),
        ("1.16", "2021-01-16"),
        ("06/20", "2021-06-20"),
        ("5-1", "2021-05-01"),
        ("2022", "2022"),
        ("May", "2022-05"),
        ("Jul 6", "2022-07-06"),
    ]


def test_figures_are_no_days_without_such_a_year() -> None:
    assert dated("1.16 概述\n06/20 其他\n3.5 模型") == []
    assert dated("2021\n3.5 turbo came") == [("2021", "2021")]


def test_a_month_that_heads_lines() -> None:
    chinese = "【1月】\n20日，云梯发布青岚。\n下雨了。\n【3月】\n6日凌晨，墨池发布砚台。25日，开会。"
    assert dated(chinese) == [
        ("1月", "2023-01"),
        ("20日", "2023-01-20"),
        ("3月", "2023-03"),
        ("6日凌晨", "2023-03-06"),
        ("25日", "2023-03-25"),
    ]
    english = "MARCH. The month of rain. It came on the 4th, and again.\n\nAPRIL. Out on the 18th."
    assert dated(english) == [
        ("MARCH", "2023-03"),
        ("4th", "2023-03-04"),
        ("APRIL", "2023-04"),
        ("18th", "2023-04-18"),
    ]


@pytest.mark.parametrize("text", ["on the 4th floor", "the 21st century", "on the 3rd try", "In the 5th place"])
def test_ordinals_that_are_no_days(text: str) -> None:
    assert dated(text) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("03/14/2023", "2023-03-14"),
        ("14.03.2023", "2023-03-14"),
        ("03/04/2023", "2023"),  # the third of April or the fourth of March
        ("06/2023", "2023-06"),
        ("in May of last year", "2022-05"),
    ],
)
def test_the_year_last(words: str, value: str) -> None:
    assert dated(f"It came {words}, they say.")[0][1] == value


def test_later_than_what_the_sentence_has_named() -> None:
    text = "Founded in December 2020, the lab showed its first model a year later."
    assert dated(text)[1] == ("a year later", "2021")
    assert dated("It came out on 6 March 2023. The following week they met.")[1][1] == "2023-03"


@pytest.mark.parametrize(("words", "value"), [("24-05-12", "2024-05-12"), ("12-05-24", None), ("21-05-24", None)])
def test_a_year_of_two_figures_only_where_it_is_sure(words: str, value: str | None) -> None:
    when = parse(words)
    assert (when.value if when else None) == value


def days(text: str) -> list[str | None]:
    return [found.when.value if found.when else None for found in find(text)]


def test_dates_of_one_document_are_in_one_order() -> None:
    assert days("09/15/2023, 03/04/2023, 05/05/2023") == ["2023-09-15", "2023-03-04", "2023-05-05"]
    assert days("15/09/2023, 03/04/2023") == ["2023-09-15", "2023-04-03"]
    assert days("15/09/2023, 09/16/2023, 03/04/2023") == ["2023-09-15", "2023-09-16", "2023"]
    assert days("03/04/2023, 19/15/2023, 02/28/2023")[0] == "2023-03-04"


def test_a_month_and_a_day_below_a_year_may_stand_before_a_latin_name() -> None:
    assert days("2023\n- 10.13 AIFS is out\n- 11.14 GraphCast\n") == ["2023", "2023-10-13", "2023-11-14"]
    assert days("2023\n- 2.5 Pro is out\n") == ["2023"]


def test_a_month_alone_on_its_line_dates_the_days_below_whatever_its_mark() -> None:
    assert days("➤ 2024年1月\n5日，甲；\n16日，乙。\n") == ["2024-01", "2024-01-05", "2024-01-16"]


def test_a_bare_day_of_speech() -> None:
    day = date(2024, 7, 8)
    assert [f.when.value for f in find("4号发的，5号下午开会。3号线停运。", published=day) if f.when] == [
        "2024-07-04",
        "2024-07-05",
    ]


@pytest.mark.parametrize("title", ["国产模型 2022 大事记", "2022 年终盘点（民间版）", "The year in review: 2022"])
def test_the_title_of_a_chronicle_has_its_year(title: str) -> None:
    text = f"{title}\n\n【7月】\n7日 有人发布了一个模型。\n\nJuly 9: something else.\n"
    assert [d.when.value for d in find(text, published=PUBLISHED) if d.when][-2:] == ["2022-07-07", "2022-07-09"]


def test_a_year_in_another_title_is_no_such_year() -> None:
    assert [d.when.value for d in find("预算 2022 讨论稿\n\n7月7日 开会。", published=PUBLISHED) if d.when] == [
        "2023-07-07"
    ]


def test_short_months_head_lines_below_a_year() -> None:
    text = "2021\nFeb   OpenAI said so.\nSep. -- Nobody came.\n\nMar went well, Dec did not."
    assert [d.when.value for d in find(text) if d.when] == ["2021", "2021-02", "2021-09"]


def test_figures_with_hyphens_below_a_year() -> None:
    assert days("2022\n\n08-04 GLM 开源") == ["2022", "2022-08-04"]


@pytest.mark.parametrize("text", ["甲公司周二放出了模型", "乙公司周二拿出新作", "丙公司周二也来了"])
def test_a_day_of_the_week_before_what_happened(text: str) -> None:
    assert [d.when.value for d in find(text, published=PUBLISHED) if d.when] == ["2023-11-07"]
