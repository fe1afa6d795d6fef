// SPARQL: an editor, saved queries, links that hold a query, and the answer as a table of texts.
import { h, refusal, table, toDocument, toEntity } from "./dom.js";
import { label, recall, remember, say, state } from "./words.js";

const FIRST = `SELECT ?model ?label ?date
WHERE {
  ?model a ai:Model ; skos:prefLabel ?label ; ai:releasedOn ?date .
}
ORDER BY ?date
LIMIT 50`;

const mine = () => { try { return JSON.parse(recall("kg-queries") ?? "[]"); } catch { return []; } };

/** An example for any ontology: the first one knows the classes of models. */
function first() {
  if (state.site.prefixes.ai) return FIRST;
  return "SELECT ?thing ?label\nWHERE { ?thing skos:prefLabel ?label }\nLIMIT 50";
}

/** The page of the endpoint; `parameters` may hold a query to begin with. */
export async function sparql(parameters) {
  const shared = parameters.get("query");
  const start = shared ?? recall("kg-query") ?? first();
  const place = h("div", { class: state.site.editor ? "editor" : "" });
  const said = h("p", { class: "quiet small", role: "status" });
  const answer = h("div", { id: "answer" });
  let editor = plain(place, start);
  const text = () => editor.get();

  async function run() {
    remember("kg-query", text());
    answer.replaceChildren(h("p", { class: "quiet" }, say("loading")));
    const began = performance.now();
    const response = await fetch("/sparql", { method: "POST", body: new URLSearchParams({ query: text() }),
      headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" } });
    const body = await response.text();
    const ms = Math.round(performance.now() - began);
    if (!response.ok) { said.textContent = ""; answer.replaceChildren(h("pre", { class: "error" }, refusal(response.status, body))); return; }
    const cut = response.headers.get("KG-Truncated") ? ` · ${say("cut")}` : "";
    if (!response.headers.get("Content-Type").includes("json")) { said.textContent = `${ms} ms${cut}`; answer.replaceChildren(h("pre", {}, body)); return; }
    const found = JSON.parse(body);
    if ("boolean" in found) { said.textContent = `${ms} ms`; answer.replaceChildren(h("p", {}, h("b", {}, say(found.boolean ? "yes" : "no")))); return; }
    said.textContent = say("rows", { n: found.results.bindings.length, ms }) + cut;
    const rows = found.results.bindings.map((row) => found.head.vars.map((name) => cell(row[name])));
    answer.replaceChildren(table("query", found.head.vars, rows));
  }

  const names = h("select", { "aria-label": say("saved"), on: { change: () => {
    const [kind, name] = [names.value.slice(0, 1), names.value.slice(1)];
    const query = kind === "o" ? state.site.queries.find((one) => one.name === name) : mine().find((one) => one.name === name);
    if (query) { editor.set(query.text); run(); }
  } } });
  const list = () => names.replaceChildren(h("option", { value: "" }, say("choose")),
    h("optgroup", { label: say("saved") }, state.site.queries.map((one) => h("option", { value: `o${one.name}` }, label({ labels: one.titles, id: one.name })))),
    mine().length ? h("optgroup", { label: say("mine") }, mine().map((one) => h("option", { value: `m${one.name}` }, one.name))) : "");
  list();
  const name = h("input", { placeholder: say("saveAs"), "aria-label": say("saveAs"), maxlength: 80 });
  const page = h("article", {}, h("h1", {}, "SPARQL"), h("p", { class: "quiet" }, say("aboutSparql")),
    state.site.editor ? null : h("p", { class: "note" }, say("noEditor")),
    h("div", { class: "tools" }, names), place,
    h("div", { class: "tools" }, h("button", { type: "button", id: "run", class: "main", on: { click: run } }, say("run")),
      h("button", { type: "button", class: "share", on: { click: async () => {
        const address = `#/sparql?query=${encodeURIComponent(text())}`;
        history.replaceState(null, "", address);
        try { await navigator.clipboard.writeText(location.href); said.textContent = say("copied"); } catch { said.textContent = location.href; }
      } } }, say("share")),
      name,
      h("button", { type: "button", class: "save", on: { click: () => {
        const wanted = name.value.trim();
        if (!wanted) { name.focus(); return; }
        remember("kg-queries", JSON.stringify([...mine().filter((one) => one.name !== wanted), { name: wanted, text: text() }]));
        list();
        names.value = `m${wanted}`;
      } } }, say("save")),
      h("button", { type: "button", class: "remove", on: { click: () => {
        remember("kg-queries", JSON.stringify(mine().filter((one) => `m${one.name}` !== names.value)));
        list();
      } } }, say("remove"))),
    said, answer);
  page.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } }, true);
  return { title: "SPARQL", page, after: async () => {
    if (state.site.editor && await bundled()) {
      const before = editor.get();
      place.replaceChildren();
      editor = window.KGEditor.make(place, before, vocabulary(), (value) => remember("kg-query", value));
      editor.refresh();
    }
    if (shared) run();
  } };
}

