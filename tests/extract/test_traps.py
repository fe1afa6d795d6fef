"""Sentences that state nothing of what a hasty reader takes from them: plans, rumours, comparisons, other numbers."""

from __future__ import annotations

import pytest
from reading import facts

PLANS = [
    ("启衡智能计划于2024年9月发布“砚池”大模型。", "releasedOn"),
    ("启衡智能将在下个月推出“砚池”大模型。", "releasedOn"),
    ("启衡智能预计年底发布“砚池”大模型。", "releasedOn"),
    ("“砚池”大模型有望在2024年第四季度上线。", "releasedOn"),
    ("“砚池”大模型即将开源。", "openSourcedOn,releasedOn"),
    ("拂晓科技拟于7月开源Fuxiao-7B。", "openSourcedOn"),
    ("澄岸科技打算接入通义千问的“鹿野”助手还没有名字。", "releasedOn"),
    ("“听潮”大模型预计7月开启内测。", "betaOn"),
    ("启衡科技力争三年内进入第一梯队。", "tier"),
    ("启衡科技希望跻身第一梯队。", "tier"),
    ("Corvane Labs plans to release Halberd-2 in September 2024.", "releasedOn"),
    ("Corvane Labs will release Halberd-2 next month.", "releasedOn"),
    ("Halberd-2 is expected to launch in late 2024.", "releasedOn"),
    ("Halberd-2 is to be released on 3 September 2024.", "releasedOn"),
    ("Halberd-2, due in September 2024, will have 90 billion parameters.", "releasedOn,parameterCount"),
    ("Thistle Labs aims to open-source Bramble-7B by August 2024.", "openSourcedOn"),
    ("Thistle Labs intends to integrate GPT-4 into the Fennel app.", "integrates"),
    ("Quillon AI hopes to join the first tier.", "tier"),
]
RUMOURS = [
    ("网传“砚池”大模型参数量为3000亿。", "parameterCount"),
    ("知情人士称，“砚池”大模型参数达到3000亿。", "parameterCount"),
    ("有消息称GPT-5参数量高达17万亿。", "parameterCount"),
    ("坊间传言陆知远加入了百度。", "worksFor"),
    ("疑似由澄岸科技研发的“听潮”大模型出现在榜单上。", "developedBy"),
    ("Halberd-2 reportedly has 900 billion parameters.", "parameterCount"),
    ("Maren Okafor is rumoured to have joined OpenAI.", "worksFor"),
]
DENIALS = [
    ("启衡智能没有发布“砚池”大模型。", "developedBy,releasedOn"),
    ("“砚池”大模型并非由启衡智能研发。", "developedBy"),
    ("启衡智能否认“砚池”大模型基于Llama 3打造。", "basedOn"),
    ("“砚池”大模型尚未开源。", "openSourcedOn"),
    ("启衡科技不属于第一梯队。", "tier"),
    ("启衡科技还没有进入第一梯队。", "tier"),
    ("启衡科技距离第一梯队还有差距。", "tier"),
    ("启衡智能未公布砚池大模型的1300亿参数传闻是否属实。", "parameterCount"),
    ("鹿野助手没有接入通义千问。", "integrates"),
    ("达摩院不再隶属于阿里云。", "subOrganizationOf"),
    ("Corvane Labs has not released Halberd-2.", "developedBy,releasedOn"),
    ("Halberd-2 was not developed by Corvane Labs.", "developedBy"),
    ("Corvane Labs denied that Halberd-2 is based on Llama 3.", "basedOn"),
    ("Quillon AI is not in the first tier.", "tier"),
    ("Halberd-2 does not have 70 billion parameters.", "parameterCount"),
    ("Thistle Labs is no longer a subsidiary of Nordhaven Group.", "subOrganizationOf"),
    ("Bing does not use Halberd-2.", "integrates"),
]
COMPARISONS = [
    ("“砚池”大模型对标GPT-4。", "developedBy,versionOf,basedOn,releasedOn"),
    ("启衡智能发布了对标GPT-4的“砚池”大模型。", "model:gpt-4"),
    ("启衡智能推出类ChatGPT产品。", "model:chatgpt"),
    ("与百度的文心一言相比，“砚池”大模型更快。", "砚池|developedBy"),
    ("“砚池”比OpenAI的GPT-4更快。", "砚池|developedBy"),
    ("Halberd-2 outperforms OpenAI's GPT-4.", "Halberd-2|developedBy"),
    ("Halberd-2 is faster than GPT-3, which has 175 billion parameters.", "Halberd-2|parameterCount"),
    ("Like OpenAI, Corvane Labs sells access by the token.", "developedBy"),
    ("Corvane Labs released Halberd-2, a rival to GPT-4.", "model:gpt-4|developedBy"),
    ("Unlike Google's Gemini, Halberd-2 is free.", "Halberd-2|developedBy"),
]
QUESTIONS = [
    ("“砚池”大模型是启衡智能研发的吗？", "developedBy"),
    ("启衡智能什么时候发布了“砚池”大模型？", "developedBy,releasedOn"),
    ("谁在第一梯队？是百度还是腾讯？", "tier"),
    ("GPT-4真的有1.8万亿参数？", "parameterCount"),
    ("Did Corvane Labs release Halberd-2 in March 2024?", "developedBy,releasedOn"),
    ("Is Halberd-2 based on Llama 3?", "basedOn"),
    ("Who is in the first tier, Baidu or Tencent?", "tier"),
]
SUPPOSITIONS = [
    ("如果启衡智能在2024年3月发布了“砚池”大模型，局面会不同。", "developedBy,releasedOn"),
    ("假如百度跌出第一梯队，投资者会失望。", "tier"),
    ("一旦鹿野助手接入通义千问，成本就会下降。", "integrates"),
    ("If Corvane Labs had released Halberd-2 in March 2024, it would have led.", "developedBy,releasedOn"),
    ("Suppose Quillon AI joined the first tier.", "tier"),
]
NUMBERS = [
    ("“砚池”大模型在1.2万亿token上训练。", "parameterCount"),
    ("“砚池”大模型用了3000亿词元的语料。", "parameterCount"),
    ("“砚池”大模型支持128K上下文。", "parameterCount"),
    ("“砚池”大模型支持200万字的上下文长度。", "parameterCount"),
    ("“砚池”大模型的上下文窗口达到100万tokens。", "parameterCount"),
    ("“砚池”大模型激活参数只有21亿。", "parameterCount"),
    ("启衡智能融资10亿元，随后发布“砚池”大模型。", "parameterCount"),
    ("“砚池”大模型上线后，启衡智能估值达到200亿元。", "parameterCount"),
    ("“砚池”大模型的用户突破了1亿。", "parameterCount"),
    ("“砚池”大模型的调用量达到每天50亿次。", "parameterCount"),
    ("“砚池”大模型参数达到千亿级。", "parameterCount"),
    ("“砚池”大模型训练花费1000万美元。", "parameterCount"),
    ("“砚池”大模型有96层。", "parameterCount"),
    ("Halberd-2 was trained on 15 trillion tokens.", "parameterCount"),
    ("Halberd-2 has a context window of 128K tokens.", "parameterCount"),
    ("Halberd-2 activates 21 billion parameters per token.", "parameterCount"),
    ("Corvane Labs, the maker of Halberd-2, raised $2 billion.", "parameterCount"),
    ("Halberd-2 has 100 million users.", "parameterCount"),
    ("Halberd-2 supports a 1M context.", "parameterCount"),
    ("Halberd-2 costs $3 per 1 million tokens.", "parameterCount"),
    ("Halberd-2 has been downloaded 5 million times.", "parameterCount"),
]
DATES = [
    ("启衡智能成立于2019年，旗下有“砚池”大模型。", "releasedOn"),
    ("启衡智能2024年3月完成B轮融资，由“砚池”大模型的团队使用。", "releasedOn"),
    ("2024年5月，“砚池”大模型通过备案。", "releasedOn"),
    ("“砚池”大模型的训练数据截至2023年10月。", "releasedOn"),
    ("2024年3月，启衡智能发布了“砚池”大模型的技术报告。", "releasedOn"),
    ("2024年4月，“砚池”大模型登上榜首。", "releasedOn"),
    ("2024年6月1日，“砚池”大模型宣布降价。", "releasedOn"),
    ("2024年5月8日，“砚池”大模型的用户突破百万。", "releasedOn"),
    ("2024年5月，启衡智能发布财报，其中提到了“砚池”大模型。", "releasedOn"),
    ("Founded in 2019, Corvane Labs makes Halberd-2.", "releasedOn"),
    ("Halberd-2's training data ends in October 2023.", "releasedOn"),
    ("Halberd-2 topped the leaderboard in April 2024.", "releasedOn"),
    ("Corvane Labs cut the price of Halberd-2 in May 2024.", "releasedOn"),
    ("Halberd-2 reached a million users in May 2024.", "releasedOn"),
    ("2024-03-08: Llama 3 Tech Report is published!", "releasedOn"),
    ("2024-03-08: Llama 3's paper is out.", "releasedOn"),
]
OTHERS = [
    ("2024年3月，启衡科技投资了澄岸科技。", "subOrganizationOf,developedBy"),
    ("启衡科技与澄岸科技签署了合作协议。", "subOrganizationOf,developedBy"),
    ("英伟达为启衡智能训练“砚池”大模型提供了芯片。", "砚池|developedBy|org:nvidia"),
    ("陆知远曾任百度首席科学家。", "worksFor"),
    ("陆知远离开了百度。", "worksFor"),
    ("百度的竞争对手发布了“砚池”大模型。", "砚池|developedBy|org:baidu"),
    ("澄岸科技使用了OpenAI的GPT-4。", "model:gpt-4|developedBy|澄岸科技"),
    ("Corvane Labs uses GPT-4.", "model:gpt-4|developedBy|Corvane Labs"),
    ("Maren Okafor left OpenAI.", "worksFor"),
    ("Microsoft invested in OpenAI.", "subOrganizationOf"),
    ("Halberd-2 is available on Amazon Bedrock.", "Halberd-2|developedBy"),
]
ALL = [*PLANS, *RUMOURS, *DENIALS, *COMPARISONS, *QUESTIONS, *SUPPOSITIONS, *NUMBERS, *DATES, *OTHERS]
"""Each with what must not be stated: relations, or parts of `subject|relation|object`."""


