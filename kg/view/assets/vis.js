"use strict";
// The picture drawn by vis-network: small graphs, and the summary of large ones where WebGL is not to be had.
KG.visStage = (place, options, theme) => {
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  let ink = theme(), decor = null, moving = false;
  const network = new vis.Network(place, { nodes, edges }, options);
  const told = {};
  const tell = (name, ...what) => told[name] && told[name](...what);
  const asNode = (node) => {
    const box = node.shape === "box", bubble = node.shape === "ring";
    return {
      id: node.id, label: node.label, x: node.x, y: node.y, size: node.size, title: node.title,
      shape: bubble ? "dot" : node.shape, opacity: node.faint ? 0.15 : 1, fixed: { x: node.pinned, y: node.pinned },
      borderWidth: node.chosen ? 4 : node.pinned ? 3 : box ? 1 : 2,
      color: box ? { background: ink.chip, border: node.chosen ? ink.text : node.colour, hover: { background: ink.chip, border: ink.text } }
        : { background: bubble ? `${node.colour}38` : node.colour, border: node.chosen ? ink.text : bubble ? node.colour : node.pinned ? ink.quiet : ink.page,
          hover: { background: bubble ? `${node.colour}55` : node.colour, border: ink.text } },
      font: { size: node.font, color: node.faint ? ink.faint : ink.text, strokeWidth: box || node.faint ? 0 : 4, strokeColor: ink.page,
        vadjust: bubble ? -node.size - node.font : 0 },
    };
  };
  const asEdge = (edge) => ({
    id: edge.id, from: edge.from, to: edge.to, title: edge.title, label: edge.label, width: edge.width,
    arrows: { to: { enabled: edge.arrow, scaleFactor: 0.45 } }, dashes: edge.dashed ? [7, 5] : false,
    color: { color: edge.colour, hover: ink.text, highlight: edge.colour, opacity: edge.faint ? 0.08 : 1 },
    font: { size: 12, color: ink.text, strokeWidth: 4, strokeColor: ink.page },
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
    draw: (view) => {
      ink = theme();
      decor = view.decor;
      // Edges that lead to a removed node are drawn from nowhere, so they go first.
      edges.remove(edges.getIds().filter((id) => !view.edges.some((edge) => edge.id === id)));
      sync(nodes, view.nodes.map(asNode));
      sync(edges, view.edges.map(asEdge));
    },
    fit: (ids, slowly) => network.fit({ nodes: ids, maxZoomLevel: 1.3, animation: slowly && { duration: 300 } }),
    corner: ({ left, right, bands }, slowly) => {
      const { clientWidth: wide, clientHeight: high } = place;
      const [top, bottom] = [bands[0].top - 50, bands[bands.length - 1].bottom + 20];
      const whole = Math.min(wide / (right - left + 60), high / (bottom - top));
      const scale = Math.min(1.2, Math.max(whole, 0.6));
      const position = { x: left - 30 + Math.max(wide / scale, scale === whole ? right - left + 60 : 0) / 2, y: top + high / scale / 2 };
      network.moveTo({ position, scale, animation: slowly && { duration: 300 } });
    },
    zoom: (factor) => network.moveTo({ scale: network.getScale() * factor, animation: { duration: 150 } }),
    physics: (on) => {
      moving = on;
      network.setOptions({ physics: { enabled: on, solver: "forceAtlas2Based", stabilization: false, forceAtlas2Based: { avoidOverlap: 0.6 } } });
      return moving;
    },
    resized: () => network.redraw(),
    onScreen: (id) => network.canvasToDOM(network.getPosition(id)),
    whenDrawn: (then) => network.once("afterDrawing", then),
    canvas: () => place.querySelector("canvas"),
  };
};

// Bands and years behind a landscape; `at` takes a place of the layout to one of the context.
KG.drawDecor = (context, decor, ink, at, scale) => {
  const { bands, ticks, left, right } = decor;
  context.save();
  context.textBaseline = "top";
  bands.forEach((band, place) => {
    const a = at(left - 20, band.top - 6), b = at(right, band.bottom + 6);
    context.fillStyle = place % 2 ? ink.bandB : ink.bandA;
    context.fillRect(a.x, a.y, b.x - a.x, b.y - a.y);
  });
  const size = Math.min(15 / scale, 80), unit = 1 / scale; // as large on the screen at every zoom
  const top = bands.length ? bands[0].top : 0, bottom = bands.length ? bands[bands.length - 1].bottom : 0;
  context.strokeStyle = ink.line;
  context.fillStyle = ink.quiet;
  context.lineWidth = unit;
  context.font = `${size}px sans-serif`;
  for (const tick of ticks) {
    const a = at(tick.x, top - 30), b = at(tick.x, bottom + 6);
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
    context.fillText(tick.label, a.x + 5 * unit, a.y - size * 0.4);
  }
  context.font = `bold ${size}px sans-serif`;
  for (const band of bands) {
    const a = at(left - 14, band.top);
    context.fillStyle = band.ranked ? ink.rank : ink.quiet;
    context.fillText(band.label, a.x, a.y);
  }
  context.restore();
};
