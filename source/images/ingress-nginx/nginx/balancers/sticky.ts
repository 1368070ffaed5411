import {createHash} from 'node:crypto';
import type {Backend} from '../../configuration.js';
import {logError} from '../../../nginx/log/error-log.js';
import type {Exchange} from '../../../nginx/request/exchange.js';
import {cookieOf, variable} from '../../../nginx/variables/variables.js';
import {bake} from '../cookie.js';
import {type Balance, failedNodes, luaRandom, nodesOf, ringFor} from './balancer.js';
import {findOnRing} from './chash.js';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
/** Second part of the cookie: tells which backend it was made for. */
const backendKey = ({name}: Backend) => md5(md5(name) + name);
const cookieName = ({sessionAffinity}: Backend) => sessionAffinity.cookie.name || 'route';

function cookieParts({request}: Exchange, backend: Backend): {upstream?: string; backend?: string} {
	const [upstream, owner] = cookieOf(request.headers['cookie'], cookieName(backend))?.split('|') ?? [];
	return {...(upstream !== undefined && {upstream}), ...(owner !== undefined && {backend: owner})};
}

/** A request whose cookie was made for this very backend stays with it, canary or not. */
export const isAffinitized = (exchange: Exchange, backend: Backend): boolean =>
	backend.sessionAffinity.type === 'cookie' && cookieParts(exchange, backend).backend === backendKey(backend);

interface Mode {
	find(backend: Backend, key: string): string | undefined;
	pick(exchange: Exchange, backend: Backend, failed: ReadonlySet<string>): {node: string; key: string} | undefined;
}

const checksMax = 20;

/** The key falls on a consistent hash: scaling moves some sessions. */
const balanced: Mode = {
	find: ({endpoints}, key) => findOnRing(ringFor(endpoints), key),
	pick(exchange, backend, failed) {
		const {context, nginx} = exchange;
		for (let i = 1; i <= checksMax; i++) {
			const now = context.machine.sim.clock.now() + i * 1000;
			const key = `${String(now / 1000)}.${nginx.workerPid}.${luaRandom(exchange, 999_999)}`;
			const node = this.find(backend, key)!;
			if (!failed.has(node)) return {node, key};
		}

		return undefined;
	},
};

/** The key is the endpoint itself, salted: a session never moves while its endpoint lives. */
const persistent: Mode = {
	find: (backend, key) => nodesOf(backend.endpoints).find(node => md5(backend.name + node) === key),
	pick(exchange, backend, failed) {
		const nodes = nodesOf(backend.endpoints).filter(node => !failed.has(node));
		if (nodes.length === 0) return undefined;
		const node = nodes[luaRandom(exchange, nodes.length) - 1]!;
		return {node, key: md5(backend.name + node)};
	},
};

/** affinity: cookie */
export const sticky: Balance = (exchange, backend) => {
	const mode = backend.sessionAffinity.mode === 'persistent' ? persistent : balanced;
	const {upstream: key} = cookieParts(exchange, backend);
	const known = key === undefined ? undefined : mode.find(backend, key);
	const failed = failedNodes(exchange);
	const moves = failed.size > 0 && backend.sessionAffinity.cookie.changeOnFailure;
	if (known !== undefined && !moves) return known;
	const picked = mode.pick(exchange, backend, failed);
	if (!picked) {
		logError(exchange, 'failed to get new upstream; using upstream nil', {level: 'warn'});
		return undefined;
	}

	if (setsCookie(exchange, backend)) setCookie(exchange, backend, picked.key);
	return picked.node;
};

/** Only on the paths of the Ingress that asked for affinity. */
function setsCookie(exchange: Exchange, {sessionAffinity}: Backend): boolean {
	const {locations} = sessionAffinity.cookie;
	const name = exchange.server.names[0] === '_' ? '_' : (variable(exchange, 'host') ?? '');
	const paths = locations[name] ?? locations[name.replace(/^[^.]+\./, '*.')];
	return paths?.includes(exchange.vars.get('location_path') ?? '') ?? false;
}

/** Old browsers that take SameSite=None for Strict (lua/util/same_site.lua). */
const refusesNone = (agent: string): boolean =>
	/Chrome\/[456]|CPU iPhone OS 12|iPad; CPU OS 12/.test(agent) ||
	(/Macintosh/.test(agent) && /Intel Mac OS X 10_14/.test(agent) && /Safari/.test(agent) && !/Chrome/.test(agent));

function setCookie(exchange: Exchange, backend: Backend, key: string): void {
	const {cookie} = backend.sessionAffinity;
	const {context, request, secure} = exchange;
	const dropped = cookie.conditionalSameSiteNone && cookie.sameSite === 'None' && refusesNone(request.headers['user-agent'] ?? '');
	const text = bake({
		key: cookieName(backend),
		value: `${key}|${backendKey(backend)}`,
		...(cookie.expires !== '' && {expiresMs: context.machine.sim.clock.now() + Number(cookie.expires) * 1000}),
		maxAge: cookie.maxAge,
		domain: cookie.domain,
		path: cookie.path || (exchange.vars.get('location_path') ?? '/'),
		secure: cookie.secure ?? secure,
		sameSite: dropped ? '' : cookie.sameSite,
	});
	exchange.cookies.splice(0, exchange.cookies.length, ['Set-Cookie', text]);
}
