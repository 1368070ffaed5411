import {type Certificate, certificatesIn} from './certificate.js';
import {alternativeNames} from './extensions.js';
import {commonName, sameName} from './name.js';
import {rfc3339} from './facts.js';
import {isForHost, verifyChain} from './verify.js';

const unknownAuthority = 'x509: certificate signed by unknown authority';

/** What Go's crypto/x509 objects to in a server's chain, without the `tls: failed to verify certificate: ` in front; undefined: nothing. */
export function goDistrust(chain: string, trusted: string, host: string, nowMs: number): string | undefined {
	const [leaf, ...others] = certificatesIn(chain);
	if (!leaf) return unknownAuthority;
	const {distrust} = verifyChain(leaf, others, certificatesIn(trusted), nowMs);
	const outOfDate = [9, 10].includes(distrust?.code ?? 0);
	if (outOfDate) {
		const {notBefore, notAfter} = distrust!.certificate;
		const now = `current time ${rfc3339(nowMs)} is`;
		return `x509: certificate has expired or is not yet valid: ${now} ${nowMs > notAfter ? `after ${rfc3339(notAfter)}` : `before ${rfc3339(notBefore)}`}`;
	}

	// Names are looked at before the chain is built.
	return wrongHost(leaf, host) ?? (distrust && unknownAuthority + candidateHint(distrust.certificate, certificatesIn(trusted)));
}

/** An authority of the right name whose key did not sign: somebody's old copy. */
function candidateHint(certificate: Certificate, trusted: readonly Certificate[]): string {
	const candidate = trusted.find(each => sameName(each.subject, certificate.issuer));
	if (!candidate) return '';
	return ` (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "${commonName(candidate.subject)}")`;
}

function wrongHost(leaf: Certificate, host: string): string | undefined {
	const names = alternativeNames(leaf.extensions);
	const isAddress = /^[\d.]+$|:/.test(host);
	if (isAddress && !names?.addresses.length) return `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
	if (!names && commonName(leaf.subject)) return 'x509: certificate relies on legacy Common Name field, use SANs instead';
	if (names && isForHost(leaf, host)) return undefined;
	const valid = (isAddress ? names?.addresses : names?.dns) ?? [];
	if (valid.length === 0) return `x509: certificate is not valid for any names, but wanted to match ${host}`;
	return `x509: certificate is valid for ${valid.join(', ')}, not ${host}`;
}
