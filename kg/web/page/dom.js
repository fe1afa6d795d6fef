// Elements whose every text is a text node: nothing that a document says can become markup.
import { sentence } from "./sentences.js";
import { joined, label, say, state, term, titleOf } from "./words.js";

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

const REFUSALS = { 404: "notThere", 503: "isBusy", 504: "tooLong", 507: "tooMuch" };

/** What went wrong, in the chosen language; the server's own words where there are no others. */
export const refusal = (status, words) => (REFUSALS[status] ? say(REFUSALS[status]) : sentence(words.trim()) || String(status));

/** An answer of the server as JSON.  Throws an Error whose message is for people. */
export async function ask(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined));
  const address = `/api/${path}${query.size ? `?${query}` : ""}`;
  const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => { throw new Error(say("notReached")); });
  if (!response.ok) throw new Error(refusal(response.status, await response.text()));
  return response.json();
}

export const toEntity = (id) => `#/entity/${encodeURIComponent(id)}`;
export const toDocument = (id, claim = "") => `#/document/${encodeURIComponent(id)}${claim ? `?claim=${encodeURIComponent(claim)}` : ""}`;

/** A link to a thing by its label. */
export function link(thing) {
  const where = thing.type === "Document" ? toDocument(thing.id) : toEntity(thing.id);
  return h("a", { href: where, dir: "auto", title: thing.id }, label(thing));
}

/** Links in a row. */
export const links = (things) => things.map((thing, at) => [at ? say("and") : "", link(thing)]);

