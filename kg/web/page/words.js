// The words of the page in its two languages, and what was chosen.
const WORDS = {
  title: ["知识图谱", "Knowledge graph"],
  skip: ["跳到正文", "Skip to content"],
  search: ["搜索公司、模型、产品、人物：名称、别名或拼音", "Search by name, alias or pinyin"],
  nothing: ["没有找到", "Nothing found"],
  results: ["搜索结果", "Search results"],
  home: ["首页", "Home"],
  board: ["梯队", "Tiers"],
  timeline: ["时间线", "Timeline"],
  landscape: ["全景表", "Landscape"],
  conflicts: ["争议", "Disputed"],
  documents: ["文档", "Documents"],
  sparql: ["SPARQL", "SPARQL"],
  intro: ["谁开发了哪个模型、何时发布、被归入第几梯队——每一条都能看到是谁、用哪句原话说的。",
    "Who made which model, when it came out, which tier it is put in — and for each of these, who says so and in which words."],
  counts: ["{documents} 篇文档 · {claims} 条说法 · {facts} 条事实", "{documents} documents · {claims} claims · {facts} facts"],
  often: ["最常被提到的", "Spoken of most"],
  aboutBoard: ["哪些公司在第一梯队？谁说的？", "Which companies are in the first tier, and who says so?"],
  aboutTimeline: ["什么在什么时候发布。", "What came out when."],
  aboutLandscape: ["公司、模型、发布日期、梯队，一张可排序、可下载的表。", "Companies, models, dates and tiers in a table to sort and download."],
  aboutConflicts: ["来源互相矛盾的日期和数字，双方原话对照。", "Dates and numbers that sources contradict each other about, both sides quoted."],
  aboutDocuments: ["读过的每篇文档，标出提到的名称和说法。", "Every document that was read, with names and claims marked."],
  aboutSparql: ["用 SPARQL 查询整个图谱。", "Ask anything in SPARQL."],
  also: ["又名", "also"],
  same: ["同一事物", "the same as"],
  facts: ["说法与依据", "What is said, and by whom"],
  incoming: ["指向它的", "What points at it"],
  versions: ["版本", "Versions"],
  version: ["版本", "Version"],
  changed: ["内容", "What is said of it"],
  events: ["时间线", "Timeline"],
  around: ["周围的图", "The graph around it"],
  held: ["采信", "held"],
  notHeld: ["未采信", "not held"],
  disputed: ["有争议", "disputed"],
  against: ["与之矛盾：", "against: "],
  exactly: ["更精确的说法：", "more exactly: "],
  sources: ["{n} 个独立来源", "{n} independent sources"],
  source1: ["1 个独立来源", "1 independent source"],
  origins: ["独立来源数", "Independent sources"],
  rule: ["理由：", "why: "],
  asserted: ["断言", "asserted"],
  planned: ["计划", "planned"],
  rumoured: ["传闻", "rumoured"],
  denied: ["否认", "denied"],
  accordingTo: ["据{who}", "according to {who}"],
  confidence: ["可信度 {n}", "confidence {n}"],
  more: ["更多", "More"],
  moreClaims: ["再看 {n} 条说法", "{n} more claims"],
  none: ["没有任何文档说过它什么。", "No document says anything about it."],
  csv: ["下载 CSV", "Download CSV"],
  filter: ["筛选", "Filter"],
  shown: ["显示 {n} / {all}", "{n} of {all} shown"],
  open: ["打开页面", "Open its page"],
  expand: ["展开", "Expand"],
  clickHint: ["点一个节点展开它的邻居；拖动平移，滚轮或 ＋－ 缩放；键盘：Tab 选择，Enter 展开。",
    "A click on a node shows its neighbours; drag to move, wheel or + − to zoom; by keyboard Tab chooses and Enter expands."],
  type: ["类型", "Type"],
  relation: ["关系", "Relation"],
  tier: ["梯队", "Tier"],
  from: ["从", "From"],
  to: ["到", "To"],
  from_source: ["来源", "Source"],
  all: ["全部", "all"],
  unranked: ["未分级", "unranked"],
  company: ["公司", "Company"], model: ["模型", "Model"], released: ["发布日期", "Released"],
  date: ["日期", "Date"], event: ["事件", "Event"], name: ["名称", "Name"], maker: ["开发者", "Maker"],
  document: ["文档", "Document"], publisher: ["发布者", "Publisher"], published: ["发表日期", "Published"], quote: ["原话", "Quote"],
  value: ["值", "Value"], stance: ["立场", "Stance"],
  noText: ["这次构建没有保存正文（缺 documents.jsonl）；重新运行 kg build 即可看到。",
    "This build kept no texts (documents.jsonl is missing); run kg build again to see them."],
  text: ["正文", "Text"],
  report: ["读取报告", "Report"],
  cleaned: ["清理", "Cleaning"],
  unread: ["提到了已知名称、但没有读出关系的句子", "Sentences with known names of which nothing was understood"],
  repostOf: ["转载自", "A repost of"],
  claimsHere: ["本文的说法", "What this document says"],
  original: ["原文链接", "original"],
  noConflicts: ["没有互相矛盾的说法。", "No sources contradict each other."],
  run: ["运行 (Ctrl+Enter)", "Run (Ctrl+Enter)"],
  share: ["复制链接", "Copy link"],
  copied: ["链接已复制", "Link copied"],
  save: ["保存", "Save"],
  saveAs: ["给查询起个名字", "Name of the query"],
  remove: ["删除", "Delete"],
  saved: ["现成的查询", "Ready-made queries"],
  mine: ["我保存的", "Saved by me"],
  rows: ["{n} 行，{ms} 毫秒", "{n} rows in {ms} ms"],
  cut: ["结果已截断", "The answer was cut"],
  noEditor: ["没有打包编辑器，所以这里是普通文本框：安装 Node.js 后运行 make web，再刷新本页，即有高亮与补全。",
    "The editor was not bundled, so this is a plain field: install Node.js, run make web, and reload this page for colours and completion."],
  yes: ["是", "yes"], no: ["否", "no"],
  loading: ["读取中…", "Loading…"],
  wrong: ["出错了", "Something went wrong"],
  light: ["☀ 浅色", "☀ Light"], dark: ["☾ 深色", "☾ Dark"],
  other: ["English", "中文"],
  accept: ["采纳", "Accept"], reject: ["驳回", "Reject"], correct: ["更正", "Correct"],
  who: ["谁决定的", "Who decides"], why: ["理由", "Why"], right: ["正确的值", "The right value"],
  send: ["写入 decisions.csv", "Write to decisions.csv"],
  decided: ["已写入 decisions.csv；下次构建生效", "Written to decisions.csv; the next build obeys it"],
  Document: ["文档", "Document"],
};

const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
export const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private windows have none */ } };
export const recall = stored;

export const state = { site: null, language: stored("kg-language") || (/^zh/i.test(navigator.language) ? "zh" : "en") };

/** The words for `key`, with {name}s filled in. */
export function say(key, values = {}) {
  const words = WORDS[key];
  const text = words ? words[state.language === "zh" ? 0 : 1] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The label of a thing in the chosen language, else in the other, else any. */
export function label(thing) {
  const labels = thing.labels || {};
  const order = state.language === "zh" ? ["zh", "en"] : ["en", "zh"];
  for (const language of order) if (labels[language]) return labels[language];
  return Object.values(labels)[0] || thing.id;
}

/** What the ontology calls a relation or class. */
export function term(kind, name) {
  const found = state.site[kind].find((one) => one.name === name);
  return found ? label({ labels: found.labels, id: name }) : say(name);
}
