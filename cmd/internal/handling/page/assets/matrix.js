// The matrix: only the rows that can be seen are in the document, and the active cell alone
// is a stop of the tabulator.
const rowHeight = 38;
const spare = 8; // rows drawn beyond each edge
let shown = null; // the view
let rows = []; // sites, and packages as { pkg, n } above theirs
const active = { row: 0, col: 0 }; // col 0 is the row's head; row -1 the columns' heads
let drawn = { first: 0, last: -1 };
let printing = false;

function layOut(v) {
	shown = v;
	rows = [];
	let pkg = -1;
	for (const site of v.sites) {
		if (site.p !== pkg) {
			pkg = site.p;
			rows.push({ pkg, n: 0, row: rows.length });
		}
		rows.push({ site });
		rows[rows.findLastIndex((r) => "pkg" in r)].n++;
	}
	active.row = rows.length > 1 ? 1 : 0;
	active.col = 0;
	drawHeads();
	const table = byId("matrix");
	fit();
	table.setAttribute("aria-rowcount", rows.length + 3);
	table.setAttribute("aria-colcount", v.columns.length + 1);
	byId("none").hidden = rows.length > 0;
	byId("none").textContent = v.all ? "No call is left: loosen a filter." : "No call of this program can answer with a code that is known.";
	byId("scroller").scrollTop = 0;
	drawn = { first: 0, last: -1 };
	byId("rows").replaceChildren();
	drawRows();
}

// fit gives the columns the room that there is, and the calls what is left.
function fit() {
	const n = shown.columns.length;
	const box = byId("scroller");
	const style = getComputedStyle(box);
	const [head, least, column] = ["--head", "--least", "--column"].map((name) => parseInt(style.getPropertyValue(name), 10));
	const room = box.clientWidth;
	// One code has room for words.
	const most = n === 1 ? 480 : 2 * column;
	const width = Math.max(column, Math.min(most, Math.floor((room - 1.4 * head) / n)));
	const calls = Math.max(least, Math.min(room - n * width, room < head + n * width ? head : 2 * head));
	const table = byId("matrix");
	table.classList.toggle("single", n === 1);
	table.style.setProperty("--width", width + "px");
	table.style.width = calls + n * width + "px";
}

function drawHeads() {
	const { groups, columns, sites } = shown;
	const s = space();
	const top = el("tr", { "aria-rowindex": 1 }, el("th", { class: "corner", scope: "col", rowspan: 2, "aria-colindex": 1, tabindex: -1, id: "corner" }, "Call"));
	let at = 2;
	for (const g of groups) {
		const label = g.retryable ? g.label : g.label || (g.codes[0] === rest ? "" : "permanent");
		const props = { colspan: g.codes.length, class: g.retryable ? "group retry" : "group", "aria-colindex": at, title: g.retryable ? "retryable: " + label : label };
		// Nothing heads the last column but itself.
		top.append(label ? el("th", { ...props, scope: "colgroup" }, el("span", null, label)) : el("td", props));
		at += g.codes.length;
	}
	const firsts = new Set(groups.map((g) => g.codes[0]));
	const names = el("tr", { "aria-rowindex": 2 });
	const sums = el("tr", { "aria-rowindex": 3, class: "sums" }, el("th", { scope: "row", "aria-colindex": 1 }, `${sites.length} ${sites.length === 1 ? "call" : "calls"}`));
	columns.forEach((c, i) => {
		const code = s.codes[c];
		const edge = firsts.has(c) ? " edge" : "";
		const name = code ? el("span", null, el("b", null, code.v), " ", code.n ?? "") : el("span", null, el("b", null, "others"), " ", "every other code");
		names.append(el("th", {
			scope: "col", class: "code" + edge + (c === shown.code ? " chosen" : ""), "aria-colindex": i + 2, tabindex: -1, "data-row": -1, "data-col": i + 1,
			title: code ? [codeName(code), code.r, code.m].filter(Boolean).join(": ") : "every code without a column of its own",
		}, name));
		const counts = count(sites, c);
		sums.append(el("td", { class: edge.trim(), "aria-colindex": i + 2, "aria-label": sentence(s, c, counts), title: sentence(s, c, counts) }, bar(counts)));
	});
	byId("heads").replaceChildren(top, names, sums);
	byId("cols").replaceChildren(el("col"), ...columns.map(() => el("col", { class: "column" })));
}

