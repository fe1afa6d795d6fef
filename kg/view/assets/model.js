"use strict";
// The graph as the page holds it: names, facts, neighbours, search, and which of it a state of the page shows.
KG.read = () => {
  const block = (id) => JSON.parse(document.getElementById(id).textContent);
  const details = block("details");
  const dots = block("nodes");
  const arrows = block("edges");
  const { names, facts, kinds, relations, groups } = details;
  const kindOf = new Map(kinds.map((kind) => [kind.name, kind]));
  const idOf = new Map(names.map((name, place) => [name.id, place]));

  // Facts by the node that they touch; of dots the arrows only, for what is drawn.
  const factsOf = names.map(() => []);
  facts.forEach((fact, place) => {
    factsOf[fact.s].push(place);
    if (fact.o !== fact.s) factsOf[fact.o].push(place);
  });
  const isValue = (dot) => kindOf.get(dots[dot].group).value;
  const isRank = (dot) => kindOf.get(dots[dot].group).ordered;
  const label = (place, language) => names[place][language] || names[place].label;

  // What a date can mean, as comparable texts: 2023-04 is 2023-04-00 to 2023-04-99.
  const span = (text) => (/^\d{4}(-\d\d){0,2}$/.test(text) ? [(text + "-00-00").slice(0, 10), (text + "-99-99").slice(0, 10)] : null);
  const within = (text, from, to) => {
    const days = span(text);
    return days !== null && (!from || days[1] >= from) && (!to || days[0] <= to + "~");
  };

  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\-‐‑–_·・]/g, "");
  let searched = null;
  const search = (text, most = 12) => {
    const wanted = plain(text);
    if (!wanted) return [];
    searched = searched || dots.map((_, dot) => {
      const { id, label: own, zh, en, also, typed } = names[dot];
      return [[own, zh, en, ...(also || [])].filter(Boolean).map(plain), (typed || "").split(" ").filter(Boolean), plain(id)];
    });
    const ranked = [];
    searched.forEach(([own, typed, id], dot) => {
      let best = 9;
      for (const name of own) best = Math.min(best, name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 3 : 9);
      for (const name of typed) best = Math.min(best, name === wanted ? 1 : name.startsWith(wanted) ? 2 : 9);
      if (best === 9 && id.includes(wanted)) best = 4;
      if (best < 9) ranked.push([best, dot]);
    });
    return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, most).map(([, dot]) => dot);
  };

  // The arrows that filters let through.
  const passing = (state) => {
    const off = new Set(state.types), mute = new Set(state.relations), hidden = new Set(state.hide);
    const quoted = (fact) => fact.q.some(([doc]) => KG.publisher(details.documents[doc]) === state.source);
    return arrows.filter((arrow) => {
      const fact = facts[arrow.id];
      return !mute.has(relations[fact.r].name) && !hidden.has(arrow.from) && !hidden.has(arrow.to) &&
        !off.has(dots[arrow.from].group) && !off.has(dots[arrow.to].group) &&
        (!state.source || quoted(fact)) && (!state.conflicts || Boolean(fact.x));
    });
  };

  // The dots that filters let through, and the arrows between them.
  const filtered = (state) => {
    let passed = passing(state);
    const hidden = new Set(state.hide), off = new Set(state.types);
    let kept = new Set();
    const picky = state.relations.length || state.source || state.conflicts;
    if (picky) for (const arrow of passed) kept.add(arrow.from).add(arrow.to);
    else dots.forEach((dot) => { if (!hidden.has(dot.id) && !off.has(dot.group)) kept.add(dot.id); });
    const spread = (seeds, banned) => {
      const found = new Set(seeds);
      for (const { from, to } of passed) {
        if (seeds.has(from) && !banned(to)) found.add(to);
        if (seeds.has(to) && !isRank(to) && !isValue(to) && !banned(from)) found.add(from);
      }
      return found;
    };
    const dated = (found, banned) => {
      const whole = new Set(found);
      for (const { from, to } of passed) if (found.has(from) && isValue(to) && !banned(to)) whole.add(to);
      return whole;
    };
    if (state.tiers.length) {
      const tiers = new Set(state.tiers);
      const inside = new Set();
      for (const { from, to } of passed) if (tiers.has(to)) inside.add(from);
      const other = (dot) => isRank(dot) && !tiers.has(dot);
      const found = dated(spread(inside, other), other);
      for (const tier of tiers) found.add(tier);
      kept = new Set([...kept].filter((dot) => found.has(dot)));
    }
    if (state.from || state.to) {
      const late = new Set(dots.filter((dot) => isValue(dot.id) && !within(names[dot.id].label, state.from, state.to)).map((dot) => dot.id));
      const inside = new Set(), outside = new Set();
      for (const { from, to } of passed) if (isValue(to)) (late.has(to) ? outside : inside).add(from);
      const banned = (dot) => late.has(dot) || (outside.has(dot) && !inside.has(dot));
      const found = dated(spread(inside, banned), banned);
      kept = new Set([...kept].filter((dot) => found.has(dot)));
    }
    passed = passed.filter(({ from, to }) => kept.has(from) && kept.has(to));
    return { kept, passed };
  };

  // What is around some dots: their neighbours, and the dates of those, so that from a maker the eye goes on.
  const around = (centres, passed) => {
    const near = new Set(centres);
    for (const { from, to } of passed) {
      if (centres.has(from)) near.add(to);
      if (centres.has(to)) near.add(from);
    }
    const first = new Set(near);
    if ([...centres].every((dot) => !isValue(dot) && !isRank(dot))) {
      for (const { from, to } of passed) if (first.has(from) && isValue(to)) near.add(to);
    }
    return near;
  };

  const PAGE = 150; // members of a group that one click opens
  const COMMUNITIES = 60; // communities shown one by one; as many more for each click on all the others
  // What a state shows: dots and arrows as they are, groups for what is not open.
  const visible = (state, most) => {
    const { kept, passed } = filtered(state);
    let shown = [...kept].sort((a, b) => a - b);
    let bubbles = [], others = [];
    if (state.focus.length) {
      const near = around(new Set(state.focus.filter((dot) => kept.has(dot))), passed);
      shown = shown.filter((dot) => near.has(dot));
    } else if (state.layout === "landscape") {
      shown = shown.filter((dot) => dots[dot].u !== undefined);
    } else if (details.summary && !state.all) {
      const sizes = groups.map(() => 0);
      const levels = groups.map((_, group) => (details.summary === "central" && group === 0 ? 1 : 0));
      for (const [group, level] of state.open) if (group < levels.length) levels[group] = level;
      shown = shown.filter((dot) => {
        const group = dots[dot].k;
        if (group === undefined || dot === state.at) return true;
        sizes[group] += 1;
        return sizes[group] <= levels[group] * PAGE;
      });
      bubbles = sizes.map((size, group) => [group, size - Math.min(size, levels[group] * PAGE)]).filter(([, rest]) => rest > 0);
      // The first communities one by one, all smaller ones together until somebody asks for more of them.
      const most = COMMUNITIES * (state.more + 1);
      if (bubbles.length > most + 5) {
        others = bubbles.slice(most);
        bubbles = bubbles.slice(0, most);
      }
    }
    const over = Math.max(0, shown.length - most);
    if (over) shown = shown.slice(0, most);
    const there = new Set(shown);
    const gone = new Map([...bubbles.map(([group]) => [group, `g${group}`]), ...others.map(([group]) => [group, "rest"])]);
    const stand = (dot) => (there.has(dot) ? dot : gone.get(dots[dot].k) ?? null);
    const edges = [], bundles = new Map();
    for (const arrow of passed) {
      const from = stand(arrow.from), to = stand(arrow.to);
      if (from === null || to === null || from === "rest" || to === "rest" || (from === to && typeof from === "string")) continue;
      if (typeof from === "number" && typeof to === "number") edges.push(arrow);
      else {
        const key = `${from}>${to}`;
        bundles.set(key, { from, to, count: (bundles.get(key)?.count || 0) + 1 });
      }
    }
    return { shown, bubbles, others, edges, bundles: [...bundles.values()], over, total: kept.size, passed };
  };

  return { details, dots, arrows, names, facts, kinds, relations, groups, kindOf, idOf, factsOf, isValue, isRank, label, search, filtered, around, visible };
};
KG.publisher = (document) => document.publisher || document.title || document.id;
