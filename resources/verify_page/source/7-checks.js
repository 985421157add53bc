// The nine checks, and the verdict that follows from them.

const CHECKS = 'format signature issuer status validity schema recipient endorsements trust'.split(' ');
const issuerOf = ({ doc, claims }) => idOf(doc.issuer) || str(claims.iss);

function checkFormat({ doc, typ, isBare, isGraph, claims }) {
	const contexts = list(doc['@context']), subjects = objects(doc.credentialSubject);
	const isForeign = isKind(doc, /(^|#)(Assertion|EuropeanDigitalCredential|VerifiablePresentation)$/);
	if (isForeign || 'verifiableCredential' in doc || 'vp' in claims) unsure();
	const isToken = typ !== undefined, isVc = list(doc.type).includes('VerifiableCredential'), isBadge = isKind(doc, BADGES);
	// Tokens of other kinds may do without a context; no context may give a word that decides a meaning of its own.
	const isKnown = isGraph || isToken && !isBadge || contexts.length > isBadge
		&& /^https:\/\/www\.w3\.org\/(2018\/credentials\/v1|ns\/credentials\/v2)$/.test(contexts[0]);
	const isOwn = name => DECIDING.test(name) || /^@?(id|type|vocab|proof)$/.test(name);
	const isWhole = isVc && issuerOf({ doc, claims }) && subjects[0] && !objects(contexts).flatMap(Object.keys).some(isOwn)
		&& [doc, ...subjects].every(one => !('id' in one) || str(one.id));
	const isTyped = /^(jwt|vc\+(ld\+(json\+)?)?jwt)?$|sd[-+]jwt$/.test(typ ?? '');
	return isTyped && (isBare || isKnown && isWhole) ? passed() : isVc || !isToken ? no('nobadge') : unsure();
}

// What a badge, a header or a key's own name say of whose key it is proves nothing: the issuer's own document decides.
async function checkIssuer(badge, { key, home }) {
	const issuer = issuerOf(badge) || no('noissuer'), isSame = other => ['crv', 'x', 'y', 'n'].every(name => other[name] === key[name]);
	if (/^did:(key|jwk):[^#]+$/.test(issuer)) return isSame((await keyOf(issuer)).key) ? passed('itself') : no('notlisted');
	return home === issuer ? passed('listed', new URL(urlOf(issuer)).host) : unsure('noissuer');
}

function checkValidity({ doc, claims, hidden, isBare }) {
	const unix = value => typeof value === 'number' && value >= 0 && value < 2.5e11 ? value * 1000 : NaN;
	const bounds = (names, claim) =>
		[...names.filter(name => name in doc).map(name => dateOf(doc[name])), ...claim in claims ? [unix(claims[claim])] : []];
	const starts = bounds(['validFrom', 'issuanceDate'], 'nbf'), ends = bounds(['validUntil', 'expirationDate'], 'exp');
	const start = Math.max(...starts), end = Math.min(...ends);
	if (isNaN(start) || isNaN(end)) unsure();
	const now = Date.now();
	if (now > end || end < start && now + 3e5 >= start) no('ended', end);
	if (now + 3e5 < start) no('early', start); // clocks differ by minutes
	// Who issues an SD-JWT VC may hide neither dates nor status. In any other token, what is not shown may exist.
	if (hidden && !isBare) unsure();
	return starts.length + ends.length ? passed() : none();
}

async function checkStatus(badge) {
	const entries = list(badge.doc.credentialStatus);
	const found = await Promise.all(entries.slice(0, 10).map(entry => attempt(askList, entry, badge)));
	// A Token Status List, which this page does not read; also within a "vc" claim.
	if ('status' in badge.claims || 'status' in badge.doc || entries[10] || badge.hidden && !badge.isBare) found.push(unknown('odd'));
	const rank = one => ['revoked', 'suspended', 'unknown', 'passed'].findIndex(word => word === one.code || word === one.outcome);
	return found.sort((one, two) => rank(one) - rank(two))[0] || none('nolist');
}
// A list counts as a badge does: its own signature, issuer and dates.
async function askList({ type, statusSize = 1, statusPurpose, statusListIndex: index, statusListCredential }, badge) {
	if (!/^(BitstringStatusList|StatusList2021)Entry$/.test(type) || !/^(revocation|suspension)$/.test(statusPurpose)
		|| !/^(0|[1-9]\d{0,14})$/.test(index) || statusSize !== 1) unsure();
	const url = idOf(statusListCredential), bytes = await fetched(url);
	const found = await listIn(unutf8(bytes).trim()).catch(() => unsure());
	for (const { outcome, code, param } of Object.values(await firstChecks(found))) {
		if (outcome !== 'passed') unsure(code === 'ask' ? code : 'odd', param);
	}
	const { doc } = found, subject = doc.credentialSubject, dates = await attempt(checkValidity, found);
	const bits = await inflate(unb64(/^u(.*)$/.exec(subject.encodedList)[1]), 'gzip', 1 << 24);
	if (!isKind(doc, /^(BitstringStatusList|StatusList2021)Credential$/)
		|| !list(subject.statusPurpose).includes(statusPurpose) || index >= bits.length * 8 || bits.length < 16384) unsure();
	const isSet = bits[index >> 3] >> (7 - index % 8) & 1; // the first entry is the highest bit
	if (isSet && statusPurpose === 'revocation') no('revoked');
	// A list out of its own dates, or that calls itself another, may revoke and clears nobody.
	if (/failed|unknown/.test(dates.outcome) || (doc.id ?? url) !== url || issuerOf(found) !== issuerOf(badge)) unsure();
	return isSet ? no('suspended') : passed('clear', new URL(url).host);
}
async function listIn(content) {
	if (/^ey[^~]+$/.test(content)) return READERS.j(content.split('.').map(unb64));
	const { proof: { proofValue, ...options }, ...doc } = objectIn(utf8(content));
	return READERS.c([utf8(jcs(doc)), utf8(jcs(options)), unbase58(proofValue)]);
}

const within = (doc, name) => objects(doc.credentialSubject).flatMap(one => objects(one[name]));
const isHashed = one => /^(true|1)$/.test(one.hashed);

// Whom it is for: compared with what the visitor types, which goes nowhere.
async function checkRecipient({ doc }, typed) {
	const mails = within(doc, 'identifier').filter(one => /^email/.test(one.identityType));
	if (!typed) unsure(mails[0] ? 'type' : 'whoisit');
	const forms = [typed, typed.toLowerCase()];
	for (const one of mails) {
		const hash = async text => 'sha256$' + hex(await digest('SHA-256', utf8(text + (one.salt ?? ''))));
		const known = isHashed(one) ? await Promise.all(forms.map(hash)) : forms;
		if (known.includes(one.identityHash.toLowerCase())) return passed('matches', typed);
	}
	return mails.some(isHashed) ? unsure('nomatch') : no('somebody');
}

async function firstChecks(badge) {
	const found = {}, signature = await attempt(() => badge.sign(found).then(() => passed()));
	// Without a key: as far as the search for it came.
	const issuer = found.key ? await attempt(checkIssuer, badge, found)
		: { ...signature, outcome: signature.code === 'notlisted' ? 'failed' : 'unknown' };
	const isMoot = issuer.outcome === 'passed' && signature.outcome !== 'passed';
	return { format: await attempt(checkFormat, badge), signature, issuer: isMoot ? unknown('noissuer') : issuer };
}
async function examine(one, typed) {
	const badge = await attempt(async () => READERS[one.kind](await partsOf(one).catch(() => no('damaged'))));
	const unread = { ...Object.fromEntries(CHECKS.map(name => [name, none()])), format: badge };
	if (badge.outcome) return { checks: unread, verdict: verdictOf(unread) };
	const { doc } = badge, achievements = within(doc, 'achievement');
	const isEndorsed = [doc, ...objects(doc.issuer), ...achievements].some(one => 'endorsement' in one || 'endorsementJwt' in one);
	const checks = {
		...await firstChecks(badge),
		status: await attempt(checkStatus, badge),
		validity: await attempt(checkValidity, badge),
		schema: 'credentialSchema' in doc ? unknown('odd') : none(),
		recipient: await attempt(checkRecipient, badge, typed),
		endorsements: isEndorsed ? unknown('odd') : none(),
		trust: none(),
	};
	return { badge, checks, verdict: verdictOf(checks, badge) };
}
// The first that applies: the table of docs/verification.md.
function verdictOf({ format, signature, issuer, status, validity }, badge) {
	const proof = [format, signature, issuer].map(check => check.outcome);
	if (/failed/.test(proof)) return 'failed';
	if (status.outcome === 'failed') return status.code;
	if (/unknown/.test(proof)) return 'undetermined';
	if (validity.outcome === 'failed') return validity.code === 'early' ? 'not_yet_valid' : 'expired';
	if (/unknown/.test([status.outcome, validity.outcome])) return 'undetermined';
	// Whose word it is follows from who signed it, so that its maker cannot leave it out (ADR 0082).
	return objects(badge.doc.credentialSubject).some(one => idOf(one).split('#')[0] === issuerOf(badge)) ? 'declared' : 'verified';
}

// Somebody holds the key that the badge is made out to, now: an SD-JWT key binding, written out again.
const holderOf = ({ doc }) => {
	const [{ id } = {}, other] = objects(doc.credentialSubject);
	return !other && /^did:key:z6Mk[^#]+$/.test(str(id)) && id;
};
async function checkAnswer(badge, { kind, body, answer }, number) {
	const bytes = unb64(answer), view = new DataView(bytes.buffer), iat = view.getUint32(0);
	const nonce = String(view.getUint32(3) & 0xffffff).padStart(6, 0), aud = origin === 'null' ? 'file' : origin;
	const sd_hash = b64(await digest('SHA-256', utf8(`1${kind}.${body}`))), age = Date.now() / 1000 - iat;
	const signed = [{ alg: 'EdDSA', typ: 'kb+jwt' }, { iat, aud, nonce, sd_hash }].map(part => b64(utf8(JSON.stringify(part))));
	await verifySignature('EdDSA', (await keyOf(holderOf(badge))).key, utf8(signed.join('.')), bytes.slice(7));
	if (age > 300 || age < -60) no('late');
	return number === nonce ? passed('present') : no('othernumber');
}
