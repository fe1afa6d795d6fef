"""Records: labels and values below the name of what they describe."""

from __future__ import annotations

import pytest
from reading import extractions, facts

INFOBOX = """青岚大模型

中文名：青岚
开发商：云梯科技
发布时间：2024年3月5日
参数量：700亿
类型：大语言模型
"""
CARD = """# Fuxiao-7B Model Card

- Developer: Corvane Labs
- **Release date:** 5 March 2024
- Parameters: 7B
- Base model: Llama 3
- License: Apache 2.0
"""


def test_an_infobox_in_chinese() -> None:
    assert facts(INFOBOX) >= {
        ("青岚", "developedBy", "云梯科技"),
        ("青岚", "releasedOn", "2024-03-05"),
        ("青岚", "parameterCount", "70000000000"),
    }


def test_a_model_card_in_english() -> None:
    assert facts(CARD) >= {
        ("Fuxiao-7B", "developedBy", "Corvane Labs"),
        ("Fuxiao-7B", "releasedOn", "2024-03-05"),
        ("Fuxiao-7B", "parameterCount", "7000000000"),
        ("Fuxiao-7B", "basedOn", "model:llama-3"),
    }


def test_the_value_below_its_label() -> None:
    text = "Fuxiao\n\nDeveloper(s)\nCorvane Labs\nInitial release\nNovember 14, 2023\n"
    text += "Stable release\nFuxiao 2 / May 3, 2024\n"
    assert facts(text, published=None) >= {
        ("Fuxiao", "developedBy", "Corvane Labs"),
        ("Fuxiao", "releasedOn", "2023-11-14"),
        ("Fuxiao 2", "releasedOn", "2024-05-03"),
    }


def test_a_list_of_records_that_name_themselves() -> None:
    text = (
        "模型：砚台2\n研发单位：墨池智能\n参数规模：13B\n基座模型：Llama 3\n\n"
        "模型：青岚\n研发单位：云梯科技\n开源日期：2024年3月\n"
    )
    assert facts(text) >= {
        ("砚台2", "developedBy", "墨池智能"),
        ("砚台2", "parameterCount", "13000000000"),
        ("砚台2", "basedOn", "model:llama-3"),
        ("青岚", "developedBy", "云梯科技"),
        ("青岚", "openSourcedOn", "2024-03"),
    }
    assert ("砚台2", "developedBy", "云梯科技") not in facts(text)


def test_fields_on_one_line() -> None:
    text = "**模型名称**：青岚-VL　**机构**：云梯科技　**发布时间**：2024-03-04\n"
    assert facts(text) >= {("青岚-VL", "developedBy", "云梯科技"), ("青岚-VL", "releasedOn", "2024-03-04")}


@pytest.mark.parametrize(
    "text",
    [
        # a page's own fields
        "云梯科技发布青岚大模型\n来源：某某网\n发布时间：2024-03-05\n机构：启衡科技\n作者：某某\n",
        "青岚大模型\n\n参数量：700亿\n\n昨天下雨，大家都没有出门，会场里一个人也没有。\n",  # one field makes no record
        "云梯科技发布青岚大模型\n研发：辛苦了\n规模：很大\n",
    ],
)
def test_what_is_no_record(text: str) -> None:
    assert not [e for e in extractions(text) if e.extractor == "fields"]


def test_what_is_planned_in_a_field_is_no_fact() -> None:
    text = "# Fuxiao-7B\n\n- Developer: Corvane Labs\n- Release date: expected 5 March 2024\n"
    assert ("Fuxiao-7B", "releasedOn", "2024-03-05") not in facts(text)


def test_a_box_that_only_blanks_part() -> None:
    text = "云梯科技\n\n公司类型 股份公司\n总部 杭州\n母公司 腾讯\n产品 听雪大模型、鹿野助手\n员工 约500人\n"
    assert facts(text) >= {
        ("云梯科技", "subOrganizationOf", "org:tencent"),
        ("听雪", "developedBy", "云梯科技"),
        ("鹿野", "developedBy", "云梯科技"),
    }


def test_the_latest_version_is_not_what_a_record_is_about() -> None:
    text = "听雪大模型\n\n开发商：云梯科技\n首发时间：2023年11月18日\n最新版本：听雪2.5\n"
    found = facts(text)
    assert ("听雪", "releasedOn", "2023-11-18") in found
    assert not {o for s, p, o in found if s == "听雪2.5" and p == "releasedOn"}


def test_brackets_behind_a_date_say_what_was_then() -> None:
    text = "听雪大模型\n\n开发商：云梯科技\n首次发布：2023年4月24日（邀请测试）\n"
    assert ("听雪", "betaOn", "2023-04-24") in facts(text)


def test_front_matter_is_about_the_heading_below() -> None:
    text = "---\nlicense: apache-2.0\nbase_model: wrenhouse/wren-3b\n---\n\n# wren-3b-it\n\nWrites letters.\n"
    assert ("wren-3b-it", "basedOn", "wren-3b") in facts(text)
