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
    var inner = node.querySelectorAll("[data-node], input[data-item]");
    for (var i = 0; i < inner.length; i += 1) {
      var part = /** @type {HTMLInputElement} */ (inner[i]);
      if (parentOf(part) !== node) continue;
      if (part.getAttribute("data-node")) sum += count(part);
      else if (part.checked) sum += worth(part);
    }
    var score = capped(node, sum);
    var shown = sheet.querySelector('[data-score="' + (node === sheet ? "total" : node.getAttribute("data-node")) + '"]');
    if (shown) shown.textContent = String(score / 1000);
    var echo = sheet.querySelector('[data-echo="' + node.getAttribute("data-node") + '"]');
    if (echo) echo.textContent = String(score / 1000);
    return score;
  }

  /** @param {Element} element @param {string} name */
  function points(element, name) {
    return Math.round(Number(element.getAttribute(name)) * 1000);
  }

  /** @param {Element} element @param {number} sum */
  function capped(element, sum) {
    return element.getAttribute("data-cap") === null ? sum : Math.min(sum, points(element, "data-cap"));
  }

  /** What a ticked item earns: as often as counted, as far as its level, or as it is. @param {Element} box */
  function worth(box) {
    var number = countOf(box);
    if (number) return capped(box, points(box, "data-each") * Number(number.value));
    return points(levelOf(box) || box, "data-points");
  }

  /** @param {Element} part */
  function rowOf(part) {
    var row = part.parentElement;
    while (row && !row.getAttribute("data-row")) row = row.parentElement;
    return /** @type {HTMLElement} */ (row || part);
  }

  /** The field for how many, of an item that is counted. @param {Element} part */
  function countOf(part) {
    return /** @type {HTMLInputElement | null} */ (rowOf(part).querySelector("[data-count]"));
  }

  /** @param {Element} part @returns {HTMLInputElement[]} */
  function levelsOf(part) {
    return [].slice.call(rowOf(part).querySelectorAll("[data-level]"));
  }

  /** The level that is chosen. @param {Element} part */
  function levelOf(part) {
    return levelsOf(part).filter(function (level) {
      return level.checked;
    })[0];
  }

  /**
   * Keep the tick of an item, its level and its count in step, as item.js does.
   *
   * @param {HTMLInputElement} touched
   */
  function settle(touched) {
    var box = /** @type {HTMLInputElement | null} */ (rowOf(touched).querySelector("[data-item]"));
    var number = countOf(touched);
    if (!box) return;
    if (touched === number) {
      var count = Math.min(Math.floor(Number(number.value)), Number(number.max));
      box.checked = count >= 1;
      number.value = box.checked ? String(count) : "";
    } else if (touched.getAttribute("data-level")) {
      box.checked = true;
    } else if (touched === box) {
      if (number) number.value = box.checked ? number.value || "1" : "";
      var least = leastOf(levelsOf(box));
      var chosen = levelOf(box);
      if (box.checked && !chosen && least) least.checked = true;
      if (!box.checked && chosen) chosen.checked = false;
    }
  }

  /** The least level that earns anything. @param {HTMLInputElement[]} levels */
  function leastOf(levels) {
    var earning = levels.filter(function (level) {
      return points(level, "data-points") > 0;
    });
    earning.sort(function (one, other) {
      return points(one, "data-points") - points(other, "data-points");
    });
    return earning[0] || levels[0];
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
    /** @type {Record<string, import("./sheet.js").Answer>} */
    var answers = {};
    for (var i = 0; i < boxes.length; i += 1) {
      var box = /** @type {HTMLInputElement} */ (boxes[i]);
      /** @type {import("./sheet.js").Answer} */
      var answer = { met: box.checked };
      var number = countOf(box);
      var level = levelOf(box);
      if (box.checked && number) answer.count = Number(number.value);
      if (box.checked && level) answer.level = String(level.getAttribute("data-level"));
      answers[String(box.getAttribute("data-item"))] = answer;
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

  sheet.addEventListener("change", function (event) {
    if (!isOurs()) return;
    if (event.target instanceof HTMLInputElement) settle(event.target);
    count(sheet);
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
    var boxes = sheet.querySelectorAll("input[data-item]:checked"); // before the page had loaded
    for (var m = 0; m < boxes.length; m += 1) settle(/** @type {HTMLInputElement} */ (boxes[m]));
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
