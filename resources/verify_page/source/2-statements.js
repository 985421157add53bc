// Statements: canonical N-Quads, one a line. Nothing is shown but by whole IRIs: a context that gives a
// word another meaning gives it another IRI.

// Those of iris-1.txt by their row in two letters; the short name under which each is read (the rest keeps its
// IRI, which no name equals); and what the page says, by code: in English, in French, and the drawing that goes
// with it. They come packed like the body of a link.
let IRIS, NAMES, WORDS;
async function readTables() {
	const [iris, words] = unutf8(await unpack(byId('tables').textContent)).split('\n\n')
		.map(table => table.split('\n').map(line => line.split('|')));
	const rows = iris.flatMap(([start, ...ends]) => ends.map(end => start + end));
	IRIS = new Map(rows.map((iri, row) => [b64([row >> 4, row << 4 & 255]).slice(0, 2), iri]));
	NAMES = new Map(rows.map(iri => [iri, /[^#/:]*$/.exec(iri)[0].replace(/^Achievement$|^Criteria$/, name => name.toLowerCase()).replace('-0', '')]));
	WORDS = new Map(words.map(([code, ...row]) => [code, row]));
}

const NODE = '(<[a-zA-Z][\\w+.-]*:[^\\0-\\x20<>"{}|^`\\\\\\x7f-\\x9f]*>|_:c14n\\d+)';
const TEXT = '"([^"\\\\\\n\\r]*(?:\\\\(?:[tbnrf"\\\\]|u00[0-9A-F]{2})[^"\\\\\\n\\r]*)*)"';
const QUAD = new RegExp(`^${NODE} ${NODE} (?:${NODE}|${TEXT}(?:\\^\\^<[^<> ]+>|@[a-zA-Z\\d-]+)?)(?: ${NODE})? \\.$`);

function quads(bytes) {
	const lines = unutf8(bytes).split('\n'), bare = term => term.replace(/^<|>$/g, '');
	if (lines.pop() !== '' || new Set(lines).size !== lines.length) unsure();
	return lines.map(line => {
		const [, subject, predicate, node, literal, graph] = QUAD.exec(line) || unsure();
		// Some signers leave control characters as they are, where the standard escapes them.
		const value = node ? bare(node)
			: JSON.parse(`"${literal.replace(/[\0-\x1f]/g, letter => '\\u00' + hex(utf8(letter)))}"`);
		return { graph, node, subject: bare(subject), predicate: bare(predicate), value };
	});
}

// What else may lead to the node of an issuer, an achievement or a subject.
const BESIDE = /^(type|creator|source|criteria|related|endorsement.*)$/;

// The one credential that nothing contains; an endorsement in it may have it as its subject. Each node is
// made once, so that loops cost nothing. Named graphs hold proofs and credentials inside: not shown.
function rootOf(statements) {
	const nodes = new Map(), inner = new Set(), pointed = new Set(), shown = new Set();
	const objectOf = name =>
		nodes.get(name) || nodes.set(name, record(!name.startsWith('_') && { id: name })).get(name);
	for (const { subject, predicate, node, value } of statements.filter(one => !one.graph)) {
		const name = NAMES.get(predicate), found = objectOf(subject);
		if (node && !BESIDE.test(name)) (/^(issuer|achievement|credentialSubject)$/.test(name) ? shown : pointed).add(value);
		if (!name) {
			// A word that decides, under a foreign IRI.
			if (DECIDING.test(predicate.split(/[#/:]/).pop())) unsure();
			continue;
		}
		const seen = name === 'type' ? NAMES.get(value) || value : node ? objectOf(value) : value;
		if (node && name !== 'credentialSubject') inner.add(seen);
		found[name] = name in found ? [].concat(found[name], seen) : seen;
	}
	// Whoever chose the address of some evidence could else add a name to the issuer.
	if ([...shown].some(name => pointed.has(name))) unsure();
	const [root, other] = [...nodes.values()]
		.filter(one => list(one.type).includes('VerifiableCredential') && !inner.has(one));
	return root && !other ? root : unsure();
}
