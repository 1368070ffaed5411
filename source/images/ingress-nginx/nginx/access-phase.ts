import {matchesPassword} from '../../../tls/password.js';
import type {BasicAuth} from '../location-settings.js';
import {logError} from './error-log.js';
import {type Exchange, locationOf, type Reply, reply} from './exchange.js';
import {authenticate} from './external-auth.js';
import {within} from './limits.js';
import {inList} from './location-list.js';

/** Undefined lets the request in; `declined` has nothing to say. */
type Verdict = Reply | 'declined' | undefined;

/** Allow and deny, password, external authentication: all must agree, or with `satisfy: any` one. */
export function checkAccess(exchange: Exchange): Reply | undefined {
	const location = locationOf(exchange);
	if (!location) return undefined;
	const noAuth = inList(location.path, exchange.options.noAuthLocations);
	const checks: Array<(exchange: Exchange) => Verdict> = [checkAddress, ...(noAuth ? [] : [checkPassword, authenticate])];
	let refused: Reply | undefined;
	let asked = false;
	for (const check of checks) {
		const verdict = check(exchange);
		if (verdict === 'declined') continue;
		asked = true;
		if (location.satisfy !== 'any') {
			if (verdict) return verdict;
		} else if (!verdict) return undefined;
		// ngx_http_core_access_phase keeps 401 rather than 403.
		else refused = refused?.status === 401 && verdict.status === 403 ? refused : verdict;
	}

	if (refused && asked && location.satisfy === 'any') logError(exchange, 'error', 'access forbidden by rule');
	return refused;
}

function checkAddress(exchange: Exchange): Verdict {
	const {denylist, allowlist, satisfy} = locationOf(exchange)!;
	const {client, options} = exchange;
	const forbid = () => {
		if (satisfy !== 'any') logError(exchange, 'error', 'access forbidden by rule');
		return reply(403);
	};
	if (denylist.length === 0 && allowlist.length === 0) return within(client, options.blockCidrs) ? forbid() : 'declined';
	if (within(client, denylist)) return forbid();
	if (allowlist.length === 0) return 'declined';
	return within(client, allowlist) ? undefined : forbid();
}

/** Hashes are slow on purpose: what was checked once is remembered, as a cache only. */
const checked = new Map<string, boolean>();
const checkedMax = 1000;

function matches(password: string, hash: string): boolean {
	const key = `${hash}\0${password}`;
	let result = checked.get(key);
	if (result === undefined) {
		result = matchesPassword(password, hash) ?? false;
		if (checked.size >= checkedMax) checked.clear();
		checked.set(key, result);
	}

	return result;
}

function checkPassword(exchange: Exchange): Verdict {
	const auth = locationOf(exchange)!.basicAuth;
	if (!auth) return 'declined';
	if (auth.type === 'digest') {
		exchange.context.machine.sim.notes.notSimulated('ingress-nginx: auth-type: digest');
		return reply(401, [
			['WWW-Authenticate', `Digest algorithm="MD5", qop="auth", realm="${auth.realm}", nonce="${exchange.requestId.slice(0, 16)}"`],
		]);
	}

	const [user, password] = credentials(exchange.request.headers['authorization']);
	const refuse = () => reply(401, [['WWW-Authenticate', `Basic realm="${auth.realm}"`]]);
	if (user === undefined || password === undefined) return refuse();
	exchange.remoteUser = user;
	const hash = hashOf(auth, user);
	if (hash === undefined) logError(exchange, 'error', `user "${user}" was not found in "${auth.file}"`);
	else if (!matches(password, hash)) logError(exchange, 'error', `user "${user}": password mismatch`);
	else return undefined;
	return refuse();
}

function credentials(header: string | undefined): [user?: string, password?: string] {
	const match = /^basic +(\S+)$/i.exec(header ?? '');
	if (!match) return [];
	const text = Buffer.from(match[1]!, 'base64').toString();
	const colon = text.indexOf(':');
	return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** The first line of the user; what follows a second colon is a comment. */
function hashOf({passwords}: BasicAuth, user: string): string | undefined {
	for (const line of passwords.split('\n'))
		if (line.startsWith(`${user}:`))
			return line
				.slice(user.length + 1)
				.split(':')[0]!
				.trim();
	return undefined;
}
