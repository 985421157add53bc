// Documents elsewhere, only of hosts that the visitor said yes to; and the keys in them.

const allowed = new Set(), wanted = new Set(), answers = new Map();

async function fetched(url) {
	const { href, host, hostname, protocol } = new URL(url);
	if (/[\0-\x20\x7f\\@]/.test(url) || /^[\d.]+$|^\[|^[^.]+$/.test(hostname) || protocol !== 'https:') unsure();
	if (!allowed.has(host)) {
		wanted.add(host);
		unsure('ask', host);
	}
	if (!answers.has(href)) answers.set(href, attempt(ask, href));
	const answer = await answers.get(href);
	return answer.outcome ? unsure('silent', host) : answer;
}
async function ask(url) {
	// Without cookies, and never led elsewhere.
	const answer = await fetch(url, {
		credentials: 'omit', redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(15e3),
	});
	const type = answer.headers.get('Content-Type');
	const isData = /^(application\/(vc|jwt|json|[\w.+-]+\+(json|jwt))|text\/plain) *(;|$)/i.test(type);
	return answer.ok && isData ? collect(answer.body, 4 << 20) : unsure();
}

// Where an issuer's own document lies.
function urlOf(id) {
	const [, host, port, path] = /^did:web:([a-z\d][a-z\d.-]*)(?:%3a(\d+))?((?::[\w-][\w.-]*)*)$/i.exec(id) || [];
	if (!host) return /^https:\/\/[^#]+$/.test(id) ? id : unsure('noissuer');
	return `https://${host}${port ? `:${port}` : ''}${path.replace(/:/g, '/') || '/.well-known'}/did.json`;
}
async function publishedKey(home, method) {
	const bytes = await fetched(urlOf(home)), found = await attempt(objectIn, bytes);
	const nameOf = entry => idOf(entry).replace(/^#/, `${home}#`), { verificationMethod, assertionMethod } = found;
	const [key, ...others] = [...objects(verificationMethod), ...objects(assertionMethod)]
		.filter(entry => nameOf(entry) === method);
	if (found.id !== home) unsure('silent', new URL(urlOf(home)).host);
	// Keys are replaced: a name that is gone shows nothing, unless it spells its key.
	if (!key && !/#z/.test(method)) unsure('noissuer');
	if (!key || !list(assertionMethod).map(nameOf).includes(method)) no('notlisted');
	const { type, controller = home, publicKeyMultibase, publicKeyJwk } = key;
	if (controller !== home) no('notlisted');
	only(key, 'id type controller publicKeyMultibase publicKeyJwk');
	if (others[0] || !/^(Multikey|JsonWebKey(2020)?|Ed25519VerificationKey2020)$/.test(type)) unsure();
	return publicKeyJwk ? jwkKey(publicKeyJwk) : multikey(publicKeyMultibase);
}
// From the name of a key to the key, and to whose it is by that name's own document.
async function keyOf(method) {
	const [home, name, more] = method.split('#'), [, kind, value] = /^did:(key|jwk):(.*)$/.exec(home) || [];
	const own = kind === 'jwk' ? '0' : value;
	if (more !== undefined || kind && (name ?? own) !== own) no('proof');
	const key = kind === 'key' ? multikey(value) : kind ? jwkKey(objectIn(unb64(value))) : await publishedKey(home, method);
	return { home, key };
}
