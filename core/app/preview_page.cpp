#include "app/preview_page.hpp"
#include "base/text.hpp"

namespace deckle::app {

std::string preview_html(std::string const& title) {
    std::string const text = escape_markup(title);
    return "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>" + text +
           ", preview</title><link rel=\"stylesheet\" href=\"/preview.css\"></head>\n<body>\n<header><h1>" + text +
           "</h1><p id=\"state\" role=\"status\"></p></header>\n<pre id=\"problem\" role=\"alert\" hidden></pre>\n"
           "<main>\n<iframe id=\"html\" title=\"HTML\" src=\"/report.html\"></iframe>\n"
           "<iframe id=\"pdf\" title=\"PDF\" src=\"/report.pdf\"></iframe>\n</main>\n"
           "<script src=\"/preview.js\"></script>\n</body>\n</html>\n";
}

char const* const preview_script = R"js('use strict';
const state = document.getElementById('state');
const problem = document.getElementById('problem');
let version = 0;
async function look() {
  try {
    const now = await (await fetch('/state')).json();
    state.textContent = '';
    if (version !== 0 && now.version !== version)
      for (const id of ['html', 'pdf']) {
        const frame = document.getElementById(id);
        frame.src = '/report.' + id + '?' + now.version;
      }
    version = now.version;
    problem.textContent = now.problem;
    problem.hidden = now.problem === '';
  } catch (e) {
    state.textContent = 'deckle preview has ended';
  }
  setTimeout(look, 150);
}
look();
)js";

char const* const preview_style = R"css(* { box-sizing: border-box; }
html, body { height: 100%; }
body { margin: 0; display: flex; flex-direction: column; font: 14px/1.4 Inter, system-ui, sans-serif; color: #1c2733; background: #e9edf1; }
header { display: flex; align-items: baseline; gap: 12px; padding: 8px 16px; border-bottom: 2px solid #1f4e79; background: #fff; }
h1 { margin: 0; font-size: 16px; font-weight: 600; }
#state { margin: 0; color: #7a5600; }
#problem { margin: 0; padding: 8px 16px; max-height: 30vh; overflow: auto; background: #f9eeea; color: #b4472e; white-space: pre-wrap; }
main { flex: 1; display: flex; gap: 8px; padding: 8px; min-height: 0; }
iframe { flex: 1; border: 0; background: #fff; }
@media (max-width: 900px) { main { flex-direction: column; } }
)css";

} // namespace deckle::app
