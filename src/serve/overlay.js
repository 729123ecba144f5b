/* Lays what the last build had to tell over the page: a sheet at its foot, which leaves the page
   above readable and can be put away; the page ends as much later, so that all of it can be
   reached. It lives in a shadow tree, so that neither sees the other's styles. Texts are set as
   texts, never as HTML: they come from files that anyone may have written. */
var overlay = (function () {
  var FULL = 3; // faults that are shown in full; the others open when asked
  var STORE = "unionplan-put-away";
  var base = document.currentScript.src.replace(/[^/]*$/, "");
  var host, sheet, strip, title, hint, list, closer; // the element that holds all, and its parts
  var ready = false; // whether the style is there
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

  function fault(found, full) {
    var entry = element("details", element("li", list), undefined, found.severity);
    var head = element("summary", entry);
    var lines, line, parts, help;
    entry.open = full;
    element("b", head, found.names.severity);
    element("span", head, found.message);
    if (found.place) element("code", head, found.place);
    element("code", head, "[" + found.code + "]", "name");
    if (found.source) {
      lines = element("pre", entry);
      lines.tabIndex = 0; // a long line is scrolled to by keyboard, too
      element("i", lines, found.line).setAttribute("aria-hidden", "true");
      line = element("span", lines);
      parts = /^(\s*)([^]*)$/.exec(found.source[0]);
      element("span", line, parts[1], "indent"); // phones have no room for it
      line.appendChild(document.createTextNode(parts[2]));
      element("mark", line, found.source[1] || " ");
      line.appendChild(document.createTextNode(found.source[2]));
    }
    if (!found.help.length) return;
    help = element("div", entry, undefined, "help");
    element("b", help, found.names.help);
    help = element("div", help);
    found.help.forEach(function (words) {
      element("p", help, words);
    });
  }

  function open(takeFocus) {
    var active = document.activeElement;
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(active && active.tagName);
    strip.hidden = true;
    sheet.hidden = false;
    if (takeFocus && !typing) {
      before = active;
      sheet.focus({ preventScroll: true });
    }
  }

  function close() {
    var inside = hasFocus();
    putAway(shown.id);
    sheet.hidden = true;
    strip.hidden = false;
    if (!inside) return;
    if (before === host) strip.focus();
    else giveBack();
  }

  function hasFocus() {
    return document.activeElement === host;
  }

  function giveBack() {
    if (before && before.isConnected) before.focus({ preventScroll: true });
    before = null;
  }

  /* The element itself stands at the end of the page, as high as what lies over it. */
  function makeRoom() {
    host.style.height = (sheet.hidden ? strip : sheet).offsetHeight + "px";
  }

  /* The style is fetched at once: by the time that it is needed the server may be gone. */
  function build() {
    var root, style, head, sizes;
    host = element("unionplan-preview");
    host.hidden = true;
    root = host.attachShadow({ mode: "open" });
    style = element("link");
    style.rel = "stylesheet";
    style.href = base + "preview.css";
    style.onload = style.onerror = function () {
      ready = true;
      host.hidden = !shown;
      if (shown && !sheet.hidden) open(true);
    };
    root.appendChild(style);
    sheet = element("section", root);
    sheet.tabIndex = -1;
    sheet.setAttribute("role", "alertdialog");
    sheet.setAttribute("aria-labelledby", "title");
    sheet.setAttribute("aria-describedby", "hint");
    head = element("header", sheet);
    title = element("h2", head);
    title.id = "title";
    title.setAttribute("aria-live", "polite"); // says so when it changes
    closer = button(head, "", "close", close);
    closer.title = "Esc";
    hint = element("p", head);
    hint.id = "hint";
    list = element("ol", sheet);
    strip = button(root, "", "strip", function () {
      open(true);
    });
    sheet.hidden = strip.hidden = true;
    sizes = new ResizeObserver(makeRoom);
    sizes.observe(sheet);
    sizes.observe(strip);
    document.documentElement.appendChild(host);
  }

  function fill(notice) {
    title.textContent = notice.title;
    hint.textContent = notice.hint;
    closer.textContent = notice.close;
    list.textContent = "";
    notice.faults.forEach(function (found, index) {
      fault(found, index < FULL);
    });
    strip.textContent = "";
    element("span", strip, notice.title);
    element("b", strip, notice.open);
  }

  build();
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && shown && !sheet.hidden && !event.defaultPrevented) close();
  });

  /* Shows a notice; null takes away the one on show. */
  return function (notice) {
    var hadFocus = hasFocus();
    var wasOpen = !sheet.hidden;
    if (shown && notice && shown.id === notice.id && shown.stopped === notice.stopped) return;
    shown = notice;
    host.hidden = !(ready && notice);
    if (!notice) {
      sheet.hidden = strip.hidden = true;
      if (hadFocus) giveBack();
      return;
    }
    // A script of the page may have taken it away.
    if (!host.isConnected) document.documentElement.appendChild(host);
    fill(notice);
    // What did not stop the site does not stop its reader.
    if (notice.stopped && putAway() !== notice.id) {
      open(!wasOpen);
      if (hadFocus && !hasFocus()) sheet.focus({ preventScroll: true });
    } else {
      sheet.hidden = true;
      strip.hidden = false;
    }
  };
})();
