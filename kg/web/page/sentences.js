// What a build writes down in English for people, in Chinese: why a value is held, why a claim has its class, what was
// cleaned.  {x} stands for what differs from case to case; it may be one of these sentences itself.
import { say, state, term } from "./words.js";

export const SENTENCES = {
  // Why a value is held: the steps of the winner rule (kg/reconcile/winner.py, case.py).
  "no claim against it": "没有相反的说法",
  "more exact than other claims": "比其他说法更精确",
  "the only value": "只有这一个值",
  "all sides of a conflict are held; the rule prefers {x}": "矛盾各方都保留；按规则优先 {x}",
  "what the claims that conflict agree on": "互相矛盾的说法共同认可的部分",
  "a person decided so": "由人决定",
  "an official source states it": "官方来源这样说",
  "more independent origins state it": "更多独立来源这样说",
  "it is more exact": "这个说法更精确",
  "its publisher is trusted more": "发布者更可信",
  "it was published first": "发表得最早",
  "its words are surer": "原话更明确",
  "a stable choice between equals": "各方相当，按固定规则选定",
  // Why a claim has its class (kg/reconcile/case.py, classes.py).
  "another claim is more exact": "另一条说法更精确",
  "nothing is held where claims conflict": "互相矛盾时一个也不采信",
  "against {x}; nothing is held where claims conflict": "与 {x} 矛盾；互相矛盾时一个也不采信",
  "against {x}: {y}": "与采信的 {x} 矛盾；采信理由：{y}",
  "in words of {x}": "引用的是文档 {x} 的原话",
  "a repost of {x}": "转载自文档 {x}",
  "its words are not sure enough": "原话不够明确",
  "{x} rejected it: {y}": "{x} 驳回了它：{y}",
  "it is {x}, not asserted": "是{x}，不是断言",
  "it was a plan; other claims say what came of it": "当时只是计划；后来怎样，别的说法讲了",
  "{x} decided: {y}": "{x} 决定：{y}",
  "{x} says {y} more exactly": "{x} 比 {y} 更精确",
  "both can be one day": "两者可以是同一天",
  "one day in two time zones": "同一天，时区不同",
  "the same source corrected it later": "同一来源后来更正了",
  "one sentence states both": "同一句话里两个都说了",
  "it is the value of {x}": "这是 {x} 的值",
  "its words speak of one of several: {x}": "原话说的是其中之一：{x}",
  "its words name {x}": "原话说的是 {x}",
  "it is the date of {x}": "这是“{x}”的日期",
  "its words speak of another event: {x}": "原话说的是另一个事件：{x}",
  "its name says {x}": "名称里写的是 {x}",
  // Why a claim was not taken (kg/weigh.py).
  "confidence too low": "可信度太低",
  "not asserted: {x}": "不是断言，而是{x}",
  "rejected by {x}": "被 {x} 驳回",
  // What was cleaned, and what is odd about a text (kg/clean, kg/read).
  "no article was found in the page, so its whole visible text is read": "网页里没有找到正文，所以读了全部可见文字",
  "lines outside the article of the page, removed": "删去正文以外的行",
  "a character is lost to a one-byte shift": "错位一个字节，丢了一个字",
  "places that slipped by one byte of GBK, repaired": "修复错位一个字节的 GBK 乱码",
  "slipped by one byte of GBK, not surely repairable": "GBK 错位一个字节，没有把握修复",
  "spaces inside numbers, removed": "删去数字中间的空格",
  "spaces in a very long line, turned into line breaks": "超长的行里，把空格改为换行",
  "gaps between a table's columns, turned into bars": "表格的列间空白，改为竖线",
  "markup nested too deeply to be removed whole": "标记嵌套太深，没有全部去掉",
  "the metadata's date {x} is none that we know": "元数据里的日期 {x} 无法识别",
  "publication date {x} from the {y}": "发表日期 {x}，取自{y}",
  "date line": "日期行", dateline: "电头", address: "网址",
  "letters of text that stands there before, removed": "删去前面已有的重复文字（字数）",
  "lines of the page's head and copies of the title, removed": "删去页眉和重复的标题",
  "pinyin annotations, removed": "删去拼音注音",
  "traditional characters, written simplified": "繁体字改为简体",
  "terms of Taiwan, written in the mainland's": "台湾用语改为大陆用语",
  "notices on a line of the article, removed": "删去正文中的声明",
  "characters of link spam, removed": "删去垃圾链接（字数）",
  "lines of the page around the article, removed": "删去正文四周的网页文字",
  "characters that cannot be seen, removed": "删去看不见的字符",
  "private-use characters, removed": "删去私用区字符",
  "tags and entities, removed or decoded": "去掉或解码标记与实体",
  "characters that are none (half a surrogate pair, or NUL) read as U+FFFD": "无效字符读作 U+FFFD",
  "no code was named; read as {x} by its words": "没有注明编码；按文字判断为 {x}",
  "JSON-LD of the page is not JSON and was left aside": "网页的 JSON-LD 不是合法 JSON，没有采用",
  "the text begins like front matter and is kept: {x}": "开头像元数据，但保留为正文：{x}",
  "the PDF has faults that were passed over, first: {x}": "PDF 有错误，已跳过；第一处：{x}",
  "pages of the PDF without text; if they are scanned, they need OCR": "PDF 中没有文字的页；如果是扫描件，需要先做文字识别",
  // Why a decision was not taken (kg/serve/decisions.py).
  "decisions are taken from the page of this server alone; reload it": "决定只能从本服务器自己的页面提交；请刷新页面",
  "decisions are taken from the page of this server alone": "决定只能从本服务器自己的页面提交",
  "correct needs a value, and accept and reject have none": "更正需要填写正确的值",
  "{x} is empty: a decision says who made it and why": "{x} 没有填：决定要写明是谁做的、为什么",
  "{x} is one line of at most {y} characters": "{x} 只能是一行，最多 {y} 个字符",
  "{x} has other columns than {y}; put that right first": "{x} 的列不是 {y}；请先改正这个文件",
  "{x} cannot be read: {y}; put that right first": "{x} 无法读取：{y}；请先改正这个文件",
  "{x} could not be read: {y}": "{x} 无法读取：{y}",
  "{x} could not be written: {y}": "{x} 无法写入：{y}",
};

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const patterns = Object.entries(SENTENCES).filter(([english]) => english.includes("{")).map(([english, chinese]) => {
  const names = [...english.matchAll(/\{(\w)\}/g)].map((found) => found[1]);
  return [new RegExp(`^${escaped(english).replace(/\\\{\w\\\}/g, "(.+?)")}$`, "s"), names, chinese];
});

/** A sentence of a build in the chosen language; what is none of those stays as it is. */
export function sentence(text) {
  if (state.language !== "zh") return text;
  if (text in SENTENCES) return SENTENCES[text];
  for (const [pattern, names, chinese] of patterns) {
    const found = pattern.exec(text);
    if (found) return chinese.replace(/\{(\w)\}/g, (_, name) => part(found[1 + names.indexOf(name)]));
  }
  return text;
}

/** What stands in a sentence: another one, a stance, a relation's name, or a text of its own. */
function part(text) {
  const known = sentence(text);
  if (known !== text) return known;
  if (["planned", "rumoured", "denied", "asserted"].includes(text)) return say(text);
  return state.site.relations.some((one) => one.name === text) ? term("relations", text) : text;
}
