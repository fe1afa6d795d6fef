"""What each relation's wordings say, in Chinese and in English: one sentence each, with names known and unknown."""

from __future__ import annotations

import pytest
from reading import FOUND, Triple, extractions, triples

from kg.languages import has_han
from kg.model import Stance

MAKERS: list[tuple[str, set[Triple]]] = [
    ("启衡智能发布了“砚池”大模型。", {("砚池", "developedBy", "启衡智能")}),
    ("阿里云昨天推出通义千问。", {("model:tongyi-qianwen", "developedBy", "org:alibaba-cloud")}),
    ("由百度研发的文心一言吸引了不少开发者。", {("model:ernie-bot", "developedBy", "org:baidu")}),
    ("文心一言由百度研发。", {("model:ernie-bot", "developedBy", "org:baidu")}),
    ("文心一言是百度推出的对话产品。", {("model:ernie-bot", "developedBy", "org:baidu")}),
    ("腾讯旗下的混元大模型又有了新能力。", {("model:hunyuan", "developedBy", "org:tencent")}),
    ("科大讯飞的星火认知大模型今年更新了三次。", {("model:spark", "developedBy", "org:iflytek")}),
    ("华为自研的盘古大模型用在了煤矿。", {("model:pangu", "developedBy", "org:huawei")}),
    ("砚池大模型的开发商是启衡智能。", {("砚池", "developedBy", "启衡智能")}),
    (
        "澄岸科技与拂晓科技联合研发了“听潮”大模型。",
        {("听潮", "developedBy", "澄岸科技"), ("听潮", "developedBy", "拂晓科技")},
    ),
    ("拂晓科技把Fuxiao-7B开源了。", {("Fuxiao-7B", "developedBy", "拂晓科技")}),
    ("深度求索推出的DeepSeek-V2刷新了价格下限。", {("model:deepseek-v2", "developedBy", "org:deepseek")}),
    ("“听潮”，澄岸科技自研的大模型，今天通过了备案。", {("听潮", "developedBy", "澄岸科技")}),
    ("智谱AI带来了全新的GLM-4。", {("model:glm-4", "developedBy", "org:zhipu-ai")}),
    ("商汤科技打造了日日新大模型。", {("model:sensenova", "developedBy", "org:sensetime")}),
    ("Corvane Labs released Halberd-2.", {("Halberd-2", "developedBy", "Corvane Labs")}),
    ("OpenAI launched GPT-4o in May.", {("model:gpt-4o", "developedBy", "org:openai")}),
    ("Llama 3 was developed by Meta.", {("model:llama-3", "developedBy", "org:meta")}),
    ("Meta's Llama 3 is widely used.", {("model:llama-3", "developedBy", "org:meta")}),
    (
        "Lumora, developed by Nordhaven Research, answers in nine languages.",
        {("Lumora", "developedBy", "Nordhaven Research")},
    ),
    ("Halberd-2 is a language model from Corvane Labs.", {("Halberd-2", "developedBy", "Corvane Labs")}),
    (
        "Corvane Labs and Nordhaven Research jointly trained Lumora-13B.",
        {("Lumora-13B", "developedBy", "Corvane Labs"), ("Lumora-13B", "developedBy", "Nordhaven Research")},
    ),
    ("Mistral AI has open-sourced Mixtral 8x7B.", {("model:mixtral-8x7b", "developedBy", "org:mistral-ai")}),
    ("The Google model Gemini 1.5 reads long documents.", {("model:gemini-1.5", "developedBy", "org:google")}),
]
RELEASES: list[tuple[str, set[Triple]]] = [
    ("2024年3月5日，启衡智能发布“砚池”大模型。", {("砚池", "releasedOn", "2024-03-05")}),
    ("“砚池”大模型于2024年3月5日正式上线。", {("砚池", "releasedOn", "2024-03-05")}),
    ("文心一言于2023年3月16日发布。", {("model:ernie-bot", "releasedOn", "2023-03-16")}),
    ("2023年3月，百度推出文心一言。", {("model:ernie-bot", "releasedOn", "2023-03")}),
    ("百度在2023年推出了文心一言。", {("model:ernie-bot", "releasedOn", "2023")}),
    ("去年8月，腾讯的混元大模型问世。", {("model:hunyuan", "releasedOn", "2023-08")}),
    ("昨天，启衡智能发布了“砚池”大模型。", {("砚池", "releasedOn", "2024-06-19")}),
    ("6月18日，启衡智能召开发布会，正式发布“砚池”大模型。", {("砚池", "releasedOn", "2024-06-18")}),
    (
        "今年4月，该公司发布了“砚池”大模型，5月又推出“墨海”大模型。",
        {("砚池", "releasedOn", "2024-04"), ("墨海", "releasedOn", "2024-05")},
    ),
    (
        "Claude 3于2024年3月4日亮相，GPT-4o则在5月13日登场。",
        {("model:claude-3", "releasedOn", "2024-03-04"), ("model:gpt-4o", "releasedOn", "2024-05-13")},
    ),
    ("GPT-3发布于2020年。", {("model:gpt-3", "releasedOn", "2020")}),
    ("Corvane Labs released Halberd-2 on 5 March 2024.", {("Halberd-2", "releasedOn", "2024-03-05")}),
    ("On March 5, 2024, Corvane Labs released Halberd-2.", {("Halberd-2", "releasedOn", "2024-03-05")}),
    ("Halberd-2 was released in March 2024.", {("Halberd-2", "releasedOn", "2024-03")}),
    ("GPT-4 came out in 2023.", {("model:gpt-4", "releasedOn", "2023")}),
    (
        "GPT-4 was announced on March 14, 2023, and GPT-4o followed on May 13, 2024.",
        {("model:gpt-4", "releasedOn", "2023-03-14"), ("model:gpt-4o", "releasedOn", "2024-05-13")},
    ),
    ("Nordhaven Research introduced Lumora yesterday.", {("Lumora", "releasedOn", "2024-06-19")}),
    ("The release date of Halberd-2 was 5 March 2024.", {("Halberd-2", "releasedOn", "2024-03-05")}),
]
TESTS: list[tuple[str, set[Triple]]] = [
    ("“听潮”大模型于2024年5月6日开启内测。", {("听潮", "betaOn", "2024-05-06")}),
    ("2024年5月6日，澄岸科技启动“听潮”大模型的公测。", {("听潮", "betaOn", "2024-05-06")}),
    ("文心一言3月16日起开启邀请测试。", {("model:ernie-bot", "betaOn", "2024-03-16")}),
    ("通义千问4月7日开始邀测。", {("model:tongyi-qianwen", "betaOn", "2024-04-07")}),
    ("Halberd-2 entered public beta on 3 June 2024.", {("Halberd-2", "betaOn", "2024-06-03")}),
    ("Halberd-2 went into closed beta in April 2024.", {("Halberd-2", "betaOn", "2024-04")}),
    ("Corvane Labs began the public beta of Halberd-2 on 3 June 2024.", {("Halberd-2", "betaOn", "2024-06-03")}),
    ("Halberd-2 has been in beta since 3 June 2024.", {("Halberd-2", "betaOn", "2024-06-03")}),
]
OPEN_SOURCED: list[tuple[str, set[Triple]]] = [
    ("拂晓科技2024年2月1日开源了Fuxiao-7B。", {("Fuxiao-7B", "openSourcedOn", "2024-02-01")}),
    ("Fuxiao-7B于2024年2月1日正式开源。", {("Fuxiao-7B", "openSourcedOn", "2024-02-01")}),
    ("2023年6月15日，百川智能开源Baichuan-7B。", {("model:baichuan-7b", "openSourcedOn", "2023-06-15")}),
    ("拂晓科技2024年2月1日宣布开源推理模型Fuxiao-R7。", {("Fuxiao-R7", "openSourcedOn", "2024-02-01")}),
    ("2024年2月1日，拂晓科技正式开源大模型“晨钟”。", {("晨钟", "openSourcedOn", "2024-02-01")}),
    ("2024年5月6日，拂晓科技又搞出了大模型“晨钟”。", {("晨钟", "releasedOn", "2024-05-06")}),
    ("拂晓科技自己弄了个大模型“晨钟”。", {("晨钟", "developedBy", "拂晓科技")}),
    ("Qwen-72B在2023年11月30日开源。", {("model:qwen-72b", "openSourcedOn", "2023-11-30")}),
    ("Fuxiao-7B的权重于2024年2月1日开放。", {("Fuxiao-7B", "openSourcedOn", "2024-02-01")}),
    ("Thistle Labs open-sourced Bramble-7B on 2 May 2024.", {("Bramble-7B", "openSourcedOn", "2024-05-02")}),
    ("Bramble-7B was open-sourced in May 2024.", {("Bramble-7B", "openSourcedOn", "2024-05")}),
    ("On 2 May 2024 Thistle Labs released the weights of Bramble-7B.", {("Bramble-7B", "openSourcedOn", "2024-05-02")}),
]
TIERS: list[tuple[str, set[Triple]]] = [
    (
        "腾讯、百度、阿里巴巴属于大模型第一梯队。",
        {("org:tencent", "tier", "tier:1"), ("org:baidu", "tier", "tier:1"), ("org:alibaba", "tier", "tier:1")},
    ),
    (
        "第一梯队是启衡科技、百度和华为。",
        {("启衡科技", "tier", "tier:1"), ("org:baidu", "tier", "tier:1"), ("org:huawei", "tier", "tier:1")},
    ),
    ("第二梯队包括科大讯飞、商汤科技和360。", {("org:iflytek", "tier", "tier:2"), ("org:sensetime", "tier", "tier:2")}),
    ("启衡科技跻身第一梯队。", {("启衡科技", "tier", "tier:1")}),
    ("文心一言稳居国产大模型第一梯队。", {("model:ernie-bot", "tier", "tier:1")}),
    ("以百度为代表的第一梯队已经形成。", {("org:baidu", "tier", "tier:1")}),
    ("第三梯队：启衡科技、澄岸科技。", {("启衡科技", "tier", "tier:3"), ("澄岸科技", "tier", "tier:3")}),
    ("百度处于第一梯队，科大讯飞位列第二梯队。", {("org:baidu", "tier", "tier:1"), ("org:iflytek", "tier", "tier:2")}),
    ("分析师把智谱AI列入第二梯队。", {("org:zhipu-ai", "tier", "tier:2")}),
    (
        "Baidu and Quillon AI are in the first tier.",
        {("org:baidu", "tier", "tier:1"), ("Quillon AI", "tier", "tier:1")},
    ),
    (
        "The first tier includes OpenAI, Google and Anthropic.",
        {("org:openai", "tier", "tier:1"), ("org:google", "tier", "tier:1"), ("org:anthropic", "tier", "tier:1")},
    ),
    ("Mistral AI is a second-tier player.", {("org:mistral-ai", "tier", "tier:2")}),
    (
        "Tier 1: OpenAI, Google and Anthropic.",
        {("org:openai", "tier", "tier:1"), ("org:google", "tier", "tier:1"), ("org:anthropic", "tier", "tier:1")},
    ),
    ("Analysts placed Cohere in the second tier.", {("org:cohere", "tier", "tier:2")}),
]
SIZES: list[tuple[str, set[Triple]]] = [
    ("“听潮”大模型参数量达到1300亿。", {("听潮", "parameterCount", "130000000000")}),
    ("GPT-3拥有1750亿参数。", {("model:gpt-3", "parameterCount", "175000000000")}),
    ("GPT-3的参数规模为1750亿。", {("model:gpt-3", "parameterCount", "175000000000")}),
    (
        "“砚池”大模型有70亿参数，“墨海”大模型有130亿参数。",
        {("砚池", "parameterCount", "7000000000"), ("墨海", "parameterCount", "13000000000")},
    ),
    ("1750亿参数的GPT-3当年轰动一时。", {("model:gpt-3", "parameterCount", "175000000000")}),
    ("GPT-3 has 175 billion parameters.", {("model:gpt-3", "parameterCount", "175000000000")}),
    ("Lumora, with 14 billion parameters, runs on a laptop.", {("Lumora", "parameterCount", "14000000000")}),
    ("Halberd-2 (70B parameters) needs two cards.", {("Halberd-2", "parameterCount", "70000000000")}),
    ("The 14-billion-parameter Lumora runs on a laptop.", {("Lumora", "parameterCount", "14000000000")}),
]
VERSIONS: list[tuple[str, set[Triple]]] = [
    ("Fuxiao-7B是Fuxiao系列的轻量版本。", {("Fuxiao-7B", "versionOf", "Fuxiao")}),
    ("Halberd-2 is a new version of Halberd.", {("Halberd-2", "versionOf", "Halberd")}),
    ("Gemini 1.5 Pro is a member of the Gemini family.", {("model:gemini-1.5-pro", "versionOf", "model:gemini")}),
]
BASES: list[tuple[str, set[Triple]]] = [
    ("“听潮”大模型基于通义千问打造。", {("听潮", "basedOn", "model:tongyi-qianwen")}),
    ("“听潮”大模型以Qwen2为底座。", {("听潮", "basedOn", "model:qwen-2")}),
    ("“听潮”大模型的底座是Llama 3。", {("听潮", "basedOn", "model:llama-3")}),
    ("Alpaca由LLaMA微调得到。", {("model:alpaca", "basedOn", "model:llama")}),
    ("Bramble-7B is based on Llama 3.", {("Bramble-7B", "basedOn", "model:llama-3")}),
    ("Bramble-7B, fine-tuned from Llama 3, follows instructions.", {("Bramble-7B", "basedOn", "model:llama-3")}),
    ("Vicuna was built on LLaMA.", {("model:vicuna", "basedOn", "model:llama")}),
    ("Llama 3 serves as the base of Bramble-7B.", {("Bramble-7B", "basedOn", "model:llama-3")}),
    ("Bramble-7B is a fine-tuned version of Llama 3.", {("Bramble-7B", "basedOn", "model:llama-3")}),
]
INTEGRATIONS: list[tuple[str, set[Triple]]] = [
    ("鹿野助手接入了通义千问。", {("鹿野", "integrates", "model:tongyi-qianwen")}),
    ("钉钉接入通义千问大模型。", {("product:dingtalk", "integrates", "model:tongyi-qianwen")}),
    ("飞书集成了豆包大模型。", {("product:feishu", "integrates", "model:doubao-model")}),
    (
        "通义千问已接入钉钉、鹿野助手。",
        {("product:dingtalk", "integrates", "model:tongyi-qianwen"), ("鹿野", "integrates", "model:tongyi-qianwen")},
    ),
    ("“鹿野”App内置了Qwen2。", {("鹿野", "integrates", "model:qwen-2")}),
    ("腾讯会议上线了混元大模型的能力。", {("product:tencent-meeting", "integrates", "model:hunyuan")}),
    (
        "腾讯文档和腾讯会议均接入混元大模型。",
        {
            ("product:tencent-docs", "integrates", "model:hunyuan"),
            ("product:tencent-meeting", "integrates", "model:hunyuan"),
        },
    ),
    ("Bing integrates GPT-4.", {("product:bing", "integrates", "model:gpt-4")}),
    ("The Fennel app uses GPT-4.", {("Fennel", "integrates", "model:gpt-4")}),
    ("GitHub Copilot is powered by GPT-4o.", {("product:github-copilot", "integrates", "model:gpt-4o")}),
    ("GPT-4 is integrated into Bing.", {("product:bing", "integrates", "model:gpt-4")}),
]
PARTS: list[tuple[str, set[Triple]]] = [
    ("达摩院是阿里巴巴旗下的研究机构。", {("org:damo-academy", "subOrganizationOf", "org:alibaba")}),
    ("启衡实验室隶属于启衡科技。", {("启衡实验室", "subOrganizationOf", "启衡科技")}),
    ("澄岸科技成立了听潮研究院。", {("听潮研究院", "subOrganizationOf", "澄岸科技")}),
    ("拂晓科技是澄岸集团的全资子公司。", {("拂晓科技", "subOrganizationOf", "澄岸集团")}),
    ("听潮研究院由澄岸科技设立。", {("听潮研究院", "subOrganizationOf", "澄岸科技")}),
    ("拂晓科技被澄岸集团收购。", {("拂晓科技", "subOrganizationOf", "澄岸集团")}),
    ("阿里巴巴达摩院的研究员到场。", {("org:damo-academy", "subOrganizationOf", "org:alibaba")}),
    ("Thistle Labs is a subsidiary of Nordhaven Group.", {("Thistle Labs", "subOrganizationOf", "Nordhaven Group")}),
    (
        "Thistle Labs, a unit of Nordhaven Group, moved to Bergen.",
        {("Thistle Labs", "subOrganizationOf", "Nordhaven Group")},
    ),
    (
        "Nordhaven Group's subsidiary Thistle Labs moved to Bergen.",
        {("Thistle Labs", "subOrganizationOf", "Nordhaven Group")},
    ),
    ("Thistle Labs was acquired by Nordhaven Group.", {("Thistle Labs", "subOrganizationOf", "Nordhaven Group")}),
    ("DeepMind is part of Google.", {("org:deepmind", "subOrganizationOf", "org:google")}),
]
PEOPLE: list[tuple[str, set[Triple]]] = [
    (
        "启衡科技创始人陆知远表示，公司会继续投入。",
        {("陆知远", "worksFor", "启衡科技"), ("陆知远", "hasTitle", "创始人")},
    ),
    (
        "启衡科技创始人兼CEO陆知远表示，公司会继续投入。",
        {("陆知远", "worksFor", "启衡科技"), ("陆知远", "hasTitle", "创始人"), ("陆知远", "hasTitle", "CEO")},
    ),
    ("陆知远现任启衡科技首席科学家。", {("陆知远", "worksFor", "启衡科技"), ("陆知远", "hasTitle", "首席科学家")}),
    (
        "陆知远（启衡科技首席科学家）出席了会议。",
        {("陆知远", "worksFor", "启衡科技"), ("陆知远", "hasTitle", "首席科学家")},
    ),
    (
        "百度创始人李彦宏说，应用比模型更重要。",
        {("person:li-yanhong", "worksFor", "org:baidu"), ("person:li-yanhong", "hasTitle", "创始人")},
    ),
    ("百度首席技术官是王海峰。", {("person:wang-haifeng", "hasTitle", "首席技术官")}),
    ("陆知远被任命为澄岸科技CTO。", {("陆知远", "worksFor", "澄岸科技"), ("陆知远", "hasTitle", "CTO")}),
    ("澄岸科技CEO陆知远、CTO苏蔓卿一同到场。", {("陆知远", "hasTitle", "CEO"), ("苏蔓卿", "hasTitle", "CTO")}),
    (
        "Nordhaven Group CEO Maren Okafor said the company will grow.",
        {("Maren Okafor", "worksFor", "Nordhaven Group"), ("Maren Okafor", "hasTitle", "CEO")},
    ),
    (
        "Maren Okafor, chief scientist of Nordhaven Research, spoke on Monday.",
        {("Maren Okafor", "worksFor", "Nordhaven Research"), ("Maren Okafor", "hasTitle", "chief scientist")},
    ),
    (
        "Maren Okafor is the chief scientist at Nordhaven Research.",
        {("Maren Okafor", "worksFor", "Nordhaven Research"), ("Maren Okafor", "hasTitle", "chief scientist")},
    ),
    (
        "OpenAI's CEO Sam Altman agreed.",
        {("person:sam-altman", "worksFor", "org:openai"), ("person:sam-altman", "hasTitle", "CEO")},
    ),
    (
        "Sam Altman, the CEO of OpenAI, agreed.",
        {("person:sam-altman", "worksFor", "org:openai"), ("person:sam-altman", "hasTitle", "CEO")},
    ),
    (
        "Thistle Labs appointed Maren Okafor as CTO.",
        {("Maren Okafor", "worksFor", "Thistle Labs"), ("Maren Okafor", "hasTitle", "CTO")},
    ),
]
ALL = [*MAKERS, *RELEASES, *TESTS, *OPEN_SOURCED, *TIERS, *SIZES, *VERSIONS, *BASES, *INTEGRATIONS, *PARTS, *PEOPLE]


