"""One pattern or event at a time: a sentence that it understands, and one that looks like it and says nothing.

`test_relations` and `test_traps` read with all rules together; here a wording cannot hide behind another one.
"""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest
from reading import FOUND, Triple, annotated, extractions, rules, triples

from kg.annotate import Rules
from kg.extract import extract
from kg.model import Stance

BAIDU, TENCENT, ALIBABA, DAMO = "org:baidu", "org:tencent", "org:alibaba", "org:damo-academy"
DEEPMIND, GOOGLE, OPENAI, ANTHROPIC = "org:deepmind", "org:google", "org:openai", "org:anthropic"
GPT4, GPT4O, CLAUDE, HUNYUAN = "model:gpt-4", "model:gpt-4o", "model:claude-3", "model:hunyuan"
QWEN2, LLAMA3, ERNIE, BING = "model:qwen-2", "model:llama-3", "model:ernie-bot", "product:bing"
LI, ALTMAN = "person:li-yanhong", "person:sam-altman"
AT = "releasedOn", "2024-03-05"
OPENED = "openSourcedOn", "2024-02-01"

PATTERNS: list[tuple[str, str, set[Triple]]] = [
    ("tuned-then-called", "工程师拿Qwen2微调了一版，取名听潮。", {("听潮", "basedOn", QWEN2)}),
    ("subsidiary-apposed", "那是听潮智能做的，百度的子公司。", {("听潮智能", "subOrganizationOf", BAIDU)}),
    (
        "founded-together",
        "听潮实验室由百度和腾讯共建。",
        {("听潮实验室", "subOrganizationOf", BAIDU), ("听潮实验室", "subOrganizationOf", TENCENT)},
    ),
    (
        "hand-in-hand",
        "百度携手腾讯推出了听潮大模型。",
        {("听潮", "developedBy", BAIDU), ("听潮", "developedBy", TENCENT)},
    ),
    ("showed", "百度去年秋天展示过“听潮”大模型。", {("听潮", "developedBy", BAIDU)}),
    (
        "post-taken-by",
        "首席运维师一职由李彦宏接任。",
        {(LI, "hasTitle", "首席运维师")},
    ),
    ("made-by-on-base", "听潮大模型以Llama 3为基座，由百度研发。", {("听潮", "developedBy", BAIDU)}),
    ("changes-post", "李彦宏改任董事长。", {(LI, "hasTitle", "董事长")}),
    ("post-taken-there", "百度人事变动，首席运维师由李彦宏接任。", {(LI, "worksFor", BAIDU)}),
    (
        "integrating-ones-are",
        "已接入混元大模型的产品包括“砚田”助手和“墨舟”助手。",
        {("砚田", "integrates", HUNYUAN), ("墨舟", "integrates", HUNYUAN)},
    ),
    ("row-maker", "听潮大模型，百度，130亿，上下文128K，2024年3月5日发布。", {("听潮", "developedBy", BAIDU)}),
    ("row-size", "听潮大模型，百度，130亿参数，上下文128K。", {("听潮", "parameterCount", "13000000000")}),
    ("row-released", "听潮大模型，百度，参数未公布，2024年3月5日发布。", {("听潮", *AT)}),
    (
        "tier-such-as",
        "第二梯队是几家刚拿到钱的公司，例如百度和腾讯。",
        {(BAIDU, "tier", "tier:2"), (TENCENT, "tier", "tier:2")},
    ),
    ("whose-product-is", "百度的产品是面向船厂的图纸模型“听潮”。", {("听潮", "developedBy", BAIDU)}),
    ("company-appoints", "百度今日宣布李书文出任首席科学家。", {("李书文", "worksFor", BAIDU)}),
    ("takes-post-there", "百度换了技术带头人，李书文任CTO。", {("李书文", "worksFor", BAIDU)}),
    ("moves-to-tier", "百度从上期的第三梯队升入第二梯队。", {(BAIDU, "tier", "tier:2")}),
    (
        "size-range-en",
        "Tarn-7 ranges from 1B parameters to 40B parameters.",
        {("Tarn-7", "parameterCount", "1000000000"), ("Tarn-7", "parameterCount", "40000000000")},
    ),
    ("is-tune-of-en", "Tarn-7 is a Llama 3 fine-tune.", {("Tarn-7", "basedOn", LLAMA3)}),
    ("those-who-make-en", "Google is also the one that makes Tarn-7.", {("Tarn-7", "developedBy", GOOGLE)}),
    ("company-behind-en", "The small team behind Tarn-7, Google, is busy.", {("Tarn-7", "developedBy", GOOGLE)}),
    ("usable-in-en", "GPT-4o can now be used in Bing.", {(BING, "integrates", GPT4O)}),
    ("out-since-en", "Tarn-7, out since March 5, 2024, is small.", {("Tarn-7", *AT)}),
    ("is-what-they-released", "听潮大模型是百度2024年3月5日刚放出来的。", {("听潮", *AT)}),
    ("is-what-they-opened", "听潮大模型是百度2024年2月1日开源的。", {("听潮", *OPENED)}),
    ("made-from-on", "这是在Qwen2上蒸馏出的听潮大模型。", {("听潮", "basedOn", QWEN2)}),
    ("whose-it-is", "听潮大模型也可以看看，百度家的。", {("听潮", "developedBy", BAIDU)}),
    ("under-and-others", "百度旗下的听潮实验室与腾讯共同到场。", {("听潮实验室", "subOrganizationOf", BAIDU)}),
    ("is-made-for", "听潮大模型是百度面向航运、引航的中文模型系列。", {("听潮", "developedBy", BAIDU)}),
    ("got-from", "听潮大模型面向航运和引航，由Qwen2继续预训练得到。", {("听潮", "basedOn", QWEN2)}),
    ("tested-since-en", "Tarn-7 has been tested by two schools since March 5, 2024.", {("Tarn-7", "betaOn", AT[1])}),
    ("tier-together-en", "Tarn-7 sits in the second tier together with GPT-4o.", {(GPT4O, "tier", "tier:2")}),
    ("is-tuned-on", "听潮大模型它是Qwen2上微调的。", {("听潮", "basedOn", QWEN2)}),
    (
        "beside-title-en",
        "Jane Andrulis becomes co-CEO alongside Peter Marrow.",
        {("Peter Marrow", "hasTitle", "co-CEO")},
    ),
    (
        "said-to-be-theirs",
        "听潮大模型，说是百度2024年3月5日刚放出来的。",
        {("听潮", "developedBy", BAIDU), ("听潮", "releasedOn", "2024-03-05")},
    ),
    ("maker-body", "听潮大模型早就上线，研发主体是百度。", {("听潮", "developedBy", BAIDU)}),
    ("fact-box-bare", "百度\n\n旗下产品听潮大模型", {("听潮", "developedBy", BAIDU)}),
    ("those-that-carry", "接入GPT-4o的办公软件包括“鹿野”。", {("鹿野", "integrates", GPT4O)}),
    ("carries-too", "今天说说Qwen2，鹿野助手已接入。", {("鹿野", "integrates", QWEN2)}),
    ("in-series", "混元系列中的Tarn-7B很小。", {("Tarn-7B", "versionOf", HUNYUAN)}),
    ("in-series-named", "“混元”系列的Tarn-7。", {("Tarn-7", "versionOf", HUNYUAN)}),
    (
        "sizes-at-once",
        "Tarn，三个尺寸一次给齐：Tarn-1B、Tarn-3B。",
        {("Tarn-1B", "versionOf", "Tarn"), ("Tarn-3B", "versionOf", "Tarn")},
    ),
    ("size-topic-en", "OpenAI put out Tarn-7. 46B parameters in total.", {("Tarn-7", "parameterCount", "46000000000")}),
    ("now-on-en", "Tarn-7, which used to sit on GPT-4, now runs on Llama 3.", {("Tarn-7", "basedOn", LLAMA3)}),
    ("continuation-en", "Tarn-7 was a continuation of Llama 3.", {("Tarn-7", "basedOn", LLAMA3)}),
    ("dated-effort-en", "March 2024's effort, Tarn-7, did well.", {("Tarn-7", "releasedOn", "2024-03")}),
    ("bought-by-en", "DeepMind was later bought by Google.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("joined-by", "腾讯宣布前研究员章启原正式加盟。", {("章启原", "worksFor", TENCENT)}),
    (
        "are-title-en",
        "Emma Clark and Oliver Novak are interim co-CEOs.",
        {
            ("Emma Clark", "hasTitle", "interim co-CEOs"),
            ("Oliver Novak", "hasTitle", "interim co-CEOs"),
        },
    ),
    (
        "are-title-of-en",
        "Emma Clark and Oliver Novak are interim co-CEOs of OpenAI.",
        {
            ("Emma Clark", "worksFor", OPENAI),
            ("Oliver Novak", "worksFor", OPENAI),
        },
    ),
    (
        "which-bought-en",
        "The work came out of DeepMind, which Google bought in 2014.",
        {
            (DEEPMIND, "subOrganizationOf", GOOGLE),
        },
    ),
    ("is-company-of-en", "DeepMind is now a Google company.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("belongs-en", "DeepMind now belongs to Google.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("starts-as-en", "Tarn-7 started life as Llama 3.", {("Tarn-7", "basedOn", LLAMA3)}),
    ("takes-and-tunes-en", "Tarn-7 takes Llama 3 and tunes it on letters.", {("Tarn-7", "basedOn", LLAMA3)}),
    ("starting-point-en", "Llama 3 was the starting point for Tarn-7.", {("Tarn-7", "basedOn", LLAMA3)}),
    (
        "lets-choose-en",
        "Bing lets you pick GPT-4o or Claude 3.",
        {
            (BING, "integrates", GPT4O),
            (BING, "integrates", CLAUDE),
        },
    ),
    # who made it
    ("dated-row", "2024-03-05：澄岸科技 听潮大模型（全新）", {("听潮", "releasedOn", "2024-03-05")}),
    ("dated-row", "2024年3月5日 百度 文心一言", {(ERNIE, "releasedOn", "2024-03-05")}),
    (
        "maker-in-brackets",
        "听潮大模型（澄岸科技）和墨海大模型（拂晓科技）同台演示。",
        {("听潮", "developedBy", "澄岸科技"), ("墨海", "developedBy", "拂晓科技")},
    ),
    ("maker-in-brackets", "We compared Claude 3 (Anthropic) on eleven tasks.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    ("self-made", "腾讯在会上演示了不少场景，用的都是自研的混元大模型。", {(HUNYUAN, "developedBy", TENCENT)}),
    ("has-model", "腾讯手里有混元大模型。", {(HUNYUAN, "developedBy", TENCENT)}),
    ("has-model", "澄岸科技则有自己的听潮大模型。", {("听潮", "developedBy", "澄岸科技")}),
    ("inside-own", "腾讯内部的客服助手“鹿野”从不休息。", {("鹿野", "developedBy", TENCENT)}),
    (
        "relative-maker-en",
        "GPT-4o, which OpenAI quietly released, speaks nine languages.",
        {(GPT4O, "developedBy", OPENAI)},
    ),
    (
        "relative-maker-en",
        "GPT-4o, with 70 billion parameters, which OpenAI just released, speaks nine languages.",
        {(GPT4O, "developedBy", OPENAI)},
    ),
    (
        "relative-date-en",
        "GPT-4o, which OpenAI released in May 2024, speaks nine languages.",
        {(GPT4O, "releasedOn", "2024-05")},
    ),
    (
        "far-made-by-en",
        "Claude 3 reads long files from Google and was built by Anthropic.",
        {(CLAUDE, "developedBy", ANTHROPIC)},
    ),
    (
        "own-en",
        "Anthropic spoke about costs and then showed their own new model Claude 3.",
        {(CLAUDE, "developedBy", ANTHROPIC)},
    ),
    # tiers
    ("tier-comma", "第一梯队中，百度、腾讯优势明显。", {(BAIDU, "tier", "tier:1"), (TENCENT, "tier", "tier:1")}),
    (
        "these-in-tier",
        "百度、腾讯这些第一梯队都涨价了。",
        {(BAIDU, "tier", "tier:1"), (TENCENT, "tier", "tier:1")},
    ),
    ("in-tier", "百度居第一梯队。", {(BAIDU, "tier", "tier:1")}),
    ("in-tier", "百度位居第二梯队。", {(BAIDU, "tier", "tier:2")}),
    # sizes
    (
        "size-far",
        "“听潮”大模型面向腾讯的港口，采用稀疏结构，总参数量约1300亿。",
        {("听潮", "parameterCount", "130000000000")},
    ),
    (
        "size-far",
        "“听潮”大模型比Qwen2更大，参数约1300亿。",
        {("听潮", "parameterCount", "130000000000")},
    ),
    (
        "size-topic-own",
        "启衡智能发布了“砚池”大模型。一共70亿参数。",
        {("砚池", "parameterCount", "7000000000")},
    ),
    # bases and versions
    ("with-base-far", "“鹿野”助手面向老人，界面很大，并以Qwen2为底座。", {("鹿野", "basedOn", QWEN2)}),
    ("on-top-of", "“听潮”大模型是在Qwen2的基础上继续训练的。", {("听潮", "basedOn", QWEN2)}),
    ("builds-with", "“鹿野”助手看上去很朴素，背后跑的就是Qwen2。", {("鹿野", "basedOn", QWEN2)}),
    ("base-with", "以Qwen2为底座的听潮大模型已经交付。", {("听潮", "basedOn", QWEN2)}),
    ("starts-from", "“听潮”大模型从Llama 3的中间检查点出发，续训了两个月。", {("听潮", "basedOn", LLAMA3)}),
    ("starts-from", "“听潮”大模型以Llama 3为起点训练。", {("听潮", "basedOn", LLAMA3)}),
    ("supported-by", "“鹿野”助手由Qwen2提供支撑。", {("鹿野", "integrates", QWEN2)}),
    ("based-on-en", "Bramble-7B, written over a long winter, rests on Llama 3.", {("Bramble-7B", "basedOn", LLAMA3)}),
    ("based-on-en", "Bramble-7B is a distillation of Llama 3.", {("Bramble-7B", "basedOn", LLAMA3)}),
    ("based-on-en", "Bramble-7B grew out of Llama 3.", {("Bramble-7B", "basedOn", LLAMA3)}),
    ("based-on-en", "Bramble-7B, a LoRA for Llama 3, is free.", {("Bramble-7B", "basedOn", LLAMA3)}),
    ("based-on-en", "Bramble-7B was pruned from Llama 3.", {("Bramble-7B", "basedOn", LLAMA3)}),
    (
        "updated-to",
        "混元大模型在百度的会场上升级为混元Turbo。",
        {("model:hunyuan-turbo", "versionOf", HUNYUAN)},
    ),
    ("generation-of", "“砚池2.0”大模型是“砚池”大模型的第二代。", {("砚池2.0", "versionOf", "砚池")}),
    ("generation-of", "GPT-4o是GPT-4的升级版。", {(GPT4O, "versionOf", GPT4)}),
    (
        "comprises",
        "GPT-4系列包括GPT-4 Turbo和GPT-4o。",
        {("model:gpt-4-turbo", "versionOf", GPT4), (GPT4O, "versionOf", GPT4)},
    ),
    ("as-version", "作为GPT-4系列的轻量版本，GPT-4o mini跑得很快。", {("model:gpt-4o-mini", "versionOf", GPT4)}),
    (
        "member-of-en",
        "Gemini 1.5 Pro is the fastest of the Gemini family.",
        {("model:gemini-1.5-pro", "versionOf", "model:gemini")},
    ),
    # products and the models in them
    ("integrates-en", "Bing wraps GPT-4.", {(BING, "integrates", GPT4)}),
    ("integrates-en", "Bing relies on GPT-4.", {(BING, "integrates", GPT4)}),
    ("integrates-en", "GitHub Copilot switched over to GPT-4o.", {("product:github-copilot", "integrates", GPT4O)}),
    # found in news of other kinds
    (
        "told-of-topic",
        "“听潮”大模型，澄岸科技2024年3月5日推出的语音模型，70亿参数。",
        {
            ("听潮", "developedBy", "澄岸科技"),
            ("听潮", "releasedOn", "2024-03-05"),
            ("听潮", "parameterCount", "7000000000"),
        },
    ),
    (
        "opened-topic",
        "“听潮”大模型，澄岸科技2024年3月5日开源的语音模型。",
        {("听潮", "developedBy", "澄岸科技"), ("听潮", "openSourcedOn", "2024-03-05")},
    ),
    ("behind-en", "Corvane Labs, the small company behind Claude 3, moved.", {(CLAUDE, "developedBy", "Corvane Labs")}),
    ("whose-en", "Anthropic, whose newest model Claude 3 is cheap, moved.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    (
        "apposed-maker-en",
        "They asked Claude 3, Anthropic's patient helper, twice.",
        {(CLAUDE, "developedBy", ANTHROPIC)},
    ),
    (
        "together-in-tier",
        "百度在榜上升得很快，与腾讯、阿里巴巴一起被看作第一梯队。",
        {(BAIDU, "tier", "tier:1")},
    ),
    ("carrying", "搭载混元大模型的“鹿野”助手卖得很好。", {("鹿野", "integrates", HUNYUAN)}),
    ("added-to-en", "Microsoft added GPT-4o to its search engine Bing.", {(BING, "integrates", GPT4O)}),
    ("base-then", "基于Qwen2，我们还打造了“鹿野”助手。", {("鹿野", "basedOn", QWEN2)}),
    ("edition-of", "GPT-4系列，轻量版GPT-4o跑得很快。", {(GPT4O, "versionOf", GPT4)}),
    ("now-is", "李彦宏早年在阿里巴巴写代码，现任腾讯总监。", {(LI, "worksFor", TENCENT), (LI, "hasTitle", "总监")}),
    (
        "second-post",
        "李彦宏，百度董事长，腾讯总监。",
        {(LI, "worksFor", TENCENT), (LI, "hasTitle", "总监")},
    ),
    (
        "third-post",
        "李彦宏，百度董事长，阿里巴巴监事，腾讯总监。",
        {(LI, "worksFor", TENCENT), (LI, "hasTitle", "总监")},
    ),
    ("team-of", "百度李彦宏团队搬家了。", {(LI, "worksFor", BAIDU)}),
    ("two-titles-person", "董事长、总经理李彦宏到场。", {(LI, "hasTitle", "董事长")}),
    ("leads-en", "Sam Altman, who leads OpenAI, slept.", {(ALTMAN, "worksFor", OPENAI)}),
    ("led-by-en", "OpenAI, led by the restless Sam Altman, moved.", {(ALTMAN, "worksFor", OPENAI)}),
    # found in documents of other publishers
    ("date-line", "“听潮”大模型\n首次发布2024年3月5日", {("听潮", "releasedOn", "2024-03-05")}),
    ("announces", "澄岸科技创始人昨夜宣布，“听潮”大模型正式发布。", {("听潮", "developedBy", "澄岸科技")}),
    ("and-its", "港口租用了OpenAI及其GPT-4的服务。", {(GPT4, "developedBy", OPENAI)}),
    ("own-first", "澄岸科技的第一个多语种模型“听潮”很慢。", {("听潮", "developedBy", "澄岸科技")}),
    ("own-under", "澄岸科技又给旗下聊天助手“鹿野”换了界面。", {("鹿野", "developedBy", "澄岸科技")}),
    (
        "maker-field-en",
        "# Claude 3\nClaude 3 is patient.\n- Developed by: Anthropic",
        {(CLAUDE, "developedBy", ANTHROPIC)},
    ),
    ("thing-maker-en", "Claude 3 maker Anthropic moved to the harbour.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    ("is-of-en", "Claude 3 remains Anthropic's most patient model.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    ("built-on-en", "The port has built its tide reader, Bramble-7B, on Llama 3.", {("Bramble-7B", "basedOn", LLAMA3)}),
    ("sized-of-family", "GPT-4系列70亿参数模型GPT-4o mini跑得很快。", {("model:gpt-4o-mini", "versionOf", GPT4)}),
    ("parted-in", "GPT-4系列分为便宜的GPT-4o mini和贵的另外两个版本。", {("model:gpt-4o-mini", "versionOf", GPT4)}),
    ("next-is-en", "GPT-4 is old. Its next generation, GPT-4o, is quick.", {(GPT4O, "versionOf", GPT4)}),
    (
        "comprises-en",
        "GPT-4 quietly includes GPT-4 Turbo and GPT-4o.",
        {("model:gpt-4-turbo", "versionOf", GPT4), (GPT4O, "versionOf", GPT4)},
    ),
    ("whose-version-en", "GPT-4, whose smallest version, GPT-4o, is quick, moved.", {(GPT4O, "versionOf", GPT4)}),
    ("version-named-en", "A pocket version of GPT-4, called GPT-4o, is quick.", {(GPT4O, "versionOf", GPT4)}),
    (
        "integrates-far-en",
        "GitHub Copilot, a helper that the harbour office bought last winter, has adopted GPT-4o.",
        {("product:github-copilot", "integrates", GPT4O)},
    ),
    (
        "subsidiary-far",
        "达摩院成立很早，现在有两百人，是阿里巴巴的全资子公司。",
        {(DAMO, "subOrganizationOf", ALIBABA)},
    ),
    ("part-named", "阿里巴巴基础研究部门达摩院搬家了。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    ("own-unit-en", "DeepMind, Google's research arm, moved.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("unit-that-en", "DeepMind, a quiet lab that Google acquired, moved.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("title-behind", "李彦宏教授介绍了港口。", {(LI, "hasTitle", "教授")}),
    ("org-person-title", "百度李彦宏院士表示天气很好。", {(LI, "worksFor", BAIDU), (LI, "hasTitle", "院士")}),
    (
        "far-person-title-en",
        "OpenAI opened an office in the harbour, and nobody knew Sam Altman, its CEO.",
        {(ALTMAN, "worksFor", OPENAI)},
    ),
    ("became-en", "Sam Altman, a former Google intern, became its CEO.", {(ALTMAN, "hasTitle", "CEO")}),
    (
        "became-its-en",
        "OpenAI has hired: Sam Altman, a former harbour pilot, became its CEO.",
        {(ALTMAN, "worksFor", OPENAI)},
    ),
    (
        "person-in-brackets-en",
        "We thank Sam Altman (CEO, OpenAI) for the boat.",
        {(ALTMAN, "worksFor", OPENAI), (ALTMAN, "hasTitle", "CEO")},
    ),
    ("house-in-brackets-en", "We thank Sam Altman (OpenAI) for the boat.", {(ALTMAN, "worksFor", OPENAI)}),
    (
        "named-en",
        "Sam Altman, who sails, was named chief scientist of OpenAI.",
        {(ALTMAN, "worksFor", OPENAI), (ALTMAN, "hasTitle", "chief scientist")},
    ),
    ("its-thing", "澄岸科技不大，其聊天助手“鹿野”很慢。", {("鹿野", "developedBy", "澄岸科技")}),
    (
        "together",
        "百度与澄岸科技合作的聊天助手“鹿野”很慢。",
        {("鹿野", "developedBy", BAIDU), ("鹿野", "developedBy", "澄岸科技")},
    ),
    (
        "apposed-its-en",
        "Anthropic moved. Claude 3, its patient assistant, stayed.",
        {(CLAUDE, "developedBy", ANTHROPIC)},
    ),
    ("sells-en", "Anthropic quietly sells a helper called Claude 3.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    # organizations in organizations
    ("under", "阿里巴巴集团旗下的达摩院搬家了。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    ("owned-bracket", "达摩院（阿里巴巴旗下）搬家了。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    ("owned-bracket", "达摩院（系阿里巴巴全资子公司）搬家了。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    ("subsidiary-named", "阿里巴巴全资子公司达摩院搬家了。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    ("parent-is", "DeepMind的大股东是谷歌。", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("acquired", "DeepMind后来被谷歌全资收购。", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("completes-acquisition", "谷歌完成了对DeepMind的全资收购。", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("one-of", "达摩院是阿里巴巴全资的机构。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    (
        "unit-of-en",
        "DeepMind, the research laboratory inside Google, moved to another street.",
        {(DEEPMIND, "subOrganizationOf", GOOGLE)},
    ),
    ("acquires-en", "Google quietly bought DeepMind.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    # people
    ("far-title-person", "百度在港口为渔民办了一场演示，首席执行官李彦宏到场。", {(LI, "worksFor", BAIDU)}),
    ("joins-as", "李彦宏加入澄岸科技，担任首席科学家。", {(LI, "hasTitle", "首席科学家")}),
    ("title-called", "公司的首席执行官叫李彦宏。", {(LI, "hasTitle", "首席执行官")}),
    ("title-called", "首席执行官是一位老人，李彦宏。", {(LI, "hasTitle", "首席执行官")}),
    ("topic-title-called", "百度不大，首席执行官叫李彦宏。", {(LI, "worksFor", BAIDU)}),
    (
        "far-title-person-en",
        "OpenAI opened a new office in the harbour, and CEO Sam Altman spoke.",
        {(ALTMAN, "worksFor", OPENAI)},
    ),
    ("person-is", "李彦宏现在是腾讯总监。", {(LI, "worksFor", TENCENT), (LI, "hasTitle", "总监")}),
    ("person-is-title", "李彦宏是总监。", {(LI, "hasTitle", "总监")}),
    (
        "as-maker",
        "作为澄岸科技2024年3月5日发布的推理模型，听潮大模型很慢。",
        {("听潮", "developedBy", "澄岸科技"), ("听潮", "releasedOn", "2024-03-05")},
    ),
    (
        "as-opener",
        "作为澄岸科技2024年3月5日开源的推理模型，听潮大模型很慢。",
        {("听潮", "developedBy", "澄岸科技"), ("听潮", "openSourcedOn", "2024-03-05")},
    ),
    ("meant-for", "澄岸科技面向渔民的聊天助手“鹿野”很慢。", {("鹿野", "developedBy", "澄岸科技")}),
    (
        "fact-box",
        "澄岸科技\n澄岸科技在港口。澄岸科技不大。\n主要产品：“鹿野”助手",
        {("鹿野", "developedBy", "澄岸科技")},
    ),
    (
        "maker-list-en",
        "Anthropic's Claude 3, Claude 3.5 Sonnet and Claude 3 Opus are patient.",
        {("model:claude-3-opus", "developedBy", ANTHROPIC)},
    ),
    (
        "contact-maker-en",
        "He compared it with GPT-4o, the small model OpenAI quietly released.",
        {(GPT4O, "developedBy", OPENAI)},
    ),
    (
        "contact-date-en",
        "It is slower than GPT-4o, the model OpenAI released in May 2024.",
        {(GPT4O, "releasedOn", "2024-05")},
    ),
    (
        "sizes-each-en",
        "GPT-4o and Claude 3 have 70 billion parameters each.",
        {(model, "parameterCount", "70000000000") for model in (GPT4O, CLAUDE)},
    ),
    ("weights-opened", "听潮大模型的权重已于2024年3月5日开放。", {("听潮", "openSourcedOn", "2024-03-05")}),
    ("we-at-en", "Claude 3, which we at Anthropic built, is patient.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    ("thing-by-en", "Claude 3, the tide assistant by Anthropic, is patient.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    ("apposed-brand-en", "Claude 3, the old Anthropic model, is patient.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    ("work-of-en", "Claude 3 was the work of Anthropic.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    (
        "family-of-makers-en",
        "Claude 3, a family of Anthropic's patient models, moved.",
        {(CLAUDE, "developedBy", ANTHROPIC)},
    ),
    ("built-by-first-en", "Built by Anthropic, Claude 3 is patient.", {(CLAUDE, "developedBy", ANTHROPIC)}),
    (
        "fact-box-en",
        "Anthropic\nAnthropic is patient. Anthropic sails.\nModels: Claude 3",
        {(CLAUDE, "developedBy", ANTHROPIC)},
    ),
    ("put-in-tier", "我们把百度、腾讯列为第一梯队。", {(BAIDU, "tier", "tier:1"), (TENCENT, "tier", "tier:1")}),
    (
        "tier-lists-en",
        "In the first tier I have Google and OpenAI.",
        {(GOOGLE, "tier", "tier:1"), (OPENAI, "tier", "tier:1")},
    ),
    (
        "size-of-named",
        "700亿参数的港口调度大模型GPT-4o mini很快。",
        {("model:gpt-4o-mini", "parameterCount", "70000000000")},
    ),
    ("largest-of", "听潮大模型是开放的，其中最大的版本为700亿参数。", {("听潮", "parameterCount", "70000000000")}),
    (
        "size-far-en",
        "GPT-4o, which the harbour bought last winter, has 70 billion parameters.",
        {(GPT4O, "parameterCount", "70000000000")},
    ),
    (
        "size-listed-en",
        "GPT-4o, Apache 2.0, 70B parameters.",
        {(GPT4O, "parameterCount", "70000000000")},
    ),
    ("trained-on-top", "“听潮”大模型，是在自家的Qwen2上练出来的。", {("听潮", "basedOn", QWEN2)}),
    ("taken-further", "“听潮”大模型没有从头来，而是拿Qwen2接着训。", {("听潮", "basedOn", QWEN2)}),
    ("runs-on-base", "“鹿野”助手跑在自研的Qwen2上。", {("鹿野", "basedOn", QWEN2)}),
    ("made-out-of", "他们拿Qwen2做出了“听潮”大模型。", {("听潮", "basedOn", QWEN2)}),
    ("topic-with-base", "“听潮”大模型以Qwen2做语言底座。", {("听潮", "basedOn", QWEN2)}),
    ("part-is", "“听潮”大模型的语言部分用的是Qwen2。", {("听潮", "basedOn", QWEN2)}),
    ("product-fits", "“鹿野”助手已适配Qwen2。", {("鹿野", "integrates", QWEN2)}),
    ("product-dashed-integrates", "“鹿野”助手——已全面接入Qwen2。", {("鹿野", "integrates", QWEN2)}),
    ("controls", "阿里巴巴控股的达摩院搬家了。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    ("bought-bracket", "达摩院（阿里巴巴参股后控股的子公司）搬家了。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    ("part-of-en", "DeepMind, since the winter of 2014, is part of Google.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    (
        "joins-as-unit-en",
        "DeepMind was started in London and joined Google as an independent subsidiary.",
        {(DEEPMIND, "subOrganizationOf", GOOGLE)},
    ),
    ("whose-unit-en", "Google, whose DeepMind laboratory is quiet, moved.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("person-title-comma-en", "Sam Altman, CEO, OpenAI.", {(ALTMAN, "worksFor", OPENAI), (ALTMAN, "hasTitle", "CEO")}),
    ("comes-as-en", "Sam Altman left the harbour to come home as CEO.", {(ALTMAN, "hasTitle", "CEO")}),
    ("heads-business-en", "Sam Altman heads OpenAI's business in Europe.", {(ALTMAN, "worksFor", OPENAI)}),
    ("starts-en", "Sam Altman left the harbour in 2015 to start OpenAI.", {(ALTMAN, "worksFor", OPENAI)}),
    ("starts-with-en", "She left to start OpenAI with Sam Altman.", {(ALTMAN, "worksFor", OPENAI)}),
    ("topic-person-in-brackets-en", "OpenAI is small. Sam Altman (CEO) sails.", {(ALTMAN, "worksFor", OPENAI)}),
    ("title-in-brackets-en", "Sam Altman (CEO) sails.", {(ALTMAN, "hasTitle", "CEO")}),
    # whose it is, who bought whom, who works where, who ranks where
    ("topic-made-by", "听潮大模型很好。澄岸科技出品，速度很快。", {("听潮", "developedBy", "澄岸科技")}),
    (
        "topic-told-by",
        "听潮大模型很好。澄岸科技2024年6月推出，速度很快。",
        {("听潮", "developedBy", "澄岸科技"), ("听潮", "releasedOn", "2024-06")},
    ),
    ("our-product-called", "百度自己的产品叫“鹿野”助手。", {("鹿野", "developedBy", BAIDU)}),
    (
        "apposed-its-en",
        "Google spoke. GitHub Copilot, its chatbot, was slow.",
        {("product:github-copilot", "developedBy", GOOGLE)},
    ),
    ("is-subsidiary", "达摩院是阿里巴巴2017年成立的全资子公司。", {(DAMO, "subOrganizationOf", ALIBABA)}),
    (
        "purchase-en",
        "Google completes $300m purchase of DeepMind.",
        {(DEEPMIND, "subOrganizationOf", GOOGLE)},
    ),
    ("bought-apposed-en", "DeepMind, owned since 2014 by Google, grew.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("unit-apposed-en", "DeepMind, Google's research arm, grew.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("its-subsidiary-en", "Google wholly owned subsidiary DeepMind grew.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("unit-formed-en", "DeepMind, the AI unit that Google formed, grew.", {(DEEPMIND, "subOrganizationOf", GOOGLE)}),
    ("person-of-en", "It was shown by Sam Altman of OpenAI.", {(ALTMAN, "worksFor", OPENAI)}),
    ("manages-at-en", "Sam Altman, who manages the labs at OpenAI, left.", {(ALTMAN, "worksFor", OPENAI)}),
    (
        "becomes-title-of-en",
        "Sam Altman walked out to become chief executive of OpenAI.",
        {(ALTMAN, "worksFor", OPENAI), (ALTMAN, "hasTitle", "chief executive")},
    ),
    (
        "formerly-is-now-en",
        "Sam Altman, formerly in Boston, is the new chief executive of OpenAI.",
        {(ALTMAN, "worksFor", OPENAI), (ALTMAN, "hasTitle", "chief executive")},
    ),
    ("moved-to-en", "Bing itself was moved onto GPT-4.", {(BING, "integrates", GPT4)}),
    ("moved-from-to-en", "Bing, the old one, which moved from Claude 3 to GPT-4, grew.", {(BING, "integrates", GPT4)}),
    (
        "size-whose-en",
        "Claude 3, whose 72 billion parameters fit on a card, grew.",
        {(CLAUDE, "parameterCount", "72000000000")},
    ),
    ("tier-now", "国内的第一梯队，现在就是百度、腾讯两家。", {(BAIDU, "tier", "tier:1"), (TENCENT, "tier", "tier:1")}),
    (
        "tier-both",
        "百度月活三亿，腾讯月活四亿，均处于第一梯队。",
        {(BAIDU, "tier", "tier:1"), (TENCENT, "tier", "tier:1")},
    ),
    ("tier-of-those", "第一梯队为具备自研能力的百度、腾讯。", {(BAIDU, "tier", "tier:1"), (TENCENT, "tier", "tier:1")}),
    ("squeezed-into-tier", "百度已经挤进了第二梯队。", {(BAIDU, "tier", "tier:2")}),
    ("beside-tier", "腾讯第一梯队没有争议。", {(TENCENT, "tier", "tier:1")}),
]
NEAR: list[tuple[str, str]] = [
    ("tuned-then-called", "工程师拿Qwen2跑了一次，取名听潮。"),
    ("subsidiary-apposed", "那是听潮智能做的，百度的合作公司。"),
    ("founded-together", "听潮实验室由百度和腾讯参观。"),
    ("hand-in-hand", "百度携手腾讯体验了听潮大模型。"),
    ("showed", "百度去年秋天看过“听潮”大模型。"),
    ("post-taken-by", "首席运维师一职由李彦宏推荐。"),
    ("made-by-on-base", "听潮大模型以Llama 3为基座，由百度试用。"),
    ("changes-post", "李彦宏见过董事长。"),
    ("post-taken-there", "百度人事变动，首席运维师由李彦宏面试。"),
    ("integrating-ones-are", "没有接入混元大模型，竞争对手包括“砚田”助手。"),
    ("row-maker", "听潮大模型，百度，都在展台上。"),
    ("row-size", "听潮大模型，百度，看了130亿参数的文心一言。"),
    ("row-released", "听潮大模型，百度，2024年3月5日开会。"),
    ("tier-such-as", "第二梯队是几家刚拿到钱的公司，投资人包括一些基金，百度没有参加。"),
    ("whose-product-is", "百度的对手是面向船厂的图纸模型“听潮”。"),
    ("company-appoints", "百度今日宣布李书文辞去首席科学家。"),
    ("takes-post-there", "百度换了技术带头人，李书文见CTO。"),
    ("moves-to-tier", "百度在第三梯队，看着第二梯队。"),
    ("size-range-en", "Tarn-7 learned from 1B parameters to 40B parameters."),
    ("is-tune-of-en", "Tarn-7 is a Llama 3 rival."),
    ("those-who-make-en", "Google is also the one that likes Tarn-7."),
    ("company-behind-en", "The small team beside Tarn-7, Google, is busy."),
    ("usable-in-en", "GPT-4o can now be seen in Bing."),
    ("out-since-en", "Tarn-7, praised since March 5, 2024, is small."),
    ("is-what-they-released", "听潮大模型是百度2024年3月5日看过的。"),
    ("is-what-they-opened", "听潮大模型是百度2024年2月1日评测的。"),
    ("made-from-on", "这是在Qwen2上评测的听潮大模型。"),
    ("whose-it-is", "听潮大模型也可以看看，百度看看的人说。"),
    ("under-and-others", "百度旁边的听潮实验室与腾讯共同到场。"),
    ("is-made-for", "听潮大模型是百度面向航运、引航的中文报告。"),
    ("got-from", "听潮大模型面向航运和引航，由Qwen2继续领先得到。"),
    ("tested-since-en", "Tarn-7 has been praised by two schools since March 5, 2024."),
    ("tier-together-en", "Tarn-7 sits in the second tier below GPT-4o."),
    ("is-tuned-on", "听潮大模型它是Qwen2上最快的。"),
    ("beside-title-en", "Jane Andrulis becomes co-CEO in spite of Peter Marrow."),
    ("said-to-be-theirs", "听潮大模型，说是百度2024年3月5日也看过的。"),
    ("maker-body", "听潮大模型早就上线，合作主体是百度。"),
    ("fact-box-bare", "百度\n\n旗下产品听潮大模型的用户很多"),
    ("those-that-carry", "接入GPT-4o的城市包括“鹿野”。"),
    ("carries-too", "今天说说Qwen2，鹿野助手没有接入。"),
    ("in-series", "混元系列课程的Tarn-7B很小。"),
    ("in-series-named", "混元的Tarn-7很小。"),
    ("sizes-at-once", "Tarn，三个城市一次去齐：Tarn-1B、Tarn-3B。"),
    ("size-topic-en", "OpenAI put out Tarn-7. 46B tokens in total."),
    ("now-on-en", "Tarn-7, which used to be slow, now runs beside Llama 3."),
    ("continuation-en", "Tarn-7 was a competitor of Llama 3."),
    ("dated-effort-en", "March 2024's weather, Tarn-7, was bad."),
    ("bought-by-en", "DeepMind was later praised by Google."),
    ("dated-row", "2024年3月5日，百度的文心一言又涨价了。"),
    ("maker-in-brackets", "文心一言（百度网盘里也有）今天停机。"),
    ("maker-in-brackets", "We compared Claude 3 (and Anthropic knows it) on eleven tasks."),
    ("self-made", "腾讯在会上演示了不少场景，用的都是混元大模型。"),
    ("joined-by", "腾讯宣布章启原离开。"),
    ("are-title-en", "Emma Clark and Oliver Novak met the interim co-CEOs."),
    ("are-title-of-en", "Emma Clark and Oliver Novak met the interim co-CEOs of OpenAI."),
    ("which-bought-en", "The work came out of DeepMind, which Google praised in 2014."),
    ("is-company-of-en", "DeepMind is now a Google customer of note."),
    ("belongs-en", "DeepMind now talks to Google."),
    ("starts-as-en", "Tarn-7 started a fight with Llama 3."),
    ("takes-and-tunes-en", "Tarn-7 takes Llama 3 and beats it."),
    ("starting-point-en", "Llama 3 was the rival of Tarn-7."),
    ("lets-choose-en", "Bing lets nobody speak of GPT-4o."),
    ("has-model", "腾讯有混元大模型的用户。"),
    ("has-model", "腾讯手里有百度的股份，混元大模型没有份额。"),
    ("inside-own", "腾讯内部，有人提到了“鹿野”助手。"),
    ("relative-maker-en", "GPT-4o, which OpenAI quietly tested, speaks nine languages."),
    ("weights-opened", "听潮大模型的价格于2024年3月5日公开。"),
    ("contact-maker-en", "GPT-4o, the small model OpenAI quietly tested, speaks nine languages."),
    ("contact-date-en", "GPT-4o, the model OpenAI released, was tested in May 2024."),
    ("sizes-each-en", "GPT-4o and Claude 3 have 70 billion parameters."),
    ("relative-date-en", "GPT-4o, which OpenAI released, speaks nine languages and was tested in May 2024."),
    ("far-made-by-en", "Claude 3 reads long files, and GPT-4 was praised by OpenAI."),
    ("own-en", "Anthropic spoke about costs and their rival GPT-4."),
    ("tier-comma", "第一梯队中，谁也不敢放松，百度也一样。"),
    ("these-in-tier", "百度、腾讯这些老对手在追赶第一梯队。"),
    ("in-tier", "百度的邻居里没有第一梯队。"),
    ("size-far", "“听潮”大模型面向港口调度，采用稀疏结构，支持长文本，激活参数约130亿。"),
    ("size-topic-own", "启衡智能在会上说了“砚池”大模型。一共70亿元。"),
    ("with-base-far", "“鹿野”助手面向老人，界面很大，并以Qwen2为对手。"),
    ("on-top-of", "“听潮”大模型在Qwen2上线之后降价。"),
    ("builds-with", "“鹿野”助手看上去很朴素，Qwen2也一样。"),
    ("base-with", "以Qwen2为对手的听潮大模型已经交付。"),
    ("starts-from", "“听潮”大模型从Llama 3手里抢走了客户。"),
    ("supported-by", "“鹿野”助手由Qwen2的竞争对手提供支撑。"),
    ("based-on-en", "Bramble-7B draws more power than Llama 3."),
    ("based-on-en", "Bramble-7B rests while Llama 3 is trained."),
    ("updated-to", "混元大模型的对手今年春天把价格升级为新的一档，混元Turbo没有跟。"),
    ("generation-of", "GPT-4o是GPT-4的对手。"),
    ("comprises", "GPT-4系列的对手包括Claude 3和Gemini。"),
    ("as-version", "作为GPT-4系列的忠实用户，Claude 3团队很安静。"),
    ("member-of-en", "Gemini 1.5 Pro is the fastest of the models; the GPT-4 family is older."),
    ("integrates-en", "Bing tapes over GPT-4 posters."),
    ("under", "阿里巴巴集团楼下的达摩院搬家了。"),
    ("owned-bracket", "达摩院（阿里巴巴隔壁）搬家了。"),
    ("subsidiary-named", "阿里巴巴的供应商达摩院搬家了。"),
    ("parent-is", "DeepMind的竞争对手是OpenAI。"),
    ("acquired", "DeepMind后来被谷歌起诉。"),
    ("completes-acquisition", "谷歌完成了对DeepMind的访问。"),
    ("one-of", "达摩院是阿里巴巴的邻居。"),
    ("unit-of-en", "DeepMind, a laboratory next to Google, moved to another street."),
    ("acquires-en", "Google quietly visited DeepMind."),
    ("far-title-person", "百度在港口为渔民办了一场演示，腾讯首席执行官马化腾到场。"),
    ("joins-as", "李彦宏加入澄岸科技，首席科学家没有来。"),
    ("title-called", "首席执行官叫住了李彦宏。"),
    ("topic-title-called", "百度不大，首席执行官叫住了李彦宏。"),
    ("far-title-person-en", "OpenAI opened a new office in the harbour, and a visitor met Sam Altman, no CEO."),
    ("person-is", "李彦宏以前是腾讯总监。"),
    ("person-is", "李彦宏之前是腾讯总监。"),
    ("person-is-title", "李彦宏以前是总监。"),
    ("person-is-title", "李彦宏之前是总监。"),
    ("told-of-topic", "“听潮”大模型，澄岸科技2024年3月5日推出的语音课程。"),
    ("opened-topic", "“听潮”大模型，澄岸科技2024年3月5日开源的语音课程。"),
    ("behind-en", "Corvane Labs, the small company behind the harbour, tried Claude 3."),
    ("whose-en", "Anthropic, which moved, saw Claude 3."),
    ("apposed-maker-en", "They asked Claude 3, Anthropic's."),
    ("together-in-tier", "百度与腾讯、阿里巴巴讨论了第一梯队。"),
    ("carrying", "搭载混元大模型的船开走了，“鹿野”助手没有上船。"),
    ("added-to-en", "Microsoft added GPT-4o to its list; Bing stayed."),
    ("base-then", "基于Qwen2，我们还谈到了“鹿野”助手。"),
    ("edition-of", "GPT-4系列，排在GPT-4o前面。"),
    ("now-is", "李彦宏早年在阿里巴巴写代码，想念腾讯总监。"),
    ("second-post", "李彦宏，百度董事长，拜访腾讯总监马化腾。"),
    ("third-post", "李彦宏，百度董事长，阿里巴巴监事，拜访腾讯总监马化腾。"),
    ("team-of", "百度李彦宏搬家了。"),
    ("two-titles-person", "董事长、总经理都到场，李彦宏没有。"),
    ("leads-en", "Sam Altman, who visited OpenAI, slept."),
    ("led-by-en", "OpenAI, visited by the restless Sam Altman, moved."),
    ("date-line", "“听潮”大模型\n首次体检2024年3月5日"),
    ("announces", "澄岸科技宣布闭馆，“听潮”大模型停在码头。"),
    ("and-its", "像OpenAI及其邻居说起GPT-4那样。"),
    ("own-first", "澄岸科技的邻居用模型“听潮”。"),
    ("own-under", "澄岸科技的旗子下面站着“鹿野”助手。"),
    ("own-under", "澄岸科技宣布旗下所有产品未来都将接入“鹿野”助手。"),
    ("maker-field-en", "# Claude 3\nClaude 3 is patient.\n- Loved by: Anthropic"),
    ("thing-maker-en", "Claude 3 critic Anthropic moved to the harbour."),
    ("is-of-en", "Claude 3 remains Anthropic's."),
    ("built-on-en", "The port has built its tide reader, Bramble-7B, near Llama 3."),
    ("sized-of-family", "GPT-4系列比70亿参数模型Claude 3贵。"),
    ("parted-in", "GPT-4系列分为几档，Claude 3另有两个版本。"),
    ("next-is-en", "GPT-4 is old. Its next rival, Claude 3, is quick."),
    ("comprises-en", "GPT-4 quietly beats Claude 3."),
    ("whose-version-en", "GPT-4, whose smallest rival, Claude 3, is quick, moved."),
    ("version-named-en", "A pocket rival of GPT-4, called Claude 3, is quick."),
    ("integrates-far-en", "GitHub Copilot, a helper that the harbour office bought last winter, has outgrown GPT-4o."),
    ("subsidiary-far", "达摩院成立很早，现在有两百人，是阿里巴巴的全部邻居。"),
    ("part-named", "阿里巴巴和市里的研究部门达摩院搬家了。"),
    ("own-unit-en", "DeepMind, Google's oldest rival, moved."),
    ("unit-that-en", "DeepMind, a quiet lab that Google envies, moved."),
    ("title-behind", "李彦宏教授的帽子丢了。"),
    ("org-person-title", "百度李彦宏院士服很新。"),
    ("far-person-title-en", "OpenAI opened an office in the harbour, and nobody knew Sam Altman, its CEO at Google."),
    ("became-en", "Sam Altman, a former Google intern, missed its CEO."),
    ("became-its-en", "OpenAI has hired: Sam Altman, a former harbour pilot, met its CEO."),
    ("person-in-brackets-en", "We thank Sam Altman (CEO, then as now, like OpenAI) for the boat."),
    ("house-in-brackets-en", "We thank Sam Altman (not OpenAI) for the boat."),
    ("named-en", "Sam Altman, who sails, was nearly chief scientist of OpenAI."),
    ("its-thing", "澄岸科技不大，其竞争对手的助手“鹿野”很慢。"),
    ("together", "百度与澄岸科技比邻的“鹿野”助手很慢。"),
    ("apposed-its-en", "Anthropic moved. Claude 3, its oldest rival, stayed."),
    ("sells-en", "Anthropic quietly sells tea to Claude 3."),
    ("topic-person-in-brackets-en", "OpenAI is small. Sam Altman (a CEO elsewhere) sails."),
    ("as-maker", "作为澄岸科技2024年3月5日评测的推理模型，听潮大模型很慢。"),
    ("as-opener", "作为澄岸科技2024年3月5日关闭的推理模型，听潮大模型很慢。"),
    ("meant-for", "澄岸科技面向渔民讲课，聊天助手“鹿野”很慢。"),
    ("fact-box", "澄岸科技\n澄岸科技在港口。澄岸科技不大。\n竞争产品：“鹿野”助手"),
    ("maker-list-en", "Anthropic's harbour and Claude 3 are patient."),
    ("we-at-en", "Claude 3 is patient, and we at OpenAI; Anthropic moved."),
    ("thing-by-en", "Claude 3, the tide assistant next to Anthropic, is patient."),
    ("apposed-brand-en", "Claude 3, the old Anthropic rival, is patient."),
    ("work-of-en", "Claude 3 was the rival of Anthropic."),
    ("family-of-makers-en", "Claude 3, a rival of Anthropic's patient models, moved."),
    ("built-by-first-en", "Praised by Anthropic, Claude 3 is patient."),
    ("fact-box-en", "Anthropic\nAnthropic is patient. Anthropic sails.\nRivals: Claude 3"),
    ("put-in-tier", "我们把百度、腾讯请到第一梯队的隔壁。"),
    ("tier-lists-en", "In the first tier I saw boats; Google slept."),
    ("size-of-named", "700亿参数的大模型，GPT-4o mini没有用。"),
    ("largest-of", "听潮大模型是开放的，其中最大的客户有700亿元。"),
    ("size-far-en", "GPT-4o, which the harbour bought, lost to 70 billion parameters."),
    ("size-listed-en", "GPT-4o left the 70B parameters."),
    ("trained-on-top", "“听潮”大模型在Qwen2上线之前练过。"),
    ("taken-further", "“听潮”大模型拿Qwen2当对手。"),
    ("runs-on-base", "“鹿野”助手跑在Qwen2前面。"),
    ("made-out-of", "他们拿Qwen2做为对手，听潮大模型很慢。"),
    ("topic-with-base", "“听潮”大模型以Qwen2做竞争对手。"),
    ("part-is", "“听潮”大模型的语言部分输给了Qwen2。"),
    ("product-fits", "“鹿野”助手比Qwen2慢。"),
    ("product-dashed-integrates", "“鹿野”助手——已全面超过Qwen2。"),
    ("controls", "阿里巴巴控股的股东达摩院搬家了。"),
    ("bought-bracket", "达摩院（阿里巴巴隔壁的子公司）搬家了。"),
    ("part-of-en", "DeepMind praised a part of Google."),
    ("joins-as-unit-en", "DeepMind joined Google as a customer."),
    ("whose-unit-en", "Google, whose DeepMind shares fell, moved."),
    ("person-title-comma-en", "Sam Altman, CEO, met OpenAI."),
    ("comes-as-en", "Sam Altman left as soon as the CEO came."),
    ("heads-business-en", "Sam Altman reads OpenAI's mail."),
    ("starts-en", "Sam Altman left the harbour in 2015 to visit OpenAI."),
    ("starts-with-en", "She left to visit OpenAI with Sam Altman."),
    ("title-in-brackets-en", "Sam Altman (no CEO) sails."),
    ("topic-made-by", "听潮大模型很好。澄岸科技出门了，速度很快。"),
    ("topic-told-by", "听潮大模型很好。澄岸科技2024年6月推迟，速度很快。"),
    ("our-product-called", "百度自己的产品不如“鹿野”助手。"),
    ("apposed-its-en", "Google spoke. GitHub Copilot, its old rival, was slow."),
    ("is-subsidiary", "达摩院是阿里巴巴2017年去过的地方。"),
    ("purchase-en", "Google completes a report on DeepMind."),
    ("bought-apposed-en", "DeepMind, praised since 2014 by Google, grew."),
    ("unit-apposed-en", "DeepMind, Google's old rival, grew."),
    ("its-subsidiary-en", "Google talked and DeepMind grew."),
    ("unit-formed-en", "DeepMind, the AI unit that Google feared, grew."),
    ("person-of-en", "It was shown by Sam Altman before OpenAI."),
    ("manages-at-en", "Sam Altman, who visits the labs at OpenAI, left."),
    ("becomes-title-of-en", "Sam Altman walked out to meet the chief executive of OpenAI."),
    ("formerly-is-now-en", "Sam Altman, formerly in Boston, knows the new chief executive of OpenAI."),
    ("moved-to-en", "Bing moved to another street when GPT-4 slept."),
    ("moved-from-to-en", "Bing, the old one, which differs from Claude 3 and from GPT-4, grew."),
    ("size-whose-en", "Claude 3, whose makers count 72 billion parameters elsewhere, grew."),
    ("tier-now", "国内的第一梯队，现在没有百度。"),
    ("tier-both", "百度月活三亿，腾讯月活四亿，都没看第一梯队。"),
    ("tier-of-those", "第一梯队为难了很久的百度、腾讯。"),
    ("squeezed-into-tier", "百度已经谈过了第二梯队。"),
    ("beside-tier", "腾讯第一梯队培训班开课。"),
]


RELEASED = "releasedOn", "2024-03-05"
TIDE: set[Triple] = {("听潮", *AT)}
TIDE_MADE: set[Triple] = {("听潮", *AT), ("听潮", "developedBy", "澄岸科技")}
HALBERD: set[Triple] = {("Halberd-2", *AT), ("Halberd-2", "developedBy", "Corvane Labs")}
EVENTS: list[tuple[str, str, set[Triple]]] = [
    ("release", "2024年3月5日，澄岸科技发表“听潮”大模型。", TIDE_MADE),
    ("release", "2024年3月5日，“听潮”大模型正式升级为“听潮2.0”大模型。", {("听潮2.0", *AT)}),
    ("release", "2024年3月5日，澄岸科技上线了“听潮”大模型。", TIDE_MADE),
    ("release", "2024年3月5日，澄岸科技造出了“听潮”大模型。", TIDE_MADE),
    ("release", "2024年3月5日，澄岸科技甩出“听潮”大模型。", TIDE_MADE),
    ("release", "2024年3月5日，澄岸科技晒出了“听潮”大模型。", TIDE_MADE),
    ("release", "澄岸科技2024年3月5日发布的“听潮”大模型很快。", TIDE_MADE),
    ("release", "“听潮”大模型2024年3月5日上市。", TIDE),
    ("release", "2024年3月5日，“听潮”大模型跟进。", TIDE),
    ("release", "“听潮”大模型2024年3月5日起向公众开放。", TIDE),
    ("release", "“听潮”大模型是2024年3月5日发布的。", TIDE),
    ("release", "2024年3月5日“听潮”大模型就有了。", TIDE),
    ("release", "On 5 March 2024 Corvane Labs took the wraps off Halberd-2.", HALBERD),
    ("release", "On 5 March 2024 Corvane Labs lifted the lid on Halberd-2.", HALBERD),
    ("release", "Corvane Labs began rolling out Halberd-2 on 5 March 2024.", HALBERD),
    ("release", "The harbour saw Corvane Labs shipping Halberd-2 on 5 March 2024.", HALBERD),
    ("make", "澄岸科技做过“听潮”大模型。", {("听潮", "developedBy", "澄岸科技")}),
    ("make", "澄岸科技做的是“听潮”大模型。", {("听潮", "developedBy", "澄岸科技")}),
    ("open-source", "2024年2月1日，拂晓科技开放了“晨钟”大模型权重。", {("晨钟", *OPENED)}),
    ("release", "2024年3月5日，澄岸科技上线“听潮”大模型。", TIDE_MADE),
    ("release", "澄岸科技2024年3月5日把“听潮”大模型放了出来。", TIDE_MADE),
    ("release", "“听潮”大模型2024年3月5日上线以来很受欢迎。", TIDE),
    ("release", "2024年3月5日，“听潮”大模型推出，价格不变。", TIDE),
    ("release", "Corvane Labs followed with Halberd-2 on 5 March 2024.", HALBERD),
    ("release", "Halberd-2 entered general availability on 5 March 2024.", {("Halberd-2", *AT)}),
    ("open-source", "拂晓科技2024年2月1日把模型晨钟-7B和Fuxiao-7B一起开源。", {("Fuxiao-7B", *OPENED)}),
    ("open-source", "Fuxiao-7B was released under the Bramble licence on 1 February 2024.", {("Fuxiao-7B", *OPENED)}),
    ("open-source", "2024年2月1日，“晨钟”大模型权重全部公布。", {("晨钟", *OPENED)}),
    ("open-source", "拂晓科技2024年2月1日开源的Fuxiao-7B很小。", {("Fuxiao-7B", *OPENED)}),
    ("open-source", "Fuxiao-7B是2024年2月1日开源的。", {("Fuxiao-7B", *OPENED)}),
    ("release", "2024年3月5日，澄岸科技把“听潮”大模型扔了出来。", TIDE),
    ("release", "“听潮”大模型是2024年3月5日发的。", TIDE),
    ("release", "2024年3月5日，“听潮”大模型首次露面。", TIDE),
    ("release", "On 5 March 2024 Corvane Labs showed Halberd-2.", HALBERD),
    ("release", "Halberd-2 went on general sale on 5 March 2024.", {("Halberd-2", *AT)}),
    ("release", "Halberd-2, released 5 March 2024, is quick.", {("Halberd-2", *AT)}),
    ("open-source", "2024年2月1日，“晨钟”大模型权重开放下载。", {("晨钟", *OPENED)}),
    (
        "open-source",
        "Corvane Labs put the weights of Fuxiao-7B on a torrent on 1 February 2024.",
        {("Fuxiao-7B", *OPENED)},
    ),
    ("beta", "“听潮”大模型2024年3月5日启动Beta测试。", {("听潮", "betaOn", "2024-03-05")}),
    ("beta", "The closed beta of Halberd-2 began on 5 March 2024.", {("Halberd-2", "betaOn", "2024-03-05")}),
    # what stands farther off
    ("open-source", "澄岸科技做过Fuxiao-7B，百亿参数，2024年2月1日开源的。", {("Fuxiao-7B", *OPENED)}),
    ("release", "上周（2024年3月5日），澄岸科技发布了“听潮”大模型。", TIDE_MADE),
]
UNEVENTFUL: list[tuple[str, str]] = [
    ("release", "2024年3月5日，澄岸科技发表论文，提到“听潮”大模型。"),
    ("release", "2024年3月5日，澄岸科技的价格升级为三档，“听潮”大模型不变。"),
    ("release", "2024年3月5日，澄岸科技的食堂上线了，“听潮”大模型不在菜单里。"),
    ("release", "2024年3月5日，澄岸科技甩出一张账单，“听潮”大模型没有受影响。"),
    ("release", "2024年3月5日，澄岸科技晒出了一张旧照片，“听潮”大模型不在里面。"),
    ("release", "2024年3月5日，澄岸科技成为“听潮”大模型背后的上市公司。"),
    ("release", "2024年3月5日，“听潮”大模型跟着下线。"),
    ("release", "“听潮”大模型2024年3月5日起接入开放平台。"),
    ("release", "“听潮”大模型是2024年3月5日发布的公告里唯一的主角。"),
    ("release", "2024年3月5日“听潮”大模型就有了对手。"),
    ("release", "On 5 March 2024 Corvane Labs took the lid off the kettle while Halberd-2 slept."),
    ("release", "Corvane Labs began rolling dice with Halberd-2 on 5 March 2024."),
    ("make", "澄岸科技做过“听潮”大模型的评测。"),
    ("open-source", "2024年2月1日，拂晓科技开放了食堂，“晨钟”大模型没有动。"),
    ("open-source", "2024年2月1日，“晨钟”大模型价格全部公布。"),
    ("open-source", "拂晓科技2024年2月1日提到开源的价值和Fuxiao-7B。"),
]


@functools.cache
def only(name: str) -> Rules:
    """The rules with nothing but the patterns or the event of that name to find relations by."""
    patterns = rules().patterns
    kept = tuple(p for p in patterns.patterns if p.name == name)
    events = tuple(e for e in patterns.events if e.name == name)
    assert kept or events, name
    return replace(
        rules(), pairs=None, links=None, patterns=replace(patterns, patterns=kept, events=events, families=None)
    )


def said(name: str, text: str) -> set[Triple]:
    return triples(extract(annotated(text), only(name)), Stance.ASSERTED, threshold=FOUND)


@pytest.mark.parametrize(("name", "text", "expected"), PATTERNS)
def test_a_pattern_says_what_it_is_for(name: str, text: str, expected: set[Triple]) -> None:
    assert said(name, text) == expected


@pytest.mark.parametrize(("name", "text"), NEAR)
def test_a_pattern_is_silent_on_a_near_miss(name: str, text: str) -> None:
    assert annotated(text).mentions
    assert said(name, text) == set()


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("under", "阿里巴巴集团旗下的达摩院与百度等单位合作开了课。", (BAIDU, "subOrganizationOf", ALIBABA)),
        ("based-on", "文心一言带出四个小模型，其中 7B 版本基于Llama 3打造。", (ERNIE, "basedOn", LLAMA3)),
        ("made-by", "听潮大模型以Llama 3为基座，由百度研发。", (LLAMA3, "developedBy", BAIDU)),
        ("maker-noun", "百度宣布自家产品以后都接入混元大模型。", (HUNYUAN, "developedBy", BAIDU)),
    ],
)
def test_words_that_take_back_what_a_pattern_says(name: str, text: str, wrong: Triple) -> None:
    assert {m.readings[0].entity for m in annotated(text).mentions} >= {wrong[0], wrong[2]}
    assert wrong not in said(name, text)


def test_every_pattern_here_has_both() -> None:
    assert {name for name, *_ in PATTERNS} == {name for name, _ in NEAR}


@pytest.mark.parametrize(("name", "text", "expected"), EVENTS)
def test_a_trigger_says_what_it_is_for(name: str, text: str, expected: set[Triple]) -> None:
    assert expected <= said(name, text)


@pytest.mark.parametrize(("name", "text"), UNEVENTFUL)
def test_a_word_like_a_trigger_is_none(name: str, text: str) -> None:
    assert said(name, text) == set()


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for _, text, expected in (*PATTERNS, *EVENTS)])
def test_all_rules_together_say_no_less(text: str, expected: set[Triple]) -> None:
    assert expected <= triples(extractions(text), Stance.ASSERTED, threshold=FOUND)


# stances -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hearsay", ["听说", "据说", "传说", "听闻", "风传"])
def test_hearsay_is_a_rumour(hearsay: str) -> None:
    found = [e for e in extractions(f"{hearsay}百度2024年3月5日发布了“听潮”大模型。") if e.extractor != "pairs"]
    assert {e.stance for e in found} == {Stance.RUMOURED}


def test_an_open_checkbox_is_a_plan() -> None:
    plan, done = (
        triples(extractions(f"{box}2024年2月1日，拂晓科技开源Fuxiao-7B。"), Stance.ASSERTED) for box in ("[ ] ", "")
    )
    assert ("Fuxiao-7B", *OPENED) in done
    assert ("Fuxiao-7B", *OPENED) not in plan


# known limits ---------------------------------------------------------------------------------------------------------

WRONG: list[tuple[str, Triple, str]] = [
    (
        "以Qwen2为底座的听潮大模型已经交付。",
        (QWEN2, "basedOn", "听潮"),
        "",
    ),
    (
        "2024年3月5日，百度发布文心一言，2024年4月11日，通义千问跟进。",
        (ERNIE, "releasedOn", "2024-04-11"),
        "a list of names goes through dates and commas",
    ),
    (
        "澄岸科技发布的报告2024年3月5日提到了“听潮”大模型。",
        ("听潮", *AT),
        "the trigger 发布的 takes a date for a name, and a report for a model",
    ),
    (
        "Google bought chairs from DeepMind.",
        (DEEPMIND, "subOrganizationOf", GOOGLE),
        "",
    ),
    (
        "Gemini 1.5 Pro is the fastest rival of the GPT-4 family.",
        ("model:gemini-1.5-pro", "versionOf", GPT4),
        "",
    ),
    (
        "Bing moved to another street when GPT-4 slept.",
        (BING, "integrates", GPT4),
        "",
    ),
    (
        "Claude 3 reads long files, and its office was built by carpenters from Anthropic.",
        (CLAUDE, "developedBy", ANTHROPIC),
        "far-made-by-en crosses the subject of another clause",
    ),
    (
        "“鹿野”助手看上去很朴素，背后是Qwen2的同一批投资人。",
        ("鹿野", "basedOn", QWEN2),
        "",
    ),
    (
        "混元大模型的老师是1750亿参数的GPT-3。",
        (HUNYUAN, "parameterCount", "175000000000"),
        "size-of is surer than sized, so the number's one subject is the farther name",
    ),
    ("达摩院是阿里巴巴的邻居。", (DAMO, "subOrganizationOf", ALIBABA), "subsidiary is content with a full stop"),
    ("李彦宏以前是总监。", (LI, "hasTitle", "总监"), ""),
    (
        "前OpenAI研究员创办的澄岸科技搬家了。该公司推出了“听潮”大模型。",
        ("听潮", "developedBy", OPENAI),
        "",
    ),
]
MISSED: list[tuple[str, Triple, str]] = [
    (
        "文心一言、通义千问都有1000亿参数。",
        (ERNIE, "parameterCount", "100000000000"),
        "size-of takes one name and no list",
    ),
    (
        "Anthropic spoke about costs and then showed its own new model Claude 3.",
        (CLAUDE, "developedBy", ANTHROPIC),
        "",
    ),
    (
        "拂晓科技（澄岸集团全资子公司）搬家了。",
        ("拂晓科技", "subOrganizationOf", "澄岸集团"),
        "",
    ),
    (
        "澄岸集团全资子公司拂晓科技搬家了。",
        ("拂晓科技", "subOrganizationOf", "澄岸集团"),
        "",
    ),
    (
        "Claude 3 answers politely, never tires and was built by Anthropic.",
        (CLAUDE, "developedBy", ANTHROPIC),
        "never denies the next verb as well",
    ),
    (
        "澄岸科技首席信息安全官李彦宏到场。",
        (LI, "worksFor", "澄岸科技"),
        "",
    ),
    (
        "Nordhaven Research staff engineer Maren Okafor left early.",
        ("Maren Okafor", "worksFor", "Nordhaven Research"),
        "Research is taken from the name into the title",
    ),
    (
        "听闻澄岸科技发布了“听潮”大模型。",
        ("听潮", "developedBy", "澄岸科技"),
        "",
    ),
]


def limits(cases: list[tuple[str, Triple, str]]) -> list[object]:
    """The cases; one with a reason is a limitation that stands."""
    return [
        pytest.param(text, triple, marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [])
        for text, triple, reason in cases
    ]


@pytest.mark.parametrize(("text", "wrong"), limits(WRONG))
def test_what_is_not_said_makes_no_fact(text: str, wrong: Triple) -> None:
    assert wrong not in triples(extractions(text), Stance.ASSERTED)


@pytest.mark.parametrize(("text", "right"), limits(MISSED))
def test_what_is_said_is_found(text: str, right: Triple) -> None:
    stances = (Stance.RUMOURED,) if text.startswith("听闻") else (Stance.ASSERTED,)
    assert right in triples(extractions(text), *stances, threshold=FOUND)


def test_weights_that_are_opened() -> None:
    assert ("晨钟", *OPENED) in said("open-source", "2024年2月1日，拂晓科技开放“晨钟”大模型的权重。")


# titles --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("百度首席运维师李彦宏到场。", "首席运维师"),
        ("百度首席数据官李彦宏到场。", "首席数据官"),
        ("百度董事会秘书李彦宏到场。", "董事会秘书"),
        ("百度董秘李彦宏到场。", "董秘"),
    ],
)
def test_titles_that_no_list_can_hold(text: str, title: str) -> None:
    found = triples(extractions(text), Stance.ASSERTED)
    assert {(LI, "hasTitle", title), (LI, "worksFor", BAIDU)} <= found


def test_english_titles_of_several_words() -> None:
    found = triples(extractions("OpenAI's senior research scientist Sam Altman left."), Stance.ASSERTED)
    assert {(ALTMAN, "hasTitle", "senior research scientist"), (ALTMAN, "worksFor", OPENAI)} <= found


def test_a_chief_without_a_field_is_no_title() -> None:
    assert not [t for t in triples(extractions("百度首席李彦宏到场。"), threshold=FOUND) if t[1] == "hasTitle"]


# lists whose members say what they are -------------------------------------------------------------------------------


def test_a_list_of_things_with_what_they_are() -> None:
    found = triples(extractions("拂晓科技推出了教学助手“鹿野”、检索工具“拾贝”。"), Stance.ASSERTED, threshold=FOUND)
    assert {("鹿野", "developedBy", "拂晓科技"), ("拾贝", "developedBy", "拂晓科技")} <= found


def test_another_clause_goes_on_with_no_list() -> None:
    text = annotated("拂晓科技推出了助手“鹿野”，天气很好，“拾贝”也在。")
    found = triples(extract(text, replace(rules(), pairs=None, links=None)), Stance.ASSERTED, threshold=FOUND)
    assert ("鹿野", "developedBy", "拂晓科技") in found
    assert ("拾贝", "developedBy", "拂晓科技") not in found


# lists ---------------------------------------------------------------------------------------------------------------


def test_brackets_and_quotation_marks_do_not_end_a_list() -> None:
    released = "2024年3月5日，澄岸科技发布了Tarn-2（568M）、Tarn-7（2B）和Tarn-9。"
    assert {(name, *RELEASED) for name in ("Tarn-2", "Tarn-7", "Tarn-9")} <= triples(extractions(released))
    quoted = "2024年3月5日，澄岸科技发布「听潮」「墨海」「云岫」三个大模型。"
    assert {(name, "developedBy", "澄岸科技") for name in ("听潮", "墨海", "云岫")} <= triples(extractions(quoted))


def test_what_brackets_tell_is_no_member_of_a_list() -> None:
    found = triples(extractions("2024年3月5日，澄岸科技发布了Tarn-2（基于Qwen2-7B）、Tarn-7和Tarn-9。"))
    assert ("Tarn-9", *RELEASED) in found
    assert not [t for t in found if t[0] == "model:qwen2-7b" and t[1] in ("releasedOn", "developedBy")]


def test_a_clause_behind_a_comma_is_no_member_of_a_list() -> None:
    found = triples(extractions("Tarn-7基于Llama 3，Tarn-9用的是Qwen2-7B。"))
    assert ("Tarn-7", "basedOn", LLAMA3) in found
    assert ("Tarn-7", "basedOn", "Tarn-9") not in found


def test_what_is_based_on_something_may_come_only_with_who_makes_it() -> None:
    found = triples(extractions("澄岸科技发布了Tarn-7。基于Llama 3，启衡智能推出了助手“小砚”。"), threshold=FOUND)
    assert ("Tarn-7", "basedOn", LLAMA3) not in found


def test_what_a_product_comes_with_is_not_its_base() -> None:
    assert not [t for t in triples(extractions("助手“小砚”由OriginOS 4首发搭载。")) if t[1] == "basedOn"]


def test_a_maker_that_shares_its_name_with_its_thing_is_the_maker_where_it_makes() -> None:
    made = annotated("DeepSeek发布了Tarn-7。DeepSeek的推理模型很快。")
    assert all(m.readings[0].type == "Organization" for m in made.mentions if m.text == "DeepSeek")


def test_what_describes_a_name_is_no_name() -> None:
    found = annotated("GPT-4是OpenAI于2023年3月发布的多语言对话模型，今天下线。")
    assert not [m for m in found.mentions if m.text.endswith("模型")]


@pytest.mark.parametrize(("text", "value"), [("Tarn-7，1300 亿，", "130000000000"), ("Tarn-7（568M）、", "568000000")])
def test_a_number_beside_a_name_is_its_size(text: str, value: str) -> None:
    found = annotated(f"{text}双语。").mentions
    assert value in {r.value.lexical for m in found for r in m.readings if r.type == "Size" and r.value}


@pytest.mark.parametrize("text", ["启衡智能2024，1300 亿元，", "融资Tarn-7，13 亿，", "从70亿参数模型到10亿量级模型，"])
def test_a_sum_is_no_size_and_a_size_no_name(text: str) -> None:
    found = annotated(f"{text}双语。").mentions
    assert not [m for m in found if m.text in ("1300 亿", "13 亿") or m.text.startswith("亿")]


def test_the_title_of_somebody_does_not_hold_his_name() -> None:
    titles = [m.text for m in annotated("Its former head of engineering Zach Brock left OpenAI.").mentions]
    assert "former head of engineering" in titles


def test_a_title_is_not_what_was_done_with_it() -> None:
    assert [m.text for m in annotated("莫斯塔克辞去首席执行官。").mentions if m.readings[0].type == "Title"] == [
        "首席执行官"
    ]


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [
        ("听潮大模型上线，参数规模由首版的70亿增加到340亿。", ("听潮", "parameterCount", "7000000000")),
        ("去年12月，百度推出了“听潮”大模型，底座采用的是Meta开源的Llama 3。", (LLAMA3, "openSourcedOn", "2023-12")),
        ("去年12月，百度推出了“听潮”大模型，底座采用的是Meta开源的Llama 3。", ("听潮", "developedBy", "org:meta")),
        ("DeepMind was later bought by Google.", (GOOGLE, "subOrganizationOf", DEEPMIND)),
        (
            "Tarn-7 is stitched together from eight 7-billion-parameter experts.",
            ("Tarn-7", "parameterCount", "7000000000"),
        ),
        ("No size is given; Edge is 7B and Flash is 21B.", ("Flash", "parameterCount", "7000000000")),
        ("腾讯一位教授泼冷水说，现在不行。", ("泼冷水", "worksFor", TENCENT)),
    ],
)
def test_wordings_that_say_something_else(text: str, unsaid: Triple) -> None:
    assert unsaid not in triples([e for e in extractions(text) if e.confidence >= 0.5], Stance.ASSERTED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("听潮大模型知道的人少些，是百度、腾讯两家一起搞的。", ("听潮", "developedBy", TENCENT)),
        ("2024年3月5日，听潮大模型首次公开，同时亮相的还有桌面工具“鹿野”。", ("鹿野", *RELEASED)),
        ("2024年3月5日，百度在GitHub放了Tarn-7。", ("Tarn-7", "openSourcedOn", "2024-03-05")),
        ("听潮大模型上线，参数规模由首版的70亿增加到340亿。", ("听潮", "parameterCount", "34000000000")),
        ("听潮大模型上线，三个尺寸，最大的一个340亿。", ("听潮", "parameterCount", "34000000000")),
        (
            "Tarn-7 is here. 46B parameters in total, though only about 6B wake up per token.",
            ("Tarn-7", "parameterCount", "46000000000"),
        ),
        ("2024年3月5日，百度发布了面向企业的系统 Tarn for Work。", ("Tarn for Work", *RELEASED)),
        (
            "百度上月开源了Tarn-V视频模型和Tarn-A语音模型，其中前者参数量130亿。",
            ("Tarn-V", "parameterCount", "13000000000"),
        ),
        ("DUI 2.0已全面接入GPT-4o。", ("DUI 2.0", "integrates", GPT4O)),
        ("鹿野助手：2024年3月5日发布的学习工具。", ("鹿野", *RELEASED)),
        ("Tarn-7 is a joint effort of OpenAI and Google.", ("Tarn-7", "developedBy", GOOGLE)),
        ("Tarn-7 (March 5, 2024) is small.", ("Tarn-7", *RELEASED)),
        ("2024年3月5日，百度开始推送“听潮”大模型。", ("听潮", *RELEASED)),
        ("听潮大模型，底座用了Qwen2。", ("听潮", "basedOn", QWEN2)),
        ("2024年3月5日，我们把听潮大模型的权重放到了GitHub。", ("听潮", "openSourcedOn", "2024-03-05")),
        ("In March 2024, Tarn-7 went open source.", ("Tarn-7", "openSourcedOn", "2024-03")),
        ("听潮大模型2024年3月5日起给少量客户试用。", ("听潮", "betaOn", "2024-03-05")),
        ("腾讯面向司法行业的听潮大模型很受欢迎。", ("听潮", "developedBy", TENCENT)),
        ("GPT-4o联合创始人章启原宣布离职，已加入竞争对手Anthropic。", ("章启原", "worksFor", ANTHROPIC)),
        ("鹿野助手可自由切换GPT-4o、Claude 3两种模型。", ("鹿野", "integrates", CLAUDE)),
        ("听潮大模型\n- 130亿参数，会写信\n- 便宜", ("听潮", "parameterCount", "13000000000")),
        (
            "Naver总部在首尔。模型由旗下控股子公司Naver Cloud训练。",
            ("org:naver-cloud", "subOrganizationOf", "org:naver"),
        ),
    ],
)
def test_more_wordings(text: str, expected: Triple) -> None:
    assert expected in triples(extractions(text), Stance.ASSERTED)