// bar draws counts as a column of colours.
function bar(counts) {
	const all = total(counts);
	const box = el("span", { class: "bar", "aria-hidden": "true" });
	counts.forEach((n, i) => {
		if (!n || quiet.has(i)) return;
		const part = el("i", { class: "o-" + outcomes[i].id });
		part.style.flexGrow = n / all;
		box.append(part);
	});
	return box;
}

function drawRows() {
	const box = byId("scroller");
	let first = 0;
	let last = rows.length - 1;
	if (!printing) {
		first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - spare);
		last = Math.min(rows.length - 1, first + Math.ceil(box.clientHeight / rowHeight) + 2 * spare);
	}
	if (first === drawn.first && last === drawn.last) return;
	const body = byId("rows");
	const held = body.contains(document.activeElement);
	const old = new Map([...body.children].map((tr) => [Number(tr.dataset.row), tr]));
	const list = [];
	for (let i = first; i <= last; i++) list.push(old.get(i) ?? drawRow(i));
	body.replaceChildren(...list);
	drawn = { first, last };
	spacer(byId("before"), first);
	spacer(byId("after"), rows.length - 1 - last);
	stop();
	if (held) (cellAt(active.row, active.col) ?? box).focus({ preventScroll: true });
}

function spacer(body, n) {
	const td = el("td", { colspan: shown.columns.length + 1 });
	td.style.height = n * rowHeight + "px";
	body.replaceChildren(...(n > 0 ? [el("tr", null, td)] : []));
}

function drawRow(i) {
	const r = rows[i];
	const tr = el("tr", { "data-row": i, "aria-rowindex": i + 4 });
	if ("pkg" in r) {
		tr.className = "package";
		tr.append(
			el("th", { scope: "rowgroup", "aria-colindex": 1, tabindex: -1, "data-col": 0 }, el("span", null, short(data.packages[r.pkg])), " ", el("span", { class: "n" }, String(r.n))),
			el("td", { colspan: shown.columns.length, "aria-colindex": 2 }),
		);
		return tr;
	}
	const { site } = r;
	const found = site.fi?.filter((f) => !f.off).length ?? 0;
	const badge = found ? el("span", { class: "badge", title: `${found} ${found === 1 ? "finding" : "findings"}` }, String(found), el("span", { class: "sr" }, found === 1 ? " finding" : " findings")) : null;
	tr.append(el("th", { scope: "row", "aria-colindex": 1, tabindex: -1, "data-col": 0 },
		el("span", { class: "fn" }, el("span", null, site.f), badge),
		el("span", { class: "call" }, el("span", null, site.c), " ", el("span", { class: "where" }, tail(place(site.at)))),
	));
	shown.groups.forEach((g) => g.codes.forEach((c, j) => tr.append(drawCell(site, c, j === 0, tr.children.length))));
	if (open.site === site) tr.classList.add("open");
	return tr;
}

function tail(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}

function drawCell(site, c, edge, col) {
	const o = outcomeOf(site, c);
	const id = outcomes[o].id;
	const cls = classOf(site, c);
	const words = cls ? cls.t + (o === outcomeAt.permanent ? ", like a permanent failure" : "") : outcomes[o].label;
	const name = columnName(space(), c);
	return el("td", {
		tabindex: -1, "data-col": col, "aria-colindex": col + 1, class: edge ? "edge" : undefined,
		"aria-label": `${name}: ${words}`, title: `${name}: ${words}`,
	}, el("span", { class: `cell o-${id}${site.named.has(c) ? " named" : ""}`, "aria-hidden": "true" }, glyphs[id], shown.columns.length === 1 ? el("span", { class: "words" }, words) : null));
}

