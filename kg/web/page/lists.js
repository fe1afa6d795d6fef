// All at once: the first page, search results, tiers, timeline, landscape, disputes, documents.
import { ask, chip, h, link, quote, relation, table, toDocument, toEntity, value, valueText } from "./dom.js";
import { label, say, state, term } from "./words.js";

/** Where somebody starts who has never been here. */
export async function home() {
  const counts = state.site.counts;
  const cards = ["board", "timeline", "landscape", "conflicts", "documents", "sparql"].map((name) =>
    h("li", {}, h("a", { class: "card", href: `#/${name}` }, h("b", {}, say(name)), h("br"), h("span", { class: "quiet" }, say(`about${name[0].toUpperCase()}${name.slice(1)}`)))));
  return { title: say("title"), page: h("article", {},
    h("h1", {}, say("title")), h("p", {}, say("intro")),
    h("p", { class: "quiet" }, say("counts", counts)),
    h("ul", { class: "cards" }, cards),
    counts.top.length ? [h("h2", {}, say("often")), h("p", {}, counts.top.map((thing) => chip(link(thing))))] : null) };
}

export async function results(text) {
  const found = await ask("search", { q: text, most: 50 });
  return { title: text, page: h("article", {}, h("h1", {}, say("results"), " “", text, "”"),
    found.found.length ? h("ul", {}, found.found.map((one) => h("li", {}, link(one), " ", chip(term("classes", one.type)),
      one.matched !== label(one) ? h("span", { class: "quiet small", dir: "auto" }, one.matched) : null)))
      : h("p", {}, say("nothing"))) };
}

/** Who is in which tier, and who says so. */
export async function board() {
  const found = await ask("board");
  const rows = found.tiers.flatMap((tier) => tier.things.flatMap((thing) => thing.claims.map((claim) => [
    { text: label(tier), key: String(tier.rank ?? 99) }, { text: label(thing), node: link(thing) },
    { text: claim.document.publisher || claim.document.title || claim.document.id }, { text: claim.document.published },
    { text: say(claim.stance) }, { text: claim.quote }])));
  return { title: say("board"), page: h("article", {}, h("h1", {}, say("board")), h("p", { class: "quiet" }, say("aboutBoard")),
    found.tiers.length ? null : h("p", {}, say("nothing")),
    found.tiers.map((tier) => h("section", { "data-tier": tier.rank }, h("h2", {}, link(tier), h("span", { class: "quiet" }, ` · ${tier.things.length}`)),
      tier.things.map((thing) => h("details", { class: "value" },
        h("summary", {}, h("b", {}, link(thing)), " ", h("span", { class: "quiet small" }, term("classes", thing.type), " · "),
          thing.held ? null : h("span", { class: "doubt small" }, say("notHeld"), " · "),
          h("span", { class: "small" }, [...new Set(thing.claims.map((claim) => claim.document.publisher || claim.document.title || claim.document.id))].join("、"))),
        thing.claims.map((claim) => quote(claim)))))),
    rows.length ? [h("h2", {}, say("quote")), table("tiers", [say("tier"), say("name"), say("publisher"), say("published"), say("stance"), say("quote")], rows)] : null) };
}

export async function timeline() {
  const found = await ask("timeline");
  const rows = found.events.map((one) => [
    { text: one.value, key: `${one.earliest} ${one.latest}` }, { text: relation(one.relation) }, { text: label(one.thing), node: link(one.thing) },
    { text: one.makers.map(label).join("、"), node: h("span", {}, one.makers.map((maker, at) => [at ? "、" : "", link(maker)])) }]);
  return { title: say("timeline"), page: h("article", {}, h("h1", {}, say("timeline")), h("p", { class: "quiet" }, say("aboutTimeline")), strip(found.events),
    table("timeline", [say("date"), say("event"), say("name"), say("maker")], rows)) };
}

/** How much happened in which year, at a glance. */
function strip(events) {
  const years = new Map();
  for (const one of events) years.set(one.earliest.slice(0, 4), (years.get(one.earliest.slice(0, 4)) ?? 0) + 1);
  return h("p", {}, [...years].map(([year, n]) => chip(`${year} · ${n}`)));
}

/** Who made what, when, in which tier: the saved query of that name. */
export async function landscape() {
  const found = await ask("table", { name: "landscape" });
  const rows = found.rows.map((row) => row.map((cell) => {
    const id = cell === null ? undefined : found.links[cell];
    return { text: cell ?? "", node: id ? h("a", { href: toEntity(id) }, cell) : undefined };
  }));
  return { title: say("landscape"), page: h("article", {}, h("h1", {}, say("landscape")), h("p", { class: "quiet" }, say("aboutLandscape")),
    table("landscape", found.columns.map((column) => say(column === "sources" ? "origins" : column)), rows)) };
}

/** What sources contradict each other about, side against side. */
export async function conflicts() {
  const found = await ask("conflicts");
  const rows = found.conflicts.flatMap((one) => one.sides.flatMap((side) => side.claims.map((claim) => [
    { text: label(one.thing), node: link(one.thing) }, { text: relation(one.relation) }, { text: valueText(side.value) },
    { text: side.held ? say("held") : say("notHeld") }, { text: claim.document.publisher || claim.document.id }, { text: claim.quote }])));
  return { title: say("conflicts"), page: h("article", {}, h("h1", {}, say("conflicts")), h("p", { class: "quiet" }, say("aboutConflicts")),
    rows.length ? null : h("p", {}, say("noConflicts")),
    found.conflicts.map((one) => h("section", { class: "value" }, h("h3", {}, link(one.thing), " · ", relation(one.relation)),
      one.sides.map((side) => h("div", {}, h("p", {}, h("b", {}, value(side.value)), " ",
        side.held ? h("span", { class: "held" }, "✓ ", say("held"), side.rule ? ` — ${side.rule}` : "") : h("span", { class: "quiet" }, say("notHeld"))),
      side.claims.map((claim) => quote(claim)))))),
    rows.length ? table("disputed", [say("name"), say("relation"), say("value"), say("held"), say("publisher"), say("quote")], rows) : null) };
}

export async function documents() {
  const found = await ask("documents");
  const rows = found.documents.map((one) => [
    { text: one.published }, { text: one.title || one.id, node: h("a", { href: toDocument(one.id) }, one.title || one.id) }, { text: one.publisher }]);
  return { title: say("documents"), page: h("article", {}, h("h1", {}, say("documents")), table("documents", [say("published"), say("document"), say("publisher")], rows)) };
}
