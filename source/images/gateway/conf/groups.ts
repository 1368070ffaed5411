import type {Backend} from '../graph/backends.js';
import type {AttachedRoute} from '../graph/graph.js';
import type {MatchRule, VirtualServer} from './virtual-servers.js';

/** Where requests go that lead nowhere. */
export const invalidUpstream = 'invalid-backend-ref';

export const safeName = (text: string): string => text.replaceAll('-', '_');

const groupName = (route: AttachedRoute, index: number): string => {
	const {namespace, name} = route.source.metadata;
	return `group_${namespace}__${name}_rule${index}`;
};

const upstreamOf = ({upstream}: Backend): string => upstream ?? invalidUpstream;

/** What `proxy_pass` leads to: an upstream, or the variable that chooses one. */
export function targetOf({route, rule}: MatchRule): string {
	const [only, ...more] = rule.backends;
	if (!only) return invalidUpstream;
	if (more.length > 0) return `$${safeName(groupName(route, rule.index))}`;
	return only.weight === 0 ? invalidUpstream : upstreamOf(only);
}

/** Rules with more than one backend, each once. */
function splits(servers: readonly VirtualServer[]): readonly MatchRule[] {
	const found = new Map<string, MatchRule>();
	for (const {paths} of servers)
		for (const {matches} of paths)
			for (const match of matches) if (match.rule.backends.length > 1) found.set(groupName(match.route, match.rule.index), match);
	return [...found.values()];
}

/** `split_clients` blocks: shares in hundredths of a percent, rounded down; the last one gets the rest. */
export const splitClients = (servers: readonly VirtualServer[]): string =>
	splits(servers)
		.map(({route, rule: {index, backends}}) => {
			const lines = shares(backends).map(([percent, value]) => `    ${percent === '0.00' ? '# ' : ''}${percent}% ${value};\n`);
			return `\nsplit_clients $request_id $${safeName(groupName(route, index))} {\n${lines.join('')}}\n`;
		})
		.join('');

function shares(backends: readonly Backend[]): ReadonlyArray<readonly [percent: string, upstream: string]> {
	const total = backends.reduce((sum, {weight}) => sum + weight, 0);
	if (total === 0) return [['100', invalidUpstream]];
	let left = 10_000;
	return backends.map((backend, index) => {
		const part = index === backends.length - 1 ? left : Math.floor((backend.weight * 10_000) / total);
		left -= part;
		return [(part / 100).toFixed(2), upstreamOf(backend)];
	});
}
