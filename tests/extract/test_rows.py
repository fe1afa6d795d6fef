"""Tables: the header says what a column holds."""

from __future__ import annotations

import pytest
from reading import annotated, extractions, facts, read, rules, triples

from kg.extract import rows
from kg.model import Stance


def table(*lines: str, before: str = "") -> str:
    header, *rest = lines
    return "\n".join([before, header, "|---" * (header.count("|") - 1) + "|", *rest, ""])


def test_a_chinese_table() -> None:
    found = facts(
        table(
            "| 模型 | 公司 | 发布时间 | 参数 | 梯队 |",
            "| 砚池 | 启衡智能 | 2024-03-05 | 70亿 | 第一梯队 |",
            "| 文心一言 | 百度 | 2023年3月 | 未公布 | 第二梯队 |",
        )
    )
    assert found >= {
        ("砚池", "developedBy", "启衡智能"),
        ("砚池", "releasedOn", "2024-03-05"),
        ("砚池", "parameterCount", "7000000000"),
        ("砚池", "tier", "tier:1"),
        ("model:ernie-bot", "developedBy", "org:baidu"),
        ("model:ernie-bot", "releasedOn", "2023-03"),
        ("model:ernie-bot", "tier", "tier:2"),
    }
    assert len([t for t in found if t[1] == "parameterCount"]) == 1


def test_an_english_table() -> None:
    found = facts(
        table(
            "| Model | Developer | Released | Parameters | Base model |",
            "|Halberd-2|Corvane Labs|5 March 2024|70B|Llama 3|",
            "|Lumora|Nordhaven Research|May 2024|1.8T|-|",
        )
    )
    assert found >= {
        ("Halberd-2", "developedBy", "Corvane Labs"),
        ("Halberd-2", "releasedOn", "2024-03-05"),
        ("Halberd-2", "parameterCount", "70000000000"),
        ("Halberd-2", "basedOn", "model:llama-3"),
        ("Lumora", "developedBy", "Nordhaven Research"),
        ("Lumora", "releasedOn", "2024-05"),
        ("Lumora", "parameterCount", "1800000000000"),
    }
    assert not [t for t in found if t[:2] == ("Lumora", "basedOn")]


def test_columns_in_another_order() -> None:
    found = facts(table("| 发布时间 | 公司 | 模型 |", "| 2023-03-16 | 百度 | 文心一言 |"))
    assert found >= {("model:ernie-bot", "developedBy", "org:baidu"), ("model:ernie-bot", "releasedOn", "2023-03-16")}


@pytest.mark.parametrize("cell", ["", "-", "—", "/", "未公布", "未知", "不详", "暂无", "N/A", "unknown", "TBD", "?"])
def test_a_cell_that_says_nothing(cell: str) -> None:
    found = facts(table("| 模型 | 公司 | 参数 |", f"| 砚池 | 启衡智能 | {cell} |"))
    assert found == {("砚池", "developedBy", "启衡智能")}


@pytest.mark.parametrize(("cell", "expected"), [("预计2024年12月", Stance.PLANNED), ("2024年3月？", Stance.RUMOURED)])
def test_a_cell_has_a_stance(cell: str, expected: Stance) -> None:
    found = extractions(table("| 模型 | 发布时间 |", f"| 砚池 | {cell} |"))
    assert [e.stance for e in found if e.predicate == "releasedOn"] == [expected]


def test_a_table_of_other_things() -> None:
    assert not facts(table("| 城市 | 气温 |", "| 上海 | 30 |"))


def test_a_header_alone_and_a_ragged_row() -> None:
    assert not facts("| 模型 | 公司 |\n|---|---|\n")
    assert not facts("| 模型 | 公司 |")
    assert facts("| 模型 | 公司 |\n|---|---|\n| 文心一言 | 百度 | 多 | 余 |\n| 混元 |\n") == {
        ("model:ernie-bot", "developedBy", "org:baidu")
    }


def test_bold_names_and_alignment_rows() -> None:
    found = facts("| 模型 | 公司 |\n|:---:|---:|\n| **文心一言** | `百度` |\n")
    assert ("model:ernie-bot", "developedBy", "org:baidu") in found


def test_two_tables_do_not_mix() -> None:
    found = facts(
        table("| 模型 | 公司 |", "| 文心一言 | 百度 |")
        + "\n下一张：\n"
        + table("| 模型 | 参数 |", "| GPT-3 | 1750亿 |")
    )
    assert found == {
        ("model:ernie-bot", "developedBy", "org:baidu"),
        ("model:gpt-3", "parameterCount", "175000000000"),
    }


