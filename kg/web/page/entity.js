// A thing: what holds of it at a glance, who says so in which words, its versions, its dates, the graph around it.
import { ask, chip, csv, download, folded, h, link, outside, quote, quotes, reason, relation, source, table, value, valueText, verdict } from "./dom.js";
import { graph } from "./graph.js";
import { review } from "./review.js";
import { sentence } from "./sentences.js";
import { capital, joined, label, say, state, term } from "./words.js";

const sources = (n) => (n === 1 ? say("source1") : say("sources", { n }));
const FEW = 8;

/** The page of a thing.  `parameters` may name a `relation` or a `part` that is to be seen first. */
export async function entity(id, parameters) {
  const [thing, around] = await Promise.all([ask("entity", { id }), graph(id)]);
  const names = Object.values(thing.labels).filter((name) => name !== label(thing));
  const also = [...new Set([...names, ...thing.aliases])];
  const groups = h("div", {}, valued(thing.values));
  const pointing = h("div", {}, byRelation(thing, thing.incoming));
  const rest = Math.max(thing.claims.values, thing.claims.incoming) - thing.claims.most;
  const near = h("div", { class: "near" });
  const parts = [
    ["facts", thing.values.length, () => [h("div", { class: "tools" }, h("button", { type: "button", class: "csv", on: { click: () => saved(thing) } }, "⤓ ", say("csv"))), groups]],
    ["versions", versioned(thing), () => [thing.versions.length ? versions(thing) : h("p", { class: "quiet" }, say("noVersions")), near]],
    ["events", thing.events.length, () => events(thing.events)],
    ["around", 1, () => around],
    ["incoming", thing.incoming.length, () => pointing],
  ].filter(([, n]) => n);
  const page = h("article", {},
    h("p", { class: "quiet small" }, term("classes", thing.type), " · ", h("code", {}, thing.id)),
    h("h1", { dir: "auto" }, label(thing), " ", thing.tiers.map((tier) => chip(link(tier)))),
    also.length ? h("p", { class: "quiet", dir: "auto" }, say("also"), " ", joined(also)) : null,
    thing.same.length ? h("p", { class: "small quiet" }, say("same"), " ", thing.same.map((one) => outside(one, one))) : null,
    thing.values.length || thing.incoming.length ? null : h("p", { class: "note" }, say("none")),
    glance(thing),
    h("p", { class: "jumps" }, parts.map(([name]) => h("button", { type: "button", "data-part": name, on: { click: () => jump(page, name) } }, say(name)))),
    parts.map(([name, , draw]) => h("section", { id: `part-${name}` }, h("h2", {}, say(name)), draw())));
  if (rest > 0) page.append(more(thing, groups, pointing));
  const after = () => {
    alike(thing, near);
    const wanted = parameters.get("relation");
    const place = wanted ? page.querySelector(`[data-relation="${CSS.escape(wanted)}"]`) : page.querySelector(`#part-${CSS.escape(parameters.get("part") ?? "")}`);
    if (place) { place.classList.add("wanted"); place.scrollIntoView({ block: wanted ? "center" : "start" }); }
  };
  return { title: label(thing), page, after };
}

/** Whether a thing is of a kind that has versions. */
const versioned = (thing) => state.site.relations.some((one) => one.name === "versionOf" && one.domain.includes(thing.type));

/** What has a name that begins like the thing's and is not said to be a version of it: somebody who looks for versions
 * may mean these.  Asked for when the page stands. */
async function alike(thing, place) {
  if (!versioned(thing)) return;
  const names = [...new Set([label(thing), ...Object.values(thing.labels ?? {})].filter(Boolean))];
  const answers = await Promise.all(names.map((q) => ask("search", { q, type: thing.type, most: 24 }).catch(() => ({ found: [] }))));
  const known = new Set([thing.id, ...thing.versions.map((one) => one.id), ...thing.incoming.map((one) => one.subject.id), ...thing.values.map((one) => one.value.id)]);
  const starts = names.map((name) => name.toLowerCase());
  const alike = (one) => !known.has(one.id) && starts.some((start) => one.matched.toLowerCase().startsWith(start));
  const rest = [...new Map(answers.flatMap((answer) => answer.found).filter(alike).map((one) => [one.id, one])).values()];
  if (rest.length) place.append(h("p", {}, h("span", { class: "quiet" }, say("alike"), " "), rest.map((one) => chip(link(one)))));
}

