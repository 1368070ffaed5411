import type {Files} from '../../../os/files.js';
import {certificateFacts} from '../../../tls/facts.js';
import {loadX509KeyPair} from '../../../tls/key-pair.js';
import {absolute} from '../connection/secure.js';
import {ConfigurationError} from './error.js';
import {word} from './levels.js';
import type {ServerTable} from './server-table.js';

const absent = (path: string) =>
	`BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory:calling fopen(${path}, r) error:10000080:BIO routines::no such file)`;

/** Reads every certificate with its key, as nginx does at start and reload. */
export function checkCertificates(files: Files, table: ServerTable): void {
	for (const {listens, directives, levels} of table.servers) {
		if (!listens.some(each => each.ssl)) continue;
		const find = (name: string) => word(name, levels);
		if (find('ssl_reject_handshake') === 'on') continue;
		const [certificate, key] = [find('ssl_certificate'), find('ssl_certificate_key')];
		const at = directives.find(each => each.name === 'listen');
		for (const [name, path] of [
			['ssl_certificate', certificate],
			['ssl_certificate_key', key],
		] as const)
			if (path === undefined)
				throw new ConfigurationError(`no "${name}" is defined for the "listen ... ssl" directive in ${at?.file}:${at?.line}`);
		if (!files.exists(absolute(certificate!)))
			throw new ConfigurationError(`cannot load certificate "${absolute(certificate!)}": ${absent(absolute(certificate!))}`);
		if (!files.exists(absolute(key!)))
			throw new ConfigurationError(`cannot load certificate key "${absolute(key!)}": ${absent(absolute(key!))}`);
		const text = files.readText(absolute(certificate!));
		if (!certificateFacts(text))
			throw new ConfigurationError(
				`cannot load certificate "${absolute(certificate!)}": PEM_read_bio_X509_AUX() failed (SSL: error:0480006C:PEM routines::no start line:Expecting: TRUSTED CERTIFICATE)`,
			);
		const {error} = loadX509KeyPair(text, files.readText(absolute(key!)));
		if (error)
			throw new ConfigurationError(
				error.includes('does not match')
					? `SSL_CTX_use_PrivateKey("${absolute(key!)}") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)`
					: `cannot load certificate key "${absolute(key!)}": PEM_read_bio_PrivateKey() failed (SSL: error:1E08010C:DECODER routines::unsupported:No supported data to decode. Input type: PEM)`,
			);
	}
}
