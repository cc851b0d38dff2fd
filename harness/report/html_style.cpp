#include "harness/report/html_style.hpp"

namespace nailbiter::report {
namespace {

constexpr std::string_view style = R"css(
:root { --pass: #1a7f37; --fail: #c62828; --odd: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --pass: #56d364; --fail: #ff7b72; --odd: #e0b060; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.4rem; margin: .2rem 0 .8rem; } h2 { font-size: 1.15rem; overflow-wrap: anywhere; } h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
a { color: var(--client); }
:focus-visible { outline: 2px solid var(--client); outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .2rem .7rem; border-bottom: 1px solid var(--rule); vertical-align: top; }
.matrix th[scope=row] { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; font-weight: 400; overflow-wrap: anywhere; min-width: 14rem; }
.matrix .group th { font-weight: 400; padding-top: .9rem; color: var(--faint); }
.summary { font-weight: 700; margin: .4rem 0 0; } .origin { margin: 0 0 .6rem; color: var(--faint); overflow-wrap: anywhere; }
code, summary { overflow-wrap: anywhere; } code { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
span.title { display: block; font: 14px/1.4 system-ui, "DejaVu Sans", sans-serif; color: var(--faint); } p.title { font-size: 1.05rem; margin: 0; }
caption { text-align: left; font-weight: 700; padding-top: .6rem; }
td { white-space: nowrap; } .matrix td { white-space: normal; min-width: 8rem; } td.text { white-space: normal; overflow-wrap: anywhere; }
.pass { color: var(--pass); } .fail { color: var(--fail); font-weight: 700; } .fail a { color: inherit; }
.unknown, .known, .unexpected { color: var(--odd); font-weight: 700; } .unknown a, .known a, .unexpected a { color: inherit; }
.not-exercised, .absent { color: var(--faint); }
form { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; margin: 1rem 0; }
form input[type=search] { flex: 1 1 14rem; min-width: 0; padding: .35rem .5rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--faint); border-radius: 4px; }
pre { overflow: auto; max-height: 32rem; padding: .7rem; border: 1px solid var(--rule); border-radius: 6px; font: 12px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
pre.replay { white-space: pre-wrap; overflow-wrap: anywhere; }
.history td, .history th { font: 12px/1.4 ui-monospace, "DejaVu Sans Mono", monospace; padding: .1rem .6rem; }
.history tr.witness { background: var(--proof-ground); } .history tr.witness td { color: var(--proof); font-weight: 700; }
article.case { display: none; }
article.case:target, article.case:has(:target) { display: block; }
body:has(article.case:target) .overview, body:has(article.case :target) .overview { display: none; }
[hidden] { display: none !important; }
@media print { article.case { display: block; break-before: page; } }
)css";

constexpr std::string_view script = R"js(
(function () {
  var rows = Array.from(document.querySelectorAll('tr.case'));
  var groups = Array.from(document.querySelectorAll('.matrix tbody'));
  var boxes = Array.from(document.querySelectorAll('input[name=verdict]'));
  var unchanged = document.querySelector('input[name=unchanged]');
  var text = document.getElementById('text');
  var total = rows.reduce(function (sum, row) { return sum + Number(row.dataset.cases); }, 0);
  var asked = new URLSearchParams(location.search);
  if (asked.has('verdict')) boxes.forEach(function (box) { box.checked = asked.get('verdict').split(',').includes(box.value); });
  if (unchanged) unchanged.checked = asked.get('unchanged') === 'yes';
  text.value = asked.get('text') || '';
  function apply() {
    var wanted = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    var words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row) {
      var fits = row.dataset.verdicts.split(' ').some(function (one) { return wanted.includes(one); }) &&
        (!unchanged || unchanged.checked || 'differs' in row.dataset) &&
        words.every(function (word) { return row.dataset.text.includes(word); });
      row.hidden = !fits;
      if (fits) count += Number(row.dataset.cases);
    });
    groups.forEach(function (group) { group.hidden = !group.querySelector('tr.case:not([hidden])'); });
    document.getElementById('shown').textContent = count + ' of ' + total + ' cases shown';
  }
  document.getElementById('filter').hidden = false;
  document.getElementById('filter').addEventListener('input', apply);
  document.getElementById('filter').addEventListener('submit', function (event) { event.preventDefault(); });
  apply();
})();
)js";

}  // namespace

std::string_view html_style() noexcept { return style; }
std::string_view html_script() noexcept { return script; }

}  // namespace nailbiter::report