@pytest.mark.parametrize(("sentence", "expected"), ALL, ids=[sentence for sentence, _ in ALL])
def test_the_wording_is_understood(sentence: str, expected: set[Triple]) -> None:
    assert expected <= triples(extractions(sentence), Stance.ASSERTED, threshold=FOUND)


def test_known_names_make_facts() -> None:
    """Where the seeds have every name, the confidence is high enough for a fact."""
    known = [(s, e) for s, e in ALL if all(":" in end or end[:4].isdigit() for t in e for end in (t[0], t[2]))]
    assert len(known) > 40
    for sentence, expected in known:
        assert expected <= triples(extractions(sentence), Stance.ASSERTED), sentence


def test_every_relation_has_a_sentence_in_both_languages() -> None:
    for relation in {predicate for _, expected in ALL for _, predicate, _ in expected}:
        sentences = [s for s, expected in ALL if any(t[1] == relation for t in expected)]
        assert any(has_han(s) for s in sentences), relation
        assert not all(has_han(s) for s in sentences), relation


@pytest.mark.parametrize("sentence", [s for s, _ in ALL])
def test_what_is_said_stands_where_it_is_said(sentence: str) -> None:
    before = "今天天气很好。\n\n" if has_han(sentence) else "The weather is fine today.\n\n"
    text = before + sentence
    for found in extractions(text):
        assert len(before) <= found.span.start < found.span.end <= len(text)
        for end in (found.subject, found.object):
            assert end.span is not None
            assert end.text in text[end.span.start : end.span.end]
        assert 0.0 < found.confidence <= 1.0
