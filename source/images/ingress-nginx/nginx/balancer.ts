import type {Backend} from '../configuration.js';
import {safePattern} from '../../nginx/config/find-location.js';
import {logError} from '../../nginx/log/error-log.js';
import type {Exchange} from '../../nginx/request/exchange.js';
import {cookieOf} from '../../nginx/variables/variables.js';
import {type Balance, luaRandom} from './balancers/balancer.js';
import {ewma, touch} from './balancers/ewma.js';
import {consistentHash, subsetHash} from './balancers/hash.js';
import {roundRobin} from './balancers/round-robin.js';
import {isAffinitized, sticky} from './balancers/sticky.js';
import {type Lookup, lookupIn} from './lookup.js';

/** The backend of a request: that of its location, or its canary (balancer.lua). Undefined: it has no endpoints, 503. */
export function chooseBackend(exchange: Exchange): Backend | undefined {
	const {lua} = exchange;
	if (!lua.has('backend')) lua.set('backend', findBackend(exchange));
	return lua.get('backend') as Backend | undefined;
}

function findBackend(exchange: Exchange): Backend | undefined {
	const {vars, context} = exchange;
	const lookup = lookupIn(context.memory.nginx.configuration);
	const primary = lookup.findBackend(vars.get('proxy_upstream_name') ?? '');
	if (!primary || primary.endpoints.length === 0) return undefined;
	const canary = canaryOf(exchange, primary, lookup);
	if (canary) vars.set('proxy_alternative_upstream_name', canary.name);
	return canary ?? primary;
}

function canaryOf(exchange: Exchange, primary: Backend, lookup: Lookup): Backend | undefined {
	// lua knows n = 1 only.
	const [name] = primary.alternatives;
	if (isAffinitized(exchange, primary) || name === undefined) return undefined;
	const canary = lookup.findBackend(name);
	if (!canary || canary.endpoints.length === 0) {
		logError(exchange, `[lua] balancer.lua:238: route_to_alternative_balancer(): no alternative balancer for backend: ${name}`);
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
					`[lua] balancer.lua:266: route_to_alternative_balancer(): error when matching canary-by-header-pattern: '${policy.headerPattern}', error: pcre_compile() failed`,
				);
				return false;
			}

			if (pattern.test(header)) return true;
		} else if (header === 'always') return true;
		else if (header === 'never') return false;
	}

	const cookie =
		policy.cookie === '' ? undefined : cookieOf(headers['cookie'], policy.cookie, (a, b) => a.toLowerCase() === b.toLowerCase());
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

const balanceOf = ({context}: Exchange, backend: Backend): Balance =>
	implementation(backend, context.memory.nginx.configuration.options.loadBalance);

/** The endpoint for the next try. */
export const pickPeer = (exchange: Exchange, backend: Backend): string | undefined => balanceOf(exchange, backend)(exchange, backend);

/** balancer.log: what the answers took. */
export function recordTries(exchange: Exchange): undefined {
	const backend = exchange.lua.get('backend') as Backend | undefined;
	if (!backend || balanceOf(exchange, backend) !== ewma) return;
	for (const {address, ms} of exchange.tries) touch(exchange.context, address, ms);
}
