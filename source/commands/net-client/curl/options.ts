import {otherOptions} from './other-options.js';

/** What curl was told. */
export interface CurlOptions {
	readonly urls: readonly string[];
	/** `-o` and `-O`, one for each URL in order: a path, or `'remote'`. */
	readonly outputs: ReadonlyArray<{readonly path?: string; readonly remote?: boolean}>;
	readonly headers: readonly string[];
	/** `-d` and its kin, joined with `&`; undefined: no body. */
	readonly data: ReadonlyArray<{readonly kind: string; readonly value: string}>;
	/** `-F` and `--form-string`. */
	readonly form: ReadonlyArray<{readonly kind: string; readonly value: string}>;
	/** `--url-query` */
	readonly queries: readonly string[];
	readonly resolve: readonly string[];
	readonly connectTo: readonly string[];
	readonly flags: ReadonlySet<string>;
	/** The last value of each option that takes one, by long name. */
	readonly values: ReadonlyMap<string, string>;
	/** What the file of `--netrc` holds. */
	readonly netrc?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Who is asked for the URL at hand instead of its host. */
	readonly proxy?: HttpProxy;
	/** Where a file name leads from the working folder. */
	path?(name: string): string;
}

/** Who is asked instead of the URL's host. */
export interface HttpProxy {
	readonly host: string;
	readonly port: number;
	/** `user:password` */
	readonly user?: string;
	/** The variable that named it. */
	readonly variable?: string;
	/** The way to a server behind it is a tunnel. */
	readonly tunnel: boolean;
}

/** Kinds of requests, as curl names them. */
export const headMethod = 'HEAD (-I, --head)';
export const formMethod = 'multipart formpost (-F, --form)';

/** `short`, whether it takes a value, and whether we have it. */
export interface Row {
	readonly short?: string;
	readonly value?: boolean;
	readonly lacking?: boolean;
	/** That build of curl was made without it. */
	readonly unsupported?: boolean;
	/** Bytes, with a unit. */
	readonly size?: boolean;
	/** What its value must be: a number, or one that is not below this. */
	readonly least?: number;
}

/** All options that we have, and those of the real one that people know. */
export const rows: Readonly<Record<string, Row>> = {
	append: {short: 'a', lacking: true},
	'user-agent': {short: 'A', value: true},
	cookie: {short: 'b', value: true},
	'cookie-jar': {short: 'c', value: true},
	'continue-at': {short: 'C', value: true},
	data: {short: 'd', value: true},
	'data-ascii': {value: true},
	'data-binary': {value: true},
	'data-raw': {value: true},
	'data-urlencode': {value: true},
	json: {value: true},
	'dump-header': {short: 'D', value: true},
	referer: {short: 'e', value: true},
	cert: {short: 'E', value: true},
	fail: {short: 'f'},
	'fail-with-body': {},
	form: {short: 'F', value: true},
	globoff: {short: 'g'},
	get: {short: 'G'},
	header: {short: 'H', value: true},
	help: {short: 'h'},
	include: {short: 'i'},
	head: {short: 'I'},
	'junk-session-cookies': {short: 'j', lacking: true},
	insecure: {short: 'k'},
	config: {short: 'K', value: true},
	location: {short: 'L'},
	'location-trusted': {},
	'max-time': {short: 'm', value: true, least: 0},
	manual: {short: 'M', lacking: true},
	next: {short: ':'},
	netrc: {short: 'n'},
	'netrc-file': {value: true},
	'netrc-optional': {},
	'no-buffer': {short: 'N'},
	output: {short: 'o', value: true},
	'remote-name': {short: 'O'},
	proxytunnel: {short: 'p'},
	disable: {short: 'q'},
	range: {short: 'r', value: true},
	'remote-time': {short: 'R'},
	silent: {short: 's'},
	'show-error': {short: 'S'},
	'telnet-option': {short: 't', value: true, lacking: true},
	'upload-file': {short: 'T', value: true},
	user: {short: 'u', value: true},
	verbose: {short: 'v'},
	quote: {short: 'Q', value: true, lacking: true},
	'time-cond': {short: 'z', value: true, lacking: true},
	version: {short: 'V'},
	'write-out': {short: 'w', value: true},
	proxy: {short: 'x', value: true},
	request: {short: 'X', value: true},
	parallel: {short: 'Z'},
	'parallel-max': {value: true, least: 0},
	'parallel-immediate': {},
	'http1.0': {short: '0'},
	'http1.1': {},
	http2: {},
	'http2-prior-knowledge': {lacking: true},
	http3: {unsupported: true},
	tlsv1: {short: '1'},
	'tlsv1.2': {},
	'tlsv1.3': {},
	ipv4: {short: '4'},
	ipv6: {short: '6', lacking: true},
	'progress-bar': {short: '#'},
	'no-progress-meter': {},
	'connect-timeout': {value: true, least: 0},
	resolve: {value: true},
	'connect-to': {value: true},
	cacert: {value: true},
	capath: {value: true},
	key: {value: true},
	'cert-type': {value: true, lacking: true},
	'key-type': {value: true, lacking: true},
	pass: {value: true, lacking: true},
	'tls-max': {value: true},
	'tlsv1.0': {},
	'tlsv1.1': {},
	ciphers: {value: true, lacking: true},
	'tls13-ciphers': {value: true, lacking: true},
	alpn: {},
	'no-alpn': {lacking: true},
	'no-sessionid': {},
	'ssl-reqd': {},
	'ssl-no-revoke': {},
	crlfile: {value: true, lacking: true},
	pinnedpubkey: {value: true, lacking: true},
	'cert-status': {lacking: true},
	retry: {value: true, least: 0},
	'retry-delay': {value: true, least: 0},
	'retry-max-time': {value: true, least: 0},
	'retry-connrefused': {},
	'retry-all-errors': {},
	url: {value: true},
	interface: {value: true},
	'local-port': {value: true},
	'max-redirs': {value: true, least: -1},
	compressed: {},
	noproxy: {value: true},
	basic: {},
	digest: {},
	'create-dirs': {},
	'limit-rate': {value: true, size: true},
	'keepalive-time': {value: true, least: 0},
	'no-keepalive': {},
	'oauth2-bearer': {value: true},
	trace: {value: true},
	'trace-ascii': {value: true},
	'unix-socket': {value: true},
	'dns-servers': {value: true, unsupported: true},
	'dns-interface': {value: true, unsupported: true},
	'dns-ipv4-addr': {value: true, unsupported: true},
	'dns-ipv6-addr': {value: true, unsupported: true},
	'http3-only': {unsupported: true},
	'path-as-is': {},
	raw: {lacking: true},
	'tr-encoding': {lacking: true},
	stderr: {value: true},
	rate: {value: true, lacking: true},
	proto: {value: true},
	'proto-default': {value: true},
	'output-dir': {value: true},
	'max-filesize': {value: true, size: true},
	'remote-header-name': {short: 'J'},
	'remote-name-all': {},
	'no-clobber': {lacking: true},
	'tcp-nodelay': {},
	'form-string': {value: true},
	'url-query': {value: true},
	'request-target': {value: true},
	'proxy-user': {short: 'U', value: true},
	'proto-redir': {value: true},
	'http0.9': {},
	'fail-early': {},
	'haproxy-protocol': {},
	post301: {},
	post302: {},
	post303: {},
	'styled-output': {},
	'expect100-timeout': {value: true, least: 0},
	'happy-eyeballs-timeout-ms': {value: true, least: 0},
	'no-npn': {},
	...otherOptions,
};
