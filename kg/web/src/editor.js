// The SPARQL editor of YASGUI, for the page that `kg serve` shows.  Nothing it does by itself reaches another host:
// its completers of prefixes and properties, which ask servers elsewhere, are left out, and the page gives its own.
import Yasqe from "@triply/yasqe";
import "@triply/yasqe/build/yasqe.min.css";

Yasqe.defaults.persistenceId = null;
Yasqe.defaults.persistencyExpire = 0;
Yasqe.defaults.showQueryButton = false;
Yasqe.defaults.createShareableLink = undefined;
Yasqe.defaults.autocompleters = ["variables"];
Yasqe.defaults.resizeable = false;

window.KGEditor = {
  /** An editor inside `parent`.  `words` are completed after a prefix's colon or a letter: [["ai:tier", "…"], …]. */
  make(parent, text, words, changed) {
    const taken = Yasqe.Autocompleters || {};
    if (!taken["kg-words"]) {
      Yasqe.registerAutocompleter({
        name: "kg-words",
        bulk: true,
        autoShow: false,
        isValidCompletionPosition: (yasqe) => {
          const token = yasqe.getCompleteToken();
          return token.type !== "var" && !token.string.startsWith("?") && token.string.trim().length > 0;
        },
        get: () => words,
      }, true);
    }
    const yasqe = new Yasqe(parent, { value: text, lineWrapping: true });
    yasqe.on("change", () => changed(yasqe.getValue()));
    return {
      get: () => yasqe.getValue(),
      set: (value) => yasqe.setValue(value),
      focus: () => yasqe.focus(),
      refresh: () => yasqe.refresh(),
    };
  },
};
