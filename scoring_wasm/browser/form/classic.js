/**
 * For browsers too old for the rest of this folder: counts the ticks and exports them. Old syntax on purpose, and no module.
 *
 * It runs everywhere, and stands back as soon as form.js has taken over (`data-mounted`). Points are whole thousandths, so that the
 * sums are exact.
 */
(function () {
  "use strict";
  var form = document.querySelector("form[data-engine]");
  if (!(form instanceof HTMLFormElement)) return;
  var sheet = form;

  /**
   * @param {Element} node a part of the form that caps what is in it
   * @returns {number}
   */
  function count(node) {
    var sum = 0;
    var inner = node.querySelectorAll("[data-node], input[data-points]");
    for (var i = 0; i < inner.length; i += 1) {
      var part = /** @type {HTMLInputElement} */ (inner[i]);
      if (parentOf(part) !== node) continue;
      if (part.getAttribute("data-node")) sum += count(part);
      else if (part.checked) sum += Math.round(Number(part.getAttribute("data-points")) * 1000);
    }
    var cap = node.getAttribute("data-cap");
    var score = cap === null ? sum : Math.min(sum, Math.round(Number(cap) * 1000));
    var shown = sheet.querySelector('[data-score="' + (node === sheet ? "total" : node.getAttribute("data-node")) + '"]');
    if (shown) shown.textContent = String(score / 1000);
    var echo = sheet.querySelector('[data-echo="' + node.getAttribute("data-node") + '"]');
    if (echo) echo.textContent = String(score / 1000);
    return score;
  }

  /** @param {Element} part */
  function parentOf(part) {
    var parent = part.parentElement;
    while (parent && parent !== sheet && !parent.getAttribute("data-node")) parent = parent.parentElement;
    return parent;
  }

  /** The answers as a file as `toFile` in sheet.js writes it. */
  function exported() {
    var boxes = sheet.querySelectorAll("input[data-item]");
    /** @type {Record<string, { met: boolean }>} */
    var answers = {};
    for (var i = 0; i < boxes.length; i += 1) {
      var box = /** @type {HTMLInputElement} */ (boxes[i]);
      answers[String(box.getAttribute("data-item"))] = { met: box.checked };
    }
    var unit = sheet.querySelector("[data-unit]");
    var file = {
      format: "trade-secret-self-assessment",
      version: 1,
      standard: { id: sheet.getAttribute("data-standard"), sha256: sheet.getAttribute("data-sha256") },
      created: today(),
      unit: unit instanceof HTMLInputElement ? unit.value : "",
      answers: answers,
    };
    return JSON.stringify(file, null, 2) + "\n";
  }

  /** The day in the visitor's own time zone, as 2026-11-22. */
  function today() {
    var now = new Date();
    return now.getFullYear() + "-" + ("0" + (now.getMonth() + 1)).slice(-2) + "-" + ("0" + now.getDate()).slice(-2);
  }

  function isOurs() {
    return !sheet.getAttribute("data-mounted");
  }

  sheet.addEventListener("change", function () {
    if (isOurs()) count(sheet);
  });
  var button = document.querySelector("[data-classic-export]");
  if (button) {
    button.addEventListener("click", function () {
      var link = document.createElement("a");
      link.href = "data:application/json;charset=utf-8," + encodeURIComponent(exported());
      link.download = "answers.json";
      document.body.appendChild(link);
      link.click();
      document.body.removeChild(link);
    });
  }
  // form.js runs before the page has loaded, where it runs at all.
  window.addEventListener("load", function () {
    if (!isOurs()) return;
    var label = sheet.querySelector("[data-total-label]");
    if (label) label.textContent = label.getAttribute("data-tally-label");
    var parts = document.querySelectorAll(".score, .score-more, .step-score, [data-classic]");
    for (var i = 0; i < parts.length; i += 1) /** @type {HTMLElement} */ (parts[i]).hidden = false;
    var modern = document.querySelectorAll("[data-next], [data-undo], [data-clear], [data-print]");
    var echoes = document.querySelectorAll(".section-jump [data-scripted]");
    for (var k = 0; k < echoes.length; k += 1) /** @type {HTMLElement} */ (echoes[k]).hidden = false;
    for (var j = 0; j < modern.length; j += 1) /** @type {HTMLElement} */ (modern[j]).hidden = true;
    count(sheet);
    tellMissingType();
  });

  /**
   * A browser runs no module whose type the server does not state: that is for the operator to mend, and so it is said. Whatever
   * browser does not know `fetch` is too old for modules anyhow.
   */
  function tellMissingType() {
    var module = document.querySelector('script[type="module"][src*="/form/"]');
    var told = document.querySelector("[data-classic-type]");
    if (!(module instanceof HTMLScriptElement) || !told || typeof fetch !== "function") return;
    var place = /** @type {HTMLElement} */ (told);
    fetch(module.src, { method: "HEAD" }).then(function (response) {
      var type = response.headers.get("content-type") || "";
      if (!response.ok || /javascript|ecmascript/.test(type)) return;
      place.textContent = String(place.getAttribute("data-classic-type")).replace("{type}", type || "-");
      place.hidden = false;
    }, function () {
      // Without a network there is nothing to say about the server.
    });
  }
})();