function plain(place, text) {
  const field = h("textarea", { class: "query", spellcheck: "false", "aria-label": "SPARQL" });
  field.value = text;
  place.replaceChildren(field);
  return { get: () => field.value, set: (value) => { field.value = value; } };
}

let loaded = null;
/** The bundled editor, loaded once; false where it cannot be. */
function bundled() {
  loaded ??= new Promise((done) => {
    document.head.append(h("link", { rel: "stylesheet", href: "/page/editor.css" }));
    document.head.append(h("script", { src: "/page/editor.js", on: { load: () => done(true), error: () => done(false) } }));
  });
  return loaded;
}

/** What the editor completes: prefixes, and the properties and classes of the ontology and of claims, each with its name
 * in the chosen language. */
function vocabulary() {
  const { prefixes, relations, classes } = state.site;
  const own = (one) => (one.iri.startsWith("http") ? [[short(one.iri), label({ labels: one.labels, id: one.name })]] : []);
  const bounds = (one) => [one.earliest, one.latest].filter(Boolean).map((iri) => [short(iri), label({ labels: one.labels, id: one.name })]);
  return [...Object.keys(prefixes).sort().map((prefix) => [`${prefix}:`, prefixes[prefix]]), ...relations.flatMap(own), ...relations.flatMap(bounds),
    ...classes.flatMap(own), ...KNOWN.filter((name) => name.split(":")[0] in prefixes).map((name) => [name, ""])];
}

const KNOWN = ["skos:prefLabel", "skos:altLabel", "rdfs:label", "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "kg:claims", "kg:Claim",
  "kg:Document", "kg:stance", "kg:rank", "kg:standing", "kg:because", "kg:confidence", "kg:quote", "kg:conflictsWith", "kg:refinedBy",
  "kg:independentSources", "kg:attributedTo", "kg:decision", "prov:wasDerivedFrom", "oa:hasSource", "dct:title", "dct:publisher", "schema:datePublished", "owl:sameAs"];

const short = (iri) => {
  for (const [prefix, space] of Object.entries(state.site.prefixes)) {
    if (iri.startsWith(space) && /^[\p{L}\p{N}_-]+$/u.test(iri.slice(space.length))) return `${prefix}:${iri.slice(space.length)}`;
  }
  return iri;
};

/** A cell: things of the graph are links to their pages, all else is text. */
function cell(term) {
  if (!term) return { text: "" };
  if (term.type !== "uri") return { text: term.value };
  const shown = short(term.value);
  const kind = shown.split(":")[0];
  if (kind === "doc") return { text: shown, node: h("a", { href: toDocument(shown.slice(4)) }, shown) };
  const things = Object.entries(state.site.prefixes).some(([prefix, space]) => prefix === kind && space.includes("/id/") && kind !== "claim");
  return { text: shown, node: things ? h("a", { href: toEntity(shown) }, shown) : undefined };
}
