"use strict";
// The picture drawn by vis-network: small graphs, and the summary of large ones where WebGL is not to be had.
KG.visStage = (place, options, theme) => {
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  let ink = theme(), decor = null, moving = false, view = null, over = null;
  const named = KG.labels();
  const network = new vis.Network(place, { nodes, edges }, options);
  const told = {};
  const tell = (name, ...what) => told[name] && told[name](...what);
  // Shapes and lines are vis-network's, names are ours: its own stand where they like.
  const asNode = (node) => {
    const bubble = node.shape === "ring";
    return {
      id: node.id, x: node.x, y: node.y, size: node.size, title: node.title,
      shape: bubble ? "dot" : node.shape === "box" ? "custom" : node.shape, ctxRenderer: node.shape === "box" ? chipped(node) : undefined,
      opacity: node.faint ? 0.15 : 1, fixed: { x: node.pinned, y: node.pinned },
      borderWidth: node.chosen ? 4 : node.pinned ? 3 : 2,
      color: { background: bubble ? `${node.colour}38` : node.colour, border: node.chosen ? ink.text : bubble ? node.colour : node.pinned ? ink.quiet : ink.page,
        hover: { background: bubble ? `${node.colour}55` : node.colour, border: ink.text } },
    };
  };
  // A date's chip is drawn with the names; here it is only where a click finds it and where arrows end.
  const chipped = (node) => () => ({ drawNode: () => {}, nodeDimensions: { width: named.width(node.label, node.font) + 11, height: 20 } });
  const asEdge = (edge) => ({
    id: edge.id, from: edge.from, to: edge.to, title: edge.title, width: edge.width,
    arrows: { to: { enabled: edge.arrow, scaleFactor: 0.45 } }, dashes: edge.dashed ? [7, 5] : false,
    color: { color: edge.colour, hover: ink.text, highlight: edge.colour, opacity: edge.faint ? 0.08 : 1 },
    smooth: edge.bend ? { enabled: true, type: "curvedCW", roundness: 0.2 * edge.bend } : false,
  });
  const sync = (set, wanted) => {
    const there = new Set(wanted.map((one) => one.id));
    set.remove(set.getIds().filter((id) => !there.has(id)));
    set.update(wanted);
  };
  network.on("beforeDrawing", (context) => {
    if (decor) KG.drawDecor(context, decor, ink, (x, y) => ({ x, y }), network.getScale());
  });
  network.on("afterDrawing", (context) => {
    if (!view) return;
    const scale = network.getScale(), { clientWidth: width, clientHeight: height } = place;
    // While one picture takes the place of another, some nodes are there already and others are gone.
    const there = network.getPositions(), at = (id) => network.canvasToDOM(there[id]);
    const marks = view.nodes.filter((node) => there[node.id]).map((node) => ({ ...node, ...at(node.id), r: node.size * scale, font: node.font * scale, over: node.id === over }));
    const lines = view.edges.filter((edge) => edge.label && there[edge.from] && there[edge.to]).map((edge) => {
      const [from, to] = [at(edge.from), at(edge.to)];
      return { id: edge.id, label: edge.label, must: edge.chosen, x0: from.x, y0: from.y, x1: to.x, y1: to.y };
    });
    context.save();
    const ratio = context.canvas.width / width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    named.draw(context, { marks, lines, width, height, ink });
    if (decor) KG.drawYears(context, decor, ink, (x, y) => network.canvasToDOM({ x, y }), width);
    context.restore();
  });
  network.on("hoverNode", ({ node }) => { over = node; network.redraw(); });
  network.on("blurNode", () => { over = null; network.redraw(); });
  let last = 0;
  network.on("click", ({ nodes: hit, edges: lines, event }) => {
    // vis-network tells of a click before it knows whether a second one follows.
    const now = Date.now();
    if (hit.length && now - last < 350) return;
    last = now;
    if (hit.length) tell("node", hit[0], event);
    else if (lines.length) tell("edge", lines[0]);
    else tell("nothing");
  });
  network.on("doubleClick", ({ nodes: hit }) => { if (hit.length) tell("double", hit[0]); });
  network.on("dragEnd", ({ nodes: hit }) => {
    if (hit.length) tell("moved", hit[0], network.getPosition(hit[0]));
  });
  return {
    name: "vis-network", most: 500,
    on: (name, action) => { told[name] = action; },
    draw: (wanted) => {
      ink = theme();
      view = wanted;
      decor = view.decor;
      // Edges that lead to a removed node are drawn from nowhere, so they go first.
      edges.remove(edges.getIds().filter((id) => !view.edges.some((edge) => edge.id === id)));
      sync(nodes, view.nodes.map(asNode));
      sync(edges, view.edges.map(asEdge));
    },
    fit: (ids, slowly) => {
      const wanted = new Set(ids), there = network.getPositions();
      const shown = view.nodes.filter((node) => wanted.has(node.id)).map((node) => ({ ...node, ...there[node.id] }));
      if (!shown.length) return;
      const { x0, y0, x1, y1, scale } = named.extent(shown, place.clientWidth, place.clientHeight);
      network.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, scale, animation: slowly && { duration: 300 } });
    },
    corner: ({ left, right, bands }, slowly) => {
      const { clientWidth: wide, clientHeight: high } = place;
      const [top, bottom] = [bands[0].top - 50, bands[bands.length - 1].bottom + 20];
      const whole = Math.min(wide / (right - left + 60), high / (bottom - top));
      const scale = Math.min(1.2, Math.max(whole, 0.65));
      const position = { x: left - 30 + Math.max(wide / scale, scale === whole ? right - left + 60 : 0) / 2, y: top + high / scale / 2 };
      network.moveTo({ position, scale, animation: slowly && { duration: 300 } });
    },
    zoom: (factor) => network.moveTo({ scale: network.getScale() * factor, animation: { duration: 150 } }),
    physics: (on) => {
      if (!on && !moving) return;
      const forces = { avoidOverlap: 0.6, gravitationalConstant: -20, springLength: 45, centralGravity: 0.03, damping: 0.7 };
      network.setOptions({ physics: { enabled: on, solver: "forceAtlas2Based", stabilization: false, forceAtlas2Based: forces } });
      moving = on;
    },
    resized: () => network.redraw(),
    onScreen: (id) => network.canvasToDOM(network.getPosition(id)),
    whenDrawn: (then) => network.once("afterDrawing", then),
    canvas: () => place.querySelector("canvas"),
  };
};

