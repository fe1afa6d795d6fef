"use strict";
// Places for a part of a large graph that is shown by itself: its own would be all over the whole picture.
// Springs along the facts, and room for every label; the same every time.
KG.settle = (nodes, edges) => {
  const count = nodes.length;
  const index = new Map(nodes.map((node, place) => [node.id, place]));
  const pairs = edges.map((edge) => [index.get(edge.from), index.get(edge.to)]).filter(([a, b]) => a !== b);
  const half = nodes.map((node) => {
    const wide = Array.from(node.label).reduce((sum, char) => sum + (char > "\u2e7f" ? 1 : 0.58), 0) * node.font;
    return { x: Math.max(wide, node.size * 2) / 2 + 6, y: node.value ? 17 : node.size + node.font * 0.8 + 4 };
  });
  const at = nodes.map((_, place) => {
    const turn = place * Math.PI * (3 - Math.sqrt(5)), far = 70 * Math.sqrt(place);
    return { x: far * Math.cos(turn), y: far * Math.sin(turn) };
  });
  const ideal = 75, steps = count > 200 ? 120 : 240;
  for (let step = 0; step < steps; step += 1) {
    const heat = 60 * (1 - step / steps) + 1;
    const push = at.map(() => ({ x: 0, y: 0 }));
    for (let i = 0; i < count; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const x = at[i].x - at[j].x || 0.01, y = at[i].y - at[j].y || 0.01;
        const force = (ideal * ideal) / Math.max(x * x + y * y, 25);
        push[i].x += x * force; push[i].y += y * force; push[j].x -= x * force; push[j].y -= y * force;
      }
    }
    for (const [i, j] of pairs) {
      const x = at[i].x - at[j].x, y = at[i].y - at[j].y;
      const force = Math.hypot(x, y) / ideal;
      push[i].x -= x * force; push[i].y -= y * force; push[j].x += x * force; push[j].y += y * force;
    }
    for (let i = 0; i < count; i += 1) {
      const long = Math.hypot(push[i].x, push[i].y) || 1;
      at[i].x += (push[i].x / long) * Math.min(long, heat);
      at[i].y += (push[i].y / long) * Math.min(long, heat);
    }
  }
  for (let round = 0; round < 60; round += 1) {
    let clash = false;
    for (let i = 0; i < count; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const x = at[i].x - at[j].x, y = at[i].y - at[j].y;
        const lackX = half[i].x + half[j].x - Math.abs(x), lackY = half[i].y + half[j].y - Math.abs(y);
        if (lackX <= 0.5 || lackY <= 0.5) continue;
        clash = true;
        const axis = lackX < lackY ? "x" : "y", by = (Math.min(lackX, lackY) / 2) * ((axis === "x" ? x : y) < 0 ? -1 : 1);
        at[i][axis] += by;
        at[j][axis] -= by;
      }
    }
    if (!clash) break;
  }
  return new Map(nodes.map((node, place) => [node.id, { x: Math.round(at[place].x), y: Math.round(at[place].y) }]));
};
