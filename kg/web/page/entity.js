// A thing: what is said of it and by whom, its versions, its dates, the graph around it; and a document.
import { ask, chip, csv, download, h, link, outside, quote, relation, table, toDocument, value, valueText } from "./dom.js";
import { graph } from "./graph.js";
import { review } from "./review.js";
import { label, say, state, term } from "./words.js";

const sources = (n) => (n === 1 ? say("source1") : say("sources", { n }));

/** The page of a thing. */
export async function entity(id) {
  const thing = await ask("entity", { id });
  const names = Object.values(thing.labels).filter((name) => name !== label(thing));
  const also = [...new Set([...names, ...thing.aliases])];
  const groups = h("div", {}, thing.values.map((one) => group(one)));
  const pointing = h("div", {}, byRelation(thing.incoming));
  const rest = Math.max(thing.claims.values, thing.claims.incoming) - thing.claims.most;
  const page = h("article", {},
    h("p", { class: "quiet small" }, term("classes", thing.type), " · ", h("code", {}, thing.id)),
    h("h1", { dir: "auto" }, label(thing), " ", thing.tiers.map((tier) => chip(link(tier)))),
    also.length ? h("p", { class: "quiet", dir: "auto" }, say("also"), " ", also.join(state.language === "zh" ? "、" : ", ")) : null,
    thing.same.length ? h("p", { class: "small quiet" }, say("same"), " ", thing.same.map((one) => outside(one, one))) : null,
    thing.values.length || thing.incoming.length ? null : h("p", {}, say("none")),
    thing.values.length ? h("h2", {}, say("facts")) : null,
    thing.values.length ? h("div", { class: "tools" }, h("button", { type: "button", class: "csv", on: { click: () => saved(thing) } }, say("csv"))) : null,
    groups,
    thing.versions.length ? [h("h2", {}, say("versions")), versions(thing)] : null,
    thing.events.length ? [h("h2", {}, say("events")), events(thing.events)] : null,
    h("h2", {}, say("around")), await graph(thing.id),
    thing.incoming.length ? [h("h2", {}, say("incoming")), pointing] : null);
  if (rest > 0) page.append(more(thing, groups, pointing));
  return { title: label(thing), page };
}

/** More claims of a thing that has many. */
function more(thing, groups, pointing) {
  let start = thing.claims.most;
  const all = Math.max(thing.claims.values, thing.claims.incoming);
  const button = h("button", { type: "button", on: { click: async () => {
    const next = await ask("entity", { id: thing.id, start });
    groups.append(...next.values.map((one) => group(one)));
    pointing.append(...byRelation(next.incoming));
    start += thing.claims.most;
    if (start >= all) button.remove();
    else button.textContent = say("moreClaims", { n: all - start });
  } } }, say("moreClaims", { n: all - start }));
  return h("p", {}, button);
}

/** A value with the claims behind it. */
function group(one, open = true) {
  const status = [
    one.held ? h("span", { class: "held" }, "✓ ", say("held")) : h("span", { class: "quiet" }, say("notHeld")),
    one.conflicts.length ? h("span", { class: "disputed" }, " · ⚠ ", say("disputed")) : null,
    h("span", { class: "quiet small" }, " · ", sources(one.sources)),
  ];
  return h("details", { class: "value", open, "data-relation": one.relation },
    h("summary", {}, h("span", { class: "quiet" }, relation(one.relation), " "), h("b", {}, value(one.value)), " ", status),
    one.held && one.rule ? h("p", { class: "small quiet" }, say("rule"), one.rule) : null,
    one.conflicts.length ? h("p", { class: "small disputed" }, say("against"), list(one.conflicts)) : null,
    one.refined.length ? h("p", { class: "small" }, say("exactly"), list(one.refined)) : null,
    one.claims.map((claim) => quote(claim, review(claim, one))));
}

const list = (values) => values.map((one, at) => [at ? "、" : "", value(one)]);

/** What points at the thing: by relation, each closed, since there may be many. */
function byRelation(incoming) {
  const names = [...new Set(incoming.map((one) => one.relation))];
  return names.map((name) => {
    const those = incoming.filter((one) => one.relation === name);
    return h("section", {}, h("h3", {}, "← ", relation(name), ` (${those.length})`),
      those.map((one) => h("details", { class: "value" },
        h("summary", {}, h("b", {}, link(one.subject)), " ", one.held ? h("span", { class: "held" }, "✓ ", say("held")) : h("span", { class: "quiet" }, say("notHeld")),
          h("span", { class: "quiet small" }, " · ", sources(one.sources))),
        one.claims.map((claim) => quote(claim, review(claim, one))))));
  });
}

