"use strict";
// Puts it all together: the state of the page is in its address; whatever a reader does changes the state and draws it.
(() => {
  const { element } = KG;
  const model = KG.read();
  const { details, dots, names, facts, relations, groups, kindOf } = model;
  const at = (id) => document.getElementById(id);
  const addresses = KG.state(model);
  const PALETTE = ["#0072b2", "#d55e00", "#009e73", "#a0529c", "#b8860b", "#5b6ee1", "#b03060", "#3f7f7f", "#6b8e23", "#8b5a2b", "#c2569b", "#4682b4"];
  const page = { state: addresses.read(location.hash) };
  const w = () => KG.words[page.state.lang];
  const named = (labels, fallback) => labels[page.state.lang] || labels.zh || labels.en || fallback;
  const theme = () => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return { page: colour("page"), text: colour("ink"), quiet: colour("quiet"), faint: colour("faint"), chip: colour("chip"), line: colour("line"), bandA: colour("band-a"), bandB: colour("band-b"), rank: colour("rank") };
  };
  const dressed = () => {
    document.documentElement.dataset.theme = page.state.theme;
    document.documentElement.lang = page.state.lang;
  };
  dressed();

  // Above the summary's threshold WebGL draws, where the bundle and the browser have it.
  const bundle = Boolean(globalThis.kgWeb), webgl = bundle && KG.hasWebgl();
  const large = Boolean(details.summary);
  const stage = large && webgl ? KG.webglStage(at("graph"), theme) : KG.visStage(at("graph"), JSON.parse(at("options").textContent), theme);
  if (large && !webgl) details.notice = bundle ? "noWebgl" : "noBundle";
  document.body.dataset.renderer = stage.name;
  const panel = KG.panel(at("panel"), model, page);

  // Places.
  const place = (dot) => {
    const pinned = page.state.pins.get(dot.id);
    if (pinned) return pinned;
    return page.state.layout === "landscape" ? { x: dot.u, y: dot.v } : { x: dot.x, y: dot.y };
  };
  const colourOf = (dot, kind) => (page.state.groups && dot.k !== undefined && !kind.value ? PALETTE[dot.k % PALETTE.length] : kind.colour);
  // What stands in the picture, lines and all, is given by the page's data: the room for it was measured there.
  const written = (id) => (page.state.lang === "en" && dots[id].en) || dots[id].label;
  const makers = new Set(dots.map((dot) => dot.m));
  const number = (count) => count.toLocaleString("en");
  const typeText = (name) => panel.kind(name);

  let seen = null, view = null;
  const draw = () => {
    const { state } = page;
    const picture = model.visible(state, stage.most);
    seen = picture;
    const centre = state.edge !== null ? new Set([facts[state.edge].s, facts[state.edge].o]) : state.at !== null ? new Set([state.at]) : null;
    const near = centre && (state.edge !== null ? centre : model.around(centre, picture.edges));
    const landscape = state.layout === "landscape" && !state.focus.length;
    const nodes = picture.shown.map((id) => {
      const dot = dots[id], name = names[id], kind = kindOf.get(dot.group);
      let label = written(id);
      const dated = landscape ? label.split("\n").length : undefined;
      if (landscape && dot.d) label = `${label}\n${dot.d}`;
      const { x, y } = place(dot);
      return { id, x, y, label, size: landscape ? Math.min(dot.size, 11) : dot.size, font: landscape ? (makers.has(id) ? 16 : 14) : dot.font.size, large: !landscape && dot.font.size > 14, dated, shape: kind.shape, colour: colourOf(dot, kind), value: kind.value,
        faint: near !== null && !near.has(id), near: near !== null && near.has(id), chosen: centre !== null && centre.has(id), pinned: state.pins.has(id),
        title: `${KG.brief(model.label(id, state.lang))} (${typeText(name)})` };
    });
    for (const [group, rest] of picture.bubbles) {
      const { hub, count, x, y, r } = groups[group];
      const opened = rest < count && !details.summary.startsWith("central");
      const label = written(hub);
      // Of an open group the members that are not shown yet stand below it.
      nodes.push({ id: `g${group}`, x, y: opened ? y + r * 1.15 : y, label: rest < count ? w().rest(rest) : `${label}\n${rest}`, size: opened ? Math.max(r * 0.16, 30) : r, font: 22, shape: "ring",
        colour: PALETTE[group % PALETTE.length], faint: false, chosen: state.group === group, pinned: false, title: w().members(rest) });
    }
    if (picture.others.length) {
      // All other communities stand together at the right of those that are shown, in the middle.
      const right = Math.max(...nodes.map((node) => node.x + node.size)), low = Math.min(...nodes.map((node) => node.y)), high = Math.max(...nodes.map((node) => node.y));
      const count = picture.others.reduce((sum, [, rest]) => sum + rest, 0);
      const size = Math.min(Math.max(...picture.bubbles.map(([group]) => groups[group].r)) * 1.6, (high - low) / 6 || 200);
      nodes.push({ id: "rest", x: right + size * 1.2, y: (low + high) / 2, label: `${w().others(picture.others.length)}\n${count}`, size, font: 22, shape: "ring", colour: "#8a8a8a",
        faint: false, chosen: false, pinned: false, title: w().members(count) });
    }
    // Thousands of lines say nothing: among so many nodes only those of the chosen one are drawn.
    // A landscape says with its bands and lanes who made what; its lines come with a click.
    const drawn = nodes.length > 3000 || (landscape && !state.conflicts) ? picture.edges.filter((arrow) => arrow.id === state.edge || arrow.from === state.at || arrow.to === state.at) : picture.edges;
    // Among many lines of one kind only the first is named; the others have its colour.
    const owned = (arrow) => arrow.id === state.edge || (state.at !== null && (arrow.from === state.at || arrow.to === state.at));
    const counts = new Map(), first = new Map();
    for (const arrow of drawn.filter(owned)) {
      const { r } = facts[arrow.id];
      counts.set(r, (counts.get(r) || 0) + 1);
      if (!first.has(r)) first.set(r, arrow.id);
    }
    const edges = drawn.map((arrow) => {
      const fact = facts[arrow.id], relation = relations[fact.r];
      const faint = (near !== null && !(near.has(arrow.from) && near.has(arrow.to)));
      const own = owned(arrow), told = own && (counts.get(fact.r) <= 4 || first.get(fact.r) === arrow.id || arrow.id === state.edge);
      return { id: arrow.id, from: arrow.from, to: arrow.to, bend: arrow.bend || 0, colour: fact.x ? "#d0342c" : relation.colour, dashed: Boolean(fact.x), faint, arrow: true,
        width: own ? 2.8 : 1.6, chosen: arrow.id === state.edge, label: told ? named(relation.labels, relation.name) : undefined,
        title: `${KG.brief(model.label(fact.s, state.lang))} — ${panel.relation(fact)} → ${KG.brief(model.label(fact.o, state.lang))}` };
    });
    // Of what joins communities only the strongest is drawn, and all of a chosen one's: the rest would be a grey net.
    const ofChosen = ({ from, to }) => state.group !== null && (from === `g${state.group}` || to === `g${state.group}`);
    const strongest = [...picture.bundles].sort((a, b) => b.count - a.count || (`${a.from}>${a.to}` < `${b.from}>${b.to}` ? -1 : 1)).slice(0, 120);
    for (const { from, to, count } of new Set([...strongest, ...picture.bundles.filter(ofChosen)])) {
      edges.push({ id: `b${from}>${to}`, from, to, bend: 0, colour: theme().faint, faint: near !== null, arrow: false, dashed: false, width: Math.min(1 + Math.log2(count), 8), title: String(count) });
    }
    if (large && state.focus.length && nodes.length <= 400) {
      const places = KG.settle(nodes, edges);
      for (const node of nodes) Object.assign(node, state.pins.get(node.id) || places.get(node.id));
    }
    // The members of an open group have its disc for themselves, and room there for their names.
    for (const [group] of large && !state.focus.length && !landscape && !state.all && details.summary === "communities" ? state.open : []) {
      const inside = nodes.filter((node) => typeof node.id === "number" && dots[node.id].k === group && !state.pins.has(node.id));
      if (!inside.length || inside.length > 300) continue;
      const own = new Set(inside.map((node) => node.id));
      const places = KG.settle(inside, edges.filter((edge) => own.has(edge.from) && own.has(edge.to)));
      const far = Math.max(...[...places.values()].map(({ x, y }) => Math.hypot(x, y)), 1);
      const { x, y, r } = groups[group], scale = r / far;
      for (const node of inside) {
        const at = places.get(node.id);
        Object.assign(node, { x: x + at.x * scale, y: y + at.y * scale, size: node.size * scale, scale });
      }
    }
    const decor = landscape && details.landscape ? { ...details.landscape, undatedLabel: w().undated, signs: details.landscape.signs.map(({ y, of }) => ({ y, label: of === null ? w().unowned : model.label(of, state.lang) })), bands: details.landscape.bands.map((band) => ({ ...band, ranked: band.rank !== null, label: band.rank === null ? w().unranked : model.label(model.idOf.get(band.rank), state.lang) })) } : null;
    view = { nodes, edges, decor };
    stage.draw(view);
    at("empty").hidden = picture.shown.length + picture.bubbles.length > 0;
    at("empty").textContent = dots.length ? w().filtered : w().empty;
    const opening = large && !state.all && !state.focus.length && !landscape;
    const summary = details.summary === "communities" ? w().summaryCommunities(number(picture.bubbles.length), number(groups.length), details.modularity) : w().summaryCentral();
    at("notice").textContent = [details.notice ? w()[details.notice] : "", opening ? summary : ""].filter(Boolean).join(" ");
    const part = picture.shown.length < dots.length && !(opening && !state.open.size);
    at("seen").textContent = part ? w().seen(number(picture.shown.length), picture.bubbles.length, number(dots.length)) : "";
    at("over").textContent = [picture.over ? w().tooMany(picture.over) : "", landscape && details.landscape?.part ? w().centralOf(details.landscape.count) : ""].filter(Boolean).join(" ");
  };
  // The ids that a picture is fitted to: what is chosen with its neighbours, else all.
  const target = () => {
    const { state } = page;
    if (state.edge !== null) return [facts[state.edge].s, facts[state.edge].o];
    if (state.at !== null && seen.shown.includes(state.at)) {
      const near = model.around(new Set([state.at]), seen.edges);
      return [...near].filter((id) => seen.shown.includes(id));
    }
    if (state.group !== null && details.summary === "communities") {
      const inside = view.nodes.filter(({ id }) => id === `g${state.group}` || (typeof id === "number" && dots[id].k === state.group));
      if (inside.length) return inside.map((node) => node.id);
    }
    return view.nodes.map((node) => node.id);
  };
  const fit = (slowly) => {
    const { state } = page;
    const chain = view.decor && state.at === null && state.edge === null;
    // A landscape is read from its upper left corner on, like a page, and not shrunk until nothing can be read.
    if (chain && stage.corner) stage.corner(details.landscape, slowly);
    else stage.fit(target(), slowly);
  };

  // Words, legend and filters.
  const swatch = (kind) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    made.setAttribute("viewBox", "-10 -10 20 20");
    made.setAttribute("aria-hidden", "true");
    const paths = { dot: "M-7 0A7 7 0 1 0 7 0A7 7 0 1 0 -7 0", square: "M-7-7H7V7H-7Z", triangle: "M0-8 8 6H-8Z", triangleDown: "M0 8 8-6H-8Z", hexagon: "M-8 0-4-7H4L8 0 4 7H-4Z",
      star: "M0-9 2.6-3.2 9-2.7 4.2 1.5 5.7 8 0 4.6-5.7 8-4.2 1.5-9-2.7-2.6-3.2Z", box: "M-9-5H9V5H-9Z", diamond: "M0-9 9 0 0 9-9 0Z", line: "M-10-1.5H4V-5L10 0 4 5V1.5H-10Z" };
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", paths[kind.shape]);
    path.setAttribute("fill", kind.value ? theme().chip : kind.colour);
    if (kind.value) path.setAttribute("stroke", kind.colour);
    made.append(path);
    return made;
  };
  const row = (kind, off, then) => {
    const item = element("li"), label = element("label"), box = element("input");
    box.type = "checkbox";
    box.checked = !off;
    box.addEventListener("change", then);
    const other = page.state.lang === "zh" ? kind.labels.en : kind.labels.zh;
    const text = element("span", "name", named(kind.labels, kind.name));
    label.append(box, swatch(kind), text);
    if (other && other !== named(kind.labels, kind.name)) text.append(" ", element("span", "quiet", other));
    label.append(element("b", "", number(kind.count)));
    item.append(label);
    return item;
  };
  const toggled = (list, name) => (list.includes(name) ? list.filter((one) => one !== name) : [...list, name]);
  const controls = () => {
    const { state } = page;
    for (const one of document.querySelectorAll("[data-word]")) one.textContent = w()[one.dataset.word];
    at("about").textContent = `${w().nodes(number(dots.length))} · ${w().facts(number(model.arrows.length), number(details.counts.documents))}`;
    at("left-out").textContent = details.counts.left ? w().leftOut(details.counts.left) : "";
    at("words").placeholder = w().find;
    at("words").setAttribute("aria-label", w().find);
    at("kinds").replaceChildren(...details.kinds.map((kind) => row(kind, state.types.includes(kind.name), () => page.set({ types: toggled(state.types, kind.name) }))));
    at("lines").replaceChildren(...relations.filter((line) => line.count).map((line) => row({ ...line, shape: "line" }, state.relations.includes(line.name), () => page.set({ relations: toggled(state.relations, line.name) }))));
    const ranks = dots.filter((dot) => model.isRank(dot.id)).sort((a, b) => (names[a.id].id < names[b.id].id ? -1 : 1));
    at("tiers").hidden = !ranks.length;
    at("tiers").replaceChildren(...ranks.map((dot) => {
      const made = element("button", "chip", model.label(dot.id, state.lang));
      made.type = "button";
      made.setAttribute("aria-pressed", String(state.tiers.includes(dot.id)));
      made.addEventListener("click", () => page.set({ tiers: toggled(state.tiers, dot.id) }));
      return made;
    }));
    at("from").value = state.from;
    at("to").value = state.to;
    const sources = [...new Set(details.documents.map(KG.publisher))].sort();
    at("source").replaceChildren(new Option(w().allSources, ""), ...sources.map((name) => new Option(KG.brief(name), name)));
    at("source").value = state.source;
    at("conflicts").checked = state.conflicts;
    at("landscape").hidden = !details.landscape;
    at("landscape").setAttribute("aria-pressed", String(state.layout === "landscape"));
    at("groups").setAttribute("aria-pressed", String(state.groups));
    at("theme").setAttribute("aria-pressed", String(state.theme === "dark"));
    at("physics").hidden = !stage.physics || state.layout === "landscape";
    at("all").hidden = !large || !webgl;
    at("all").setAttribute("aria-pressed", String(state.all));
    at("unhide").hidden = !state.hide.length;
    at("unhide").textContent = w().hidden(state.hide.length);
    at("back").hidden = !current;
  };

  // Whatever changes the state goes through here.
  // Inside a notebook the page has no address of its own, and remembers its steps itself.
  const addressed = !/^(about|data|blob):/.test(location.protocol);
  const past = [];
  let current = location.hash.replace(/^#/, "");
  page.show = (how = "keep") => {
    dressed();
    controls();
    draw();
    const { state } = page;
    if (state.edge !== null) panel.edge(state.edge);
    else if (state.at !== null) panel.node(state.at);
    else if (state.group !== null) panel.group(state.group);
    else panel.welcome();
    if (how !== "keep") fit(how === "slowly");
  };
  page.set = (change, how = "keep") => {
    page.state = { ...page.state, ...change };
    const hash = addresses.written(page.state);
    if (hash !== current) {
      past.push(current);
      current = hash;
      if (addressed) history.pushState(null, "", `#${hash}`);
    }
    page.show(how);
  };
  const returned = (hash) => {
    current = hash.replace(/^#/, "");
    page.state = addresses.read(current);
    page.show("slowly");
  };
  window.addEventListener("popstate", () => {
    past.pop();
    returned(location.hash);
  });
  page.back = () => {
    if (!past.length) page.whole();
    else if (addressed) history.back();
    else returned(past.pop());
  };
  page.whole = () => page.set({ at: null, edge: null, group: null, focus: [] }, "slowly");
  page.choose = (dot, moving) => {
    at("hits").replaceChildren();
    const change = { at: dot, edge: null, group: null };
    // Something that the focus or the landscape leaves out is shown where it is.
    if (page.state.focus.length && !seen.shown.includes(dot)) change.focus = [dot];
    else if (page.state.layout === "landscape" && dots[dot].u === undefined) change.layout = "force";
    page.set(change, moving ? "slowly" : "keep");
  };
  page.focus = (dot) => page.set({ at: dot, edge: null, focus: [dot] }, "slowly");
  page.expand = (dot) => page.set({ at: dot, edge: null, focus: [...new Set([...(page.state.focus.length ? page.state.focus : []), dot])] }, "slowly");
  page.hide = (dot) => page.set({ at: null, edge: null, hide: [...page.state.hide, dot], focus: page.state.focus.filter((one) => one !== dot) });
  page.pin = (dot, where = null) => {
    const pins = new Map(page.state.pins);
    if (pins.has(dot) && !where) pins.delete(dot);
    else pins.set(dot, where || place(dots[dot]));
    page.set({ pins });
  };
  page.center = () => fit(true);
  page.openGroup = (group) => {
    const level = page.state.open.get(group) ?? (details.summary === "central" ? 1 : 0);
    page.set({ group, at: null, edge: null, focus: [], open: new Map(page.state.open).set(group, level + 1) }, "slowly");
  };
  page.closeGroup = (group) => page.set({ group: null, open: new Map(page.state.open).set(group, 0) });

  stage.on("node", (id) => {
    if (id === "rest") page.set({ more: page.state.more + 1 }, "slowly");
    else if (typeof id === "string") page.openGroup(Number(id.slice(1)));
    else page.choose(id, false);
  });
  stage.on("edge", (id) => { if (typeof id === "number") page.set({ edge: id, at: null, group: null }); });
  stage.on("nothing", () => { if (page.state.at !== null || page.state.edge !== null) page.set({ at: null, edge: null }); });
  stage.on("double", (id) => { if (typeof id === "number") page.focus(id); });
  stage.on("moved", (id, where) => { if (typeof id === "number") page.pin(id, { x: Math.round(where.x), y: Math.round(where.y) }); });

  // Search.
  let picked = -1;
  const words = at("words"), hits = at("hits");
  const offered = () => {
    const found = model.search(words.value);
    picked = -1;
    hits.replaceChildren(...found.map((dot) => {
      const item = element("li");
      item.append(panel.button(dot), " ", element("span", "quiet", typeText(names[dot])));
      return item;
    }));
    if (!found.length && words.value.trim()) hits.append(element("li", "quiet", w().nothing));
  };
  words.addEventListener("input", offered);
  words.addEventListener("keydown", (event) => {
    const buttons = [...hits.querySelectorAll("button")];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      picked = (picked + (event.key === "ArrowDown" ? 1 : -1) + buttons.length) % Math.max(buttons.length, 1);
      buttons.forEach((button, place) => button.classList.toggle("picked", place === picked));
      event.preventDefault();
    } else if (event.key === "Escape") {
      words.value = "";
      hits.replaceChildren();
      words.blur();
    }
  });
  at("find").addEventListener("submit", (event) => {
    event.preventDefault();
    const found = model.search(words.value);
    const dot = found[Math.max(picked, 0)];
    if (dot !== undefined) {
      page.choose(dot, true);
      words.blur();
    }
  });

  // Buttons.
  const day = (id) => at(id).addEventListener("change", () => {
    const text = at(id).value.trim();
    at(id).setAttribute("aria-invalid", String(Boolean(text) && !/^\d{4}(-\d\d){0,2}$/.test(text)));
    if (!text || /^\d{4}(-\d\d){0,2}$/.test(text)) page.set({ [id]: text });
  });
  day("from");
  day("to");
  at("source").addEventListener("change", () => page.set({ source: at("source").value }));
  at("conflicts").addEventListener("change", () => page.set({ conflicts: at("conflicts").checked }));
  at("reset").addEventListener("click", () => page.set({ types: [], relations: [], tiers: [], from: "", to: "", source: "", conflicts: false, hide: [] }, "slowly"));
  const moved = (on) => {
    at("physics").setAttribute("aria-pressed", String(on));
    stage.physics(on);
  };
  const other = { landscape: () => { moved(false); page.set({ layout: page.state.layout === "force" ? "landscape" : "force", focus: [], pins: new Map() }, "now"); },
    groups: () => page.set({ groups: !page.state.groups }), theme: () => page.set({ theme: page.state.theme === "dark" ? "light" : "dark" }),
    language: () => page.set({ lang: page.state.lang === "zh" ? "en" : "zh" }), all: () => page.set({ all: !page.state.all, focus: [] }, "now"),
    unhide: () => page.set({ hide: [] }), back: () => page.back(),
    physics: () => moved(at("physics").getAttribute("aria-pressed") !== "true"),
    png: () => KG.png(stage.canvas(), theme().page, "graph.png"),
    csv: () => KG.save("graph.csv", "text/csv;charset=utf-8", KG.csv(model, seen.edges.map((arrow) => arrow.id))),
    ttl: () => KG.save("graph.ttl", "text/turtle;charset=utf-8", KG.turtle(model, seen.edges.map((arrow) => arrow.id))),
    link: () => {
      const done = () => { at("link").textContent = w().copied; };
      const shown = () => { at("link").textContent = `#${current}`; };
      if (navigator.clipboard && addressed) navigator.clipboard.writeText(location.toString()).then(done, shown);
      else shown();
    },
    help: () => panel.keys(), narrow: () => document.body.classList.toggle("open") };
  for (const [id, then] of Object.entries(other)) at(id).addEventListener("click", then);

  // Keys: one letter each, and arrows that walk along facts.
  const walk = (right, down) => {
    const { state } = page;
    if (state.at === null) {
      const first = seen.shown.find((dot) => !model.isValue(dot));
      if (first !== undefined) page.choose(first, false);
      return;
    }
    const standing = new Map(view.nodes.map((node) => [node.id, node]));
    const here = standing.get(state.at) || place(dots[state.at]);
    let best = null;
    for (const { from, to } of seen.edges) {
      const next = from === state.at ? to : to === state.at ? from : null;
      if (next === null || next === state.at) continue;
      const there = standing.get(next) || place(dots[next]);
      const [x, y] = [there.x - here.x, there.y - here.y];
      const along = x * right + y * down, aside = Math.abs(x * down) + Math.abs(y * right);
      if (along > 0 && (best === null || aside - along < best[0])) best = [aside - along, next];
    }
    if (best) page.choose(best[1], false);
  };
  const keys = { "/": () => words.focus(), "?": () => panel.keys(), l: other.landscape, c: other.groups, d: other.theme, b: page.back, Backspace: page.back,
    0: () => stage.fit(view.nodes.map((node) => node.id), true), "+": () => stage.zoom(1.4), "=": () => stage.zoom(1.4), "-": () => stage.zoom(1 / 1.4),
    Escape: page.whole, ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0), ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1) };
  const chosen = { f: page.focus, e: page.expand, h: page.hide, p: page.pin };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key in chosen) { if (page.state.at !== null) chosen[key](page.state.at); }
    else if (key === "l" && !details.landscape) return;
    else if (key in keys) keys[key]();
    else return;
    event.preventDefault();
  });
  let settled = 0;
  window.addEventListener("resize", () => {
    clearTimeout(settled);
    settled = setTimeout(() => { stage.resized(); fit(false); }, 120);
  });

  page.show();
  stage.whenDrawn(() => setTimeout(() => {
    fit(false);
    // For whoever measures: milliseconds from the start of navigation to the first complete picture.
    requestAnimationFrame(() => requestAnimationFrame(() => { document.body.dataset.drawn = String(Math.round(performance.now())); }));
  }));
  KG.model = model;
  KG.page = page;
  KG.stage = stage;
  KG.seen = () => seen;
})();
