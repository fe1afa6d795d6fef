// Deciding about a claim, where the server was started with --edit: the decision goes to decisions.csv, the next build
// obeys it, and until then it can be withdrawn.
import { ask, h, refusal, valueText } from "./dom.js";
import { recall, remember, say, state } from "./words.js";

const waiting = new Map();

/** Read what stands in decisions.csv already; what is wrong with the file comes back in words, empty where nothing is. */
export async function standing() {
  if (!state.site.edit) return "";
  waiting.clear();
  try {
    for (const row of (await ask("decisions")).decisions) waiting.set(row.claim, row);
    return "";
  } catch (error) {
    return error.message;
  }
}

/** Buttons below a claim and what was decided about it; nothing where the server takes no decisions. */
export function review(claim, of) {
  if (!state.site.edit) return null;
  const box = h("div", { class: "review" });
  draw(box, claim, of);
  return box;
}

function draw(box, claim, of, words = "") {
  const row = waiting.get(claim.id.replace(/^claim:/, ""));
  const obeyed = row && claim.decision && row.decision === claim.decision.decision && row.who === claim.decision.who && row.why === claim.decision.why;
  const button = (name, act) => h("button", { type: "button", class: name, on: { click: act } }, say(name));
  box.replaceChildren(
    words ? h("p", { class: "small held", role: "status" }, "✓ ", words) : "",
    row && !obeyed ? h("p", { class: "small waiting" }, "⏳ ", say(`waiting${row.decision[0].toUpperCase()}${row.decision.slice(1)}`, row), " — ", say("decided")) : "",
    h("div", { class: "tools" }, ["accept", "reject", "correct"].map((name) => button(name, () => box.replaceChildren(form(claim, of, name, box)))),
      row ? button("withdraw", () => send(box, claim, of, { decision: "withdraw" })) : null));
}

/** Send a decision.  What went wrong comes back in words, empty where nothing did. */
async function send(box, claim, of, row) {
  const id = claim.id.replace(/^claim:/, "");
  const response = await fetch("/api/decisions", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-KG-Token": state.site.edit },
    body: JSON.stringify({ claim: claim.id, ...row }),
  }).catch(() => null);
  if (!response) return say("notReached");
  if (!response.ok) return refusal(response.status, await response.text());
  if (row.decision === "withdraw") waiting.delete(id);
  else waiting.set(id, row);
  draw(box, claim, of, row.decision === "withdraw" ? say("withdrawn") : "");
  return "";
}

function form(claim, of, decision, box) {
  const field = (name, text) => h("label", {}, say(name), h("input", { name, value: text, required: true, maxlength: 500 }));
  const who = field("who", recall("kg-who") ?? "");
  const why = field("why", "");
  const right = decision === "correct" ? field("right", of.value.id ?? valueText(of.value)) : null;
  const said = h("p", { class: "error small", role: "alert", hidden: true });
  const text = (one) => one.querySelector("input").value.trim();
  return h("form", { on: { submit: async (event) => {
    event.preventDefault();
    remember("kg-who", text(who));
    const wrong = await send(box, claim, of, { decision, value: right ? text(right) : "", who: text(who), why: text(why) });
    said.hidden = !wrong;
    said.textContent = wrong;
  } } }, h("b", {}, say(decision)), h("div", { class: "tools" }, right, who, why, h("button", { class: "main" }, say("send")),
    h("button", { type: "button", on: { click: () => draw(box, claim, of) } }, say("cancel"))), said);
}