const jump = (page, name) => page.querySelector(`#part-${name}`)?.scrollIntoView({ block: "start" });

/** What is held of the thing and of what has it as its value, a line for each relation. */
function glance(thing) {
  const held = (all) => {
    const found = new Map();
    for (const one of all) if (one.held) found.set(one.relation, [...(found.get(one.relation) ?? []), one]);
    return [...found];
  };
  const few = (all, draw) => [all.slice(0, FEW).map((one, at) => [at ? say("and") : "", draw(one)]), all.length > FEW ? h("span", { class: "quiet" }, say("and"), say("andMore", { n: all.length - FEW })) : null];
  const rows = [
    ...held(thing.values).map(([name, all]) => [relation(name), few(all, (one) => [h("b", {}, value(one.value)), one.conflicts.length ? h("span", { class: "disputed small" }, " ⚠ ", say("disputed")) : null]), words(name, all)]),
    ...held(thing.incoming).map(([name, all]) => [say("whose", { relation: relation(name), name: label(thing) }), few(all, (one) => link(one.subject)), null]),
  ];
  return rows.length ? h("dl", { class: "glance value", "aria-label": say("glance") }, rows.map(([name, found, said]) => [h("dt", { dir: "auto" }, capital(name)), h("dd", {}, found, said)])) : null;
}

/** Of one value the best words for it; of several only how many there are, since each has its own below. */
function words(name, all) {
  const claim = all[0].claims[0];
  if (all.length > 1 || !claim) return null;
  return h("p", { class: "small quiet clip", dir: "auto" }, source(claim.document, claim.id), `：“${claim.quote}”`);
}

/** The values that claims state: those that are held at once, the others where somebody wants them. */
function valued(values) {
  const apart = (one) => one.held || one.conflicts.length || one.claims.some((claim) => claim.decision);
  const rest = values.filter((one) => !apart(one));
  return [values.filter(apart).map((one) => group(one)),
    rest.length ? folded(`${say("onlyUnheld")} (${rest.length})`, () => rest.map((one) => group(one)), { class: "whole", open: rest.length === values.length, "data-unheld": "" }) : null];
}

/** More claims of a thing that has many. */
function more(thing, groups, pointing) {
  let start = thing.claims.most;
  const all = Math.max(thing.claims.values, thing.claims.incoming);
  const button = h("button", { type: "button", on: { click: async () => {
    const next = await ask("entity", { id: thing.id, start });
    groups.append(...valued(next.values).flat(9).filter(Boolean));
    pointing.append(...byRelation(thing, next.incoming));
    start += thing.claims.most;
    if (start >= all) button.remove();
    else button.textContent = say("moreClaims", { n: all - start });
  } } }, say("moreClaims", { n: all - start }));
  return h("p", {}, button);
}

/** A value with the claims behind it. */
function group(one) {
  return h("section", { class: "value", "data-relation": one.relation },
    h("p", { class: "said" }, h("span", { class: "quiet" }, relation(one.relation), " "), h("b", { class: "big" }, value(one.value)), " ", status(one)),
    why(one), quotes(one.claims, (claim) => quote(claim, review(claim, one))));
}

const status = (one) => [verdict(one.held),
  one.conflicts.length ? h("span", { class: "disputed" }, " · ⚠ ", say("disputed")) : null,
  h("span", { class: "quiet small" }, " · ", sources(one.sources))];

