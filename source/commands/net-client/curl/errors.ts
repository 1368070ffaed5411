import {type Alert, alerts} from '../../../net/tls.js';
import type {TlsFailure} from '../http/channel.js';

/** A failed transfer: exit status and the text after `curl: (N) `. */
export class CurlError extends Error {
	readonly exitCode: number;

	constructor(exitCode: number, message: string) {
		super(message);
		this.name = 'CurlError';
		this.exitCode = exitCode;
	}
}

const advice =
	'\nMore details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the web page mentioned above.';

export function tlsError({failure, hello, problem, alert}: TlsFailure, host: string, port: number): CurlError {
	if (problem) return new CurlError(60, `SSL certificate problem: ${problem}${advice}`);
	switch (failure) {
		case 'alert':
			return new CurlError(35, `OpenSSL/3.0.17: ${alertText(alert!)}`);
		case 'wrong-version':
			return new CurlError(35, 'OpenSSL/3.0.17: error:0A00010B:SSL routines::wrong version number');
		case 'reset':
			return new CurlError(35, 'Recv failure: Connection reset by peer');
		case 'closed':
			return new CurlError(35, `OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to ${host}:${port} `);
		case 'self-signed':
			return new CurlError(60, `SSL certificate problem: self-signed certificate${advice}`);
		case 'unknown-ca':
			return new CurlError(60, `SSL certificate problem: unable to get local issuer certificate${advice}`);
		case 'expired':
			return new CurlError(60, `SSL certificate problem: certificate has expired${advice}`);
		default:
			if (hello && hello.names.length > 0)
				return new CurlError(60, `SSL: no alternative certificate subject name matches target host name '${host}'${advice}`);
			return new CurlError(60, `SSL: certificate subject name '${hello?.subject}' does not match target host name '${host}'${advice}`);
	}
}

/** `error:0A00045C:SSL routines::tlsv13 alert certificate required`: the reason is 1000 and the alert's number. */
export function alertText(alert: Alert): string {
	const [number, text] = alerts[alert];
	return `error:0A${(1000 + number).toString(16).toUpperCase().padStart(6, '0')}:SSL routines::${text}`;
}