function versions(thing) {
  const rows = thing.versions.map((one) => [
    { text: label(one), node: one.id === thing.id ? h("b", { dir: "auto" }, label(one)) : link(one) },
    { text: one.dates.map((date) => `${relation(date.relation)} ${date.value}`).join("; "), key: one.dates[0]?.earliest ?? "" },
    { text: one.facts.map((fact) => `${relation(fact.relation)} ${valueText(fact.value)}`).join("; "),
      node: h("span", {}, one.facts.map((fact, at) => [at ? "；" : "", h("span", { class: "quiet" }, relation(fact.relation), " "), value(fact.value)])) },
  ]);
  return table("versions", [say("version"), say("date"), say("changed")], rows);
}

function events(found) {
  return h("ol", { class: "line" }, found.map((one) =>
    h("li", {}, h("time", {}, one.value), " ", h("span", { class: "quiet" }, relation(one.relation), " "), link(one.thing))));
}

function saved(thing) {
  const rows = [...thing.values, ...thing.incoming].flatMap((one) => one.claims.map((claim) => [
    label(one.subject), relation(one.relation), valueText(one.value), one.held ? say("held") : say("notHeld"), say(claim.stance),
    claim.quote, claim.document.publisher, claim.document.published, claim.document.title || claim.document.id, claim.document.url, claim.id]));
  download("claims.csv", csv([say("name"), say("relation"), say("value"), say("held"), say("stance"), say("quote"),
    say("publisher"), say("published"), say("document"), "URL", "ID"], rows));
}

/** The page of a document: its text with what was found in it. */
export async function documentPage(id, parameters) {
  const doc = await ask("document", { id });
  const wanted = parameters.get("claim") ?? "";
  const about = [doc.publisher, doc.published].filter(Boolean).join(" · ");
  const page = h("article", {},
    h("p", { class: "quiet small" }, say("document"), " · ", h("code", {}, doc.id)),
    h("h1", { dir: "auto" }, doc.title || doc.id),
    h("p", { class: "quiet" }, about, about && doc.url ? " · " : "", doc.url ? outside(doc.url, say("original")) : null),
    doc.origin ? h("p", { class: "note" }, say("repostOf"), " ", h("a", { href: toDocument(doc.origin) }, doc.origin)) : null,
    h("h2", {}, say("text")),
    doc.text === null || doc.text === undefined ? h("p", { class: "note" }, say("noText")) : text(doc, wanted),
    h("h2", {}, say("claimsHere"), ` (${doc.claims.length})`),
    doc.claims.map((claim) => h("div", { class: "value", id: claim.id },
      h("p", {}, h("b", {}, link(claim.subject)), " ", h("span", { class: "quiet" }, relation(claim.relation)), " ", h("b", {}, value(claim.value)), " ",
        claim.held ? h("span", { class: "held" }, "✓ ", say("held")) : h("span", { class: "quiet" }, say("notHeld"))),
      quote(claim, review(claim, claim)))),
    h("h2", {}, say("report")), report(doc.report));
  return { title: doc.title || doc.id, page, after: () => page.querySelector(".here")?.scrollIntoView({ block: "center" }) };
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

function report(found) {
  if (!found.id) return h("p", { class: "quiet" }, "—");
  const counts = (of) => Object.entries(of ?? {}).map(([name, n]) => `${name} ${n}`).join(" · ");
  return h("div", {},
    h("p", { class: "quiet" }, `${found.characters?.raw} → ${found.characters?.cleaned}`, " · ", counts(found.mentions), " · ", counts(found.claims)),
    (found.cleaning ?? []).length ? [h("h3", {}, say("cleaned")), h("ul", {}, found.cleaning.map((note) => h("li", {}, h("code", {}, note.code), ` ${note.message} (${note.count})`)))] : null,
    (found.rejected ?? []).length ? [h("h3", {}, say("notHeld")), h("ul", {}, found.rejected.map((one) => h("li", {}, `${one.reason} (${one.count})`)))] : null,
    (found.unread ?? []).length ? [h("h3", {}, say("unread")), h("ul", {}, found.unread.map((one) => h("li", { dir: "auto" }, one)))] : null);
}

