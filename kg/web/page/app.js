// The page: which view an address shows, the search box, language and theme.
import { ask, h, toDocument, toEntity } from "./dom.js";
import { documentPage } from "./document.js";
import { entity } from "./entity.js";
import { home, results, views } from "./home.js";
import { board, conflicts, documents, landscape, timeline } from "./lists.js";
import { sparql } from "./query.js";
import { standing } from "./review.js";
import { label, recall, remember, say, state, term, viewName } from "./words.js";

const find = (id) => document.getElementById(id);
const PAGES = { "": home, board, timeline, landscape, conflicts, documents };
let shown = 0;

/** The view of the address, drawn; an older one that comes late is left out. */
async function show() {
  const turn = (shown += 1);
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [name, ...rest] = path.split("/");
  const parameters = new URLSearchParams(query);
  const main = find("main");
  main.setAttribute("aria-busy", "true");
  for (const anchor of find("nav").children) {
    if (anchor.getAttribute("href") === `#/${name}`) {
      anchor.setAttribute("aria-current", "page");
      find("nav").scrollLeft = anchor.offsetLeft - find("nav").offsetLeft - 40;
    }
    else anchor.removeAttribute("aria-current");
  }
  let drawn;
  try {
    const wanted = decodeURIComponent(rest.join("/"));
    const trouble = name === "entity" || name === "document" ? await standing() : "";
    if (name === "entity") drawn = await entity(wanted, parameters);
    else if (name === "document") drawn = await documentPage(wanted, parameters);
    else if (name === "search") drawn = await results(wanted);
    else if (name === "sparql") drawn = await sparql(parameters);
    else drawn = await (PAGES[name] ?? home)();
    if (trouble) drawn.page.prepend(h("p", { class: "error" }, trouble));
  } catch (error) {
    drawn = { title: say("wrong"), page: h("article", {}, h("h1", {}, say("wrong")), h("p", { class: "error" }, error.message),
      h("p", {}, h("a", { href: "#/" }, say("toHome")))) };
  }
  if (turn !== shown) return;
  main.replaceChildren(drawn.page);
  main.removeAttribute("aria-busy");
  document.title = `${drawn.title} · ${say("title")}`;
  if (!drawn.kept) window.scrollTo(0, 0);
  await drawn.after?.();
  document.body.dataset.shown = location.hash || "#/";
}

/** The parts around the view, in the chosen language. */
function frame() {
  document.documentElement.lang = state.language;
  find("home").textContent = say("title");
  find("nav").setAttribute("aria-label", say("menu"));
  find("skip").textContent = say("skip");
  find("q").placeholder = say("search");
  find("q").setAttribute("aria-label", say("search"));
  find("suggestions").setAttribute("aria-label", say("results"));
  find("nav").replaceChildren(...views().map((name) => h("a", { href: `#/${name}` }, viewName(name))));
  find("language").textContent = say("other");
  const dark = isDark();
  find("theme").textContent = say(dark ? "light" : "dark");
}

const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function switches() {
  const theme = recall("kg-theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  find("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    remember("kg-theme", document.documentElement.dataset.theme);
    frame();
  });
  find("language").addEventListener("click", () => {
    state.language = state.language === "zh" ? "en" : "zh";
    remember("kg-language", state.language);
    frame();
    show();
  });
  find("skip").addEventListener("click", (event) => { event.preventDefault(); find("main").focus(); });
}

/** Suggestions below the search box: typed, chosen with the arrows or the mouse, taken with Enter. */
function searching() {
  const [field, list] = [find("q"), find("suggestions")];
  let found = [];
  let at = -1;
  let asked = 0;
  const where = (one) => (one.type === "Document" ? toDocument(one.id) : toEntity(one.id));
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); at = -1; };
  const go = (address) => { close(); field.blur(); field.value = ""; location.hash = address; };
  const choose = (next) => {
    at = next;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at >= 0) field.setAttribute("aria-activedescendant", `s${at}`);
  };
  const suggest = async () => {
    const text = field.value.trim();
    const turn = (asked += 1);
    if (!text) { close(); return; }
    const answer = await ask("search", { q: text }).catch(() => ({ found: [] }));
    if (turn !== asked || document.activeElement !== field) return;
    found = answer.found;
    list.replaceChildren(...found.map((one, place) => h("li", { role: "option", id: `s${place}`, "aria-selected": "false",
      on: { mousedown: (event) => { event.preventDefault(); go(where(one)); } } },
    h("b", { dir: "auto" }, label(one)), h("span", { class: "quiet small", dir: "auto" }, one.matched === label(one) ? "" : one.matched),
    h("span", { class: "chip" }, term("classes", one.type)))));
    if (!found.length) list.replaceChildren(h("li", { class: "quiet" }, say("nothing")));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    choose(-1);
  };
  field.addEventListener("input", suggest);
  field.addEventListener("focus", suggest);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && found.length) { event.preventDefault(); choose((at + 1) % found.length); }
    else if (event.key === "ArrowUp" && found.length) { event.preventDefault(); choose(at <= 0 ? found.length - 1 : at - 1); }
    else if (event.key === "Escape") close();
  });
  find("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    const named = (one) => one && [one.matched, label(one)].some((name) => name.toLowerCase() === text.toLowerCase());
    if (at >= 0 && found[at]) go(where(found[at]));
    else if (named(found[0]) && !named(found[1])) go(where(found[0]));
    else if (text) go(`#/search/${encodeURIComponent(text)}`);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); field.focus(); }
  });
}

try { state.site = await ask("site"); } catch (error) {
  find("main").replaceChildren(h("p", { class: "error" }, error.message));
  throw error;
}
switches();
frame();
searching();
window.addEventListener("hashchange", show);
await show();
