"""Page furniture and spam: lines by their shape and place, never a sentence of an article."""

from __future__ import annotations

import pytest

from kg.clean import clean
from kg.clean.furniture import furniture, glued, spam
from kg.clean.offsets import MappedText
from kg.model import Source

FIRST = "这家公司在春天发布了新的模型，并且说它比以前的更快、更省电，价格也只有一半。"
SECOND = "分析人士认为，下一步是手机上的小模型，但公司的发言人没有回应这个说法。"
ENGLISH = "The company said on Tuesday that its new model is faster and cheaper than the one before it."


def around(head: str = "", tail: str = "") -> str:
    text = "\n".join(part for part in (head, FIRST, "一个小标题", SECOND, ENGLISH, tail) if part)
    return clean(Source("d", text)).text


PLAIN = around()


@pytest.mark.parametrize(
    "head",
    [
        "首页 | 新闻 | 科技 | 财经 | 登录",
        "首页 新闻 国际 财经 科技 体育",
        "Home | News | Business | Technology | Log in",
        "Skip to content",
        "当前位置：首页/资讯/正文",
        "您的位置：首页 > 科技 > 正文",
        "首页 > 科技 > 人工智能",
        "Home > News > AI",
        "正在阅读：",
        "扫一扫下载某某新闻APP",
        "服务热线：400-123-4567 投诉热线：13800000000",
        "图片",
        "【资料图】",
        "图片来源：视觉某国",
        "题图来自某图库",
        "摄影：某某新闻 张三",
        "文|某某商业评论",
        "文/张三",
        "作者：张三",
        "来源：某某日报",
        "某某新闻客户端 实习生 张三 李四 记者 王五",
        "记者 王五 北京",
        "责任编辑：张三",
        "編輯：張三",
        "分享到：微信 微博",
        "分享至",
        "Share this article",
        "Follow us on X",
        "5 min read",
        "By Jane Doe and John Roe",
        "Photo credit: Jane Doe",
        "Advertisement",
        "阅读 1.2万",
        "10万+",
        "本文来自微信公众号“某某观察”，作者：张三，经授权发布。",
        "请启用JavaScript以继续访问本站。",
        "你的浏览器没有启用JavaScript，打开它才能看到全部内容。",
        "You need to enable JavaScript to run this app.",
    ],
)
def test_furniture_at_the_head(head: str) -> None:
    assert around(head=head) == PLAIN


@pytest.mark.parametrize(
    "tail",
    [
        "（责任编辑：张三）",
        "责编 | 张三",
        "版权所有 某某公司",
        "Copyright © 2024 某某科技有限公司 版权所有 | 京ICP备12345678号-1 | 京公网安备11010802012345号",
        "© 2024 Some News. All rights reserved.",
        "All rights reserved",
        "互联网新闻信息服务许可证：11220180001",
        "地址：某省某市某区某路740号",
        "免责声明：本文仅代表作者个人观点，与本站无关。",
        "本文系转载，版权归原作者，如需授权请与其联系。",
        "转载请注明来自某某网",
        "未经授权，不得转载。",
        "如有侵权，请联系我们删除。",
        "本站不保证以上内容完全准确，也不承担由此产生的法律责任，请读者自行判断。",
        "The views expressed here are those of the author alone and not of this newspaper.",
        "Subscribe to our newsletter",
        "Sign up for our daily newsletter and never miss a story",
        "Read more: another story of the day",
        "标签：人工智能 大模型",
        "Tags: AI, models",
        "相关阅读\n另一家公司也有话要说\n第三家公司的消息在这里",
        "相关新闻：\n• 另一家公司也有话要说？知情人士：没有\n• 第三家公司的消息",
        "Related articles\nAnother company has news\nA third one too",
        "人工智能 大模型 云计算\n评论\n还可以输入140字\n专栏介绍\n某某观察\n20篇文章\n+关注",
        "7k\n评论\n暂无评论，来说第一句\n下载某某新闻\n微信公众号\n微博",
        "400-123-4567\n免费服务热线\nhello@example.com\n邮箱\n08:30-17:30\n服务时间",
        "关于我们 | 联系我们 | 广告服务 | 网站地图",
        "打开微信扫一扫\n分享给好友",
        "上一篇：某某的消息\n下一篇：某某的另一个消息",
        "（完）",
    ],
)
def test_furniture_at_the_tail(tail: str) -> None:
    assert around(tail=tail) == PLAIN


