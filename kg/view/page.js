"use strict";
// Draws the picture and fills the panel.  Everything that comes from documents is set as text, never as markup.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const details = read("details");
  const nodes = new vis.DataSet(read("nodes"));
  const edges = new vis.DataSet(read("edges"));
  const styles = new Map(nodes.get().map((node) => [node.id, node]));
  const lines = new Map(edges.get().map((edge) => [edge.id, edge]));
  const panel = document.getElementById("panel");
  const words = document.getElementById("words");
  const hits = document.getElementById("hits");
  const dotOf = new Map(details.dots.map((name, dot) => [name, dot]));

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  // A very long name would push everything else away; the panel's heading shows all of it.
  const brief = (text) => (text.length > 80 ? `${Array.from(text).slice(0, 79).join("")}…` : text);
  const relationText = (place) => {
    const { zh, en, name } = details.relations[place];
    return zh && en ? `${zh} ${en}` : zh || en || name;
  };
  const relationShort = (place) => details.relations[place].zh || details.relations[place].en || details.relations[place].name;

  // What hovering shows; a string is shown by vis-network as text.
  edges.update(details.arrows.map((place, id) => {
    const fact = details.facts[place];
    return { id, title: `${brief(details.names[fact.s].label)} — ${relationText(fact.r)} → ${brief(details.names[fact.o].label)}` };
  }));
  nodes.update(details.dots.map((name, id) => {
    const { label, type } = details.names[name];
    return { id, title: type.length ? `${brief(label)} (${type.join(" ")})` : brief(label) };
  }));

  const network = new vis.Network(document.getElementById("graph"), { nodes, edges }, read("options"));
  let seen = nodes.getIds();
  const fitted = (moving) => network.fit({ nodes: seen, maxZoomLevel: 1.3, animation: moving && { duration: 300 } });
  window.addEventListener("resize", () => fitted(false));

  // The dots beside one, and the dates beside those: from a maker the eye goes on to its models and their dates.
  const around = (dot) => {
    const near = new Set([dot]);
    for (const edge of lines.values()) {
      if (edge.from === dot) near.add(edge.to);
      if (edge.to === dot) near.add(edge.from);
    }
    if (!details.names[details.dots[dot]].value) {
      const first = new Set(near);
      for (const edge of lines.values()) {
        if (first.has(edge.from) && details.names[details.dots[edge.to]].value) near.add(edge.to);
      }
    }
    return near;
  };
  const ink = "#1c2733";
  const faint = "rgba(28, 39, 51, 0.15)";
  const lit = (dot) => {
    const near = dot === null ? null : around(dot);
    nodes.update([...styles.values()].map(({ id, font, shape }) => {
      const shown = !near || near.has(id);
      return { id, opacity: shown ? 1 : 0.12, font: { ...font, color: shown ? ink : faint, strokeWidth: shown && shape !== "box" ? 4 : 0 } };
    }));
    edges.update([...lines.values()].map((edge) => {
      const shown = !near || (near.has(edge.from) && near.has(edge.to));
      const own = dot !== null && (edge.from === dot || edge.to === dot);
      return { id: edge.id, label: own ? relationShort(details.facts[details.arrows[edge.id]].r) : undefined,
        width: own ? 2.6 : 1.6, color: { ...edge.color, opacity: shown ? 1 : 0.1 } };
    }));
    return near;
  };

  const button = (name) => {
    const dot = dotOf.get(name);
    const { label } = details.names[name];
    if (dot === undefined) return element("span", "", brief(label));
    const made = element("button", "", brief(label));
    made.type = "button";
    made.addEventListener("click", () => choose(dot));
    return made;
  };
  const quoted = (quote) => {
    const made = element("div", "quote");
    made.append(element("q", "", quote.text));
    const where = [quote.title || quote.document, quote.publisher, quote.published].filter((part) => part);
    made.append(element("div", "quiet", where.join(" · ")));
    // No link: an address from a document is shown and never followed.
    if (quote.url) made.append(element("div", "quiet", quote.url));
    return made;
  };
  const factBox = (fact, self) => {
    const made = element("div", "fact");
    const line = element("div");
    if (fact.s !== self) line.append(button(fact.s), " ");
    line.append(element("span", "relation", `${relationText(fact.r)} → `));
    line.append(fact.o === self ? element("b", "", brief(details.names[fact.o].label)) : button(fact.o));
    made.append(line);
    made.append(element("div", "quiet",
      `独立来源 sources ${fact.sources} · 置信度 confidence ${fact.confidence.toFixed(2)}`));
    fact.quotes.slice(0, 3).forEach((quote) => made.append(quoted(quote)));
    if (fact.quotes.length > 3) {
      const more = element("details");
      more.append(element("summary", "", `另有 ${fact.quotes.length - 3} 处 more quotes`));
      fact.quotes.slice(3).forEach((quote) => more.append(quoted(quote)));
      made.append(more);
    }
    return made;
  };

  const welcome = () => {
    panel.replaceChildren();
    panel.append(element("h2", "", "怎么看这张图 How to read it"));
    panel.append(element("p", "", "每条线是一条事实。点击任一节点，查看关于它的事实和原文。"));
    panel.append(element("p", "quiet", "Each arrow is a fact. Click a node for the facts about it, with the sentences that state them. Drag to move, scroll to zoom."));
    panel.append(element("h3", "", "从这里开始 Start here"));
    const list = element("ul");
    for (const dot of details.starts) {
      const item = element("li");
      item.append(button(details.dots[dot]), element("span", "quiet", details.names[details.dots[dot]].type.join(" ")));
      list.append(item);
    }
    panel.append(list);
  };
  const described = (dot) => {
    const self = details.dots[dot];
    const { id, label, labels, aliases, type, value } = details.names[self];
    panel.replaceChildren();
    const back = element("button", "quiet", "← 全图 whole graph");
    back.type = "button";
    back.addEventListener("click", () => choose(null));
    panel.append(back, element("h2", "", label));
    panel.append(element("p", "quiet", value ? type.join(" ") : [...type, id].join(" · ")));
    const other = [...new Set([...labels, ...aliases])].filter((name) => name !== label);
    if (other.length) panel.append(element("p", "", `又名 also: ${other.join("、")}`));
    const own = details.facts.filter((fact) => fact.s === self);
    const about = details.facts.filter((fact) => fact.o === self && fact.s !== self);
    if (own.length) panel.append(element("h3", "", "事实 Facts"), ...own.map((fact) => factBox(fact, self)));
    if (about.length) panel.append(element("h3", "", "指向它的事实 Facts that point here"), ...about.map((fact) => factBox(fact, self)));
    panel.scrollTop = 0;
  };

  const choose = (dot, moving = true) => {
    hits.replaceChildren();
    const near = lit(dot);
    if (dot === null) {
      network.unselectAll();
      welcome();
    } else {
      network.selectNodes([dot], false);
      described(dot);
    }
    seen = near ? [...near] : nodes.getIds();
    fitted(moving);
  };
  network.on("click", ({ nodes: clicked }) => choose(clicked.length ? clicked[0] : null));

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const searched = details.dots.map((name) => {
    const { id, label, labels, aliases } = details.names[name];
    return [label, ...labels, ...aliases, id].map(plain);
  });
  const found = () => {
    const wanted = plain(words.value.trim());
    if (!wanted) return [];
    const ranked = [];
    searched.forEach((names, dot) => {
      const best = Math.min(...names.map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3)));
      if (best < 3) ranked.push([best, dot]);
    });
    return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 12).map(([, dot]) => dot);
  };
  words.addEventListener("input", () => {
    const dots = found();
    hits.replaceChildren(...dots.map((dot) => {
      const item = element("li");
      item.append(button(details.dots[dot]), element("span", "quiet", details.names[details.dots[dot]].type.join(" ")));
      return item;
    }));
    if (!dots.length && words.value.trim()) hits.append(element("li", "quiet", "没有找到 nothing found"));
  });
  document.getElementById("find").addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = found();
    if (first !== undefined) choose(first);
  });

  // `graph.html#org:acme` opens with that node chosen.
  const fromAddress = () => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch (error) {
      if (!(error instanceof URIError)) throw error; // an address that is not encoded is taken as it stands
    }
    const name = details.names.findIndex((known) => known.id === id);
    return dotOf.has(name) ? dotOf.get(name) : null;
  };
  window.addEventListener("hashchange", () => choose(fromAddress(), false));
  // vis-network fits the whole graph when it first draws; what the address asks for comes after that.
  network.once("afterDrawing", () => setTimeout(() => choose(fromAddress(), false)));
  welcome();
})();
