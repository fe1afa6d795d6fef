"""Hostile texts for the laws of cleaning."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    *("\r\n", "\r", "\n", "\n\n", "\u2028", "\x0b", "\x0c", "\x00", "\ufeff", "\u200b", "\u200d", "\u00ad", "\t", "\u3000"),
    *("\u00a0", "ＧＰＴ－４", "２．５", "２０２３年", "，", "。", "！", "“", "”", "（", "）", ",", ".", "!", "?", ":", "(", ")"),
    *("👩\u200d💻", "🚀", "e\u0301", "ü", "ǘ", "\ue386", "\U000f1234", "\ud83d", "ﬁ", "𝐆", "⼤", "豈", "Ⅳ", "①"),
    *("開(kāi)源", "創(chuàng)業(yè)", "因?yàn)槿斯ぶ悄艿某霈F(xiàn)", "“大公司?!?/span>", "們(men)", "行(hello)", "樣?xùn)|"),
    *("&amp;", "&amp;lt;", "&nbsp;", "&#8203;", "&#x41;", "<p>", "</p>", "<br/>", "<think>", "/span>", "<b", ">", "<!--x-->"),
    *("`code`", "**粗**", "[字](http://a.b)", "![图](x)", "```\n", "| a | b |\n", "|---|---|\n", "# ", "- ", "1、", " 2、", "1) "),
    *("軟體", "人工智慧", "資料", "晶片", "方程式", "1.8兆", "著", "2 . 5", "2 0 2 3 年", "3 .5", "2023-11-08", "来源：某报"),
    *("免责声明：", "版权所有", "评论", "相关阅读", "首页 | 新闻 | 科技", "责任编辑：某某", "图片", "转载请注明出处", "当前位置：首页"),
    "这家公司在去年春天发布了新的模型，并且说它比以前的更快、更省电。",
    "The company said on Tuesday that its new model is faster and cheaper than the one before it.",
    "您的浏览器禁用了JavaScript，请启用。",
    "久久无码毛片在线观看一区二区",
    *("a", "B", "7", "好", "的", " ", "  "),
]

hostile = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=4), st.text(alphabet="?!,()（）<>&;/|`*[]#aF开開因為 \n0123.", max_size=8)),
    max_size=24,
).map("".join)
"""Texts made of everything that a rule looks for, whole, torn and in any order."""
