// All at once: tiers, timeline, landscape, disputes, documents.
import { ask, chip, folded, h, link, links, quote, quotes, relation, table, toDocument, toEntity, value, valueText, verdict, voices } from "./dom.js";
import { sentence } from "./sentences.js";
import { capital, joined, label, ranks, say, state, term, titleOf, viewName } from "./words.js";

const head = (name) => [h("h1", {}, viewName(name)), h("p", { class: "quiet about" }, say(`about${name[0].toUpperCase()}${name.slice(1)}`, { tier: ranks() }))];
const who = (claim) => claim.attribution || claim.document.publisher || titleOf(claim.document);

/** Who is in which tier, and who says so. */
export async function board() {
  const found = await ask("board");
  const rows = found.tiers.flatMap((tier) => tier.things.flatMap((thing) => thing.claims.map((claim) => [
    { text: label(tier), key: String(tier.rank ?? 99), node: link(tier) }, { text: label(thing), node: link(thing) }, { text: term("classes", thing.type) },
    { text: who(claim) }, { text: claim.document.published }, { text: thing.held ? say("held") : say("notHeld") }, { text: say(claim.stance) }, { text: claim.quote }])));
  return { title: viewName("board"), page: h("article", {}, head("board"),
    found.tiers.length ? null : h("p", {}, say("nothing")),
    rows.length ? folded(say("asTable"), () => table("tiers", [capital(ranks()), say("name"), say("type"), say("said"), say("published"), say("held"), say("stance"), say("quote")], rows), { class: "whole" }) : null,
    found.tiers.map(tier)) };
}

/** A tier: companies first, as the ontology has its classes; what is not held is folded away. */
function tier(of) {
  const kinds = state.site.classes.map((one) => one.name);
  const held = of.things.filter((thing) => thing.held);
  const rest = of.things.filter((thing) => !thing.held);
  const types = [...new Set(held.map((thing) => thing.type))].sort((a, b) => order(a, kinds) - order(b, kinds));
  return h("section", { "data-tier": of.rank }, h("h2", {}, h("a", { href: toEntity(of.id), dir: "auto" }, capital(label(of)))),
    types.map((type) => [h("h3", {}, capital(term("classes", type)), h("span", { class: "quiet" }, ` ${held.filter((thing) => thing.type === type).length}`)),
      held.filter((thing) => thing.type === type).map(placed)]),
    rest.length ? folded(`${say("onlyUnheld")} (${rest.length})`, () => rest.map(placed), { class: "whole" }) : null);
}

const order = (type, kinds) => (type === "Organization" ? -1 : kinds.indexOf(type));

const placed = (thing) => h("div", { class: "value pair" },
  h("div", {}, h("b", {}, link(thing)), thing.claims.length > 1 ? [h("br"), h("span", { class: "small quiet", dir: "auto" }, voices(thing.claims))] : null),
  h("div", {}, quotes(thing.claims, (claim) => quote(claim, null, { brief: true }), 1)));

/** What the relation is called that says who made a thing: the first one of the ontology between things. */
function maker() {
  const first = state.site.relations.filter((one) => one.datatype === null && one.headline !== null).sort((a, b) => a.headline - b.headline)[0];
  return first ? capital(relation(first.name)) : "";
}

/** What came out when, the newest first; the years as bars, each a filter. */
export async function timeline() {
  const found = await ask("timeline");
  const rows = found.events.map((one) => [
    { text: one.value, key: `${one.earliest} ${one.latest}`, node: h("a", { href: `${toEntity(one.thing.id)}?relation=${one.relation}` }, one.value) },
    { text: relation(one.relation), node: chip(relation(one.relation)) }, { text: label(one.thing), node: link(one.thing) },
    { text: joined(one.makers.map(label)), node: h("span", {}, links(one.makers)) }]);
  const all = table("timeline", [say("date"), say("event"), say("name"), maker()], rows, { sort: 0, down: true });
  return { title: say("timeline"), page: h("article", {}, head("timeline"), years(found.events, all),
    found.total > found.events.length ? h("p", { class: "quiet small" }, say("shown", { n: found.events.length, all: found.total })) : null, all) };
}

