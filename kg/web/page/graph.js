// The graph around a thing: it grows where somebody clicks.  Plain SVG, laid out here, the same each time.
import { ask, h, relation, s, toEntity } from "./dom.js";
import { capital, label, ranks, say, state, term } from "./words.js";

const WIDTH = 900;
const HEIGHT = 520;
/** Both, on a phone. */
const NARROW = 400;
const STEPS = 220;
const MOST = 250;
/** With more lines than this their names would cover one another; a pointer on a line still tells. */
const FULL = 24;

/** The graph around `id`, with its filters. */
export async function graph(id) {
  const nodes = new Map();
  const edges = new Map();
  const opened = new Set();
  const wanted = { type: "", relation: "", rank: "", source: "", from: "", to: "" };
  let box = { x: -WIDTH / 2, y: -HEIGHT / 2, w: WIDTH, h: HEIGHT };
  const svg = s("svg", { class: "graph", role: "group", "aria-label": say("around") });
  const said = h("p", { class: "small quiet", role: "status" }, say("clickHint"));
  const filters = h("div", { class: "filters" });
  const legend = h("p", { class: "small legend" });

  /** Show all there is, no larger than it is drawn in a graph of some dozens. */
  function fit() {
    const all = [...nodes.values()];
    const [xs, ys] = [all.map((node) => node.x), all.map((node) => node.y)];
    const [left, top] = [Math.min(...xs) - 70, Math.min(...ys) - 40];
    const [w, high] = [Math.max(...xs) + 70 - left, Math.max(...ys) + 50 - top];
    const [width, height] = matchMedia("(max-width: 40rem)").matches ? [NARROW, NARROW] : [WIDTH, HEIGHT];
    const scale = Math.max(w / width, high / height, 0.75);
    box = { x: left + w / 2 - (width * scale) / 2, y: top + high / 2 - (height * scale) / 2, w: width * scale, h: height * scale };
  }

  async function open(which) {
    if (opened.has(which) || nodes.size >= MOST) return;
    opened.add(which);
    const found = await ask("around", { id: which });
    const parent = nodes.get(which) ?? { x: 0, y: 0 };
    const fresh = found.nodes.filter((node) => !nodes.has(node.id));
    fresh.forEach((node, at) => {
      const angle = (2 * Math.PI * at) / Math.max(fresh.length, 1) + 0.3;
      const self = node.id === found.center;
      nodes.set(node.id, { ...node, x: parent.x + (self ? 0 : 130 * Math.cos(angle)), y: parent.y + (self ? 0 : 110 * Math.sin(angle)) });
    });
    for (const edge of found.edges) edges.set(`${edge.source} ${edge.relation} ${edge.target}`, edge);
    settle();
    fit();
    choose();
    draw();
    if (found.total > found.edges.length) said.textContent = say("shownGraph", { n: found.edges.length, all: found.total });
  }

  /** Springs and repulsion, a fixed number of steps from fixed places. */
  function settle() {
    const all = [...nodes.values()];
    const lines = [...edges.values()].map((edge) => [nodes.get(edge.source), nodes.get(edge.target)]).filter(([a, b]) => a && b);
    for (let step = 0; step < STEPS; step += 1) {
      const heat = 1 - step / STEPS;
      for (const node of all) { node.dx = -node.x * 0.01; node.dy = -node.y * 0.016; }
      for (let i = 0; i < all.length; i += 1) {
        for (let j = i + 1; j < all.length; j += 1) {
          const [a, b] = [all[i], all[j]];
          const x = a.x - b.x || 0.1 * (i - j);
          const y = a.y - b.y || 0.1;
          const force = 5200 / (x * x + y * y + 60);
          const long = Math.hypot(x, y);
          a.dx += (x / long) * force; a.dy += (y / long) * force;
          b.dx -= (x / long) * force; b.dy -= (y / long) * force;
        }
      }
      for (const [a, b] of lines) {
        const x = b.x - a.x; const y = b.y - a.y;
        const long = Math.hypot(x, y) || 1;
        const pull = (long - 110) * 0.03;
        a.dx += (x / long) * pull; a.dy += (y / long) * pull;
        b.dx -= (x / long) * pull; b.dy -= (y / long) * pull;
      }
      for (const node of all) {
        if (node.id === id) { node.x = 0; node.y = 0; continue; }
        node.x += Math.max(-18, Math.min(18, node.dx)) * heat;
        node.y += Math.max(-18, Math.min(18, node.dy)) * heat;
      }
    }
  }

  const kept = (edge) => (!wanted.relation || edge.relation === wanted.relation) && (!wanted.source || edge.sources.includes(wanted.source));
  const shownNode = (node) => node.id === id || ((!wanted.type || node.type === wanted.type)
    && (!wanted.rank || String(node.rank ?? "") === wanted.rank)
    && (!wanted.from || (node.date !== "" && node.date >= wanted.from)) && (!wanted.to || (node.date !== "" && node.date.slice(0, wanted.to.length) <= wanted.to)));

  function draw() {
    const seen = new Set([...nodes.values()].filter(shownNode).map((node) => node.id));
    const lines = [...edges.values()].filter((edge) => kept(edge) && seen.has(edge.source) && seen.has(edge.target));
    const joined = new Set([id, ...lines.flatMap((edge) => [edge.source, edge.target])]);
    const kinds = state.site.classes.map((one) => one.name);
    const focused = svg.contains(document.activeElement) ? document.activeElement.getAttribute("data-id") : null;
    svg.replaceChildren(
      ...lines.map((edge) => {
        const [a, b] = [nodes.get(edge.source), nodes.get(edge.target)];
        return s("g", { "data-relation": edge.relation },
          s("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }, s("title", {}, `${label(a)} ${relation(edge.relation)} ${label(b)} · ${edge.sources.join(say("and"))}`)),
          s("text", { class: "arrow", x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - 3 }, lines.length > FULL ? "" : relation(edge.relation)));
      }),
      ...[...nodes.values()].filter((node) => joined.has(node.id)).map((node) => {
        const closed = !opened.has(node.id);
        const name = label(node);
        const act = () => select(node);
        return s("g", { class: `k${Math.max(kinds.indexOf(node.type), 0)} ${node.id === id ? "center" : ""} ${closed ? "closed" : ""}`,
          transform: `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`, role: "button", tabindex: "0", "data-id": node.id,
          "aria-label": `${name}, ${term("classes", node.type)}${closed ? `, ${say("expand")}` : ""}`,
          on: { click: act, keydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } } } },
        s("title", {}, `${name} · ${term("classes", node.type)}${node.date ? ` · ${node.date}` : ""}`),
        s("circle", { r: 7 + Math.min(9, Math.sqrt(node.claims)) }),
        s("text", { y: 27 }, Array.from(name).length > 16 ? `${Array.from(name).slice(0, 15).join("")}…` : name));
      }));
    legend.replaceChildren(...[...new Set([...nodes.values()].map((node) => node.type))].filter((type) => type).sort()
      .map((type) => h("span", { class: `dot k${Math.max(kinds.indexOf(type), 0)}` }, term("classes", type))));
    view();
    if (focused) [...svg.querySelectorAll("[data-id]")].find((one) => one.getAttribute("data-id") === focused)?.focus();
  }

  function select(node) {
    said.replaceChildren(h("b", { dir: "auto" }, label(node)), ` · ${term("classes", node.type)} · `, h("a", { href: toEntity(node.id) }, say("open")));
    open(node.id);
  }

  /** The filters, with what there is to choose from now. */
  function choose() {
    const select_ = (name, words, found) => h("label", {}, words, h("select", { name, on: { change: (event) => { wanted[name] = event.target.value; draw(); } } },
      h("option", { value: "" }, say("all")), found.map(([text, shown]) => h("option", { value: text, selected: wanted[name] === text }, shown))));
    const several = (texts) => [...new Set(texts)].filter((text) => text !== "" && text !== null).sort();
    const date = (name, words) => h("label", {}, words, h("input", { name, value: wanted[name], size: 8, placeholder: "2023-04", pattern: "\\d{4}(-\\d\\d){0,2}",
      on: { change: (event) => { wanted[name] = event.target.validity.valid ? event.target.value : ""; draw(); } } }));
    filters.replaceChildren(
      select_("type", say("type"), several([...nodes.values()].map((node) => node.type)).map((name) => [name, term("classes", name)])),
      select_("relation", say("relation"), several([...edges.values()].map((edge) => edge.relation)).map((name) => [name, relation(name)])),
      select_("rank", capital(ranks()), several([...nodes.values()].map((node) => (node.rank === null ? "" : String(node.rank)))).map((rank) => [rank, rank])),
      select_("source", say("from_source"), several([...edges.values()].flatMap((edge) => edge.sources)).map((name) => [name, name])),
      date("from", say("from")), date("to", say("to")),
    );
  }

  const view = () => svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
  function zoom(by) {
    box = { x: box.x + (box.w * (1 - by)) / 2, y: box.y + (box.h * (1 - by)) / 2, w: box.w * by, h: box.h * by };
    view();
  }
  // A wheel alone scrolls the page, as everywhere; with Ctrl (or by two fingers) it zooms.
  svg.addEventListener("wheel", (event) => { if (!event.ctrlKey) return; event.preventDefault(); zoom(event.deltaY > 0 ? 1.1 : 0.9); }, { passive: false });
  let dragged = null;
  svg.addEventListener("pointerdown", (event) => { if (!event.target.closest("[role=button]")) dragged = { x: event.clientX, y: event.clientY }; });
  svg.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const scale = box.w / svg.clientWidth;
    box = { ...box, x: box.x - (event.clientX - dragged.x) * scale, y: box.y - (event.clientY - dragged.y) * scale };
    dragged = { x: event.clientX, y: event.clientY };
    view();
  });
  for (const end of ["pointerup", "pointerleave"]) svg.addEventListener(end, () => { dragged = null; });

  const button = (sign, words, by) => h("button", { type: "button", "aria-label": say(words), title: say(words), on: { click: () => zoom(by) } }, sign);
  await open(id);
  return h("div", {}, h("details", { class: "whole" }, h("summary", {}, say("filters")), filters),
    h("div", { class: "drawn" }, svg, h("div", { class: "zoom" }, button("＋", "zoomIn", 0.8), button("－", "zoomOut", 1.25))), legend, said);
}