// The years once more at the upper edge, where those of the landscape are out of sight; on the screen's own pixels.
KG.drawYears = (context, decor, ink, at, width) => {
  const { ticks, bands } = decor;
  if (!bands.length || at(0, bands[0].top).y > 24) return;
  context.fillStyle = ink.page;
  context.fillRect(0, 0, width, 22);
  context.fillStyle = ink.quiet;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.font = `13px ${KG.FACE}`;
  for (const tick of ticks) context.fillText(tick.label, at(tick.x, 0).x + 5, 11);
};

// Bands and years behind a landscape; `at` takes a place of the layout to one of the context.
KG.drawDecor = (context, decor, ink, at, scale) => {
  const { bands, rules, ticks, undated, left, right } = decor;
  context.save();
  context.textBaseline = "top";
  const size = Math.min(15 / scale, 80), unit = 1 / scale; // as large on the screen at every zoom
  const top = bands.length ? bands[0].top : 0, bottom = bands.length ? bands[bands.length - 1].bottom : 0;
  bands.forEach((band, place) => {
    const a = at(left - 20, band.top - 6), b = at(right, band.bottom + 6);
    context.fillStyle = place % 2 ? ink.bandB : ink.bandA;
    context.fillRect(a.x, a.y, b.x - a.x, b.y - a.y);
  });
  const line = (from, to) => {
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  };
  context.strokeStyle = ink.line;
  context.fillStyle = ink.quiet;
  context.lineWidth = unit;
  for (const y of rules) line(at(left - 8, y - 2), at(right, y - 2));
  context.font = `${size * 0.8}px ${KG.FACE}`;
  const columns = undated === null ? [] : [{ label: decor.undatedLabel, x: undated }];
  for (const tick of [...columns, ...ticks]) {
    const a = at(tick.x, top - 30);
    line(a, at(tick.x, bottom + 6));
    context.fillText(tick.label, a.x + 3 * unit, a.y - size * 0.3);
  }
  for (const sign of decor.signs) context.fillText(sign.label, at(left + 6, 0).x, at(left, sign.y).y - size * 0.45);
  context.font = `bold ${size}px ${KG.FACE}`;
  for (const band of bands) {
    const a = at(left - 14, band.top - 4);
    context.fillStyle = band.ranked ? ink.rank : ink.quiet;
    context.fillText(band.label, a.x, a.y);
  }
  context.restore();
};
