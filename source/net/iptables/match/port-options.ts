import type {Flow} from '../../flow.js';
import {inPortRange, portName, readPortRange} from '../text.js';
import type {Asked, MatchOptions, OptionSpec} from '../match-kind.js';

/** `--sport` and `--dport`, the same for tcp, udp and sctp. */
export const portOptions: Readonly<Record<'sport' | 'dport', OptionSpec>> = {
	sport: {words: 1, negatable: true, aliases: ['source-port'], read: readPortRange, twice: "Only one `--source-port' allowed"},
	dport: {words: 1, negatable: true, aliases: ['destination-port'], read: readPortRange, twice: "Only one `--destination-port' allowed"},
};

/** ` spt:80 dpts:!1000:2000` */
export function listPorts(options: MatchOptions, numeric: boolean): string {
	const one = (label: 'spt' | 'dpt', option: MatchOptions[string] | undefined) => {
		if (!option) return '';
		const isRange = option.value.includes(':');
		const value = numeric || isRange ? option.value : portName(option.value);
		return ` ${label}${isRange ? 's' : ''}:${option.negated ? '!' : ''}${value}`;
	};
	return one('spt', options['sport']) + one('dpt', options['dport']);
}

export const portsAsked = ({sport, dport}: MatchOptions): Asked => ({
	ports: [
		...(sport ? [{side: 'source', ...portEnds(sport.value)} as const] : []),
		...(dport ? [{side: 'destination', ...portEnds(dport.value)} as const] : []),
	],
});

/** `80` or `1000:2000` */
export function portEnds(range: string): {low: number; high: number} {
	const [low = '', high = low] = range.split(':');
	return {low: Number(low), high: Number(high)};
}

export function matchPorts(options: MatchOptions): (flow: Flow) => boolean {
	const {sport, dport} = options;
	return ({packet}) =>
		(!sport || inPortRange(packet.sourcePort, sport.value) !== sport.negated) &&
		(!dport || inPortRange(packet.destinationPort, dport.value) !== dport.negated);
}
