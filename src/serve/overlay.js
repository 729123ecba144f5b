/* Lays what the last build had to tell over the page: a sheet at its foot, which leaves the page
   above readable and can be put away. It lives in a shadow tree, so that neither sees the other's
   styles. Texts are set as texts, never as HTML: they come from files that anyone may have written. */
var overlay = (function () {
  var FULL = 3; // faults that are shown in full; the others open when asked
  var STORE = "unionplan-put-away";
  var base = document.currentScript.src.replace(/[^/]*$/, "");
  var host = null; // the element that holds the sheet
  var sheet, strip;
  var shown = null; // the notice on show
  var before = null; // what had the focus before the sheet took it

  function element(name, parent, text, className) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  function button(parent, text, className, act) {
    var made = element("button", parent, text, className);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  /* Remembers which notice was put away, so that it stays so on the next page. Where the browser
     keeps nothing, it comes back. */
  function putAway(id) {
    try {
      if (id === undefined) return sessionStorage.getItem(STORE);
      sessionStorage.setItem(STORE, id);
    } catch (refused) {
      // Nothing is lost.
    }
    return null;
  }

  function fault(list, found, full) {
    var entry = element("details", element("li", list), undefined, found.severity);
    var head = element("summary", entry);
    var lines, line;
    entry.open = full;
    element("b", head, found.names.severity);
    element("span", head, found.message);
    if (found.place) element("code", head, found.place);
    if (found.source) {
      lines = element("pre", entry);
      lines.tabIndex = 0; // a long line is scrolled to by keyboard, too
      element("i", lines, found.line).setAttribute("aria-hidden", "true");
      line = element("span", lines, found.source[0]);
      element("mark", line, found.source[1] || " ");
      line.appendChild(document.createTextNode(found.source[2]));
    }
    found.help.forEach(function (help) {
      var words = element("p", entry);
      element("b", words, found.names.help);
      element("span", words, help);
    });
  }

  function open(takeFocus) {
    var active = document.activeElement;
    var typing = active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
    strip.hidden = true;
    sheet.hidden = false;
    if (takeFocus && !typing) {
      before = active;
      sheet.focus({ preventScroll: true });
    }
  }

  function close() {
    putAway(shown.id);
    sheet.hidden = true;
    strip.hidden = false;
    giveBack();
  }

  function giveBack() {
    if (document.activeElement === host && before && before.isConnected && before.focus) {
      before.focus({ preventScroll: true });
    }
    before = null;
  }

  function build() {
    var root, style;
    host = element("unionplan-preview");
    root = host.attachShadow({ mode: "open" });
    style = element("link");
    style.rel = "stylesheet";
    style.href = base + "preview.css";
    host.style.visibility = "hidden"; // until the style is there
    style.onload = style.onerror = function () {
      host.style.visibility = "";
      if (!sheet.hidden) open(true);
    };
    root.appendChild(style);
    sheet = element("section", root);
    sheet.tabIndex = -1;
    sheet.setAttribute("role", "alertdialog");
    sheet.setAttribute("aria-labelledby", "title");
    sheet.setAttribute("aria-describedby", "hint");
    strip = button(root, "", "strip", function () {
      open(true);
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && host && !sheet.hidden && !event.defaultPrevented) close();
    });
    document.documentElement.appendChild(host);
  }

  function fill(notice) {
    var head, list;
    sheet.textContent = "";
    head = element("header", sheet);
    element("h2", head, notice.title).id = "title";
    button(head, notice.close, "close", close).title = "Esc";
    element("p", sheet, notice.hint).id = "hint";
    list = element("ol", sheet);
    notice.faults.forEach(function (found, index) {
      fault(list, found, index < FULL);
    });
    strip.textContent = "";
    element("span", strip, notice.title);
    element("b", strip, notice.open);
  }

  /* Shows a notice; null takes away the one on show. */
  return function (notice) {
    var wasOpen;
    if (!notice) {
      if (host) {
        giveBack();
        host.remove();
      }
      host = shown = null;
      return;
    }
    if (shown && shown.id === notice.id && shown.stopped === notice.stopped) return;
    wasOpen = host && !sheet.hidden;
    shown = notice;
    if (!host) build();
    document.documentElement.appendChild(host); // some script may have taken it away
    fill(notice);
    // What did not stop the site does not stop its reader.
    if (notice.stopped && putAway() !== notice.id) {
      open(!wasOpen && !host.style.visibility);
    } else {
      sheet.hidden = true;
      strip.hidden = false;
    }
  };
})();
