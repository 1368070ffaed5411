import {ConfigurationError} from '../../nginx/config/error.js';
import {type Directive, freeBlocks, parseText} from '../../nginx/config/configuration.js';
import {isKnown as isNginx} from '../../nginx/config/directives.js';
import {errorTime} from '../../nginx/log/times.js';
import type {Configuration, Location, Server} from '../configuration.js';
import {locationHead, needsRegex} from './location.js';
import {pcreError} from './pcre.js';

/** What nginx would stumble over, and a piece of the line on which it stands. */
interface Complaint {
	readonly text: string;
	readonly at: string;
}

const size = /^\d+[kKmMgG]?$/;
const nextUpstream =
	/^(error|timeout|denied|invalid_header|non_idempotent|updating|http_500|http_502|http_503|http_504|http_403|http_404|http_429|off)$/;

/** Values that the template passes on as they are. */
const values: ReadonlyArray<(location: Location) => Complaint | undefined> = [
	({proxy}) => invalid(size.test(proxy.bodySize), 'client_max_body_size', proxy.bodySize),
	({clientBodyBufferSize}) =>
		invalid(clientBodyBufferSize === '' || size.test(clientBodyBufferSize), 'client_body_buffer_size', clientBodyBufferSize),
	({proxy}) => invalid(size.test(proxy.bufferSize), 'proxy_buffer_size', proxy.bufferSize),
	({proxy}) => invalid(size.test(proxy.maxTempFileSize), 'proxy_max_temp_file_size', proxy.maxTempFileSize),
	({proxy}) => flag('proxy_buffering', proxy.buffering),
	({proxy}) => flag('proxy_request_buffering', proxy.requestBuffering),
	({proxy}) => oneOf(/^1\.[01]$/, 'proxy_http_version', proxy.httpVersion),
	({proxy}) =>
		proxy.nextUpstream
			.split(/\s+/)
			.reduce<Complaint | undefined>((found, word) => found ?? oneOf(nextUpstream, 'proxy_next_upstream', word), undefined),
];

const invalid = (isRight: boolean, name: string, value: string): Complaint | undefined =>
	isRight ? undefined : {text: `"${name}" directive invalid value`, at: `${name.padEnd(39)} ${value};`};

const flag = (name: string, value: string): Complaint | undefined =>
	value === 'on' || value === 'off'
		? undefined
		: {text: `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`, at: `${name.padEnd(39)} ${value};`};

const oneOf = (pattern: RegExp, name: string, value: string): Complaint | undefined =>
	pattern.test(value) ? undefined : {text: `invalid value "${value}"`, at: name.padEnd(39)};

/** Families of directives of the modules that this nginx was built with. */
const families =
	/^(access|add|aio|auth|balancer|body|brotli|chunked|client|content|error|etag|expires|fastcgi|geoip2|grpc|gzip|header|http2|init|keepalive|limit|log|lua|map|mirror|modsecurity|more|open|opentelemetry|preread|proxy|real|rewrite|satisfy|send|set|ssl|sub|tcp|uwsgi)_/;

const isKnown = (name: string): boolean => isNginx(name) || families.test(name);

/** A snippet stands in the file as it is. */
function snippetComplaint(text: string): Complaint | undefined {
	if (text === '') return undefined;
	const at = text.split('\n').find(line => line.trim() !== '') ?? text;
	try {
		const unknown = unknownIn(parseText(text, 'snippet'));
		return unknown && {text: `unknown directive "${unknown.name}"`, at};
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		return {text: error.message.replace(/ in snippet:\d+$/, ''), at};
	}
}

function unknownIn(directives: readonly Directive[], isFree = false): Directive | undefined {
	for (const directive of directives) {
		const {name, block = []} = directive;
		const unknown = isFree || isKnown(name) ? unknownIn(block, freeBlocks.has(name)) : directive;
		if (unknown) return unknown;
	}

	return undefined;
}

function complaintIn(server: Server): Complaint | undefined {
	const regex = needsRegex(server);
	const heads = new Set<string>();
	const inServer = snippetComplaint(server.serverSnippet);
	if (inServer) return inServer;
	for (const location of server.locations) {
		const head = locationHead(location, regex);
		const at = `location ${head} {`;
		const error = regex ? pcreError(`^${location.path}`) : undefined;
		if (error) return {text: `pcre2_compile() failed: ${error}`, at};
		if (!regex && heads.has(head)) return {text: `duplicate location "${head.replace(/^= /, '')}"`, at};
		heads.add(head);
		const wrong = values.reduce<Complaint | undefined>((found, check) => found ?? check(location), undefined);
		const complaint = wrong ?? snippetComplaint(location.configurationSnippet);
		if (complaint && location.denied === undefined) return complaint;
	}

	return undefined;
}

/** What nginx would say of a file as it is: of its syntax, and of names that it does not know. */
export function complaintInFile(text: string, file: string): string | undefined {
	try {
		const unknown = unknownIn(parseText(text, file));
		return unknown && `unknown directive "${unknown.name}" in ${file}:${unknown.line}`;
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		return error.message;
	}
}

const dashes = '-'.repeat(79);

/** `nginx -t` of a configuration that is not in force yet: its words and what the controller puts around them; undefined when all is well. */
export function testConfiguration(configuration: Configuration, text: () => string, nowMs: number): string | undefined {
	for (const server of configuration.servers) {
		const found = complaintIn(server);
		if (!found) continue;
		const lines = text().split('\n');
		const start = lines.findIndex(line => line.includes(`## start server ${server.hostname}`));
		const seen = lines.map((line, i) => (i > start && line.includes(found.at) ? i + 1 : 0)).filter(Boolean);
		const line = found.text.startsWith('duplicate') ? seen.at(1) : seen.at(0);
		const file = `/tmp/nginx/nginx-cfg${configuration.checksum.slice(0, 10)}`;
		const words = `${found.text} in ${file}:${line ?? start}`;
		return [
			'',
			dashes,
			'Error: exit status 1',
			`${errorTime(nowMs)} [emerg] 34#34: ${words}`,
			`nginx: [emerg] ${words}`,
			`nginx: configuration file ${file} test failed`,
			'',
			dashes,
			'',
		].join('\n');
	}

	return undefined;
}