@pytest.mark.parametrize(
    "sentence",
    [
        "版权问题是大模型公司绕不开的话题，出版商已经提起了三起诉讼。",
        "用户可以在应用商店下载这个App，也可以打开网页版试用。",
        "公司开通了热线，客服电话每天接到上千个咨询。",
        "广告仍然是它最大的收入来源，去年占了七成。",
        "未经授权使用他人作品训练模型是否侵权，法院还没有定论。",
        "转载量最高的一篇文章说，这个模型是抄来的。",
        "本文介绍的三个模型都可以免费使用，其中两个已经开源。",
        "公司随后发表声明：模型没有使用这些数据。",
        "评论区里有人问，这个模型为什么这么便宜。",
        "赌场和博彩网站也开始用大模型写广告，监管部门注意到了这一点。",
        "点击“开始”按钮，扫描二维码就可以使用这个功能。",
        "编辑部用这个模型来校对稿件，记者们说它省了一半时间。",
        "关注这家公司的投资人认为，它的估值已经太高了。",
        "Readers can subscribe to the newsletter, but the company says that most of them do not.",
        "The copyright lawsuit against the company continues in New York this autumn, its lawyers said.",
        "By using the new model, the company cut its costs by half, according to its own report.",
        "JavaScript is the language that most of the model's users ask about, the report says.",
        "It was advertised as the cheapest model of the year, and the share price rose.",
    ],
)
def test_sentences_that_mention_such_words_stay(sentence: str) -> None:
    for text in (f"{FIRST}\n{sentence}\n{SECOND}", f"{sentence}\n{FIRST}\n{SECOND}", f"{FIRST}\n{SECOND}\n{sentence}"):
        assert clean(Source("d", text)).text == text


@pytest.mark.parametrize(
    "heading",
    [
        "广告业务",
        "大模型的版权之争",
        "版权所有：谁的作品",
        "下载量突破一亿",
        "某某公司发布手机App",
        "某某推出客户端",
        "进入大模型时代",
        "加入百模大战",
        "搜索引擎变天",
        "热线背后的人工智能",
        "评论员：别急着下结论",
        "警方捣毁网络赌场博彩窝点",
        "最新推荐算法",
        "相关政策解读",
        "By the numbers",
        "Read the room",
        "Image generation",
        "Copyright and AI",
        "Credit card fraud",
    ],
)
def test_headings_that_mention_such_words_stay(heading: str) -> None:
    for text in (f"{heading}\n{FIRST}\n{SECOND}\n{FIRST[:-1]}吗？", f"{FIRST}\n{heading}\n{SECOND}\n{FIRST[:-1]}吗？"):
        assert clean(Source("d", text)).text == text


def test_a_disclaimer_glued_to_the_last_paragraph() -> None:
    text = f"{FIRST}\n{SECOND}（责任编辑：张三）免责声明：本文仅供参考，不构成投资建议。"
    assert glued(MappedText.of(text)).text == f"{FIRST}\n{SECOND}"


def test_a_notice_glued_to_the_title() -> None:
    text = f"你的浏览器没有启用JavaScript，打开它才能看到全部内容。新模型来了\n{FIRST}"
    assert glued(MappedText.of(text)).text == f"新模型来了\n{FIRST}"


def test_spam_goes_and_says_where_it_was() -> None:
    line = "久久无码毛片| 一区二区在线观看| 国产精品人妻| 百家乐投注| 娱乐城下注"
    text = spam(MappedText.of(f"{FIRST}\n{line}\n{SECOND}"))
    assert text.text == f"{FIRST}\n{SECOND}"
    (note,) = text.notes
    assert note.code == "spam"
    assert note.count == len(line)
    assert note.span is not None


@pytest.mark.parametrize(
    "table",
    [
        "| 模型 | 公司 | 首页 | 新闻 |\n|---|---|---|---|\n| 甲 | 乙 | 丙 | 丁 |",
        "模型 | 公司 | 新闻 | 首页\n--- | --- | --- | ---\n甲 | 乙 | 丙 | 丁",
        "- 甲模型\n- 乙模型\n- 丙模型",
        "1. 下载模型\n2. 注册\n3. 登录",
    ],
)
def test_tables_and_lists_stay(table: str) -> None:
    text = f"{FIRST}\n{SECOND}\n\n{table}"
    assert furniture(MappedText.of(text)).text == text


def test_a_text_without_paragraphs_is_left_alone() -> None:
    text = "甲 7B\n乙 13B\n丙 70B"
    assert furniture(MappedText.of(text)).text == text
