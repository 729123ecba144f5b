/* Narrows the table down. What is chosen stands in the address and is printed with the table. */
(function () {
  var inert = document.getElementById("filter");
  var table = document.querySelector("table.plan");
  if (!inert || !inert.content || !table) return;

  function word(name) {
    return inert.getAttribute("data-" + name);
  }

  var made = inert.content;
  var open = made.querySelector(".open");
  var form = made.querySelector("form");
  var said = made.querySelector(".filtered");
  var clear = form.querySelector("[type=reset]");
  var selects = form.querySelectorAll("select");
  var month = form.elements.month;
  var rest = form.elements.rest;
  if (!selects.length) return;

  // Cells are counted from the right: merged ones stand on the left.
  var heads = table.tHead.rows[0].cells;
  function cell(row, by) {
    for (var i = 0; i < heads.length; i++) {
      if (heads[i].getAttribute("data-by") === by) return row.cells[row.cells.length - heads.length + i];
    }
  }
  function text(row, by) {
    var last = cell(row, by);
    last = last && last.lastChild;
    return last && last.nodeType === 3 ? last.nodeValue : "";
  }

  var rows = [];
  var section, item, i;
  var all = table.querySelectorAll("tbody tr");
  for (i = 0; i < all.length; i++) {
    var row = all[i];
    var status = row.querySelector(".st");
    var known = month && cell(row, "month").getAttribute("data-m");
    if (row === row.parentNode.rows[0]) section = { cell: row.querySelector(".sec, .gap[rowspan]") };
    if (/first/.test(row.className)) item = { cell: row.querySelector(".it") };
    rows.push({
      row: row,
      section: section,
      item: item,
      office: text(row, "office").split(word("sep")).concat(text(row, "support").split(word("sep"))),
      leader: text(row, "leader").split(word("sep")),
      month: (known || text(row, "month").replace(/^(\d+)月$|.+/, "$1") || "any").split(" "),
      progress: status ? status.classList[1] : "none"
    });
  }

  var names = word("names").split(" ");
  for (i = 1; month && i <= 12; i++) {
    var option = document.createElement("option");
    option.value = i;
    option.text = (names[i - 1] || i) + word("unit");
    month.insertBefore(option, month.options[i]);
  }

  function chosen(select) {
    return select.options[select.selectedIndex].text;
  }

  /* 0: no; 2: but for having no month of its own. */
  function wanted(entry) {
    var fits = 1;
    for (var i = 0; i < selects.length; i++) {
      var name = selects[i].name;
      var value = selects[i].value;
      if (!value || entry[name].indexOf(/office|leader/.test(name) ? chosen(selects[i]) : value) >= 0) continue;
      if (name !== "month" || !+value || +entry.month[0]) return 0;
      fits = 2;
    }
    return fits;
  }

  /* A merged cell stands in the first of the rows shown that it spans. */
  function merge(cell, shown, before) {
    if (!cell) return;
    cell.rowSpan = shown.length;
    shown[0].row.insertBefore(cell, before);
  }

  function group(shown, by, each) {
    for (var i = 0, j; i < shown.length; i = j) {
      for (j = i + 1; j < shown.length && shown[j][by] === shown[i][by]; ) j++;
      each(shown[i][by].cell, shown.slice(i, j));
    }
  }

  function show() {
    var what = [];
    var left = 0;
    var i;
    for (i = 0; i < selects.length; i++) if (selects[i].value) what.push(chosen(selects[i]));
    var shown = rows.filter(function (entry) {
      var fits = wanted(entry);
      if (fits === 2 && !rest.checked) fits = left++ && 0;
      entry.row.hidden = !fits;
      return fits;
    });
    for (i = 0; i < table.tBodies.length; i++) table.tBodies[i].hidden = !table.tBodies[i].querySelector("tr:not([hidden])");
    table.hidden = !shown.length;
    group(shown, "item", function (cell, some) {
      for (var i = 0; i < some.length; i++) some[i].row.className = (i ? "" : "first ") + (some[i + 1] ? "" : "last");
      merge(cell, some, some[0].row.firstChild);
    });
    group(shown, "section", function (cell, some) {
      merge(cell, some, some[0].row.firstChild);
      if (cell) cell.classList[some.length < 4 ? "add" : "remove"]("few");
    });
    rest.parentNode.hidden = !(month && +month.value);
    clear.hidden = !what.length;
    said.textContent = what.length
      ? word(shown.length ? "found" : "nothing").replace("{what}", what.join(word("sep"))).replace("{n}", shown.length) +
        (left ? word("rest").replace("{n}", left) : "")
      : "";
  }

  function read() {
    location.search.slice(1).split("&").forEach(function (pair) {
      var field = form.elements[pair.split("=")[0]];
      if (!field) return;
      if (field === rest) rest.checked = true;
      for (var i = 0; field.options && i < field.options.length; i++) {
        if (encodeURIComponent(field.options[i].value) === pair.split("=")[1]) field.selectedIndex = i;
      }
    });
  }

  function write() {
    var pairs = location.search.slice(1).split("&").filter(function (pair) {
      return pair && !form.elements[pair.split("=")[0]];
    });
    for (var i = 0; i < selects.length; i++) {
      if (selects[i].value) pairs.push(selects[i].name + "=" + encodeURIComponent(selects[i].value));
    }
    if (month && +month.value && rest.checked) pairs.push("rest=1");
    try {
      history.replaceState(null, "", location.pathname + (pairs[0] ? "?" + pairs.join("&") : "") + location.hash);
    } catch (forbidden) {
      // The choice holds, without an address.
    }
  }

  function change() {
    show();
    write();
  }

  function unfold(shown) {
    form.hidden = !shown;
    open.setAttribute("aria-expanded", shown);
  }
  open.onclick = function () {
    unfold(form.hidden);
  };
  form.onchange = change;
  form.onsubmit = function () {
    return false;
  };
  form.onreset = function () {
    for (var i = 0; i < selects.length; i++) selects[i].selectedIndex = 0;
    rest.checked = false;
    selects[0].focus();
    change();
    return false;
  };

  document.querySelector(".head").appendChild(open);
  inert.parentNode.insertBefore(made, inert);
  read();
  show();
  unfold(!!said.textContent);
})();
