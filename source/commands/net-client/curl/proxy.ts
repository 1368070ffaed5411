import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import {base64, type HttpUrl, toBytes} from '../http/message.js';
import {CurlError} from './errors.js';
import type {CurlOptions, HttpProxy} from './options.js';

/** A proxy of another kind than HTTP. */
export class OtherProxy extends Error {}

type Environment = Readonly<Record<string, string>>;

/** Who is asked instead of the URL's host: `-x`, or what the environment says. */
export function proxyFor(url: HttpUrl, {flags, values}: CurlOptions, env: Environment): HttpProxy | undefined {
	const given = values.get('proxy');
	const variable = given === undefined ? variableFor(url.scheme, env) : undefined;
	const text = given ?? (variable && env[variable]);
	if (!text || isExempt(url.host, values.get('noproxy') ?? env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return undefined;
	const [, scheme = 'http', user, host = '', port] = /^(?:([^:/]*):\/\/)?(?:([^@/]*)@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(text)!;
	if (/^(?:https|socks.*)$/.test(scheme)) {
		if (scheme === 'https' || /^socks(?:4a?|5h?)?$/.test(scheme)) throw new OtherProxy(`${scheme}://`);
	}

	if (scheme !== 'http') throw new CurlError(7, `Unsupported proxy scheme for '${text}'`);
	if (host === '') throw new CurlError(5, `Unsupported proxy syntax in '${text}'`);
	const account = values.get('proxy-user') ?? (user && decodeURIComponent(user));
	return {
		host,
		port: Number(port ?? 1080),
		tunnel: url.scheme === 'https' || flags.has('proxytunnel'),
		...(account && {user: account}),
		...(variable && {variable}),
	};
}

/** http_proxy counts in lower case only: a CGI's HTTP_PROXY is a header of the client. */
const variableFor = (scheme: string, env: Environment): string | undefined =>
	[`${scheme}_proxy`, ...(scheme === 'http' ? [] : [`${scheme}_proxy`.toUpperCase()]), 'all_proxy', 'ALL_PROXY'].find(name => env[name]);

/** Names and all below them, addresses and ranges of them (lib/noproxy.c). */
function isExempt(host: string, list: string): boolean {
	if (list === '*') return true;
	const name = host.toLowerCase().replace(/\.$/, '');
	const address = parseIpv4(name);
	return list.split(/[\s,]+/).some(each => {
		const entry = each.toLowerCase().replace(/^\./, '').replace(/\.$/, '');
		if (entry === '') return false;
		if (address === undefined) return name === entry || name.endsWith(`.${entry}`);
		const range = entry.includes('/') ? parsePrefix(entry) : undefined;
		return range ? inPrefix(address, range) : entry === name;
	});
}

export const proxyAuthorization = ({user}: HttpProxy): string | undefined =>
	user === undefined ? undefined : `Basic ${base64(toBytes(user.includes(':') ? user : `${user}:`))}`;
