// What was signed, of each kind of link. `sign` finds the key, then proves the bytes.

// The names that decide over a credential.
const DECIDING = /^(credential(Subject|Status|Schema)|issuer|valid(From|Until)|issuanceDate|expirationDate|verifiableCredential)$/;
const BADGES = /^(OpenBadge|Achievement|Clr|Endorsement)Credential$/;
const isKind = (doc, kinds) => list(doc.type).some(type => kinds.test(type));

const READERS = {
	j: parts => readToken(parts),
	s: parts => readToken(parts, true),
	c(parts) {
		const once = part => jcs(objectIn(part)) === unutf8(part) ? objectIn(part) : unsure();
		const [doc, proof] = parts.slice(0, 2).map(once);
		if ('@context' in proof && jcs(proof['@context']) !== jcs(doc['@context'])) no('proof');
		return proofOf(doc, proof, /^(?:(ed)dsa-jcs-2022|ecdsa-jcs-2019)$/, parts);
	},
	n(parts) {
		const [statements, signed] = parts.slice(0, 2).map(quads), proof = record();
		for (const { subject, graph, predicate, node, value } of signed) {
			const name = NAMES.get(predicate) || unsure();
			if (name in proof || graph || subject !== signed[0].subject) unsure();
			proof[name] = node ? value.replace('https://w3id.org/security#', '') : value;
		}
		return proofOf(rootOf(statements), proof, /^(?:(ed)dsa-(?:rdfc-)?2022|ecdsa-rdfc-2019)$/, parts, true);
	},
};

// Data Integrity: the signature covers the hash of the proof's options, then that of the document.
const proofOf = (doc, proof, suites, [said, options, signature], isGraph) => ({ doc, said, isGraph, claims: {}, async sign(found) {
	const { type, cryptosuite, verificationMethod, proofPurpose } = proof;
	const isOld = isGraph && type === 'Ed25519Signature2020' && cryptosuite === undefined;
	// Neither the name of another suite, nor one suite's name where another's belongs.
	const [, kind] = isOld ? [, 'ed'] : type === 'DataIntegrityProof' && suites.exec(str(cryptosuite)) || unsure();
	only(proof, '@context id type created cryptosuite verificationMethod proofPurpose');
	if (proofPurpose !== 'assertionMethod') no('proof');
	const { crv } = Object.assign(found, await keyOf(verificationMethod)).key;
	const alg = { Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384' }[crv];
	const hash = crv === 'P-384' ? 'SHA-384' : 'SHA-256';
	if ((kind === 'ed') !== (crv === 'Ed25519')) no('proof');
	const signed = Uint8Array.from([...await digest(hash, options), ...await digest(hash, said)]);
	await verifySignature(alg, { ...found.key, alg }, signed, signature);
} });

async function readToken(parts, isSelective) {
	const [header, payload] = parts.slice(0, 2).map(objectIn), spelled = parts.map(b64);
	const { claims, hidden } = await disclose(payload, spelled.slice(3));
	const { alg, kid = '', jwk } = header, typ = str(header.typ).toLowerCase().replace('application/', '');
	const doc = isObject(claims.vc) ? claims.vc : claims, isSd = /sd[-+]jwt$/.test(typ);
	if (isSelective && !isSd && !hidden && !parts[3]) unsure();
	const sign = async found => {
		only(header, 'alg kid typ jwk');
		// The key is that of "kid", of the header itself, or of who the token says it is from.
		const issuer = str(claims.iss) || idOf(doc.issuer);
		const key = 'jwk' in header && jwkKey(jwk), isWhole = kid.includes(':');
		const name = isWhole || !kid ? kid || issuer : `${issuer}#${kid.replace('#', '')}`;
		Object.assign(found, key && !isWhole ? { key } : await keyOf(name));
		await verifySignature(str(alg), found.key, utf8(`${spelled[0]}.${spelled[1]}`), parts[2]);
		checkClaims(/^vc\+/.test(typ), claims, doc);
	};
	// With any name of W3C's it may be a credential of theirs whose end and status its holder hides.
	const isBare = isSd && str(claims.vct) && !Object.keys(claims).some(name => DECIDING.test(name) || /^(@context|type|vc)$/.test(name));
	const said = utf8(JSON.stringify(claims, null, 1));
	return { doc, claims, typ, hidden, isBare, said, sign };
}

// What a token says beside the credential in it must not contradict it.
function checkClaims(isW3c, claims, doc) {
	const { iss, jti, sub, nbf, exp } = claims, { id, issuer, validFrom, validUntil, issuanceDate, expirationDate } = doc;
	const inVc = doc !== claims, subjects = list(doc.credentialSubject).map(idOf).filter(Boolean);
	const isTwice = name => DECIDING.test(name) || /^(@context|id|type)$/.test(name);
	if ('proof' in doc || (inVc ? isW3c || Object.keys(claims).some(isTwice) : 'vc' in claims)) unsure();
	const isStrict = !isW3c && !inVc && isKind(doc, BADGES);
	const differ = (claim, ...dates) => !isW3c && claim !== undefined
		&& dates.some(date => date !== undefined && claim !== Math.floor(dateOf(date) / 1000));
	if ((iss === undefined ? isStrict : iss !== (idOf(issuer) || str(iss))) || issuer !== undefined && !idOf(issuer)
		|| jti !== undefined && id && jti !== id || sub !== undefined && subjects[0] && !subjects.includes(sub)
		|| differ(nbf, validFrom, issuanceDate) || differ(exp, validUntil, expirationDate)) no('proof');
}

// SD-JWT: a disclosure goes where the payload has its digest, and nowhere else. `hidden`: digests that stay closed.
async function disclose(payload, disclosures) {
	const { _sd_alg = 'sha-256' } = payload, [hash] = /^sha-(256|384|512)$/.exec(str(_sd_alg)) || unsure();
	const values = new Map(), seen = new Set();
	for (const one of disclosures) values.set(b64(await digest(hash, utf8(one))), json(unb64(one)));
	const take = (name, size) => {
		const found = values.get(name);
		if (!str(name) || seen.has(name) || found && found.length !== size) no('proof');
		seen.add(name);
		return found ? [found.slice(1)] : [];
	};
	const open = value => {
		if (Array.isArray(value)) return value.flatMap(item => isObject(item) && '...' in item
			? only(item, '...') && take(item['...'], 2).map(([inner]) => open(inner)) : [open(item)]);
		if (!isObject(value)) return value;
		const { _sd = [], _sd_alg, ...plain } = value, result = record();
		const shown = _sd.flatMap(name => take(name, 3));
		// What decides is never hidden, and no disclosure brings digests in.
		if ('...' in plain || shown.some(([name]) => typeof name !== 'string' || /^(iss|nbf|exp|cnf|vct.*|status|_sd|_sd_alg|\.\.\.)$/.test(name))) no('proof');
		for (const [name, inner] of [...Object.entries(plain), ...shown]) {
			if (name in result) no('proof');
			result[name] = open(inner);
		}
		return result;
	};
	const claims = open(payload), isWhole = values.size === disclosures.length;
	if (!isWhole || [...values.keys()].some(name => !seen.has(name))) no('proof');
	return { claims, hidden: seen.size - values.size };
}
