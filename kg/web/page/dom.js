// Elements whose every text is a text node: nothing that a document says can become markup.
import { label, say, term } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element: `h("a", { href, class, on: { click } }, "text", child, …)`; null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, call] of Object.entries(value)) element.addEventListener(event, call);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children.flat(9)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** An answer of the server as JSON; its own words where it refuses. */
export async function ask(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined));
  const response = await fetch(`/api/${path}${query.size ? `?${query}` : ""}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error((await response.text()).trim() || `${response.status}`);
  return response.json();
}

export const toEntity = (id) => `#/entity/${encodeURIComponent(id)}`;
export const toDocument = (id, claim = "") => `#/document/${encodeURIComponent(id)}${claim ? `?claim=${encodeURIComponent(claim)}` : ""}`;

/** A link to a thing by its label. */
export function link(thing) {
  const where = thing.type === "Document" ? toDocument(thing.id) : toEntity(thing.id);
  return h("a", { href: where, dir: "auto", title: thing.id }, label(thing));
}

/** A value: a link to a thing, or a text. */
export function value(of) {
  if (of.id !== undefined) return link(of);
  const number = of.datatype === "integer" && /^\d{5,}$/.test(of.text);
  return h("span", { dir: "auto" }, number ? BigInt(of.text).toLocaleString("en") : of.text);
}

export const valueText = (of) => (of.id !== undefined ? label(of) : of.text);

/** A link that leaves the page; an address that is none of http and https stays text. */
export function outside(address, words) {
  let safe = false;
  try { safe = ["http:", "https:"].includes(new URL(address).protocol); } catch { safe = false; }
  return safe ? h("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, words) : h("span", {}, address);
}

/** A text with stretches marked; offsets count code points. */
export function marked(text, marks) {
  const points = Array.from(text);
  const parts = [];
  let at = 0;
  for (const [start, end, kind] of marks) {
    parts.push(points.slice(at, start).join(""), h("mark", { class: kind }, points.slice(start, end).join("")));
    at = end;
  }
  parts.push(points.slice(at).join(""));
  return parts;
}

/** Who says a claim, in which words. */
export function quote(claim, extra = null) {
  const doc = claim.document;
  const about = [
    say(claim.stance),
    claim.attribution && say("accordingTo", { who: claim.attribution }),
    say("confidence", { n: claim.confidence }),
  ].filter(Boolean);
  return h("blockquote", { "data-claim": claim.id },
    h("p", { dir: "auto" }, "“", marked(claim.quote, claim.marks), "”"),
    h("p", { class: "small quiet" },
      doc.publisher ? h("b", { dir: "auto" }, doc.publisher) : null, doc.publisher ? " · " : null,
      doc.published ? `${doc.published} · ` : null,
      h("a", { href: toDocument(doc.id, claim.id), dir: "auto" }, doc.title || doc.id),
      ` · ${about.join(" · ")}`),
    extra);
}

export const chip = (words, kind = "") => h("span", { class: `chip ${kind}` }, words);

/** What a relation is called. */
export const relation = (name) => term("relations", name);

/** Save a text under a name. */
export function download(name, text, type = "text/csv;charset=utf-8") {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const anchor = h("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Rows as CSV (RFC 4180); a cell that a spreadsheet would take for a formula gets an apostrophe. */
export function csv(head, rows) {
  const cell = (given) => {
    const text = given === null || given === undefined ? "" : String(given);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A table to sort and filter, with what is seen as CSV. `rows` are lists of { text, node?, key? }. */
export function table(name, heads, rows) {
  let sorted = -1;
  let down = false;
  let wanted = "";
  const body = h("tbody");
  const seen = h("span", { class: "quiet small", role: "status" });
  let shown = rows;
  const key = (cell) => cell.key ?? cell.text ?? "";
  const compare = (a, b) => {
    const [x, y] = [key(a[sorted]), key(b[sorted])];
    if (!x || !y) return !x - !y || 0;
    const both = Number(x) - Number(y);
    const order = Number.isNaN(both) ? x.localeCompare(y, "zh") : both;
    return down ? -order : order;
  };
  const draw = () => {
    shown = rows.filter((row) => !wanted || row.some((cell) => (cell.text ?? "").toLowerCase().includes(wanted)));
    if (sorted >= 0) shown = [...shown].sort(compare);
    body.replaceChildren(...shown.slice(0, 2000).map((row) => h("tr", {}, row.map((cell) => h("td", { dir: "auto" }, cell.node ?? cell.text ?? "")))));
    seen.textContent = say("shown", { n: shown.length, all: rows.length });
    columns.forEach((column, at) => column.setAttribute("aria-sort", at !== sorted ? "none" : down ? "descending" : "ascending"));
  };
  const columns = heads.map((head, at) => h("th", { scope: "col" }, h("button", { type: "button", on: { click: () => {
    down = sorted === at && !down;
    sorted = at;
    draw();
  } } }, head)));
  const filter = h("input", { type: "search", placeholder: say("filter"), "aria-label": say("filter"),
    on: { input: () => { wanted = filter.value.trim().toLowerCase(); draw(); } } });
  const save = h("button", { type: "button", class: "csv", on: { click: () =>
    download(`${name}.csv`, csv(heads, shown.map((row) => row.map((cell) => cell.text)))) } }, say("csv"));
  draw();
  return h("div", {}, h("div", { class: "tools" }, filter, save, seen),
    h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, columns)), body)));
}
