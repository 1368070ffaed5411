import type {TlsFailure} from '../../http/channel.js';

/** Why a chain is not believed, in the words of src/openssl.c ssl_check_certificate. */
const reasons: Partial<Record<TlsFailure['failure'], string>> = {
	'unknown-ca': "  Unable to locally verify the issuer's authority.\n",
	'self-signed': '  Self-signed certificate encountered.\n',
	expired: '  Issued certificate has expired.\n',
};

export function distrustText(host: string, {failure, hello}: TlsFailure): string {
	const hint = hello ? `To connect to ${host} insecurely, use \`--no-check-certificate'.\n` : '';
	if (failure !== 'name') {
		const issuer = `ERROR: cannot verify ${host}'s certificate, issued by ‘CN=${hello?.issuer ?? ''}’:\n`;
		return (hello ? issuer + (reasons[failure] ?? '') : 'Unable to establish SSL connection.\n') + hint;
	}

	return hello && hello.names.length > 0
		? `ERROR: no certificate subject alternative name matches\n\trequested host name ‘${host}’.\n${hint}`
		: `ERROR: certificate common name ‘${hello?.subject ?? ''}’ doesn't match requested host name ‘${host}’.\n${hint}`;
}