/** How much happened in which year; a click on one leaves that year alone in the table. */
function years(events, all) {
  const counted = new Map();
  for (const one of events) counted.set(one.value.slice(0, 4), (counted.get(one.value.slice(0, 4)) ?? 0) + 1);
  const found = [...counted].sort();
  if (found.length < 2) return null;
  const most = Math.max(...counted.values());
  const bars = found.map(([year, n]) => h("button", { type: "button", "aria-pressed": "false", "data-year": year, title: `${year} · ${n}`, on: { click: () => {
    const taken = bar(year).getAttribute("aria-pressed") === "true";
    for (const other of bars) other.setAttribute("aria-pressed", String(!taken && other === bar(year)));
    all.only(taken ? "" : year);
  } } }, h("span", { class: "quiet small" }, String(n)), h("i", { class: `h${Math.max(1, Math.round((n / most) * 10))}` }), h("span", { class: "small" }, year)));
  const bar = (year) => bars[found.findIndex(([one]) => one === year)];
  const strip = h("div", { class: "years", role: "group", "aria-label": say("timeline") }, bars);
  requestAnimationFrame(() => { strip.scrollLeft = strip.scrollWidth; });
  return strip;
}

/** Who made what, when, in which tier: the saved query of that name. */
export async function landscape() {
  const found = await ask("table", { name: "landscape" });
  const text = (cell) => (cell ?? "").split(" / ").map((part) => (found.links[part] ? label(found.things[found.links[part]]) : part)).join(" / ");
  const rows = found.rows.map((row) => row.map((cell) => {
    const thing = cell === null ? undefined : found.things[found.links[cell]];
    return { text: text(cell), node: thing ? link(thing) : undefined };
  }));
  return { title: say("landscape"), page: h("article", {}, head("landscape"),
    table("landscape", found.columns.map((column) => say(column === "sources" ? "origins" : column)), rows)) };
}

/** What sources contradict each other about, side against side; then what only seems so. */
export async function conflicts() {
  const found = await ask("conflicts");
  const rows = found.conflicts.flatMap((one) => one.sides.flatMap((side) => side.claims.map((claim) => [
    { text: label(one.thing), node: link(one.thing) }, { text: relation(one.relation) }, { text: valueText(side.value) },
    { text: side.held ? say("held") : say("notHeld") }, { text: who(claim) }, { text: claim.document.published }, { text: claim.quote }])));
  return { title: say("conflicts"), page: h("article", {}, head("conflicts"),
    rows.length ? null : h("p", { class: "note" }, say("noneDisputed")),
    rows.length ? folded(say("asTable"), () => table("disputed", [say("name"), say("relation"), say("value"), say("held"), say("said"), say("published"), say("quote")], rows), { class: "whole" }) : null,
    found.conflicts.map(dispute),
    found.explained.length ? [h("h2", {}, say("explained")), h("p", { class: "quiet about" }, say("aboutExplained")), found.explained.map(difference)] : null) };
}

const subject = (one) => h("h3", {}, h("a", { href: `${toEntity(one.thing.id)}?relation=${one.relation}`, dir: "auto" }, label(one.thing)), h("span", { class: "quiet" }, " · ", relation(one.relation)));

const dispute = (one) => h("section", { class: "value" }, subject(one), h("div", { class: "sides" },
  one.sides.map((side) => h("div", {}, h("p", {}, h("b", { class: "big" }, value(side.value)), " ", verdict(side.held),
    side.held && side.rule ? h("span", { class: "small quiet" }, " · ", say("rule"), sentence(side.rule)) : null),
  quotes(side.claims, (claim) => quote(claim), 2)))));

const difference = (one) => h("section", { class: "value" }, subject(one),
  h("p", {}, one.held.length ? [h("span", { class: "held" }, "✓ ", say("heldIs")), one.held.map((of, at) => [at ? say("and") : "", h("b", {}, value(of))])] : h("span", { class: "quiet" }, say("noneHeld"))),
  quotes(one.claims, (said) => h("div", {}, h("p", { class: "other" }, h("b", {}, value(said.value))), quote(said.claim)), 2));

export async function documents() {
  const found = await ask("documents");
  const rows = found.documents.map((one) => [
    { text: one.published }, { text: titleOf(one), node: h("a", { href: toDocument(one.id) }, titleOf(one)) }, { text: one.publisher }, { text: String(one.claims) }]);
  return { title: say("documents"), page: h("article", {}, head("documents"), table("documents", [say("published"), say("document"), say("publisher"), say("claimsIn")], rows)) };
}
