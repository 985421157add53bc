// Statements: canonical N-Quads, one a line. Nothing is shown but by whole IRIs: a context that gives a
// word another meaning gives it another IRI.

// Row by row those of iris-1.txt; the short name under which each is read (the rest keeps its IRI, which no
// name equals); and what the page says. They come packed like the body of a link.
let IRIS, NAMES, WORDS;
async function readTables() {
	const [iris, words] = unutf8(await unpack(byId('tables').textContent)).split('\n\n').map(table => table.split('\n'));
	IRIS = iris.flatMap(line => line.split(' ').slice(1).map(end => line.split(' ')[0] + end));
	NAMES = new Map(IRIS.map(iri => [iri, /[^#/:]*$/.exec(iri)[0].replace(/^Achievement$|^Criteria$/, name => name.toLowerCase()).replace('-0', '')]));
	WORDS = new Map(words.map(line => line.split('|')).map(([code, ...both]) => [code, both]));
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
		const escaped = () => literal.replace(/[\0-\x1f]/g, letter => '\\u00' + hex(utf8(letter)));
		const value = node ? bare(node) : JSON.parse(`"${escaped()}"`);
		return { graph, node, subject: bare(subject), predicate: bare(predicate), value };
	});
}

// What else may lead to the node of an issuer, an achievement or a subject.
const BESIDE = /^(type|creator|source|criteria|related|endorsement.*)$/;

// The one credential that nothing contains; an endorsement in it may have it as its subject. Each node is
// made once, so that loops cost nothing. Named graphs hold proofs and credentials inside: not shown.
function rootOf(statements) {
	const nodes = new Map(), inner = new Set(), pointed = new Set(), shown = new Set();
	const make = name => Object.assign(Object.create(null), name.startsWith('_') ? {} : { id: name });
	const objectOf = name => nodes.get(name) || nodes.set(name, make(name)).get(name);
	for (const { subject, predicate, node, value, graph } of statements) {
		const name = NAMES.get(predicate), found = objectOf(subject);
		if (node && !graph && !BESIDE.test(name)) (/^(issuer|achievement|credentialSubject)$/.test(name) ? shown : pointed).add(value);
		if (graph || !name) {
			// A word that decides, under a foreign IRI.
			if (!graph && DECIDING.test(predicate.split(/[#/:]/).pop())) unsure();
			continue;
		}
		const seen = name === 'type' ? NAMES.get(value) || value : node ? objectOf(value) : value;
		if (node && name !== 'credentialSubject') inner.add(seen);
		found[name] = name in found ? [].concat(found[name], seen) : seen;
	}
	// Whoever chose the address of some evidence could else add a name to the issuer.
	if ([...shown].some(name => pointed.has(name))) unsure();
	const isRoot = one => list(one.type).includes('VerifiableCredential') && !inner.has(one);
	const [root, other] = [...nodes.values()].filter(isRoot);
	return root && !other ? root : unsure();
}
