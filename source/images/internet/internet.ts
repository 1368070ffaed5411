import {type DnsMessage, type DnsRecord, decodeDns, encodeDns} from '../../net/dns-message.js';
import type {Network} from '../../net/network.js';
import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import {isTls, openTls, readClientHello, sealTls, serverHello} from '../../net/tls.js';
import {certificateFacts} from '../../tls/facts.js';
import {publicCertificate} from '../../tls/public-authority.js';
import type {Sim} from '../../sim/sim.js';
import {httpAnswer, parseHttpRequest} from '../kube-proxy/http.js';
import {type InternetHost, internetHosts, publicResolvers} from './hosts.js';

export interface InternetOptions {
	/** Where the segment's router stands: it is the name server and the way to everything. */
	readonly gateway: string;
	readonly prefix: number;
	readonly segment: string;
	readonly mac: string;
	/** Documents by URL without scheme: `raw.githubusercontent.com/...`. Text, or the bytes of an archive. */
	readonly documents?: ReadonlyMap<string, () => string | Uint8Array>;
	/** Further names. */
	readonly names?: ReadonlyMap<string, string>;
}

const handler = 'internet';
const namespace = 'internet';
const ttl = 300;

/**
 * The world beyond the segment: one router that has all public addresses itself, answers DNS and serves a page for each known host. Call once
 * when a world is built; links and sockets go into its state.
 */
export function plugInternet(network: Network, sim: Sim, options: InternetOptions): void {
	const stack = network.namespace(namespace);
	const {gateway, prefix, segment, mac} = options;
	stack.links.add({name: 'eth0', type: 'ethernet', mac, mtu: 1500, up: true, carrier: true, segment});
	stack.links.addAddress('eth0', {address: gateway, prefix, scope: 'global'});
	for (const address of [...internetHosts.flatMap(host => host.addresses), ...publicResolvers]) {
		stack.links.addAddress('lo', {address, prefix: 32, scope: 'global'});
	}

	const process = {name: 'internet', pid: 1};
	for (const port of [80, 443, 53])
		stack.sockets.listen({protocol: 'tcp', address: '0.0.0.0', port, handler, owner: 'internet/1', process});
	stack.sockets.listen({protocol: 'udp', address: '0.0.0.0', port: 53, handler, owner: 'internet/1', process});
	network.onService(handler, request => serve(request, sim.clock.now(), options));
}

function serve(request: ServiceRequest, nowMs: number, options: InternetOptions): ServiceAnswer {
	if (request.local.port === 53) return serveDns(request.bytes, options);
	if (request.bytes === '') return {bytes: '', end: 'open'};
	if (request.local.port === 80) return {bytes: page(request, request.bytes, nowMs, options, 'http')};
	const hello = readClientHello(request.bytes);
	if (hello) return {bytes: serverHello(certificateFacts(publicCertificate(namesOf(request, hello.serverName)))!)};
	const plain = isTls(request.bytes) ? openTls(request.bytes) : undefined;
	if (plain === undefined)
		return {
			bytes: httpAnswer(nowMs, 400, {Server: 'nginx', 'Content-Type': 'text/html'}, '400 The plain HTTP request was sent to HTTPS port\n'),
			end: 'closed',
		};
	return {bytes: sealTls(page(request, plain, nowMs, options, 'https'))};
}

/** Each site has one certificate, for all its names, whatever it is asked for. */
const namesOf = (request: ServiceRequest, name: string): readonly string[] =>
	internetHosts.find(each => each.addresses.includes(request.local.address))?.names ?? [name];

const hostNamed = (name: string): InternetHost | undefined => internetHosts.find(host => host.names.includes(name.toLowerCase()));

function page(request: ServiceRequest, bytes: string, nowMs: number, options: InternetOptions, scheme: string): string {
	const asked = parseHttpRequest(bytes);
	const name = asked?.headers['host']?.replace(/:\d+$/, '') ?? '';
	const host = hostNamed(name) ?? internetHosts.find(each => each.addresses.includes(request.local.address));
	const headers = (type: string) => ({Server: host?.server ?? 'nginx', 'Content-Type': type});
	if (!asked || !host) return httpAnswer(nowMs, 404, headers('text/html'), '404 Not Found\n');
	const headOnly = asked.method === 'HEAD';
	if (host.movedTo !== undefined)
		return httpAnswer(nowMs, 301, {...headers('text/html'), Location: `https://${host.movedTo}${asked.path}`}, movedPage, headOnly);
	const text = options.documents?.get(`${name}${asked.path}`)?.();
	if (text !== undefined)
		return httpAnswer(
			nowMs,
			200,
			headers(typeof text === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream'),
			Buffer.from(text as string).toString('latin1'),
			headOnly,
		);
	if (asked.path !== '/' || host.title === '') return httpAnswer(nowMs, 404, headers('text/html'), '404: Not Found', headOnly);
	if (scheme === 'http' && host.server !== 'BWS/1.1' && !host.names.includes('example.com')) {
		return httpAnswer(nowMs, 301, {...headers('text/html'), Location: `https://${name}/`}, '', headOnly);
	}

	const html = `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>${host.title}</title>\n</head>\n<body>\n<h1>${host.title}</h1>\n</body>\n</html>\n`;
	return httpAnswer(nowMs, 200, headers('text/html'), Buffer.from(html, 'utf8').toString('latin1'), headOnly);
}

const movedPage =
	'<html>\r\n<head><title>301 Moved Permanently</title></head>\r\n<body>\r\n<center><h1>301 Moved Permanently</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

const rootAuthority = {
	name: '.',
	type: 'SOA',
	ttl: 86_400,
	data: 'a.root-servers.net. nstld.verisign-grs.com. 2026112100 1800 900 604800 86400',
} as const;

/** Of the root itself: its servers, and who is in charge of it. */
function rootAnswers(type: string): DnsRecord[] {
	if (type === 'SOA') return [rootAuthority];
	return type === 'NS' ? [...'abcdefghijklm'].map(letter => ({name: '.', type, ttl: 518_400, data: `${letter}.root-servers.net.`})) : [];
}

function serveDns(bytes: string, options: InternetOptions): ServiceAnswer {
	const overTcp = bytes.length > 2 && ((bytes.charCodeAt(0) << 8) | bytes.charCodeAt(1)) === bytes.length - 2;
	const asked = decodeDns(overTcp ? bytes.slice(2) : bytes);
	if (!asked) return {bytes: '', end: overTcp ? 'closed' : 'timeout'};
	const {name, type} = asked.question;
	const plain = name.toLowerCase().replace(/\.$/, '');
	const own = options.names?.get(plain);
	const addresses = own ? [own] : (hostNamed(plain)?.addresses ?? []);
	const answers = plain === '' ? rootAnswers(type) : type === 'A' ? addresses.map(data => ({name, type, ttl, data})) : [];
	const message: DnsMessage = {
		id: asked.id,
		response: true,
		rcode: addresses.length > 0 || plain === '' ? 'NOERROR' : 'NXDOMAIN',
		recursionDesired: asked.recursionDesired ?? true,
		recursionAvailable: true,
		question: asked.question,
		answers,
		authorities: answers.length > 0 ? [] : [rootAuthority],
		additionals: [],
		...(asked.edns && {edns: {udpSize: asked.edns.udpSize}}),
	};
	const reply = encodeDns(message);
	return {bytes: overTcp ? String.fromCharCode(reply.length >> 8, reply.length & 255) + reply : reply, delayMs: 12};
}
