import {base64Text} from '../../../api/values/base64.js';
import type {Graph} from '../graph/graph.js';
import type {Objects} from '../resources.js';
import {addMaps} from './filters.js';
import {splitClients} from './groups.js';
import {type HttpMatch, locations} from './locations.js';
import {errorServers, upstreams} from './upstreams.js';
import {type VirtualServer, virtualServers} from './virtual-servers.js';

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

export const secretsFolder = '/etc/nginx/secrets';

const certificatePath = ({namespace, name}: {readonly namespace: string; readonly name: string}): string =>
	`${secretsFolder}/ssl_keypair_${namespace}_${name}.pem`;

const maps = `
# The host that was asked for, with its port; HTTP/1.0 may name none.
map $http_host $gw_api_compliant_host {
    '' $host;
    default $http_host;
}

# Closed unless the client wants another protocol.
map $http_upgrade $connection_upgrade {
    default upgrade;
    '' close;
}

# The path as it came, without its query.
map $request_uri $request_uri_path {
  "~^(?P<path>[^?]*)(\\?.*)?$"  $path;
}
`;

/** All that nginx is told of a graph: its files in the volumes that both containers share. */
export function httpConf(graph: Graph, objects: Objects): Files {
	const servers = virtualServers(graph);
	const matches: Record<string, readonly HttpMatch[]> = {};
	let [plain, secure] = [0, 0];
	const blocks = servers.map(server => {
		const id = server.secure ? `SSL_${secure++}` : String(plain++);
		const found = locations(server, id);
		Object.assign(matches, found.matches);
		return serverBlock(server, found.text);
	});
	const all = servers.flatMap(({paths}) => paths.flatMap(path => path.matches));
	const text = [
		'http2 on;\n',
		'js_preload_object matches from /etc/nginx/conf.d/matches.json;\n',
		maps,
		addMaps(all),
		upstreams(servers, objects),
		splitClients(servers),
		...blocks,
		errorServers,
	].join('');
	return {
		'/etc/nginx/conf.d/http.conf': text,
		'/etc/nginx/conf.d/matches.json': JSON.stringify(matches),
		...certificates(servers, objects),
	};
}

function serverBlock({port, hostname, secure, secret}: VirtualServer, inner: string): string {
	const listen = (words: string) => `    listen ${port}${words};\n    listen [::]:${port}${words};\n`;
	if (hostname === undefined)
		return secure
			? `\nserver {\n${listen(' ssl default_server')}\n    ssl_reject_handshake on;\n}\n`
			: `\nserver {\n${listen(' default_server')}\n    default_type text/html;\n    return 404;\n}\n`;
	const tls = secret
		? `    ssl_certificate ${certificatePath(secret)};\n    ssl_certificate_key ${certificatePath(secret)};\n\n    if ($ssl_server_name != $host) {\n        return 421;\n    }\n`
		: '';
	return `\nserver {\n${listen(secure ? ' ssl' : '')}${tls}\n    server_name ${hostname};\n${inner}}\n`;
}

function certificates(servers: readonly VirtualServer[], objects: Objects): Files {
	return Object.fromEntries(
		servers.flatMap(({secret}) => {
			const data = secret && objects.find('secrets', secret.namespace, secret.name)?.['data'];
			const text = (key: string) => base64Text(data?.[key] ?? '');
			return data ? [[certificatePath(secret), `${text('tls.crt')}\n${text('tls.key')}`] as const] : [];
		}),
	);
}
