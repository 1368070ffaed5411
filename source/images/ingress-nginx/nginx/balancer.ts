import type {Backend} from '../configuration.js';
import {safePattern} from '../../nginx/config/find-location.js';
import {type Balance, luaRandom} from './balancers/balancer.js';
import {ewma} from './balancers/ewma.js';
import {consistentHash, subsetHash} from './balancers/hash.js';
import {roundRobin} from './balancers/round-robin.js';
import {isAffinitized, sticky} from './balancers/sticky.js';
import {cookieVariable} from './cookie.js';
import {logError} from './error-log.js';
import type {Exchange} from './exchange.js';

/** The backend of a request: that of its location, or its canary (balancer.lua). Undefined: it has no endpoints, 503. */
export function chooseBackend(exchange: Exchange): Backend | undefined {
	const {routes, vars} = exchange;
	const primary = routes.findBackend(vars['proxy_upstream_name'] ?? '');
	if (!primary || primary.endpoints.length === 0) return undefined;
	const canary = canaryOf(exchange, primary);
	if (canary) vars['proxy_alternative_upstream_name'] = canary.name;
	return canary ?? primary;
}

function canaryOf(exchange: Exchange, primary: Backend): Backend | undefined {
	// lua knows n = 1 only.
	const [name] = primary.alternatives;
	if (isAffinitized(exchange, primary) || name === undefined) return undefined;
	const canary = exchange.routes.findBackend(name);
	if (!canary || canary.endpoints.length === 0) {
		logError(exchange, 'error', `[lua] balancer.lua:238: route_to_alternative_balancer(): no alternative balancer for backend: ${name}`);
		return undefined;
	}

	return isAffinitized(exchange, canary) || takesCanary(exchange, canary) ? canary : undefined;
}

/** By header, then by cookie, then by weight; the first that says anything decides. */
function takesCanary(exchange: Exchange, {trafficShaping: policy}: Backend): boolean {
	const {headers} = exchange.request;
	// As `$http_name`, in which a dash and an underscore are one.
	const header = policy.header === '' ? undefined : headers[policy.header.toLowerCase().replaceAll('_', '-')];
	if (header !== undefined) {
		if (policy.headerValue !== '') {
			if (policy.headerValue === header) return true;
		} else if (policy.headerPattern !== '') {
			const pattern = patternOf(policy.headerPattern);
			if (!pattern) {
				logError(
					exchange,
					'error',
					`[lua] balancer.lua:266: route_to_alternative_balancer(): error when matching canary-by-header-pattern: '${policy.headerPattern}', error: pcre_compile() failed`,
				);
				return false;
			}

			if (pattern.test(header)) return true;
		} else if (header === 'always') return true;
		else if (header === 'never') return false;
	}

	const cookie = policy.cookie === '' ? undefined : cookieVariable(headers['cookie'], policy.cookie);
	if (cookie === 'always') return true;
	if (cookie === 'never') return false;
	return luaRandom(exchange, policy.weightTotal > 100 ? policy.weightTotal : 100) <= policy.weight;
}

function patternOf(text: string): RegExp | undefined {
	const pattern = safePattern(text, false);
	return pattern.source === '$^' && text !== '$^' ? undefined : pattern;
}

function implementation({sessionAffinity, upstreamHash, loadBalance}: Backend, byDefault: string): Balance {
	if (sessionAffinity.type === 'cookie') return sticky;
	if (upstreamHash.by !== '') return upstreamHash.subset ? subsetHash : consistentHash;
	return (loadBalance || byDefault) === 'ewma' ? ewma : roundRobin;
}

/** The endpoint for the next try. */
export const pickPeer = (exchange: Exchange, backend: Backend): string | undefined =>
	implementation(backend, exchange.options.loadBalance)(exchange, backend);

export const usesEwma = (exchange: Exchange, backend: Backend): boolean => implementation(backend, exchange.options.loadBalance) === ewma;
