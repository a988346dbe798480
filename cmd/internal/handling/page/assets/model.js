// What the report says, and questions to it.
const data = JSON.parse(document.getElementById("report").textContent);
const outcomes = data.outcomes;
const glyphs = {
	retried: "↻", hurried: "↯", "handed-on": "↑", settled: "✓", permanent: "=",
	swallowed: "∅", ended: "■", undecided: "?", success: "", absent: "",
};
const outcomeAt = Object.fromEntries(outcomes.map((o, i) => [o.id, i]));
const absent = outcomeAt.absent;
// Rows that need a look have a code with one of these.
const bad = new Set([outcomeAt.permanent, outcomeAt.swallowed]);
// These are no failures, and are not counted.
const quiet = new Set([outcomeAt.success, absent]);
const rest = -1; // the column of every code that has none

// retryable is what report.Code.Retryable says: the groups that the matrix shows first.
const retryable = new WeakSet();
for (const space of data.spaces) {
	for (const group of space.columns) {
		for (const c of group.codes) if (group.retryable) retryable.add(space.codes[c]);
	}
}

// prepare makes of a site's lists what can be asked quickly.
for (const site of data.sites) {
	site.of = new Map();
	site.restClass = -1;
	site.cl.forEach((c, i) => {
		for (const code of c.c ?? []) site.of.set(code, i);
		if (c.rest) site.restClass = i;
	});
	for (const code of site.b ?? []) if (!site.of.has(code)) site.of.set(code, -1);
	site.untold = new Set(site.u ?? []);
	site.named = new Set(site.n ?? []);
	site.text = [site.f, site.c, place(site.at), data.packages[site.p]].join("\n").toLowerCase();
	site.unhandled = site.untold.size > 0 || site.cl.some((c) => c.o === outcomeAt.swallowed);
}

// classOf returns the class of a code at a site, or null if it does not come there.
function classOf(site, code) {
	const i = code === rest ? site.restClass : (site.of.get(code) ?? site.restClass);
	return i < 0 ? null : site.cl[i];
}

function outcomeOf(site, code) {
	const c = classOf(site, code);
	if (!c) return absent;
	return site.untold.has(code) ? c.ou : c.o;
}

function codeName(code) {
	return code.n ? `${code.v} (${code.n})` : code.v;
}

function columnName(space, column) {
	return column === rest ? "every other code" : codeName(space.codes[column]);
}

function place(at) {
	return at[1] ? `${data.files[at[0]].name}:${at[1]}` : "";
}

// columnsOf lists the columns of a space: group by group, then the rest.
function groupsOf(space, retry) {
	const keep = (c) => {
		const code = space.codes[c];
		return retry === "" || (retry === "-" ? !code.r : code.r === retry);
	};
	const groups = space.columns
		.map((g) => ({ label: g.label, retryable: g.retryable, codes: g.codes.filter(keep) }))
		.filter((g) => g.codes.length > 0);
	if (retry === "" || retry === "-") groups.push({ label: "", codes: [rest] });
	return groups;
}

// sentence says what becomes of a code at some sites.
function count(sites, code) {
	const n = new Array(outcomes.length).fill(0);
	for (const site of sites) n[outcomeOf(site, code)]++;
	return n;
}

function total(counts) {
	return counts.reduce((sum, n, i) => (quiet.has(i) ? sum : sum + n), 0);
}

function sentence(space, code, counts) {
	const all = total(counts);
	const parts = outcomes.map((o, i) => (counts[i] && !quiet.has(i) ? `${o.label} in ${counts[i]}` : "")).filter(Boolean);
	const verb = code === rest ? "comes" : "is reached";
	return `${columnName(space, code)} ${verb} from ${all} ${all === 1 ? "call" : "calls"}${parts.length ? ": " + parts.join(", ") : ""}`;
}

// el makes an element: properties with a capital or a dash in the name are attributes.
function el(tag, props, ...children) {
	const e = document.createElement(tag);
	for (const [name, value] of Object.entries(props ?? {})) {
		if (value === undefined || value === null || value === false) continue;
		if (name === "class") e.className = value;
		else if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
		else e.setAttribute(name, value === true ? "" : value);
	}
	e.append(...children.flat().filter((c) => c !== null && c !== undefined));
	return e;
}
