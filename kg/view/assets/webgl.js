"use strict";
// The picture drawn by sigma in WebGL: large graphs, in the same places, shapes and colours as vis-network's.
KG.webglStage = (place, theme) => {
  const { Sigma, MultiDirectedGraph, ShapeProgram, EdgeArrowProgram, EdgeRectangleProgram, forceAtlas2 } = globalThis.kgWeb;
  const graph = new MultiDirectedGraph();
  const told = {};
  const tell = (name, ...what) => told[name] && told[name](...what);
  let ink = theme(), decor = null, dragged = null, moved = false, moving = false;
  let view = null, over = null;
  const named = KG.labels();
  const renderer = new Sigma(graph, place, {
    allowInvalidContainer: true, defaultNodeType: "shape", nodeProgramClasses: { shape: ShapeProgram },
    edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeRectangleProgram }, defaultEdgeType: "arrow",
    itemSizesReference: "positions", zoomToSizeRatioFunction: (ratio) => ratio, autoRescale: true, stagePadding: 24,
    renderLabels: false, defaultDrawNodeHover: () => {}, enableEdgeEvents: true, zIndex: true, minCameraRatio: 0.002, maxCameraRatio: 4,
    hideEdgesOnMove: false, minEdgeThickness: 1.4,
  });
  renderer.createCanvasContext("decor", { beforeLayer: "edges" });
  renderer.createCanvasContext("names", { afterLayer: "nodes" });
  renderer.resize(true); // canvases that are made later have a browser's default size until then
  const context = renderer.getCanvases().decor.getContext("2d");
  const above = renderer.getCanvases().names.getContext("2d");
  renderer.on("afterRender", () => {
    const { width, height } = renderer.getDimensions();
    context.clearRect(0, 0, width, height);
    if (decor) KG.drawDecor(context, decor, ink, (x, y) => renderer.graphToViewport({ x, y: -y }), 1);
    above.clearRect(0, 0, width, height);
    if (!view) return;
    // The camera is never turned, so one point and the scale place all others.
    const zero = renderer.graphToViewport({ x: 0, y: 0 }), one = renderer.graphToViewport({ x: 1000, y: 0 });
    const scale = (one.x - zero.x) / 1000;
    const at = (key) => { const { x, y } = graph.getNodeAttributes(String(key)); return { x: zero.x + x * scale, y: zero.y - y * scale }; };
    const marks = [];
    for (const node of view.nodes) {
      const where = at(node.id), r = node.size * scale;
      if (where.x < -r - 80 || where.x > width + r + 80 || where.y < -r - 40 || where.y > height + r + 40) continue;
      marks.push({ ...node, ...where, r, font: node.font * scale * (node.scale || 1), over: node.id === over });
    }
    const lines = view.edges.filter((edge) => edge.label).map((edge) => {
      const [from, to] = [at(edge.from), at(edge.to)];
      return { id: edge.id, label: edge.label, must: edge.chosen, x0: from.x, y0: from.y, x1: to.x, y1: to.y };
    });
    named.draw(above, { marks, lines, width, height, ink });
    if (decor) KG.drawYears(above, decor, ink, (x, y) => renderer.graphToViewport({ x, y: -y }), width);
    const mark = marks.find((one_) => one_.over);
    if (mark && mark.shape !== "box") {
      above.strokeStyle = ink.text;
      above.lineWidth = 2;
      above.beginPath();
      above.arc(mark.x, mark.y, mark.r + 2, 0, 2 * Math.PI);
      above.stroke();
    }
  });
  renderer.on("enterNode", ({ node }) => { over = id(node); renderer.scheduleRender(); });
  renderer.on("leaveNode", () => { over = null; renderer.scheduleRender(); });
  const id = (key) => (/^\d+$/.test(key) ? Number(key) : key);
  renderer.on("clickNode", ({ node, event }) => { if (!moved) tell("node", id(node), event); });
  renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); tell("double", id(node)); });
  renderer.on("clickEdge", ({ edge }) => { if (!edge.startsWith("b")) tell("edge", Number(edge)); });
  renderer.on("clickStage", () => { if (!moved) tell("nothing"); });
  renderer.on("downNode", ({ node, event }) => { dragged = node; graph.setNodeAttribute(node, "fixed", true); moved = false; event.preventSigmaDefault(); });
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
    const wanted = new Set(ids);
    const there = view.nodes.filter((node) => wanted.has(node.id)).map((node) => {
      const { x, y } = graph.getNodeAttributes(String(node.id));
      return { ...node, x, y: -y, font: node.font * (node.scale || 1) };
    });
    if (!there.length) return;
    renderer.refresh();
    const { width, height } = renderer.getDimensions();
    const { x0, y0, x1, y1 } = named.extent(there, width, height);
    framed({ x: x0, y: -y1 }, { x: x1, y: -y0 }, 1.06, slowly);
  };
  return {
    name: "sigma", most: 30000,
    on: (name, action) => { told[name] = action; },
    draw: (wanted) => {
      ink = theme();
      view = wanted;
      decor = view.decor;
      renderer.setCustomBBox(null);
      // Where physics has put them, they stay while it is on.
      const there = new Map(moving ? graph.mapNodes((key, { x, y }) => [key, { x, y }]) : []);
      graph.clear();
      const many = view.nodes.length > 2000;
      for (const node of view.nodes) {
        const shape = node.shape, size = shape === "box" ? 13 * (node.scale || 1) : node.size;
        graph.addNode(String(node.id), {
          ...(there.get(String(node.id)) || { x: node.x, y: -node.y }), size, shape, fixed: node.pinned, color: shape === "box" ? mixed(node.colour, node.faint ? 0.06 : 0.2) : node.faint ? mixed(node.colour, 0.2) : node.colour,
          zIndex: node.chosen ? 3 : shape === "ring" ? 0 : node.faint ? 1 : 2,
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
    // Springs and repulsion in steps of one frame each, with no worker: the page may load none.
    physics: (on) => {
      moving = on;
      const many = graph.order > 500;
      const settings = { adjustSizes: true, barnesHutOptimize: many, barnesHutTheta: 1.2, scalingRatio: 600, gravity: 0.05, strongGravityMode: true, slowDown: 1 };
      const step = () => {
        if (!moving) return;
        if (graph.order) forceAtlas2.assign(graph, { iterations: many ? 1 : 4, settings });
        requestAnimationFrame(step);
      };
      if (on) step();
    },
    resized: () => renderer.refresh(),
    onScreen: (node) => renderer.graphToViewport(graph.getNodeAttributes(String(node))),
    whenDrawn: (then) => {
      renderer.once("afterRender", then);
      renderer.scheduleRender();
    },
    canvas: () => {
      const layers = renderer.getCanvases();
      const names = ["decor", "edges", "nodes", "names"].filter((name) => layers[name]);
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
