import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import {FileError} from '../../../os/files.js';
import {Remembered} from '../../../sim/remembered.js';
import {matchesPassword} from '../../../tls/password.js';
import {setting, settings, word} from '../config/levels.js';
import {logError} from '../log/error-log.js';
import {expand} from '../variables/variables.js';
import {type Exchange, reply, type Reply} from './exchange.js';

export const within = (address: string, ranges: readonly string[]): boolean => {
	const value = parseIpv4(address);
	return ranges.some(range => {
		const prefix = parsePrefix(range);
		return range === 'all' || (value !== undefined && prefix !== undefined && inPrefix(value, prefix));
	});
};

/** Undefined lets the request in; `declined` has nothing to say. */
type Verdict = Reply | 'declined' | undefined;

/** Allow and deny, password, subrequest: all must agree, or with `satisfy any` one. */
export function checkAccess(exchange: Exchange): Reply | undefined {
	const any = word('satisfy', exchange.levels) === 'any';
	let refused: Reply | undefined;
	for (const check of [checkAddress, checkPassword, checkSubrequest]) {
		const verdict = check(exchange, any);
		if (verdict === 'declined') continue;
		if (!any) {
			if (verdict) return verdict;
		} else if (!verdict) return undefined;
		// ngx_http_core_access_phase keeps 401 rather than 403.
		else refused = refused?.status === 401 && verdict.status === 403 ? refused : verdict;
	}

	if (refused) logError(exchange, 'access forbidden by rule');
	return refused;
}

/** The first rule that fits decides. */
function checkAddress(exchange: Exchange, any: boolean): Verdict {
	const {client, levels} = exchange;
	const level = levels.find(each => each.some(({name}) => name === 'allow' || name === 'deny'));
	const rule = level?.find(({name, args}) => (name === 'allow' || name === 'deny') && within(client, args));
	if (!rule) return 'declined';
	if (rule.name === 'allow') return undefined;
	if (!any) logError(exchange, 'access forbidden by rule');
	return reply(403);
}

/** Hashes are slow on purpose: what was checked once is remembered. */
const checked = new Remembered<boolean>(1000);

const matches = (password: string, hash: string): boolean =>
	checked.of(`${hash}\0${password}`, () => matchesPassword(password, hash) ?? false);

function checkPassword(exchange: Exchange): Verdict {
	const {levels, request, context} = exchange;
	const digest = word('auth_digest', levels);
	if (digest !== undefined) {
		context.machine.sim.notes.notSimulated('nginx directive auth_digest');
		return reply(401, [
			[
				'WWW-Authenticate',
				`Digest algorithm="MD5", qop="auth", realm="${digest}", nonce="${expand(exchange, '$request_id').slice(0, 16)}"`,
			],
		]);
	}

	const [realm, path] = [word('auth_basic', levels), word('auth_basic_user_file', levels)];
	if (realm === undefined || realm === 'off' || path === undefined) return 'declined';
	const refuse = () => reply(401, [['WWW-Authenticate', `Basic realm="${expand(exchange, realm)}"`]]);
	const [user, password] = credentials(request.headers['authorization']);
	if (user === undefined || password === undefined) {
		logError(exchange, 'no user/password was provided for basic authentication', {level: 'info'});
		return refuse();
	}

	exchange.remoteUser = user;
	const file = absolute(expand(exchange, path));
	const lines = linesOf(exchange, file);
	if (!lines) return reply(403);
	const hash = hashOf(lines, user);
	if (hash === undefined) logError(exchange, `user "${user}" was not found in "${file}"`);
	else if (!matches(password, hash)) logError(exchange, `user "${user}": password mismatch`);
	else return undefined;
	return refuse();
}

const absolute = (path: string) => (path.startsWith('/') ? path : `/etc/nginx/${path}`);

function linesOf(exchange: Exchange, path: string): readonly string[] | undefined {
	try {
		return exchange.context.machine.files.readText(path).split('\n');
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		logError(exchange, `open() "${path}" failed (2: No such file or directory)`);
		return undefined;
	}
}

function credentials(header: string | undefined): [user?: string, password?: string] {
	const match = /^basic +(\S+)$/i.exec(header ?? '');
	if (!match) return [];
	const text = Buffer.from(match[1]!, 'base64').toString();
	const colon = text.indexOf(':');
	return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** The first line of the user; what follows a second colon is a comment. */
function hashOf(lines: readonly string[], user: string): string | undefined {
	const line = lines.find(each => each.startsWith(`${user}:`));
	return line?.split(':')[1]?.trim();
}

/** auth_request: 2xx lets in, 401 and 403 are passed on, all else is an error of ours. */
function checkSubrequest(exchange: Exchange): Verdict {
	const uri = setting('auth_request', exchange.levels)?.args[0];
	if (uri === undefined || uri === 'off' || exchange.subrequest !== undefined) return 'declined';
	const {reply: answer, exchange: asked} = exchange.ask(uri);
	exchange.elapsedMs += asked.elapsedMs;
	for (const {args} of settings('auth_request_set', exchange.levels))
		exchange.vars.set(args[0]!.replace(/^\$/, ''), expand(asked, args[1] ?? ''));
	if (answer.status >= 200 && answer.status < 300) return undefined;
	if (answer.status === 403) return reply(403);
	if (answer.status === 401)
		return reply(
			401,
			answer.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate'),
		);
	logError(exchange, `auth request unexpected status: ${answer.status}`);
	return reply(500);
}
