import type {PolicyRule, PortRange} from '../../../net/policy-rule.js';
import type {TableNames} from './tables.js';

const hex = (value: number) => `0x${value.toString(16)}`;
const ports = (range: PortRange | undefined) => range && (range[0] === range[1] ? String(range[0]) : range.join('-'));
const host = (prefix: string) => prefix.replace(/\/32$/, '');
const markOf = ({mark, mask}: PolicyRule) => mark !== undefined && `${hex(mark)}${mask === undefined ? '' : `/${hex(mask)}`}`;

/** One line of `ip rule`; `isGone`: there is no such device. */
export function ruleText(rule: PolicyRule, tables: TableNames, isGone: (link: string) => boolean): string {
	const {source, destination, inLink, protocol, sourcePorts, destinationPorts, table, action, suppressLength} = rule;
	const mark = markOf(rule);
	const parts = [
		`${rule.not ? 'not ' : ''}from ${source === undefined ? 'all' : host(source)}`,
		destination !== undefined && `to ${host(destination)}`,
		mark && `fwmark ${mark}`,
		inLink !== undefined && `iif ${inLink}${isGone(inLink) ? ' [detached]' : ''}`,
		protocol && `ipproto ${protocol}`,
		sourcePorts && `sport ${ports(sourcePorts)}`,
		destinationPorts && `dport ${ports(destinationPorts)}`,
		action ?? `lookup ${tables.name(table ?? 254)}`,
		suppressLength !== undefined && `suppress_prefixlength ${suppressLength}`,
	];
	return `${rule.priority}:\t${parts.filter(Boolean).join(' ')}\n`;
}

function prefixJson(name: 'src' | 'dst', prefix: string | undefined) {
	if (prefix === undefined) return name === 'src' ? {src: 'all'} : {};
	const [address, length] = prefix.split('/');
	return {[name]: address, ...(length !== '32' && {[`${name}len`]: Number(length)})};
}

function portJson(name: 'sport' | 'dport', range: PortRange | undefined) {
	if (!range) return {};
	return range[0] === range[1] ? {[name]: range[0]} : {[`${name}_start`]: range[0], [`${name}_end`]: range[1]};
}

export function ruleJson(rule: PolicyRule, tables: TableNames, isGone: (link: string) => boolean): Readonly<Record<string, unknown>> {
	const {mark, mask, inLink, protocol, table, action, suppressLength} = rule;
	return {
		priority: rule.priority,
		...(rule.not && {not: null}),
		...prefixJson('src', rule.source),
		...prefixJson('dst', rule.destination),
		...(mark !== undefined && {fwmark: hex(mark)}),
		...(mask !== undefined && {fwmask: hex(mask)}),
		...(inLink !== undefined && {iif: inLink, ...(isGone(inLink) && {iif_detached: null})}),
		...(protocol && {ipproto: protocol}),
		...portJson('sport', rule.sourcePorts),
		...portJson('dport', rule.destinationPorts),
		...(action ? {action} : {table: tables.name(table ?? 254)}),
		...(suppressLength !== undefined && {suppress_prefixlen: suppressLength}),
	};
}
