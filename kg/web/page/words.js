// The words of the page in its two languages, and what was chosen.
const WORDS = {
  title: ["知识图谱", "Knowledge graph"],
  skip: ["跳到正文", "Skip to content"],
  search: ["搜索名称、别名或拼音", "Search by name, alias or pinyin"],
  nothing: ["没有找到", "Nothing found"],
  results: ["搜索结果", "Search results"],
  home: ["首页", "Home"],
  board: ["{tier}", "{tier}s"],
  timeline: ["时间线", "Timeline"],
  landscape: ["全景表", "Landscape"],
  conflicts: ["争议", "Disputed"],
  documents: ["文档", "Documents"],
  sparql: ["SPARQL", "SPARQL"],
  intro: ["谁做了什么、什么时候——又是谁、用哪句原话说的", "Who made what, when — and who says so, in which words"],
  asked: ["可以这样问", "Questions to begin with"],
  askFirst: ["{tier}里有谁？谁说的？", "Who is in the {tier}, and who says so?"],
  askWhen: ["{name}的{relation}是哪天？用谁的原话？", "{name}: {relation} which day, in whose words?"],
  askVersions: ["{name}的各个版本有什么不同？", "What changed between the versions of {name}?"],
  askDisputed: ["哪些日期和数字有争议？", "Which dates and numbers are disputed?"],
  askExport: ["把所有结果下载成表格", "Save everything as a table"],
  latest: ["最近的动态", "What is newest"],
  allOf: ["全部 {n} 项 →", "all {n} →"],
  allEvents: ["完整时间线 →", "the whole timeline →"],
  lookAt: ["去看看 →", "have a look →"],
  counts: ["{documents} 篇文档 · {claims} 条说法 · {facts} 条事实", "{documents} documents · {claims} claims · {facts} facts"],
  often: ["最常被提到的", "Spoken of most"],
  aboutBoard: ["谁把什么归入哪个{tier}，附原话。这是各家来源自己的看法，并存，不互相否定。",
    "Who puts what into which {tier}, in their own words. Each is one source's view; views stand side by side."],
  aboutTimeline: ["什么在什么时候发生；点一年只看那一年，点日期看原话。",
    "What happened when. A year shows that year alone; a date leads to the words behind it."],
  aboutLandscape: ["公司、模型、发布日期、梯队，一张可排序、可下载的表。没有自己梯队的，列出开发者的梯队。", "Companies, models, dates and tiers in a table to sort and download. What has no tier of its own shows its maker's."],
  aboutConflicts: ["来源互相矛盾的日期和数字，各方原话对照。", "Dates and numbers that sources contradict each other about, each side quoted."],
  noneDisputed: ["没有互相矛盾的日期或数字。（有粗有细的日期不算矛盾，例如 2023-04 和 2023-04-11。）",
    "No dates or numbers contradict each other. (A date that is only less exact is no contradiction: 2023-04 and 2023-04-11.)"],
  explained: ["看似不同，其实说得通", "Different, yet no contradiction"],
  aboutExplained: ["这些说法的取值与采信的不同，但讲的是另一个事件、另一个版本或规格，或者后来被更正了。",
    "These claims name other values than the held ones, yet they speak of another event, another version or size, or were corrected later."],
  heldIs: ["采信：", "held: "],
  noneHeld: ["没有采信任何一个", "none is held"],
  aboutDocuments: ["读过的每篇文档，标出提到的名称和说法。", "Every document that was read, with names and claims marked."],
  aboutSparql: ["给会写 SPARQL（图谱查询语言）的人：可以查整个图谱。不会写也可以直接点现成的查询。",
    "For those who write SPARQL, the query language of graphs. Those who do not can take a ready-made query."],
  untitled: ["无标题文档 {id}", "Untitled document {id}"],
  also: ["又名", "also"],
  same: ["同一事物", "the same as"],
  glance: ["一览", "At a glance"],
  facts: ["原话与依据", "Who says so, in which words"],
  incoming: ["别处提到它", "Where else it is named"],
  whose: ["{relation}：{name}", "{relation} {name}"],
  andMore: ["还有 {n} 项", "{n} more"],
  moreQuotes: ["还有 {n} 句原话", "more quotes: {n}"],
  onlyUnheld: ["没有采信的说法", "Claims that are not held"],
  versions: ["版本", "Versions"],
  version: ["版本", "Version"],
  changed: ["与上一版相比", "Against the one before"],
  aboutVersions: ["按最早日期排列；＋ 是上一版没有的说法。没有写出的，是没有文档提到。",
    "In the order of their first dates; ＋ is what nobody says of the one before. What is not here, no document says."],
  noVersions: ["没有文档提到它的其他版本。", "No document speaks of another version of it."],
  nothingNew: ["除了日期，没有文档说有什么不同", "but for the dates no document says what differs"],
  asBefore: ["同上一版", "as before"],
  alike: ["名称相近，但没有文档说是它的版本：", "Named alike, though no document calls them its versions:"],
  inWords: ["原话", "In their words"],
  events: ["大事记", "What happened when"],
  around: ["关系图", "The graph around it"],
  held: ["采信", "held"],
  notHeld: ["未采信", "not held"],
  heldMeans: ["权衡各方说法后，采信的值", "what holds after all claims were weighed"],
  notHeldMeans: ["有人这么说，但权衡之后没有采信", "somebody says so; after weighing all claims it is not held"],
  disputed: ["有争议", "disputed"],
  against: ["与之矛盾：", "against: "],
  exactly: ["更精确的说法：", "more exactly: "],
  sources: ["{n} 个独立来源", "{n} independent sources"],
  source1: ["1 个独立来源", "1 independent source"],
  origins: ["独立来源", "Sources"],
  rule: ["理由：", "why: "],
  asserted: ["断言", "asserted"],
  planned: ["计划", "planned"],
  rumoured: ["传闻", "rumoured"],
  denied: ["否认", "denied"],
  accordingTo: ["据{who}", "according to {who}"],
  confidence: ["可信度 {n}%", "confidence {n}%"],
  confidenceMeans: ["读出这条说法的把握", "how sure the reading of these words is"],
  "same value": ["与采信值一致", "same value"],
  refinement: ["同一说法，精确程度不同", "refinement"],
  "different event": ["另一个事件", "different event"],
  "different scope": ["另一个版本或范围", "different scope"],
  superseded: ["已被取代", "superseded"],
  conflict: ["互相矛盾", "conflict"],
  "no part": ["不参与权衡", "not weighed"],
  standing: ["归类", "Class"],
  because: ["归类理由", "Why that class"],
  more: ["更多", "More"],
  moreClaims: ["再看 {n} 条说法", "{n} more claims"],
  none: ["没有任何文档说过它什么。", "No document says anything about it."],
  csv: ["下载表格 (CSV)", "Download as a table (CSV)"],
  filter: ["在表中筛选", "Filter the table"],
  sortBy: ["排序", "Sort by"],
  asTable: ["列成表格，可筛选、排序、下载", "As a table, to filter, sort and save"],
  shown: ["共 {all} 行，显示 {n}", "{n} of {all} rows"],
  shownGraph: ["共 {all} 条关系，画出 {n} 条", "{n} of {all} relations are drawn"],
  open: ["打开页面", "Open its page"],
  expand: ["展开", "Expand"],
  clickHint: ["点一个圆点，展开与它有关的；拖动空白处平移，用 ＋ － 缩放。键盘：Tab 选择，Enter 展开。",
    "A click on a dot shows what belongs to it; drag the ground to move, + and − to zoom. By keyboard Tab chooses, Enter expands."],
  zoomIn: ["放大", "Zoom in"], zoomOut: ["缩小", "Zoom out"], filters: ["筛选这张图", "Filter the graph"],
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
  said: ["谁说的", "Who says so"], claimsIn: ["说法数", "Claims"],
  value: ["值", "Value"], stance: ["立场", "Stance"],
  claimMark: ["下划线：读出了说法的句子", "underlined: words that a claim was read from"],
  jumpText: ["看原文位置", "show in the text"],
  noText: ["这次构建没有保存正文（缺 documents.jsonl）；重新运行 kg build 即可看到。",
    "This build kept no texts (documents.jsonl is missing); run kg build again to see them."],
  text: ["正文", "Text"],
  report: ["读取报告", "How it was read"],
  cleaned: ["清理了什么", "What was cleaned"],
  dropped: ["没有采信的说法", "Claims that were not taken"],
  readHow: ["原文 {raw} 字，清理后 {cleaned} 字；认出 {mentions} 处名称，读出 {claims} 条说法。",
    "{raw} characters, {cleaned} after cleaning; {mentions} names and {claims} claims were found."],
  unread: ["提到了已知名称、但没有读出关系的句子", "Sentences with known names of which nothing was understood"],
  repostOf: ["转载自", "A repost of"],
  claimsHere: ["本文的说法", "What this document says"],
  original: ["原文链接", "original"],
  run: ["运行 (Ctrl+Enter)", "Run (Ctrl+Enter)"],
  share: ["复制链接", "Copy link"],
  copied: ["链接已复制", "Link copied"],
  save: ["保存", "Save"],
  saveAs: ["给查询起个名字", "Name of the query"],
  remove: ["删除", "Delete"],
  saved: ["现成的查询", "Ready-made queries"],
  choose: ["选一个查询…", "Choose a query…"],
  mine: ["我保存的", "Saved by me"],
  rows: ["{n} 行，{ms} 毫秒", "{n} rows in {ms} ms"],
  cut: ["结果已截断", "The answer was cut"],
  noEditor: ["没有打包编辑器，所以这里是普通文本框：安装 Node.js 后运行 make web，再刷新本页，即有高亮与补全。",
    "The editor was not bundled, so this is a plain field: install Node.js, run make web, and reload this page for colours and completion."],
  yes: ["是", "yes"], no: ["否", "no"],
  loading: ["读取中…", "Loading…"],
  wrong: ["出错了", "Something went wrong"],
  notThere: ["图谱里没有这一项。", "The graph does not have that."],
  isBusy: ["同时问的人太多，请稍候再试。", "Too many questions at a time; try again in a moment."],
  tooLong: ["这个问题花的时间太长，已停止；请问得更具体一些。", "That took too long and was stopped; ask for less."],
  tooMuch: ["答案太大，已停止；请问得更具体一些。", "The answer was too large and was stopped; ask for less."],
  notReached: ["连不上服务器：kg serve 还在运行吗？", "The server does not answer: is kg serve still running?"],
  toHome: ["回首页", "To the first page"],
  and: ["、", ", "], semicolon: ["；", "; "],
  light: ["☀ 浅色", "☀ Light"], dark: ["☾ 深色", "☾ Dark"],
  other: ["English", "中文"],
  accept: ["采纳", "Accept"], reject: ["驳回", "Reject"], correct: ["更正", "Correct"],
  who: ["谁决定的", "Who decides"], why: ["理由", "Why"], right: ["正确的值", "The right value"],
  send: ["记下决定", "Write the decision"],
  cancel: ["取消", "Cancel"],
  decided: ["已写入 decisions.csv；下次运行 kg build 时生效", "written to decisions.csv; the next kg build obeys it"],
  decidedAccept: ["{who} 采纳了这条说法：{why}", "{who} accepted this claim: {why}"],
  decidedReject: ["{who} 驳回了这条说法：{why}", "{who} rejected this claim: {why}"],
  decidedCorrect: ["{who} 更正了这条说法（原话说的是 {stated}）：{why}", "{who} corrected this claim (its words say {stated}): {why}"],
  waitingAccept: ["{who} 要采纳这条说法：{why}", "{who} wants to accept this claim: {why}"],
  waitingReject: ["{who} 要驳回这条说法：{why}", "{who} wants to reject this claim: {why}"],
  waitingCorrect: ["{who} 要更正为 {value}：{why}", "{who} wants to correct it to {value}: {why}"],
  withdraw: ["撤回", "Withdraw"],
  withdrawn: ["已从 decisions.csv 撤回；下次运行 kg build 时生效", "taken out of decisions.csv; the next kg build obeys it"],
  menu: ["菜单", "Menu"],
  Document: ["文档", "document"],
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

/** A label as a heading begins: the ontology's are written as inside a sentence. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A document's title, or what stands for it. */
export const titleOf = (doc) => doc.title || say("untitled", { id: doc.id });

/** Several texts in a row. */
export const joined = (texts) => texts.join(say("and"));

/** What the ontology calls the steps that things are ranked in, such as tiers. */
export function ranks() {
  const found = state.site.classes.find((one) => one.ordered);
  return found ? label({ labels: found.labels, id: found.name }) : say("tier");
}

/** What a view is called. */
export const viewName = (name) => (name === "board" ? say(name, { tier: capital(ranks()) }) : say(name));

/** What the ontology calls a relation or class. */
export function term(kind, name) {
  const found = state.site[kind].find((one) => one.name === name);
  return found ? label({ labels: found.labels, id: name }) : say(name);
}
