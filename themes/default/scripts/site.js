/* What depends on the reader: the size of the text, and today. Every page is whole without it. */
(function () {
  var root = document.documentElement;
  var self = document.currentScript;
  if (!self || !root.classList || !document.querySelectorAll) return;

  function all(selector, place) {
    return (place || document).querySelectorAll(selector);
  }

  function add(place, name, text, className) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.appendChild(document.createTextNode(text));
    place.appendChild(made);
    return made;
  }

  function word(name) {
    return self.getAttribute("data-" + name) || "";
  }

  var KEY = "large-text";
  var large = false;
  var strip = all(".strip")[0];
  var link = all("a.size")[0];
  var button;

  function remembered() {
    try {
      return localStorage.getItem(KEY) === "1";
    } catch (blocked) {
      return large;
    }
  }

  function show(size) {
    large = size;
    root.classList[large ? "add" : "remove"]("large");
    // Large titles fit in rows only.
    if (strip) strip.classList[large ? "remove" : "add"]("strip");
    if (button) button.textContent = large ? link.getAttribute("data-back") : link.textContent;
  }

  if (link) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "size";
    button.addEventListener("click", function () {
      show(!large);
      try {
        localStorage.setItem(KEY, large ? "1" : "0");
      } catch (blocked) {
        // It holds for this page.
      }
    });
    link.parentNode.replaceChild(button, link);
  }
  show(remembered());
  // Paper has sizes of its own.
  var before;
  addEventListener("beforeprint", function () {
    before = large;
    show(false);
  });
  addEventListener("afterprint", function () {
    show(before);
  });
  // Back leads to pages as they were left.
  addEventListener("pageshow", function (event) {
    if (event.persisted) show(remembered());
  });

  /* Today, by Beijing time; only in the plan's year. */
  var now = new Date(new Date().getTime() + 8 * 3600000);
  if (root.getAttribute("data-year") !== String(now.getUTCFullYear())) return;
  var month = now.getUTCMonth() + 1;
  var next = 13;
  var places = all("[data-month]");
  var i, n;

  for (i = 0; i < places.length; i++) {
    n = +places[i].getAttribute("data-month");
    if (n > month && n < next && places[i].hasAttribute("data-full")) next = n;
  }

  /* 5月, as the page has it. */
  function named(place) {
    var unit = place.childNodes[1];
    return place.firstChild.textContent + (unit && unit.nodeType === 3 ? unit.nodeValue : "");
  }

  function counted(number) {
    return number ? " " + word("all").replace("{n}", number) : "";
  }

  /* On the overview, in the place of the counts. */
  function tell(list, name, place) {
    var row = add(list, "a", "");
    var month = place.parentNode;
    var titles = all("li li:not(.all) > a", month);
    var text = [];
    for (var i = 0; i < titles.length; i++) text.push(titles[i].textContent);
    row.href = place.href;
    var small = add(row, "small", "");
    add(small, "b", name);
    small.appendChild(document.createTextNode(" " + named(place) + counted(text.length)));
    add(row, "span", text.join(" · ") || word("none"));
  }

  var counts = all(".counts")[0];
  var head = all(".k-office .head, .k-leader .head")[0];
  var list;
  if (counts && strip) {
    counts.classList.add("live");
    list = add(counts, "li", "", "now");
    for (i = 0; i < places.length; i++) {
      n = +places[i].getAttribute("data-month");
      if (places[i].className !== "m") continue;
      if (n === month) tell(list, word("now"), places[i]);
      if (n === next) tell(list, word("next"), places[i]);
    }
  }

  /* On the page of an office or a leader: ways to this month and the next. */
  for (i = 0; head && i < places.length; i++) {
    n = +places[i].getAttribute("data-month");
    if (n !== month && n !== next) continue;
    list = list || add(head, "p", "", "beside");
    var part = places[i].parentNode.parentNode;
    var says = n === month ? word("now") : word("next") + " " + named(places[i]);
    add(list, "a", says + counted(all("ol > li", part).length)).href = "#" + part.id;
  }

  for (i = 0; i < places.length; i++) {
    n = +places[i].getAttribute("data-month");
    if (n === month) {
      if (!places[i].hasAttribute("aria-current")) places[i].setAttribute("aria-current", "date");
      add(places[i], "em", word("now"), "mark");
    } else if (n === next) {
      add(places[i], "em", word("next"), "mark");
    }
  }
})();
