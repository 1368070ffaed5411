import {certificatesIn} from '../../../tls/certificate.js';
import {nameRfc2253} from '../../../tls/name.js';
import {verifyChain} from '../../../tls/verify.js';
import type {CertificateAuth} from '../configuration.js';
import {type Exchange, type Header, type Reply, reply} from './exchange.js';

/** auth-tls-secret: ssl_verify_client and what follows from it. Sets `$ssl_client_*`. */
export function checkCertificate(exchange: Exchange): Reply | undefined {
	const auth = exchange.host.server.certificateAuth;
	if (!auth) return undefined;
	if (auth.error) return reply(403);
	if (!exchange.secure || auth.verifyClient === 'off') return undefined;
	const verify = judge(exchange, auth);
	exchange.vars['ssl_client_verify'] = verify;
	if (verify === 'NONE' && auth.verifyClient === 'on') return refusal(auth, 'No required SSL certificate was sent');
	if (verify.startsWith('FAILED')) return refusal(auth, 'The SSL certificate error');
	if (auth.matchCommonName !== '' && !new RegExp(auth.matchCommonName).test(exchange.vars['ssl_client_s_dn'] ?? ''))
		return {status: 403, headers: [], type: exchange.options.defaultType, body: 'client certificate unauthorized'};
	return undefined;
}

function judge({context, vars, certificate}: Exchange, auth: CertificateAuth): string {
	const [leaf, ...others] = certificatesIn(certificate ?? '');
	if (!leaf) return 'NONE';
	vars['ssl_client_s_dn'] = nameRfc2253(leaf.subject);
	vars['ssl_client_i_dn'] = nameRfc2253(leaf.issuer);
	vars['ssl_client_escaped_cert'] = encodeURIComponent(certificate!);
	const {chain, distrust} = verifyChain(leaf, others, certificatesIn(auth.caPem), context.machine.sim.clock.now());
	if (distrust && !(auth.verifyClient === 'optional_no_ca' && [18, 19, 20, 21].includes(distrust.code))) return `FAILED:${distrust.text}`;
	return chain.length - 1 > auth.validationDepth ? 'FAILED:certificate chain too long' : 'SUCCESS';
}

/** nginx's statuses 495 and 496: a page of 400 with its own words, or the error page of the annotation. */
const refusal = ({errorPage}: CertificateAuth, note: string): Reply =>
	errorPage === '' ? {...reply(400), note} : reply(302, [['Location', errorPage]]);

/** What the upstream learns of the client. */
export function certificateHeaders({host, vars}: Exchange): Header[] {
	const auth = host.server.certificateAuth;
	if (!auth) return [];
	return [
		...(auth.passCertToUpstream ? [['ssl-client-cert', vars['ssl_client_escaped_cert'] ?? ''] as const] : []),
		['ssl-client-verify', vars['ssl_client_verify'] ?? 'NONE'],
		['ssl-client-subject-dn', vars['ssl_client_s_dn'] ?? ''],
		['ssl-client-issuer-dn', vars['ssl_client_i_dn'] ?? ''],
	];
}
