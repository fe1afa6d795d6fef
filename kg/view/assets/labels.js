"use strict";
// The names in the picture, for both renderers: measured in the reader's own font, none over another or over a shape.
// The layout gives every name its room; what has none at this zoom (a small screen, a crowd) waits until there is.
KG.FACE = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
KG.labels = () => {
  const LEAST = 9.5, MOST = 24, LINE = 1.25, GAP = 3, SPECK = 4; // pixels on the screen
  const known = new Map();
  // Widths at 100 pixels; measuring is the slow part, so every name is measured once.
  const wide = (context, text, bold) => {
    const key = bold ? `b${text}` : `r${text}`;
    if (!known.has(key)) {
      context.font = `${bold ? "bold " : ""}100px ${KG.FACE}`;
      known.set(key, context.measureText(text).width / 100);
    }
    return known.get(key);
  };
  // What is taken, in cells, so that each name looks at its neighbours only.
  const CELL = 64;
  const space = () => {
    const cells = new Map();
    const each = (box, then) => {
      for (let i = Math.floor(box.x0 / CELL); i <= Math.floor(box.x1 / CELL); i += 1)
        for (let j = Math.floor(box.y0 / CELL); j <= Math.floor(box.y1 / CELL); j += 1) if (then(i * 65536 + j)) return true;
      return false;
    };
    return {
      take: (box) => each(box, (cell) => { if (cells.has(cell)) cells.get(cell).push(box); else cells.set(cell, [box]); return false; }),
      free: (box, least = 0) => !each(box, (cell) => (cells.get(cell) || []).some((other) => other.of !== box.of && !(other.r < least) && box.x0 < other.x1 && box.x1 > other.x0 && box.y0 < other.y1 && box.y1 > other.y0)),
    };
  };
  const write = (context, ink, { lines, x, y, size, bold, colour, halo }) => {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = halo || ink.page;
    lines.forEach((line, row) => {
      const small = line.small ? 0.79 : 1;
      context.font = `${bold ? "bold " : ""}${size * small}px ${KG.FACE}`;
      context.fillStyle = line.small && colour === ink.text ? ink.quiet : colour;
      const at = y + (row - (lines.length - 1) / 2) * size * LINE;
      if (halo !== null) context.strokeText(line.text, x, at);
      context.fillText(line.text, x, at);
    });
  };
  const chip = (context, ink, { x, y, wide: w, high, colour, chosen, faint }) => {
    context.globalAlpha = faint ? 0.25 : 1;
    context.fillStyle = ink.chip;
    context.strokeStyle = chosen ? ink.text : colour;
    context.lineWidth = chosen ? 2.5 : 1;
    context.beginPath();
    context.roundRect(x - w / 2, y - high / 2, w, high, Math.min(4, high / 4));
    context.fill();
    context.stroke();
    context.globalAlpha = 1;
  };
  // `marks` are nodes as the screen has them, the most important first: x, y and r in pixels, font as it would be at
  // this zoom.  `lines` are arrows with a name: two ends.  The context's unit is a pixel of the screen.
  const draw = (context, { marks, lines, width, height, ink }) => {
    const taken = space(), seen = [];
    for (const mark of marks) {
      if (mark.x < -mark.r - 80 || mark.y < -mark.r - 40 || mark.x > width + mark.r + 80 || mark.y > height + mark.r + 40) continue;
      seen.push(mark);
      // Specks are no obstacle: on a phone the names of the hubs matter more than every leaf's dot.
      if (mark.shape !== "ring" && mark.shape !== "box" && mark.r >= SPECK)
        taken.take({ x0: mark.x - mark.r, x1: mark.x + mark.r, y0: mark.y - mark.r, y1: mark.y + mark.r, of: mark.id, r: mark.r });
    }
    const first = (mark) => (mark.chosen || mark.over ? 0 : mark.shape === "ring" ? 1 : mark.shape === "box" ? (mark.near ? 3 : 5) : mark.faint ? 4 : mark.near ? 2 : 3);
    const order = seen.map((mark, place) => [first(mark), place, mark]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const later = [];
    // In a crowd fewer names: they would hide what they name.
    const MANY = seen.length > 2000 ? 150 : 400;
    let names = 0;
    for (const [rank, , mark] of order) {
      const must = rank === 0;
      const texts = mark.label.split("\n").map((text, row) => ({ text, small: mark.dated && row === mark.dated }));
      if (mark.shape === "box") {
        const size = Math.max(Math.min(mark.font, MOST), LEAST);
        const w = wide(context, mark.label, false) * size + size * 0.9, high = size * 1.6;
        const box = { x0: mark.x - w / 2 - 1, x1: mark.x + w / 2 + 1, y0: mark.y - high / 2 - 1, y1: mark.y + high / 2 + 1, of: mark.id };
        const open = must || (names < MANY && !mark.faint && taken.free(box)) || (mark.faint && mark.font >= LEAST && taken.free(box));
        if (open) {
          names += 1;
          taken.take(box);
          chip(context, ink, { ...mark, wide: w, high });
          later.push({ lines: texts, x: mark.x, y: mark.y, size, colour: mark.faint ? ink.faint : ink.text, halo: null });
        } else {
          const w_ = Math.max(1.5, Math.min(9, mark.font * 1.2));
          chip(context, ink, { ...mark, wide: w_, high: w_ * 0.7 });
        }
        continue;
      }
      if (!mark.label || (names >= MANY && !must)) continue;
      const ring = mark.shape === "ring";
      // A community's name stays within its circle as long as it can be read.
      const widest = ring ? Math.max(...texts.map((line) => wide(context, line.text, true))) : 1;
      const size = ring ? Math.max(LEAST, Math.min(20, mark.r / 2.4, (1.8 * mark.r) / widest)) : Math.max(Math.min(mark.font, MOST), mark.large ? LEAST + 1.5 : LEAST, must ? 12 : 0);
      const w = Math.max(...texts.map((line) => wide(context, line.text, ring) * size * (line.small ? 0.79 : 1))) + 4;
      const high = texts.length * size * LINE;
      const [dx, dy] = [w / 2 + mark.r + GAP, high / 2 + mark.r + GAP];
      const [sx, sy] = [w / 2 + mark.r * 0.6, high / 2 + mark.r * 0.8];
      const places = ring ? [[0, 0]] : [[0, dy], [0, -dy], [dx, 0], [-dx, 0], [sx, sy], [-sx, sy], [sx, -sy], [-sx, -sy]];
      const boxAt = ([x, y]) => ({ x0: mark.x + x - w / 2, x1: mark.x + x + w / 2, y0: mark.y + y - high / 2, y1: mark.y + y + high / 2, of: mark.id });
      // In a landscape a name stands below its node or nowhere.
      const inside = ({ x0, x1, y0, y1 }) => x0 >= 2 && y0 >= 2 && x1 <= width - 2 && y1 <= height - 2;
      const fits = (least) => places.find((place, turn) => (turn === 0 || (mark.dated === undefined && inside(boxAt(place)))) && taken.free(boxAt(place), least));
      // Where there is no room, a hub's name goes over smaller nodes, for what it is called matters more.
      const where = fits(0) || (mark.large ? fits(mark.r) : null) || (must ? places[0] : null);
      if (!where) continue;
      names += 1;
      // A node may not cover its own name either, once it stands.
      taken.take({ ...boxAt(where), of: `label ${mark.id}` });
      later.push({ lines: texts, x: mark.x + where[0], y: mark.y + where[1], size, bold: ring, halo: mark.dated === undefined ? undefined : null, colour: mark.faint ? ink.faint : ink.text });
    }
    for (const line of lines) {
      const size = 12, w = wide(context, line.label, false) * size + 6;
      const spots = [0.5, 0.4, 0.6, 0.3, 0.7].map((share) => ({ x: line.x0 + (line.x1 - line.x0) * share, y: line.y0 + (line.y1 - line.y0) * share }));
      const boxOf = ({ x, y }) => ({ x0: x - w / 2, x1: x + w / 2, y0: y - size * 0.7, y1: y + size * 0.7, of: `line ${line.id}` });
      const spot = spots.find((one) => taken.free(boxOf(one))) || (line.must ? spots[0] : null);
      if (!spot) continue;
      taken.take(boxOf(spot));
      later.push({ lines: [{ text: line.label }], ...spot, size, colour: ink.text });
    }
    context.save();
    for (const one of later) write(context, ink, one);
    context.restore();
  };
  // The part of the layout that nodes take with their names, for a picture of that width and height.
  const probe = document.createElement("canvas").getContext("2d");
  const extent = (nodes, width, height) => {
    let scale = 1, box = null;
    // How large a name is in the layout's pixels depends on the scale, and the scale on where the outermost names end.
    for (let round = 0; round < 3; round += 1) {
      box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
      for (const node of nodes) {
        const texts = node.label.split("\n"), size = Math.max(Math.min(node.font * scale, MOST), LEAST) / scale;
        const ring = node.shape === "ring", chip_ = node.shape === "box";
        // Among thousands the names at the rim are not worth measuring all.
        const across = ring || nodes.length > 2000 ? node.size : Math.max(chip_ ? 0 : node.size, Math.max(...texts.map((text) => wide(probe, text, false))) * size * 0.5 + (chip_ ? size * 0.45 : 0));
        const below = ring ? node.size : chip_ ? size * 0.8 : node.size + GAP / scale + texts.length * size * LINE;
        box.x0 = Math.min(box.x0, node.x - across); box.x1 = Math.max(box.x1, node.x + across);
        box.y0 = Math.min(box.y0, node.y - (chip_ ? below : node.size)); box.y1 = Math.max(box.y1, node.y + below);
      }
      scale = Math.min(Math.max(Math.min((width - 24) / (box.x1 - box.x0), (height - 24) / (box.y1 - box.y0)), 0.001), 1.15);
    }
    return { ...box, scale };
  };
  const width = (text, size) => wide(probe, text, false) * size;
  return { draw, extent, width };
};