def test_the_line_above_names_the_maker_of_all_rows() -> None:
    found = facts(
        table("| 模型 | 参数 |", "| Halberd-2 | 70B |", "| Halberd-3 | 90B |", before="Corvane Labs的模型一览")
    )
    assert {t for t in found if t[1] == "developedBy"} == {
        ("Halberd-2", "developedBy", "Corvane Labs"),
        ("Halberd-3", "developedBy", "Corvane Labs"),
    }


def test_the_words_are_the_row() -> None:
    text = table("| 模型 | 公司 |", "| 文心一言 | 百度 |", "| 讯飞星火 | 科大讯飞 |")
    spark = next(e for e in rows.extract(annotated(text), rules())[0] if e.subject.entity == "model:spark")
    words = text[spark.span.start : spark.span.end]
    assert "讯飞星火" in words
    assert "百度" not in words
    assert triples([spark])


# tables with a thing in each column ----------------------------------------------------------------------------------


def test_a_table_whose_first_column_says_what_is_told() -> None:
    text = table(
        "| | 砚池-7B | 砚池-14B |",
        "| 开发方 | 启衡智能 | 启衡智能 |",
        "| 参数量 | 70亿 | 140亿 |",
        "| 发布日期 | 2024-03-05 | 未公布 |",
    )
    assert facts(text) >= {
        ("砚池-7B", "developedBy", "启衡智能"),
        ("砚池-14B", "developedBy", "启衡智能"),
        ("砚池-7B", "parameterCount", "7000000000"),
        ("砚池-14B", "parameterCount", "14000000000"),
        ("砚池-7B", "releasedOn", "2024-03-05"),
    }
    assert not [t for t in facts(text) if t[0] == "砚池-14B" and t[1] == "releasedOn"]
    told = [e for e in extractions(text) if e.extractor == "tables"]
    assert all(e.subject.text in text[e.span.start : e.span.end] for e in told)
    assert all(e.object.text in text[e.span.start : e.span.end] for e in told)


def test_a_table_of_something_else_is_not_turned() -> None:
    text = table("| 城市 | 砚池镇 | 鹿野镇 |", "| 参数量 | 70亿 | 140亿 |")
    assert not [e for e in extractions(text) if e.extractor == "tables"]


def test_a_register_of_what_calls_what() -> None:
    found = facts(
        table(
            "| 序号 | 应用名称 | 主体 | 所调用的备案模型 | 备案日期 |",
            "| 1 | 鹿野助手 | 启衡智能 | 文心一言 | 2024年5月9日 |",
        )
    )
    assert ("鹿野助手", "integrates", "model:ernie-bot") in found
    assert ("鹿野助手", "developedBy", "启衡智能") in found
    assert not [t for t in found if t[1] == "releasedOn"], "the day of a filing is not that of a release"


def test_nothing_is_made_by_a_pronoun_above_a_table() -> None:
    found = facts(table("| Model | Score |", "| Halberd-2 | 71.2 |", before="We ran them in the harbour."))
    assert not [t for t in found if t[1] == "developedBy"]


@pytest.mark.parametrize(
    "title", ["hidden_size", "ffn_hidden_size", "batch size", "词表规模", "训练数据规模", "文件大小"]
)
def test_other_sizes_than_that_of_the_model(title: str) -> None:
    sizes = table(f"| 模型 | {title} |", "| 听潮-7B | 4096 |", "| 听潮-13B | 5120 |")
    assert not [t for t in facts(sizes) if t[1] == "parameterCount" and t[2] in ("4096", "5120")]


def test_the_editions_of_a_price_list_are_no_makers() -> None:
    rows = ("| 价格 | ¥0 | ¥29/月 | ¥99/人/月 |", "| 导出 | × | √ | √ |")
    assert facts(table("| 版本 | 免费版 | 个人版 | 团队版 |", *rows)) == set()


def test_from_scratch_is_no_base() -> None:
    found = facts(table("| Model | Base |", "| Halberd-2 | from scratch (MPT) |", "| Lumora-7B | Llama 3 |"))
    assert {t for t in found if t[1] == "basedOn"} == {("Lumora-7B", "basedOn", "model:llama-3")}


def test_columns_that_only_spaces_hold_apart() -> None:
    text = (
        "表1\n公司    模型    发布时间    参数量\n启衡智能    砚池2.0    2024.3.5    70亿\n"
        "澄岸科技    “听潮”    2024年4月1日    —\n"
    )
    found = triples(read(text).extractions, Stance.ASSERTED)
    assert {("砚池2.0", "developedBy", "启衡智能"), ("砚池2.0", "releasedOn", "2024-03-05")} <= found
    assert ("砚池2.0", "parameterCount", "7000000000") in found


def test_a_maker_in_brackets_behind_a_name() -> None:
    found = facts(
        table("| Model | Score | Parameters |", "| Fuxiao-7B | 81 | 7B |", "| Claude 3 (Anthropic) | 73 | 9B |")
    )
    assert {f for f in found if f[1] == "developedBy"} == {("model:claude-3", "developedBy", "org:anthropic")}


