import {libraryVersion} from './request.js';
import {headerOf, type HttpResponse} from '../http/message.js';

/** What `-w` may ask about. */
export interface Facts {
	readonly response?: HttpResponse;
	readonly url: string;
	readonly method: string;
	readonly scheme: string;
	/** Which of the URLs, from 0. */
	readonly number: number;
	readonly referer: string;
	/** Where the body went; empty: standard output. */
	readonly file: string;
	readonly exitCode: number;
	readonly error: string;
	readonly remote: {readonly address: string; readonly port: number};
	readonly local: {readonly address: string; readonly port: number};
	readonly connects: number;
	readonly redirects: number;
	readonly redirectUrl: string;
	readonly sentBytes: number;
	readonly requestBytes: number;
	/** Seconds since the start at each stage. */
	readonly times: {
		readonly namelookup: number;
		readonly connect: number;
		readonly appconnect: number;
		readonly starttransfer: number;
		readonly total: number;
	};
}

const variables: Readonly<Record<string, (facts: Facts) => string>> = {
	http_code: facts => code(facts),
	response_code: facts => code(facts),
	http_version: ({response}) => response?.version ?? '0',
	content_type: ({response}) => (response && headerOf(response, 'content-type')) ?? '',
	size_download: ({response}) => String(response?.body.length ?? 0),
	size_header: ({response}) => String(response?.head.length ?? 0),
	size_upload: ({sentBytes}) => String(sentBytes),
	size_request: ({requestBytes}) => String(requestBytes),
	speed_download: ({response, times}) => String(times.total > 0 ? Math.floor((response?.body.length ?? 0) / times.total) : 0),
	speed_upload: () => '0',
	url_effective: ({url}) => url,
	url: ({url}) => url,
	method: ({method}) => method,
	scheme: ({scheme, remote}) => (remote.address === '' ? '' : scheme.toUpperCase()),
	exitcode: ({exitCode}) => String(exitCode),
	errormsg: ({error}) => error,
	remote_ip: ({remote}) => remote.address,
	remote_port: ({remote}) => String(remote.port),
	local_ip: ({local}) => local.address,
	local_port: ({local}) => String(local.port),
	num_connects: ({connects}) => String(connects),
	num_redirects: ({redirects}) => String(redirects),
	num_headers: ({response}) => String(response?.headers.length ?? 0),
	redirect_url: ({redirectUrl}) => redirectUrl,
	ssl_verify_result: () => '0',
	time_namelookup: ({times}) => times.namelookup.toFixed(6),
	time_connect: ({times}) => times.connect.toFixed(6),
	time_appconnect: ({times}) => times.appconnect.toFixed(6),
	time_pretransfer: ({times}) => (times.starttransfer > 0 ? Math.max(times.connect, times.appconnect) : 0).toFixed(6),
	time_starttransfer: ({times}) => times.starttransfer.toFixed(6),
	urlnum: ({number}) => String(number),
	header_json: ({response}) => headerJson(response),
	referer: ({referer}) => referer,
	http_connect: () => '000',
	proxy_ssl_verify_result: () => '0',
	ftp_entry_path: () => '',
	certs: () => '',
	num_certs: () => '0',
	filename_effective: ({file}) => file,
	time_redirect: () => '0.000000',
	time_total: ({times}) => times.total.toFixed(6),
};

/** In the order of `%{json}`, which ends in the version of the library. */
const inJson =
	'certs content_type errormsg exitcode filename_effective ftp_entry_path http_code http_connect http_version local_ip local_port method num_certs num_connects num_headers num_redirects proxy_ssl_verify_result redirect_url referer remote_ip remote_port response_code scheme size_download size_header size_request size_upload speed_download speed_upload ssl_verify_result time_appconnect time_connect time_namelookup time_pretransfer time_redirect time_starttransfer time_total url url_effective urlnum'.split(
		' ',
	);
const texts = new Set(
	'certs content_type errormsg filename_effective ftp_entry_path http_version local_ip method redirect_url referer remote_ip scheme url url_effective'.split(
		' ',
	),
);
/** Texts that are there even when they are empty. */
const neverNull = new Set(['certs', 'local_ip', 'remote_ip', 'http_version']);

function allAsJson(facts: Facts): string {
	const fields = inJson.map(name => {
		const value = variables[name]!(facts);
		if (!texts.has(name)) return `"${name}":${name.startsWith('time_') ? value : Number(value)}`;
		return `"${name}":${value === '' && !neverNull.has(name) ? 'null' : JSON.stringify(value)}`;
	});
	return `{${fields.join(',')},"curl_version":"${libraryVersion}"}`;
}

const code = ({response}: Facts) => String(response?.status ?? 0).padStart(3, '0');

/** Names in small letters, the values of one name together. */
function headerJson(response: HttpResponse | undefined): string {
	const values = new Map<string, string[]>();
	for (const [name, value] of response?.headers ?? []) {
		const key = name.toLowerCase();
		values.set(key, [...(values.get(key) ?? []), value]);
	}
	return `{${[...values].map(([name, all]) => `${JSON.stringify(name)}:${JSON.stringify(all)}`).join(',\n')}\n}`;
}

export interface WriteOutPipes {
	out(text: string): void;
	err(text: string): void;
}

/** Fills `%{name}` and the escapes; variables that curl has not are told, and `%{stderr}` and `%{stdout}` say where the rest goes. */
export function writeOut(format: string, facts: Facts, {out, err}: WriteOutPipes): void {
	let write = out;
	for (const [piece, name, header, escaped] of format.matchAll(/%%|%\{([^}]*)\}|%header\{([^}]*)\}|\\([nrt\\])|[^%\\]+|[%\\]/g)) {
		if (name === 'onerror' && facts.exitCode === 0) return;
		if (piece === '%%') write('%');
		else if (escaped) write({n: '\n', r: '\r', t: '\t'}[escaped] ?? `\\${escaped}`);
		else if (header !== undefined) write((facts.response && headerOf(facts.response, header)) ?? '');
		else if (name === undefined) write(piece);
		else if (name === 'stderr') write = err;
		else if (name === 'stdout') write = out;
		else if (name === 'json') write(allAsJson(facts));
		else if (variables[name]) write(variables[name](facts));
		else if (name !== 'onerror') err(`curl: unknown --write-out variable: '${name}'\n`);
	}
}
