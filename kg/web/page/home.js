// Where somebody starts who has never been here, and what a search found.
import { ask, chip, h, link, relation, toEntity } from "./dom.js";
import { capital, label, say, state, term } from "./words.js";

/** The views that this graph has something for: an ontology need not have tiers, dates or a landscape. */
export function views() {
  const has = (test) => state.site.relations.some(test);
  return [
    has((one) => one.ordered) && "board",
    has((one) => one.datatype === "date") && "timeline",
    state.site.queries.some((one) => one.name === "landscape") && "landscape",
    "conflicts", "documents", "sparql",
  ].filter(Boolean);
}

/** The first page: questions, and the beginning of their answers. */
export async function home() {
  const found = await ask("overview");
  const shown = views();
  const big = (n) => n.toLocaleString(state.language === "zh" ? "zh-CN" : "en");
  const counts = Object.fromEntries(Object.entries(found.counts).map(([name, n]) => [name, big(n)]));
  const cards = shown.filter((name) => !["board", "conflicts"].includes(name)).map((name) =>
    h("li", {}, h("a", { class: "card", href: `#/${name}` }, h("b", {}, say(name)), h("br"), h("span", { class: "quiet" }, say(`about${name[0].toUpperCase()}${name.slice(1)}`)))));
  return { title: say("home"), page: h("article", { class: "front" },
    h("h1", {}, say("intro")),
    h("p", { class: "quiet" }, say("counts", counts)),
    h("section", {}, h("h2", {}, say("asked")), h("ul", { class: "questions" }, questions(found, shown).map(([words, href]) => h("li", {}, h("a", { href }, words))))),
    h("div", { class: "panels" }, first(found), latest(found, shown), disputed(found)),
    found.top.length ? h("section", {}, h("h2", {}, say("often")), h("p", {}, found.top.map((thing) => chip([link(thing), h("span", { class: "quiet" }, ` ${thing.claims}`)])))) : null,
    h("ul", { class: "cards" }, cards)) };
}

function questions(found, shown) {
  const { dated, family } = found.examples;
  return [
    found.first && [say("askFirst", { tier: label(found.first) }), "#/board"],
    dated && [say("askWhen", { name: label(dated), relation: relation(dated.relation) }), `${toEntity(dated.id)}?relation=${dated.relation}`],
    family && [say("askVersions", { name: label(family) }), `${toEntity(family.id)}?part=versions`],
    [say("askDisputed"), "#/conflicts"],
    shown.includes("landscape") && [say("askExport"), "#/landscape"],
  ].filter(Boolean);
}

function first(found) {
  if (!found.first) return null;
  const rest = found.first.total - found.first.things.length;
  return h("section", { class: "value" }, h("h2", {}, capital(label(found.first))),
    h("p", { class: "chips" }, found.first.things.map((thing) => chip(link(thing))), rest > 0 ? h("span", { class: "quiet" }, say("andMore", { n: rest })) : null),
    h("p", {}, h("a", { href: "#/board" }, say("askFirst", { tier: label(found.first) }), " →")));
}

function latest(found, shown) {
  if (!shown.includes("timeline") || !found.latest.length) return null;
  return h("section", { class: "value" }, h("h2", {}, say("latest")), h("ul", { class: "plain" }, found.latest.map((one) =>
    h("li", {}, h("time", {}, one.value), " ", link(one.thing), h("span", { class: "quiet small" }, ` ${relation(one.relation)}`)))),
  h("p", {}, h("a", { href: "#/timeline" }, say("allEvents"))));
}

function disputed(found) {
  return h("section", { class: "value" }, h("h2", {}, say("conflicts"), found.disputes ? h("span", { class: "disputed" }, ` ${found.disputes}`) : null),
    found.disputed.length
      ? h("ul", { class: "plain" }, found.disputed.map((one) => h("li", {}, h("a", { href: `${toEntity(one.thing.id)}?relation=${one.relation}`, dir: "auto" }, label(one.thing)), h("span", { class: "quiet small" }, ` ${relation(one.relation)}`))))
      : h("p", { class: "small" }, say("noneDisputed")),
    h("p", {}, h("a", { href: "#/conflicts" }, found.disputes ? say("allOf", { n: found.disputes }) : say("lookAt"))));
}

export async function results(text) {
  const found = await ask("search", { q: text, most: 50 });
  return { title: text, page: h("article", {}, h("h1", {}, say("results"), " “", text, "”"),
    found.found.length ? h("ul", { class: "plain results" }, found.found.map((one) => h("li", {}, link(one), " ", chip(term("classes", one.type)),
      one.matched !== label(one) ? h("span", { class: "quiet small", dir: "auto" }, one.matched) : null)))
      : h("p", {}, say("nothing"))) };
}
