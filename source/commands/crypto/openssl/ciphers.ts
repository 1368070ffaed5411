import {type Call, errorLine, type Tool} from './call.js';

/** Names of TLS 1.3, then of TLS 1.2 in the order of RHEL's DEFAULT policy: protocol, key exchange, authentication, cipher, mac. */
const suites: ReadonlyArray<readonly [name: string, version: string, exchange: string, authentication: string, cipher: string]> = [
	['TLS_AES_256_GCM_SHA384', 'TLSv1.3', 'any', 'any', 'AESGCM(256)'],
	['TLS_CHACHA20_POLY1305_SHA256', 'TLSv1.3', 'any', 'any', 'CHACHA20/POLY1305(256)'],
	['TLS_AES_128_GCM_SHA256', 'TLSv1.3', 'any', 'any', 'AESGCM(128)'],
	['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLSv1.2', 'ECDH', 'ECDSA', 'AESGCM(256)'],
	['ECDHE-RSA-AES256-GCM-SHA384', 'TLSv1.2', 'ECDH', 'RSA', 'AESGCM(256)'],
	['ECDHE-ECDSA-CHACHA20-POLY1305', 'TLSv1.2', 'ECDH', 'ECDSA', 'CHACHA20/POLY1305(256)'],
	['ECDHE-RSA-CHACHA20-POLY1305', 'TLSv1.2', 'ECDH', 'RSA', 'CHACHA20/POLY1305(256)'],
	['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2', 'ECDH', 'ECDSA', 'AESGCM(128)'],
	['ECDHE-RSA-AES128-GCM-SHA256', 'TLSv1.2', 'ECDH', 'RSA', 'AESGCM(128)'],
	['DHE-RSA-AES256-GCM-SHA384', 'TLSv1.2', 'DH', 'RSA', 'AESGCM(256)'],
	['DHE-RSA-AES128-GCM-SHA256', 'TLSv1.2', 'DH', 'RSA', 'AESGCM(128)'],
	['AES256-GCM-SHA384', 'TLSv1.2', 'RSA', 'RSA', 'AESGCM(256)'],
	['AES128-GCM-SHA256', 'TLSv1.2', 'RSA', 'RSA', 'AESGCM(128)'],
];

const words = ['DEFAULT', 'ALL', 'HIGH'];

export const ciphers: Tool = {
	name: 'ciphers',
	flags: 'v V s tls1_2 tls1_3',
	refused: 'tls1 tls1_1 ssl3 stdname convert ciphersuites psk srp provider provider-path propquery',
	*run(call: Call) {
		const chosen = call.rest[0]?.split(':');
		const own = suites.filter(
			([name, version]) => version === 'TLSv1.3' || !chosen || chosen.some(each => words.includes(each.toUpperCase()) || each === name),
		);
		if (own.every(([, version]) => version === 'TLSv1.3') && chosen)
			return call.fail(
				'Error in cipher list',
				errorLine('0A0000B9:SSL routines:SSL_CTX_set_cipher_list:no cipher match:ssl/ssl_lib.c:3202:'),
			);
		const shown = own.filter(
			([, version]) => !(call.has('tls1_2') && version === 'TLSv1.3') && !(call.has('tls1_3') && version === 'TLSv1.2'),
		);
		if (!call.has('v') && !call.has('V')) call.io.out(`${shown.map(([name]) => name).join(':')}\n`);
		else
			for (const [name, version, exchange, authentication, cipher] of shown)
				call.io.out(
					`${name.padEnd(30)} ${version.padEnd(7)} Kx=${exchange.padEnd(8)} Au=${authentication.padEnd(5)} Enc=${cipher.padEnd(22)} Mac=AEAD\n`,
				);
		return 0;
	},
};