def test_a_table_is_no_caption_of_the_next() -> None:
    first = table("| 模型 | 参数 |", "| 砚池（启衡智能） | 70亿 |")
    found = facts(first + "\n" + table("| 模型 | 参数 |", "| 墨海 | 13B |"))
    assert ("墨海", "developedBy", "启衡智能") not in found


@pytest.mark.parametrize(
    ("title", "cell", "count"),
    [("参数量（亿）", "70", "7000000000"), ("Size (B)", "13", "13000000000"), ("参数（亿）", "7B", "7000000000")],
)
def test_the_unit_in_a_title(title: str, cell: str, count: str) -> None:
    found = facts(table(f"| 模型 | 公司 | {title} |", f"| 砚池 | 启衡智能 | {cell} |"))
    assert ("砚池", "parameterCount", count) in found


@pytest.mark.parametrize(("cell", "value"), [("24-03-05", "2024-03-05"), ("06/2023", "2023-06")])
def test_short_dates_in_cells(cell: str, value: str) -> None:
    found = facts(table("| 模型 | 公司 | 上线时间 |", f"| 砚池 | 启衡智能 | {cell} |"))
    assert ("砚池", "releasedOn", value) in found


# columns that only what they hold tells ------------------------------------------------------------------------------


def test_a_column_says_by_what_it_holds_what_its_title_does_not() -> None:
    found = facts(
        table(
            "| 模型 | 谁家的 | 什么时候出的 | 多大 | 备注 |",
            "| 砚池 | 启衡智能 | 2024/3 | 70亿 | 慢 |",
            "| 文心一言 | 百度 | 2023/3 | - | 快 |",
            "| Qwen2-7B | 阿里云 | 2024/6 | 7B | 快 |",
        )
    )
    assert found >= {
        ("砚池", "developedBy", "启衡智能"),
        ("砚池", "releasedOn", "2024-03"),
        ("砚池", "parameterCount", "7000000000"),
        ("model:ernie-bot", "developedBy", "org:baidu"),
        ("model:ernie-bot", "releasedOn", "2023-03"),
    }


@pytest.mark.parametrize(
    "title",
    [
        "客户",
        "投资方",
        "更新",
        "显存",
        "备案时间",
        "host",
        "tested",
        "VRAM",
        "last updated",
        "谁在用",
        "竞争者",
        "runs on",
        "used by",
    ],
)
def test_a_column_of_something_else_says_nothing(title: str) -> None:
    cells = {
        "客户": "百度",
        "投资方": "百度",
        "host": "百度",
        "谁在用": "百度",
        "竞争者": "百度",
        "runs on": "百度",
        "used by": "百度",
        "显存": "70亿",
        "VRAM": "70亿",
    }.get(title, "2024/3")
    found = facts(table(f"| 模型 | {title} |", f"| 砚池 | {cells} |", f"| 听潮 | {cells} |"))
    assert found == set()


def test_one_cell_makes_no_column() -> None:
    found = facts(table("| 模型 | 随手记 |", "| 砚池 | 百度也有一个 |", "| 听潮 | 2024/3再看 |", "| 云岫 | 慢 |"))
    assert found == set()


def test_the_column_of_names_needs_no_title() -> None:
    found = facts(table("|  | who | when |", "| Halberd-2 | OpenAI | 2024-03 |", "| Qwen2-7B | Alibaba | 2024-06 |"))
    assert {("Halberd-2", "developedBy", "org:openai"), ("Halberd-2", "releasedOn", "2024-03")} <= found


def test_a_remark_is_about_the_thing_of_its_row() -> None:
    found = facts(table("| 模型 | 备注 |", "| 砚池 | 启衡智能2024年3月5日开源 |", "| 文心一言 | 百度的 |"))
    assert ("砚池", "openSourcedOn", "2024-03-05") in found
    assert ("model:ernie-bot", "openSourcedOn", "2024-03-05") not in found


def test_a_record_without_names_of_things_is_read_as_sentences() -> None:
    found = facts(table("| 活动类别 | 调研 |", "| 接待人员 | 百度首席技术官王海峰 |"))
    assert ("person:wang-haifeng", "worksFor", "org:baidu") in found


def test_a_heading_that_is_no_company_makes_nothing() -> None:
    found = facts(table("| Model | Params |", "| Halberd-2 | 7B |", "| Fennel-3 | 3B |", before="## Model Zoo\n"))
    assert not [t for t in found if t[1] == "developedBy"]


def test_a_blank_before_a_unit() -> None:
    found = facts(table("| 模型 | 参数量 |", "| Tarn-small | 244 M |", "| Tarn-large | 1550 M |"))
    assert ("Tarn-small", "parameterCount", "244000000") in found


