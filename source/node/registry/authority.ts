import type {Certificate} from '../../tls/certificate.js';
import {issue} from '../../tls/issue.js';
import {namedKey, namedSerial} from '../../tls/named-key.js';
import {publicHalf} from '../../tls/private-key.js';
import {certificatePem, type Pair} from '../../tls/self-signed.js';

/** Names under which the classroom's registry answers; the host is `reg`. */
export const classroomRegistries: readonly string[] = ['reg.lilee.org', 'reg.timinglee.org'];

/** Who may do everything there. */
export const registryAdmin = {username: 'admin', password: 'lee'} as const;

const dates = {notBefore: Date.UTC(2025, 2, 1, 8), notAfter: Date.UTC(2035, 1, 27, 8)};
let authority: Certificate | undefined;

function registryCa(): Certificate {
	const key = namedKey('self-signed');
	authority ??= issue(
		{
			serial: namedSerial('harbor-ca'),
			organisations: ['timinglee'],
			commonName: 'timinglee Harbor CA',
			usages: ['keyCertSign', 'cRLSign'],
			isAuthority: true,
			publicKey: publicHalf(key),
			...dates,
		},
		{key},
	);
	return authority;
}

/** The registry's own authority: what its clients were given to trust it. */
export const registryAuthority = (): string => certificatePem(registryCa());

/** The certificate that it shows, with its key. */
export function registryPair(): Pair {
	const key = namedKey('internet');
	const certificate = issue(
		{
			serial: namedSerial('harbor'),
			organisations: ['timinglee'],
			commonName: classroomRegistries[0]!,
			usages: ['digitalSignature', 'keyEncipherment'],
			purposes: ['serverAuth'],
			dns: classroomRegistries,
			publicKey: publicHalf(key),
			...dates,
		},
		{certificate: registryCa(), key: namedKey('self-signed')},
	);
	return {certificate: certificatePem(certificate), key: key.export({type: 'pkcs8', format: 'pem'}).toString()};
}

export const certificateFile = `/data/certs/${classroomRegistries[0]}.crt`;
export const keyFile = `/data/certs/${classroomRegistries[0]}.key`;
