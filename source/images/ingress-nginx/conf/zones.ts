import type {Configuration, Location} from '../configuration.js';
import type {RateLimit} from '../location-settings.js';
import {block, type Line} from './lines.js';

/** Names of variables: nginx takes no minus in them. */
const idOf = ({id}: RateLimit): string => Buffer.from(id, 'utf8').toString('base64').replaceAll('=', '');

const limitsIn = ({servers}: Configuration): ReadonlyMap<string, RateLimit> =>
	new Map(
		servers.flatMap(({locations}) => locations.flatMap(({rateLimit}) => (rateLimit?.id ? [[rateLimit.id, rateLimit] as const] : []))),
	);

/** Who is not limited, and the memory that counts the others; blocked clients too. */
export function zoneLines(configuration: Configuration): readonly Line[] {
	const {options} = configuration;
	const limits = [...limitsIn(configuration).values()];
	const lists = limits.flatMap((limit): Line[] => [
		`# Ratelimit ${limit.name}`,
		block(`geo $remote_addr $allowlist_${idOf(limit)}`, 'default 0;', ...limit.allowlist.map(cidr => `${cidr} 1;`)),
		'',
		block(`map $allowlist_${idOf(limit)} $limit_${idOf(limit)}`, '0 $binary_remote_addr;', '1 "";'),
		'',
	]);
	const zones = new Set(limits.flatMap(zonesOf));
	return [
		...lists,
		...[...zones].sort(),
		...options.blockCidrs.map(cidr => `deny ${cidr};`),
		...blockMap('$http_user_agent $block_ua', options.blockUserAgents),
		...blockMap('$http_referer $block_ref', options.blockReferers),
		'',
	];
}

const blockMap = (head: string, values: readonly string[]): readonly Line[] =>
	values.length === 0 ? [] : [block(`map ${head}`, 'default 0;', ...values.map(value => `${value} 1;`))];

function zonesOf(limit: RateLimit): readonly string[] {
	const {connections, rps, rpm} = limit;
	const of = `$limit_${idOf(limit)}`;
	return [
		...(connections.limit > 0 ? [`limit_conn_zone ${of} zone=${connections.name}:${connections.sharedSize}m;`] : []),
		...(rpm.limit > 0 ? [`limit_req_zone ${of} zone=${rpm.name}:${rpm.sharedSize}m rate=${rpm.limit}r/m;`] : []),
		...(rps.limit > 0 ? [`limit_req_zone ${of} zone=${rps.name}:${rps.sharedSize}m rate=${rps.limit}r/s;`] : []),
	];
}

/** What a location says of its limits. */
export function limitLines({rateLimit}: Location): readonly Line[] {
	if (!rateLimit) return [];
	const {connections, rps, rpm, rate, rateAfter} = rateLimit;
	return [
		...(connections.limit > 0 ? [`limit_conn ${connections.name} ${connections.limit};`] : []),
		...(rps.limit > 0 ? [`limit_req zone=${rps.name} burst=${rps.burst} nodelay;`] : []),
		...(rpm.limit > 0 ? [`limit_req zone=${rpm.name} burst=${rpm.burst} nodelay;`] : []),
		...(rateAfter > 0 ? [`limit_rate_after ${rateAfter}k;`] : []),
		...(rate > 0 ? [`limit_rate ${rate}k;`] : []),
	];
}