const why = (one) => [
  one.held && one.rule ? h("p", { class: "small quiet" }, say("rule"), sentence(one.rule)) : null,
  one.conflicts.length ? h("p", { class: "small disputed" }, say("against"), list(one.conflicts)) : null,
  one.refined.length ? h("p", { class: "small" }, say("exactly"), list(one.refined)) : null];

const list = (values) => values.map((one, at) => [at ? say("and") : "", value(one)]);

/** What points at the thing: by relation, each closed, since there may be many. */
function byRelation(thing, incoming) {
  const names = [...new Set(incoming.map((one) => one.relation))];
  return names.map((name) => {
    const those = incoming.filter((one) => one.relation === name);
    return h("section", {}, h("h3", { dir: "auto" }, capital(say("whose", { relation: relation(name), name: label(thing) })), h("span", { class: "quiet" }, ` ${those.length}`)),
      those.map((one) => folded([h("b", {}, link(one.subject)), " ", status(one)],
        () => [why(one), quotes(one.claims, (claim) => quote(claim, review(claim, one)))].flat(9).filter(Boolean), { class: "value" })));
  });
}

/** The family of a thing: dates, and what is said of each that is not said of the one before. */
function versions(thing) {
  const key = (fact) => `${fact.relation} ${valueText(fact.value)}`;
  const rows = thing.versions.map((one, at) => {
    const before = new Set((thing.versions[at - 1]?.facts ?? []).map(key));
    const facts = one.facts.map((fact) => ({ ...fact, fresh: at > 0 && !before.has(key(fact)), same: before.has(key(fact)) }));
    return [
      { text: label(one), node: one.id === thing.id ? h("b", { dir: "auto" }, label(one)) : link(one) },
      { text: one.dates.map((date) => `${date.value} ${relation(date.relation)}`).join(say("semicolon")), key: one.dates[0]?.earliest ?? "",
        node: h("span", {}, one.dates.map((date, n) => [n ? h("br") : "", date.value, " ", h("span", { class: "quiet small" }, relation(date.relation))])) },
      { text: facts.map((fact) => `${relation(fact.relation)} ${valueText(fact.value)}`).join(say("semicolon")),
        node: h("span", {}, at > 0 && !facts.some((fact) => fact.fresh) ? h("span", { class: "quiet" }, say("nothingNew"), facts.length ? h("br") : null) : null,
          facts.map((fact, n) => [n ? h("br") : "", h("span", { class: "quiet small" }, relation(fact.relation), " "), fact.fresh ? h("b", {}, "＋ ", value(fact.value)) : value(fact.value), fact.same ? h("span", { class: "quiet small" }, ` (${say("asBefore")})`) : null])) },
      { text: one.said.map((claim) => claim.quote).join(" / "), node: h("span", {}, one.said.map((claim) =>
        h("span", { class: "line" }, "“", claim.quote, "” ", h("span", { class: "quiet small" }, source(claim.document, claim.id))))) },
    ];
  });
  return [h("p", { class: "quiet small about" }, say("aboutVersions")), table("versions", [say("version"), say("date"), say("changed"), say("inWords")], rows)];
}

function events(found) {
  return h("ol", { class: "line" }, found.map((one) =>
    h("li", {}, h("time", {}, one.value), " ", h("span", { class: "quiet" }, relation(one.relation), " "), link(one.thing))));
}

function saved(thing) {
  const rows = [...thing.values, ...thing.incoming].flatMap((one) => one.claims.map((claim) => [
    label(one.subject), relation(one.relation), valueText(one.value), one.held ? say("held") : say("notHeld"), say(claim.stance),
    claim.quote, claim.document.publisher, claim.document.published, claim.document.title || claim.document.id, claim.document.url,
    claim.standing ? say(claim.standing) : "", reason(claim), claim.id]));
  download("claims.csv", csv([say("name"), say("relation"), say("value"), say("held"), say("stance"), say("quote"),
    say("publisher"), say("published"), say("document"), "URL", say("standing"), say("because"), "ID"], rows));
}
