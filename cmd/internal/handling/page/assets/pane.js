// The side pane: all that is known of one call.
const open = { site: null, code: undefined };

function openPane(site, code) {
	open.site = site;
	open.code = code;
	const pane = byId("pane");
	const s = data.spaces[site.s];
	const head = el("h2", { id: "pane-head", tabindex: -1 }, site.f);
	pane.replaceChildren(
		el("div", { class: "pane-top" }, head, el("button", { type: "button", class: "close", "aria-label": "Close the details", onclick: () => closePane(true) }, "×")),
		facts(site, s),
		...findingsOf(site),
		el("h3", null, "What is done"),
		classes(site, s, code),
		...untoldOf(site, s),
		...pathOf(site),
		el("h3", null, "Source"),
		...sourceOf(site),
	);
	pane.hidden = false;
	pane.scrollTop = 0;
	byId("work").classList.add("split");
	markOpen();
	drawRows();
	reveal();
	head.focus({ preventScroll: true });
}

function closePane(focus) {
	if (!open.site) return;
	open.site = null;
	byId("pane").hidden = true;
	byId("work").classList.remove("split");
	markOpen();
	drawRows();
	if (focus) moveTo(active.row, active.col);
}

function markOpen() {
	for (const tr of byId("rows").children) tr.classList.toggle("open", open.site !== null && rows[tr.dataset.row]?.site === open.site);
}

function facts(site, s) {
	const list = [["Call", el("code", null, site.c)], ["At", el("code", null, place(site.at))]];
	if (site.d) list.push(["Decision", el("code", null, place(site.d))]);
	list.push(["Package", el("code", null, data.packages[site.p])], ["API", s.title], ["Carrier", site.k]);
	return el("dl", { class: "facts" }, list.flatMap(([name, value]) => [el("dt", null, name), el("dd", null, value)]));
}

function findingsOf(site) {
	if (!site.fi) return [];
	return [el("h3", null, "Findings"), el("ul", { class: "findings" }, site.fi.map(finding))];
}

function finding(f) {
	return el("li", { class: f.off ? "off" : undefined },
		f.off ? el("span", { class: "tag" }, "silenced") : null,
		f.url ? el("a", { class: "tag", href: f.url, rel: "noreferrer" }, f.cat) : el("span", { class: "tag" }, f.cat),
		f.msg,
		el("code", { class: "where" }, place(f.at)),
		f.off && f.why ? el("p", { class: "why" }, "Reason: ", f.why) : null,
		f.rel ? el("ul", null, f.rel.map((r) => el("li", null, r.t, " ", el("code", { class: "where" }, place(r.at))))) : null,
	);
}

// classes is the partition as a table.
function classes(site, s, code) {
	const chosen = code === undefined ? null : classOf(site, code);
	const body = el("tbody", null, site.cl.map((c) => {
		const o = outcomes[(site.u ?? []).some((v) => classOf(site, v) === c) ? c.ou : c.o];
		return el("tr", { class: c === chosen ? "chosen" : undefined, "aria-current": c === chosen ? "true" : undefined },
			el("th", { scope: "row" }, codesOf(c, s)),
			el("td", null, el("div", { class: "does" }, el("span", { class: "key o-" + o.id, "aria-hidden": "true" }, glyphs[o.id]), el("span", null, c.t, ...actionPlaces(c)))),
		);
	}));
	return el("table", { class: "plain" }, el("thead", null, el("tr", null, el("th", { scope: "col" }, "Codes"), el("th", { scope: "col" }, "What is done"))), body);
}

function codesOf(c, s) {
	const list = (c.c ?? []).map((v) => el("span", { class: "codes" }, codeName(s.codes[v])));
	if (c.rest) list.push(el("span", { class: "codes" }, list.length ? "and every other code" : "every other code"));
	if (!list.length) list.push(el("span", { class: "codes" }, c.o === outcomeAt.success ? "success" : "no code"));
	return list.length > 12 ? [el("details", null, el("summary", null, `${list.length} codes`), ...list)] : list;
}

function actionPlaces(c) {
	return (c.a ?? []).filter((a) => a.at[1]).map((a) => el("code", { class: "where", title: a.t }, tail(place(a.at))));
}

function untoldOf(site, s) {
	if (!site.u) return [];
	return [
		el("h3", null, "Retryable, and not told apart"),
		el("ul", { class: "untold" }, site.u.map((v) => el("li", null, codeName(s.codes[v])))),
	];
}

function pathOf(site) {
	if (!site.pa) return [];
	return [
		el("h3", null, "From the call to the decision"),
		el("ol", { class: "path" }, site.pa.map((p) => el("li", null, p.t, " ", el("code", { class: "where" }, place(p.at))))),
	];
}

// sourceOf shows the lines around the places of a site, and what is at them.
function sourceOf(site) {
	const marks = new Map();
	const mark = (at, text, kind) => {
		if (!at?.[1]) return;
		const key = at[0] + ":" + at[1];
		marks.set(key, [...(marks.get(key) ?? []), { text, kind }]);
	};
	mark(site.at, "call", "m-call");
	mark(site.d, "decision", "m-decision");
	for (const c of site.cl) for (const a of c.a ?? []) mark(a.at, a.t, "m-action");
	for (const f of site.fi ?? []) mark(f.at, f.cat, "m-finding");
	const out = (site.src ?? []).map(([file, first, last]) => excerpt(file, first, last, marks)).filter(Boolean);
	return out.length ? out : [el("p", { class: "why" }, "The source was not at hand when this page was made.")];
}

function excerpt(file, first, last, marks) {
	const f = data.files[file];
	const run = f.lines?.find((r) => first < r.first + r.text.length && last >= r.first);
	if (!run) return null;
	const lines = [];
	for (let n = Math.max(first, run.first); n <= Math.min(last, run.first + run.text.length - 1); n++) {
		const here = marks.get(file + ":" + n) ?? [];
		const kinds = [...new Set(here.map((m) => m.kind))];
		lines.push(el("div", { class: ["line", ...kinds].join(" ") },
			el("span", { class: "no" }, String(n)),
			el("code", null, colored(run.text[n - run.first])),
			here.length ? el("span", { class: "note" }, [...new Set(here.map((m) => m.text))].join(" · ")) : null,
		));
	}
	return el("figure", null, el("figcaption", null, f.name), el("div", { class: "source", tabindex: 0, role: "region", "aria-label": `Source: ${f.name}, lines ${first} to ${last}` }, lines));
}

const token = /(\/\/.*$)|("(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*')|\b(break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range|return|select|struct|switch|type|var|nil|true|false)\b/g;

// colored marks comments, strings and keywords of a line of Go.
function colored(line) {
	const out = [];
	let end = 0;
	for (const m of line.matchAll(token)) {
		out.push(line.slice(end, m.index), el("span", { class: m[1] ? "t-comment" : m[2] ? "t-string" : "t-keyword" }, m[0]));
		end = m.index + m[0].length;
	}
	out.push(line.slice(end));
	return out;
}
