import {headerOf, type HttpResponse} from '../http/message.js';

/** What `-w` may ask about. */
export interface Facts {
	readonly response?: HttpResponse;
	readonly url: string;
	readonly method: string;
	readonly scheme: string;
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
	scheme: ({scheme}) => scheme.toUpperCase(),
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
	time_redirect: () => '0.000000',
	time_total: ({times}) => times.total.toFixed(6),
};

const code = ({response}: Facts) => String(response?.status ?? 0).padStart(3, '0');

/** Fills `%{name}` and the escapes; `unknown` hears of variables that curl has not. */
export function writeOut(format: string, facts: Facts, unknown: (name: string) => void): string {
	return format.replaceAll(/%%|%\{([^}]*)\}|\\([nrt\\])/g, (whole, name?: string, escaped?: string) => {
		if (whole === '%%') return '%';
		if (escaped) return {n: '\n', r: '\r', t: '\t'}[escaped] ?? `\\${escaped}`;
		const header = /^header\{(.*)\}?$/.exec(name!);
		if (header) return (facts.response && headerOf(facts.response, header[1]!)) ?? '';
		const variable = variables[name!];
		if (variable) return variable(facts);
		unknown(name!);
		return '';
	});
}