/** A value: a link to a thing, or a text. */
export function value(of) {
  if (of.id !== undefined) return link(of);
  if (of.datatype !== "integer" || !/^\d{5,}$/.test(of.text)) return h("span", { dir: "auto" }, of.text);
  const [number, short] = [BigInt(of.text), { notation: "compact", maximumFractionDigits: 3 }];
  return h("span", {}, number.toLocaleString(state.language === "zh" ? "zh-CN" : "en", short), h("span", { class: "quiet small digits" }, ` ${number.toLocaleString("en")}`));
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

/** Who says a claim, in which words; below it its class (with `brief` only one that says something), what was decided
 * about it, and `extra`. */
export function quote(claim, extra = null, { brief = false } = {}) {
  const plain = claim.standing === "same value" && !claim.because;
  return h("blockquote", { "data-claim": claim.id, "data-standing": claim.standing },
    h("p", { class: "words", dir: "auto" }, "“", marked(claim.quote, claim.marks), "”"),
    h("p", { class: "small quiet" }, source(claim.document, claim.id),
      claim.attribution ? [" · ", h("b", { dir: "auto" }, say("accordingTo", { who: claim.attribution }))] : null,
      claim.stance === "asserted" ? null : [" · ", chip(say(claim.stance), "doubt")],
      " · ", h("span", { title: say("confidenceMeans") }, say("confidence", { n: Math.round(claim.confidence * 100) }))),
    claim.standing && !(brief && plain) ? h("p", { class: "small standing" }, chip(say(claim.standing), plain ? "" : KINDS[claim.standing]),
      claim.because ? h("span", { class: "quiet", dir: "auto" }, reason(claim)) : null) : null,
    claim.decision ? h("p", { class: "small decision" }, "⚖ ", decided(claim.decision)) : null,
    extra);
}

const KINDS = { conflict: "disputed", superseded: "doubt", "different event": "doubt", "different scope": "doubt" };

/** Why a claim has its class; what is named there by its id is called by its name. */
export const reason = (claim) => sentence(claim.names ? claim.because.replace(claim.names.id, () => label(claim.names)) : claim.because);

/** A decision that a build obeyed, in words. */
function decided(of) {
  const key = { accept: "decidedAccept", reject: "decidedReject" }[of.decision] ?? "decidedCorrect";
  return say(key, { who: of.who, why: of.why, stated: of.stated ? valueText(of.stated) : "" });
}

/** Where words stand: publisher, day, and a link to the place in the text. */
export const source = (doc, claim = "") => [
  doc.publisher ? [h("b", { dir: "auto" }, doc.publisher), " · "] : null,
  doc.published ? `${doc.published} · ` : null,
  h("a", { href: toDocument(doc.id, claim), dir: "auto" }, titleOf(doc))];

/** Who says claims, each once: publishers, or documents where those are not known. */
export const voices = (claims) => joined([...new Set(claims.map((claim) => claim.attribution || claim.document.publisher || titleOf(claim.document)))]);

/** Quotes, the first ones at once and the others when wanted. */
export function quotes(claims, draw, most = 3) {
  const rest = claims.slice(most);
  return [claims.slice(0, most).map(draw), rest.length === 0 ? null : folded(say("moreQuotes", { n: rest.length }), () => rest.map(draw))];
}

/** Something that is drawn when it is opened. */
export function folded(words, draw, attributes = {}) {
  const found = h("details", { ...attributes, on: { toggle: () => { if (found.open && found.children.length === 1) found.append(...[draw()].flat(9)); } } },
    h("summary", {}, words));
  return found;
}

/** Whether a value is held. */
export const verdict = (held) => (held
  ? h("span", { class: "held", title: say("heldMeans") }, "✓ ", say("held"))
  : h("span", { class: "quiet", title: say("notHeldMeans") }, say("notHeld")));

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

/** Rows of a table that are drawn before somebody asks for more. */
const AT_ONCE = 300;

/** A table to sort and filter, with what is seen as CSV. `rows` are lists of { text, node?, key? }.
 *
 * On a phone each row is a card, and what to sort by is chosen above. */
export function table(name, heads, rows, { sort = -1, down = false } = {}) {
  let [sorted, falling, wanted, most] = [sort, down, "", AT_ONCE];
  const body = h("tbody");
  const seen = h("span", { class: "quiet small", role: "status" });
  const rest = h("button", { type: "button", on: { click: () => { most += 1000; draw(); } } });
  let shown = rows;
  const key = (cell) => cell.key ?? cell.text ?? "";
  const compare = (a, b) => {
    const [x, y] = [key(a[sorted]), key(b[sorted])];
    if (!x || !y) return !x - !y || 0;
    const both = Number(x) - Number(y);
    const order = Number.isNaN(both) ? x.localeCompare(y, "zh") : both;
    return falling ? -order : order;
  };
  const draw = () => {
    shown = rows.filter((row) => !wanted || row.some((cell) => (cell.text ?? "").toLowerCase().includes(wanted)));
    if (sorted >= 0) shown = [...shown].sort(compare);
    body.replaceChildren(...shown.slice(0, most).map((row) => h("tr", {}, row.map((cell, at) =>
      h("td", { dir: "auto", "data-head": heads[at], class: (cell.text ?? "") === "" ? "empty" : kind(cell.text) }, cell.node ?? cell.text ?? "")))));
    seen.textContent = say("shown", { n: Math.min(shown.length, most), all: rows.length });
    rest.textContent = say("andMore", { n: shown.length - most });
    rest.hidden = shown.length <= most;
    columns.forEach((column, at) => column.setAttribute("aria-sort", at !== sorted ? "none" : falling ? "descending" : "ascending"));
    chooser.value = String(sorted);
  };
  const by = (at) => { falling = sorted === at && !falling; sorted = at; draw(); };
  const columns = heads.map((head, at) => h("th", { scope: "col" }, h("button", { type: "button", on: { click: () => by(at) } }, head)));
  const chooser = h("select", { class: "narrow", "aria-label": say("sortBy"), on: { change: () => by(Number(chooser.value)) } },
    h("option", { value: "-1" }, say("sortBy")), heads.map((head, at) => h("option", { value: String(at) }, head)));
  const filter = h("input", { type: "search", placeholder: say("filter"), "aria-label": say("filter"), on: { input: () => only(filter.value) } });
  const only = (text) => { wanted = text.trim().toLowerCase(); filter.value = text; draw(); };
  const save = h("button", { type: "button", class: "csv", on: { click: () =>
    download(`${name}.csv`, csv(heads, shown.map((row) => row.map((cell) => cell.text)))) } }, "⤓ ", say("csv"));
  draw();
  const made = h("div", {}, h("div", { class: "tools" }, filter, chooser, save, seen),
    h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, columns)), body)), rest);
  made.only = only;
  return made;
}

/** What a cell holds, for its width: a date or number is never broken, a long text wants room. */
const kind = (text) => (/^[\d,.\-–:% ]{1,24}$/.test(text) ? "number" : text.length > 24 ? "long" : "");
