"use strict";
// The picture drawn by sigma in WebGL: large graphs, in the same places, shapes and colours as vis-network's.
KG.webglStage = (place, theme) => {
  const { Sigma, MultiDirectedGraph, ShapeProgram, EdgeArrowProgram, EdgeRectangleProgram } = globalThis.kgWeb;
  const graph = new MultiDirectedGraph();
  const told = {};
  const tell = (name, ...what) => told[name] && told[name](...what);
  let ink = theme(), decor = null, dragged = null, moved = false;
  const face = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  const named = (context, data) => {
    if (!data.label) return;
    const bubble = data.shape === "ring";
    // Where every name has its room, it grows and shrinks with the picture; in a crowd it stays readable.
    const scaled = data.font ? (data.font * data.size) / data.unit : 0;
    if (scaled && scaled < 4 && !data.chosen && !bubble) return;
    const size = bubble ? Math.max(9, Math.min(20, data.size / 2.9)) : scaled ? Math.min(22, Math.max(scaled, data.chosen ? 12 : data.least)) : Math.max(11, Math.min(20, 8 + data.size * 0.45));
    context.font = `${bubble ? "bold " : ""}${size}px ${face}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = ink.page;
    context.fillStyle = data.faint ? ink.faint : ink.text;
    const lines = data.label.split("\n");
    lines.forEach((line, row) => {
      const y = bubble ? data.y + (row - (lines.length - 1) / 2) * size * 1.25 : data.shape === "box" ? data.y : data.y + data.size + size * (0.75 + row * 1.15);
      context.strokeText(line, data.x, y);
      context.fillText(line, data.x, y);
    });
    context.textAlign = "start";
  };
  const hovered = (context, data) => {
    context.strokeStyle = ink.text;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 2, 0, 2 * Math.PI);
    context.stroke();
    named(context, { ...data, label: data.label || data.full, chosen: true });
  };
  const renderer = new Sigma(graph, place, {
    allowInvalidContainer: true, defaultNodeType: "shape", nodeProgramClasses: { shape: ShapeProgram },
    edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeRectangleProgram }, defaultEdgeType: "arrow",
    itemSizesReference: "positions", zoomToSizeRatioFunction: (ratio) => ratio, autoRescale: true, stagePadding: 24,
    labelDensity: 0.9, labelGridCellSize: 110, labelRenderedSizeThreshold: 5.5, labelFont: face,
    defaultDrawNodeLabel: named, defaultDrawNodeHover: hovered, enableEdgeEvents: true, zIndex: true, minCameraRatio: 0.002, maxCameraRatio: 4,
    hideEdgesOnMove: false, minEdgeThickness: 1.4,
  });
  renderer.createCanvasContext("decor", { beforeLayer: "edges" });
  const context = renderer.getCanvases().decor.getContext("2d");
  renderer.on("afterRender", () => {
    const { width, height } = renderer.getDimensions();
    context.clearRect(0, 0, width, height);
    if (decor) KG.drawDecor(context, decor, ink, (x, y) => renderer.graphToViewport({ x, y: -y }), 1);
  });
  const id = (key) => (/^\d+$/.test(key) ? Number(key) : key);
  renderer.on("clickNode", ({ node, event }) => { if (!moved) tell("node", id(node), event); });
  renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); tell("double", id(node)); });
  renderer.on("clickEdge", ({ edge }) => { if (!edge.startsWith("b")) tell("edge", Number(edge)); });
  renderer.on("clickStage", () => { if (!moved) tell("nothing"); });
  renderer.on("downNode", ({ node, event }) => { dragged = node; moved = false; event.preventSigmaDefault(); });
  const captor = renderer.getMouseCaptor();
  captor.on("mousedown", () => { if (!dragged) moved = false; });
  captor.on("mousemovebody", (event) => {
    if (!dragged) return;
    const { x, y } = renderer.viewportToGraph(event);
    if (!moved && !renderer.getCustomBBox()) renderer.setCustomBBox(renderer.getBBox());
    moved = true;
    graph.mergeNodeAttributes(dragged, { x, y });
    event.preventSigmaDefault();
    event.original.preventDefault();
  });
  captor.on("mouseup", () => {
    if (dragged && moved) tell("moved", id(dragged), { x: graph.getNodeAttribute(dragged, "x"), y: -graph.getNodeAttribute(dragged, "y") });
    dragged = null;
    setTimeout(() => { moved = false; });
  });
  // Colours of the page are opaque in WebGL too: a faint one is mixed with what is behind it.
  const mixed = (colour, share) => {
    const part = (text, from) => parseInt(text.slice(from, from + 2), 16);
    return `#${[1, 3, 5].map((from) => Math.round(part(colour, from) * share + part(ink.page, from) * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
  };
  // Looks at a rectangle of the graph's coordinates, whatever is looked at now.
  const framed = (from, to, margin, slowly) => {
    const [low, high] = [from, to].map((point) => renderer.viewportToFramedGraph(renderer.graphToViewport(point)));
    const { width, height } = renderer.getDimensions();
    // The camera's coordinates fill a square of the smaller side.
    const side = Math.min(width, height);
    const ratio = Math.max((Math.abs(high.x - low.x) * side) / width, (Math.abs(high.y - low.y) * side) / height, 0.01) * margin;
    const target = { x: (low.x + high.x) / 2, y: (low.y + high.y) / 2, ratio, angle: 0 };
    if (slowly) renderer.getCamera().animate(target, { duration: 300 });
    else renderer.getCamera().setState(target);
  };
  const fitted = (ids, slowly) => {
    const there = (ids || graph.nodes()).map(String).filter((key) => graph.hasNode(key));
    if (!there.length) return;
    renderer.refresh();
    const low = { x: Infinity, y: Infinity }, high = { x: -Infinity, y: -Infinity };
    for (const key of there) {
      const { x, y, size } = graph.getNodeAttributes(key);
      low.x = Math.min(low.x, x - size); low.y = Math.min(low.y, y - size); high.x = Math.max(high.x, x + size); high.y = Math.max(high.y, y + size);
    }
    framed(low, high, 1.12, slowly);
  };
  return {
    name: "sigma", most: 30000,
    on: (name, action) => { told[name] = action; },
    draw: (view) => {
      ink = theme();
      decor = view.decor;
      renderer.setSetting("labelColor", { color: ink.text });
      renderer.setCustomBBox(null);
      graph.clear();
      const many = view.nodes.length > 2000, exact = view.nodes.length <= 500;
      for (const node of view.nodes) {
        const shape = node.shape, size = shape === "box" ? 13 * (node.scale || 1) : node.size;
        graph.addNode(String(node.id), {
          x: node.x, y: -node.y, size, unit: size, font: exact && shape !== "ring" ? node.font * (node.scale || 1) : 0, shape, faint: node.faint, full: node.label,
          color: shape === "box" ? mixed(node.colour, node.faint ? 0.06 : 0.2) : node.faint ? mixed(node.colour, 0.2) : node.colour, label: node.label,
          chosen: node.chosen, least: view.nodes.length <= 200 ? 9.5 : 0, forceLabel: exact || node.chosen || shape === "ring", zIndex: node.chosen ? 3 : shape === "ring" ? 0 : node.faint ? 1 : 2,
        });
      }
      for (const edge of view.edges) {
        const colour = many ? mixed(edge.colour, 0.35) : edge.colour;
        graph.addDirectedEdgeWithKey(String(edge.id), String(edge.from), String(edge.to), {
          size: edge.width * (many ? 0.6 : 1), color: edge.faint ? mixed(edge.colour, 0.1) : colour, type: edge.arrow ? "arrow" : "line",
          zIndex: edge.faint ? 0 : 1,
        });
      }
      renderer.refresh();
    },
    fit: fitted,
    corner: ({ left, right, bands }, slowly) => {
      const { width, height } = renderer.getDimensions();
      const top = bands[0].top - 50, wide = right - left + 60;
      const high = Math.min(bands[bands.length - 1].bottom + 20 - top, (wide * height) / width);
      renderer.refresh();
      framed({ x: left - 30, y: -(top + high) }, { x: right + 30, y: -top }, 1.02, slowly);
    },
    zoom: (factor) => (factor > 1 ? renderer.getCamera().animatedZoom({ duration: 150, factor }) : renderer.getCamera().animatedUnzoom({ duration: 150, factor: 1 / factor })),
    physics: null,
    resized: () => renderer.refresh(),
    onScreen: (node) => renderer.graphToViewport(graph.getNodeAttributes(String(node))),
    whenDrawn: (then) => {
      renderer.once("afterRender", then);
      renderer.scheduleRender();
    },
    canvas: () => {
      const layers = renderer.getCanvases();
      const names = ["decor", "edges", "nodes", "edgeLabels", "labels", "hovers", "hoverNodes"].filter((name) => layers[name]);
      const made = document.createElement("canvas");
      made.width = layers.nodes.width;
      made.height = layers.nodes.height;
      renderer.refresh(); // WebGL forgets its pixels when the frame ends
      for (const name of names) made.getContext("2d").drawImage(layers[name], 0, 0, made.width, made.height);
      return made;
    },
  };
};
KG.hasWebgl = () => {
  const probe = document.createElement("canvas");
  return Boolean(probe.getContext("webgl2") || probe.getContext("webgl"));
};