@pytest.mark.parametrize(("sentence", "trap"), ALL, ids=[sentence for sentence, _ in ALL])
def test_the_trap_is_not_taken(sentence: str, trap: str) -> None:
    for fact in facts(sentence):
        assert not any(part in "|".join(fact) for part in trap.split(","))


@pytest.mark.parametrize(("sentence", "trap"), QUESTIONS + SUPPOSITIONS)
def test_questions_and_suppositions_state_nothing_at_all(sentence: str, trap: str) -> None:
    assert not facts(sentence)


@pytest.mark.parametrize(
    ("trap", "told"),
    [
        ("“砚池”大模型在1.2万亿token上训练。", "“砚池”大模型有1.2万亿参数。"),
        ("Halberd-2 was trained on 15 trillion tokens.", "Halberd-2 has 15 trillion parameters."),
        ("如果百度发布了文心一言，局面会不同。", "百度发布了文心一言。"),
        ("If Baidu released ERNIE Bot, it would lead.", "Baidu released ERNIE Bot."),
        ("文心一言是百度研发的吗？", "文心一言是百度研发的。"),
        ("2024年3月，百度发布了文心一言的技术报告。", "2024年3月，百度发布了文心一言。"),
        ("百度计划于6月发布文心一言。", "百度已于6月发布文心一言。"),
        ("百度不属于第一梯队。", "百度属于第一梯队。"),
    ],
)
def test_only_the_trap_makes_the_difference(trap: str, told: str) -> None:
    assert facts(told) - facts(trap)
