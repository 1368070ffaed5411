import type {Connection} from '../../../net/netstack.js';
import type {Machine} from '../../../node/host/machine.js';
import {certificatesIn} from '../../../tls/certificate.js';
import {loadX509KeyPair} from '../../../tls/key-pair.js';
import {bundlePath} from '../../../tls/public-authority.js';
import {type Channel, systemTrust, tlsChannel} from '../http/channel.js';
import type {HttpUrl} from '../http/message.js';
import {CurlError, tlsError} from './errors.js';
import {type Handshake, noteCertificate, noteFinish, noteHello, noteServer, noteTickets, noteUnbelieved, type Trust} from './handshake.js';
import type {CurlOptions} from './options.js';
import type {Reporter} from './reporter.js';

/** A channel that has said its handshake; the tickets come with the first answer. */
export type SecureChannel = Channel & {readonly isHttp2: boolean; noteTickets(): void};

export function openSecure(machine: Machine, url: HttpUrl, connection: Connection, options: CurlOptions, report: Reporter): SecureChannel {
	const {flags} = options;
	const version = versionOf(options);
	const insecure = flags.has('insecure');
	const protocols = flags.has('http1.1') || flags.has('http1.0') ? ['http/1.1'] : ['h2', 'http/1.1'];
	const {trusted, ...trust} = trustOf(machine, options, insecure);
	const certificate = ownCertificate(machine, options);
	report.note(`ALPN: offers ${protocols.join(',')}`);
	noteHello(report, version, insecure ? undefined : trust);
	const nowMs = machine.sim.clock.now();
	const channel = tlsChannel(connection, {serverName: url.host, insecure, trusted, nowMs, protocols, ...(certificate && {certificate})});
	const {hello} = channel;
	const shake: Handshake | undefined = hello && {
		host: url.host,
		hello,
		version,
		report,
		...(certificate && {clientCertificate: certificate}),
	};
	if ('failure' in channel) {
		const error = tlsError(channel, url.host, url.port);
		if (shake) {
			noteServer(shake);
			if (channel.failure === 'name') {
				noteFinish(shake);
				noteCertificate(shake, undefined, false);
			} else noteUnbelieved(shake);
		}

		report.note(error.message.split('\n')[0]!);
		report.note('Closing connection 0');
		throw error;
	}

	noteServer(shake!);
	noteFinish(shake!);
	noteCertificate(shake!, channel.verified ?? 'ok.', insecure);
	return {...channel, isHttp2: hello?.alpn === 'h2', noteTickets: () => noteTickets(shake!)};
}

/** `--tlsv1.2` is the least, `--tls-max` the most. */
function versionOf({flags, values}: CurlOptions): Handshake['version'] {
	const most = values.get('tls-max');
	if (most !== undefined && most !== 'default' && Number(most) < 1.2)
		throw new CurlError(35, 'OpenSSL/3.0.17: error:0A0000BF:SSL routines::no protocols available');
	if (most !== '1.2') return 'TLSv1.3';
	if (flags.has('tlsv1.3')) throw new CurlError(35, 'CURL_SSLVERSION_MAX incompatible with CURL_SSLVERSION');
	return 'TLSv1.2';
}

/** What is trusted, and the file that says so. */
function trustOf({files}: Machine, options: CurlOptions, insecure: boolean): Trust & {trusted: string} {
	const given = options.values.get('cacert');
	const own = bundlePath(path => files.exists(path)) ?? '/etc/ssl/certs/ca-certificates.crt';
	// Red Hat builds curl without a folder.
	const folder = options.values.get('capath') ?? (own.startsWith('/etc/pki/') ? 'none' : '/etc/ssl/certs');
	if (given === undefined) return {file: own, folder, trusted: systemTrust(files) + folderTrust(files, options)};
	const path = options.path?.(given) ?? given;
	const text = files.exists(path) ? files.readText(path) : '';
	if (certificatesIn(text).length === 0 && !insecure) throw new CurlError(77, `error setting certificate file: ${given}`);
	return {file: given, folder, trusted: text + folderTrust(files, options)};
}

/** Of `--capath`: every file of a folder, whatever hash it is named after. */
function folderTrust(files: Machine['files'], {values, path}: CurlOptions): string {
	const given = values.get('capath');
	const folder = given && (path?.(given) ?? given);
	if (!folder || !files.exists(folder) || files.stat(folder).type !== 'folder') return '';
	return files
		.list(folder)
		.map(name => `${folder}/${name}`)
		.filter(each => files.stat(each).type === 'file')
		.map(each => `\n${files.readText(each)}`)
		.join('');
}

/** `--cert FILE[:PASSPHRASE]` with `--key`, checked against one another as OpenSSL does when it loads them. */
function ownCertificate({files}: Machine, {values, path}: CurlOptions): string | undefined {
	const given = values.get('cert');
	if (given === undefined) return undefined;
	const file = given.replace(/(?<=.):[^/]*$/, '');
	const read = (name: string) => {
		const full = path?.(name) ?? name;
		return files.exists(full) ? files.readText(full) : undefined;
	};
	const text = read(file);
	if (text === undefined || certificatesIn(text).length === 0) {
		const why = text === undefined ? '80000002:system library::No such file or directory' : '0480006C:PEM routines::no start line';
		throw new CurlError(
			58,
			`could not load PEM client certificate from ${file}, OpenSSL error error:${why}, (no key found, wrong pass phrase, or wrong file format?)`,
		);
	}

	const keyFile = values.get('key') ?? file;
	if (loadX509KeyPair(text, read(keyFile) ?? '').error !== undefined)
		throw new CurlError(58, `unable to set private key file: '${keyFile}' type PEM`);
	return text;
}