function cellAt(row, col) {
	if (row < 0) return col === 0 ? byId("corner") : byId("heads").querySelector(`[data-row="-1"][data-col="${col}"]`);
	const tr = byId("rows").querySelector(`tr[data-row="${row}"]`);
	return tr?.querySelector(`[data-col="${col}"]`) ?? tr?.querySelector("th");
}

// stop makes the active cell the one stop of the tabulator in the matrix.
function stop() {
	for (const e of byId("matrix").querySelectorAll('[tabindex="0"]')) e.tabIndex = -1;
	const cell = cellAt(active.row, active.col);
	if (cell) cell.tabIndex = 0;
	byId("scroller").tabIndex = cell ? -1 : 0;
}

function moveTo(row, col) {
	active.row = Math.max(-1, Math.min(rows.length - 1, row));
	active.col = Math.max(0, Math.min(shown.columns.length, col));
	reveal();
	stop();
	cellAt(active.row, active.col)?.focus({ preventScroll: true });
}

// reveal scrolls the active cell to where it can be seen.
function reveal() {
	const box = byId("scroller");
	if (active.row >= 0) {
		const top = active.row * rowHeight;
		const seen = box.clientHeight - byId("heads").offsetHeight;
		if (top < box.scrollTop) box.scrollTop = top;
		else if (top + rowHeight > box.scrollTop + seen) box.scrollTop = top + rowHeight - seen;
		drawRows();
	}
	const cell = cellAt(active.row, active.col);
	const head = byId("corner").offsetWidth;
	if (!cell || active.col === 0) return;
	if (cell.offsetLeft < box.scrollLeft + head) box.scrollLeft = cell.offsetLeft - head;
	else if (cell.offsetLeft + cell.offsetWidth > box.scrollLeft + box.clientWidth) box.scrollLeft = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
}

function matrixKey(e) {
	const page = Math.max(1, Math.floor((byId("scroller").clientHeight - byId("heads").offsetHeight) / rowHeight) - 1);
	const { row, col } = active;
	const to = {
		ArrowDown: [row + 1, col], ArrowUp: [row - 1, col], ArrowRight: [row, col + 1], ArrowLeft: [row, col - 1],
		PageDown: [row + page, col], PageUp: [Math.max(0, row - page), col],
		Home: e.ctrlKey ? [0, 0] : [row, 0], End: e.ctrlKey ? [rows.length - 1, shown.columns.length] : [row, shown.columns.length],
	}[e.key];
	if (to) {
		e.preventDefault();
		moveTo(...to);
	} else if (e.key === "Enter" || e.key === " ") {
		e.preventDefault();
		activate(row, col);
	}
}

// activate opens the details of a call, or filters by a column's code.
function activate(row, col) {
	if (row < 0) {
		if (col > 0) filterByColumn(shown.columns[col - 1]);
		return;
	}
	if (rows[row]?.site) openPane(rows[row].site, col > 0 ? shown.columns[col - 1] : undefined);
}

function filterByColumn(c) {
	if (c === rest) return;
	const code = space().codes[c];
	state.code = shown.code === c ? "" : code.n ? `${code.v} ${code.n}` : code.v;
	byId("code").value = state.code;
	refresh();
	moveTo(-1, shown.columns.indexOf(c) + 1);
}

function matrixClick(e) {
	const cell = e.target.closest("[data-col]");
	if (!cell) return;
	const row = cell.dataset.row === undefined ? Number(cell.parentElement.dataset.row) : Number(cell.dataset.row);
	moveTo(row, Number(cell.dataset.col));
	activate(active.row, active.col);
}
