// A document: its text with what was found in it, its claims beside it, and how it was read.
import { ask, h, link, outside, quote, relation, toDocument, value, verdict } from "./dom.js";
import { review } from "./review.js";
import { sentence } from "./sentences.js";
import { label, say, state, term, titleOf } from "./words.js";

/** The page of a document; `claim` among the parameters is the one whose words are to be seen. */
export async function documentPage(id, parameters) {
  const doc = await ask("document", { id });
  const wanted = parameters.get("claim") ?? "";
  const about = [doc.publisher && h("span", { dir: "auto" }, doc.publisher), doc.published, doc.url && outside(doc.url, say("original"))].filter(Boolean);
  const page = h("article", {},
    h("p", { class: "quiet small" }, say("document"), " · ", h("code", {}, doc.id)),
    h("h1", { dir: "auto" }, titleOf(doc)),
    h("p", { class: "quiet" }, about.map((one, at) => [at ? " · " : "", one])),
    doc.origin ? h("p", { class: "note" }, say("repostOf"), " ", h("a", { href: toDocument(doc.origin) }, doc.origin)) : null,
    h("p", { class: "jumps narrow" }, ["claimsHere", "report"].map((part) =>
      h("button", { type: "button", on: { click: () => page.querySelector(`#part-${part}`).scrollIntoView({ block: "start" }) } }, say(part)))),
    h("div", { class: "beside" },
      h("section", {}, h("h2", {}, say("text")), legend(doc),
        doc.text === null || doc.text === undefined ? h("p", { class: "note" }, say("noText")) : text(doc, wanted)),
      h("section", { id: "part-claimsHere" }, h("h2", {}, say("claimsHere"), h("span", { class: "quiet" }, ` ${doc.claims.length}`)),
        doc.claims.map((claim) => said(claim, doc, wanted)))),
    h("section", { id: "part-report" }, h("h2", {}, say("report")), report(doc)));
  const show = () => {
    page.querySelector(".value.wanted")?.scrollIntoView({ block: "nearest" });
    page.querySelector(".text .here")?.scrollIntoView({ block: "center" });
  };
  return { title: titleOf(doc), page, after: show };
}

/** A claim of the document: who, what, whether it is held, and where its words are. */
const said = (claim, doc, wanted) => h("div", { class: `value ${claim.id === wanted ? "wanted" : ""}`, id: claim.id },
  h("p", { class: "said" }, h("b", {}, link(claim.subject)), " ", h("span", { class: "quiet" }, relation(claim.relation)), " ", h("b", {}, value(claim.value)), " ", verdict(claim.held)),
  quote({ ...claim, document: { ...claim.document, title: say("jumpText"), publisher: "", published: "" } }, review(claim, claim)));

function legend(doc) {
  const kinds = state.site.classes.map((one) => one.name);
  const types = [...new Set(doc.mentions.map((mention) => mention[2]))].filter((type) => kinds.includes(type)).sort((a, b) => kinds.indexOf(a) - kinds.indexOf(b));
  return h("p", { class: "small legend" }, types.map((type) => h("span", { class: `m m${kinds.indexOf(type)}` }, term("classes", type))), doc.spans.length ? h("span", { class: "claimed" }, say("claimMark")) : null);
}

/** The text in pieces: each mention a mark or a link, each claim's words underlined. */
function text(doc, wanted) {
  const points = Array.from(doc.text);
  const cuts = new Set([0, points.length]);
  for (const [start, end] of [...doc.mentions, ...doc.spans]) { cuts.add(start); cuts.add(end); }
  const sorted = [...cuts].filter((at) => at <= points.length).sort((a, b) => a - b);
  const kinds = state.site.classes.map((one) => one.name);
  const mentions = [...doc.mentions].sort((a, b) => a[0] - b[0]);
  const spans = [...doc.spans].sort((a, b) => a[0] - b[0]);
  const parts = [];
  let place = 0;
  let open = [];
  let next = 0;
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const [start, end] = [sorted[i], sorted[i + 1]];
    while (place < mentions.length && mentions[place][1] <= start) place += 1;
    const mention = mentions[place] && mentions[place][0] <= start && end <= mentions[place][1] ? mentions[place] : null;
    open = open.filter((span) => span[1] > start);
    while (next < spans.length && spans[next][0] <= start) { if (spans[next][1] > start) open.push(spans[next]); next += 1; }
    const here = open.some((span) => `claim:${span[2]}` === wanted || span[2] === wanted);
    const classes = [open.length ? "claimed" : "", here ? "here" : "", mention ? `m m${kinds.indexOf(mention[2])}` : ""].filter(Boolean).join(" ");
    const words = points.slice(start, end).join("");
    if (!classes) { parts.push(words); continue; }
    const thing = mention && mention[3] && doc.things[mention[3]];
    const hint = mention ? term("classes", mention[2]) : null;
    parts.push(thing ? h("a", { class: classes, href: `#/entity/${encodeURIComponent(thing.id)}`, title: `${label(thing)} · ${hint}` }, words)
      : h("span", { class: classes, title: hint }, words));
  }
  return h("div", { class: "text", dir: "auto" }, parts);
}

function report(doc) {
  const found = doc.report;
  if (!found.id) return h("p", { class: "quiet" }, "—");
  const counted = (of) => Object.values(of ?? {}).reduce((sum, n) => sum + n, 0);
  const notes = (words, lines) => (lines.length ? [h("h3", {}, say(words)), h("ul", {}, lines)] : null);
  const line = (words, n) => h("li", {}, sentence(words), n > 1 ? h("span", { class: "quiet" }, ` × ${n}`) : null);
  return h("div", {},
    h("p", { class: "quiet" }, say("readHow", { raw: found.characters?.raw, cleaned: found.characters?.cleaned, mentions: counted(found.mentions), claims: doc.claims.length })),
    notes("cleaned", (found.cleaning ?? []).map((note) => line(note.message, note.count))),
    notes("dropped", (found.rejected ?? []).map((one) => line(one.reason, one.count))),
    notes("unread", (found.unread ?? []).map((one) => h("li", { dir: "auto" }, one))));
}
