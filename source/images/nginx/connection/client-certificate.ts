import {certificatesIn} from '../../../tls/certificate.js';
import {nameRfc2253} from '../../../tls/name.js';
import {verifyChain} from '../../../tls/verify.js';
import {word} from '../config/levels.js';
import {type Exchange, ownError, type Reply} from '../request/exchange.js';
import {authoritiesOf} from './secure.js';

/** ssl_verify_client: sets `$ssl_client_*`, and refuses who shows no good certificate (nginx's own statuses 495 and 496). */
export function checkCertificate(exchange: Exchange): Reply | undefined {
	const {secure, server, nginx, vars} = exchange;
	const authorities = secure ? authoritiesOf(nginx, server.levels) : undefined;
	if (authorities === undefined) return undefined;
	const mode = word('ssl_verify_client', server.levels);
	const verify = judge(exchange, authorities, mode);
	vars.set('ssl_client_verify', verify);
	if (verify === 'NONE' && mode === 'on') return ownError(496);
	return verify.startsWith('FAILED') ? ownError(495) : undefined;
}

function judge({context, vars, certificate, server}: Exchange, authorities: string, mode: string | undefined): string {
	const [leaf, ...others] = certificatesIn(certificate ?? '');
	if (!leaf) return 'NONE';
	vars.set('ssl_client_s_dn', nameRfc2253(leaf.subject));
	vars.set('ssl_client_i_dn', nameRfc2253(leaf.issuer));
	vars.set('ssl_client_escaped_cert', encodeURIComponent(certificate!));
	const {chain, distrust} = verifyChain(leaf, others, certificatesIn(authorities), context.machine.sim.clock.now());
	if (distrust && !(mode === 'optional_no_ca' && [18, 19, 20, 21].includes(distrust.code))) return `FAILED:${distrust.text}`;
	return chain.length - 1 > Number(word('ssl_verify_depth', server.levels) ?? 1) ? 'FAILED:certificate chain too long' : 'SUCCESS';
}