@pytest.mark.parametrize("corner", ["属性", "", "对比项", "Attribute"])
def test_a_thing_in_each_column_whatever_the_corner_says(corner: str) -> None:
    found = facts(
        table(
            f"| {corner} | 砚池-Lite | 砚池-Pro |",
            "| 参数量 | 3B | 21B |",
            "| 研发单位 | 启衡智能 | 启衡智能 |",
            "| 底座 | 自研 | Llama 3 |",
        )
    )
    assert found == {
        ("砚池-Lite", "parameterCount", "3000000000"),
        ("砚池-Lite", "developedBy", "启衡智能"),
        ("砚池-Pro", "parameterCount", "21000000000"),
        ("砚池-Pro", "developedBy", "启衡智能"),
        ("砚池-Pro", "basedOn", "model:llama-3"),
    }


def test_a_table_without_bars_at_its_edges() -> None:
    found = triples(read(" | 砚池-Lite | 砚池-Pro\n参数 | 3B | 21B\n发布 | 2024年1月 | 没查到\n").extractions)
    assert found == {
        ("砚池-Lite", "parameterCount", "3000000000"),
        ("砚池-Lite", "releasedOn", "2024-01"),
        ("砚池-Pro", "parameterCount", "21000000000"),
    }


@pytest.mark.parametrize(
    ("state", "relation"), [("内测", "betaOn"), ("公测中", "betaOn"), ("开源", "openSourcedOn"), ("发布", "releasedOn")]
)
def test_a_state_says_what_a_date_is_of(state: str, relation: str) -> None:
    found = facts(table("| 公司 | 模型 | 时间 | 状态 |", f"| 启衡智能 | 砚池 | 2024年3月 | {state} |"))
    assert ("砚池", relation, "2024-03") in found
    named = facts(table("| 公司 | 模型 | 发布时间 | 状态 |", f"| 启衡智能 | 砚池 | 2024年3月 | {state} |"))
    assert ("砚池", "releasedOn", "2024-03") in named


def test_active_parameters_are_no_size() -> None:
    found = facts(
        table("| Model | Params | Active |", "| Lumora-1 | tbd (2.4B active) | 2.4B |", "| Lumora-2 | 16B | 3B |")
    )
    assert found == {("Lumora-2", "parameterCount", "16000000000")}


def test_two_dates_in_a_cell_are_read_as_a_remark() -> None:
    found = facts(table("| 模型 | 时间 |", "| 砚池 | 2023年5月5日官宣研发，8月24日上线 |"))
    assert ("砚池", "releasedOn", "2023-05-05") not in found


def test_several_sizes_in_a_cell() -> None:
    found = facts(table("| Model | Parameters |", "| Tarn | 8B & 70B |", "| Loch | 7B (2B active) |"))
    assert {(s, o) for s, p, o in found if p == "parameterCount"} == {
        ("Tarn", "8000000000"),
        ("Tarn", "70000000000"),
        ("Loch", "7000000000"),
    }


def test_a_date_with_another_in_brackets() -> None:
    found = facts(table("| Model | Released |", "| Tarn | 14 March 2024 (base: 3 Feb 2024) |", "| Loch | May 2023 |"))
    assert ("Tarn", "releasedOn", "2024-03-14") in found


def test_brackets_behind_a_date_say_of_what_it_is() -> None:
    found = facts(
        table("| 模型 | 公司 | 发布时间 |", "| 砚池 | 百度 | 2023年8月（邀测） |", "| 听潮 | 腾讯 | 2023年9月 |")
    )
    assert ("砚池", "betaOn", "2023-08") in found
    assert ("砚池", "releasedOn", "2023-08") not in found


def test_what_is_no_owner() -> None:
    found = facts(
        table(
            "| Model | Available since | Who |",
            "| Tarn | Nov 2023 | Umbra Labs |",
            "| Loch | 2 May 2023 | not yet |",
        )
    )
    assert {(s, o) for s, p, o in found if p == "developedBy"} == {("Tarn", "Umbra Labs")}


def test_a_state_is_no_name() -> None:
    found = facts(table("| 模型 | 机构 |", "| 砚池 | 训练中 |", "| 听潮 | 百度 |", "| 云笺 | 明岚（个体） |"))
    assert {(s, o) for s, p, o in found if p == "developedBy"} == {("听潮", "org:baidu"), ("云笺", "明岚")}


def test_a_known_name_with_what_it_is_for_is_another() -> None:
    found = facts(table("| 模型 | 机构 |", "| 文心政务 | 百度 |", "| 听潮 | 腾讯 |"))
    assert ("文心政务", "developedBy", "org:baidu") in found
