import {parseIpv4} from '../../../net/address.js';

const flags = /^(default(_server)?|ssl|http2|quic|proxy_protocol|deferred|bind|reuseport)$/;
const options = /^(setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter|ipv6only|so_keepalive)=./;

/** What is wrong with `listen`, in the words of src/core/ngx_inet.c and src/http/ngx_http_core_module.c. */
export function listenProblem(args: readonly string[]): string | undefined {
	const [place = '', ...rest] = args;
	const why = place.startsWith('unix:') ? undefined : placeProblem(place);
	if (why) return `${why} of the "listen" directive`;
	const wrong = rest.find(word => !flags.test(word) && !options.test(word));
	return wrong && `invalid parameter "${wrong}"`;
}

function placeProblem(place: string): string | undefined {
	if (place.startsWith(':')) return `no host in "${place}"`;
	const [, bracket, host, port] = /^(?:(\[[\da-f:.]+\])|(\*|\d+\.[\d.]+|[^:]*[^\d:][^:]*))?:?(.*)$/i.exec(place) ?? [];
	if (port && (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535)) return `invalid port in "${place}"`;
	if (bracket || host === undefined || host === '*' || host === 'localhost' || parseIpv4(host) !== undefined) return undefined;
	return `host not found in "${place}"`;
}
