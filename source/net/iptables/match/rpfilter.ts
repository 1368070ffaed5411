import {type MatchKind, saveGiven} from '../match-kind.js';

/** Whether the way back to the sender leaves by the device the packet came in on. */
const match: MatchKind = {
	name: 'rpfilter',
	options: {loose: {}, validmark: {}, 'accept-local': {}, invert: {}},
	refused: (_, {table, hook}) => (table !== 'raw' && table !== 'mangle') || (hook !== undefined && hook !== 'PREROUTING'),
	save: options => saveGiven(options, match.options),
	list: options =>
		`rpfilter${Object.keys(options)
			.map(name => ` ${name}`)
			.join('')}`,
	asks: () => ({}),
	compile(options) {
		const invert = options['invert'] !== undefined;
		return ({inLink, packet, kernel}) => {
			const route = kernel.routes.lookup(packet.source);
			const good =
				route !== undefined &&
				(options['loose'] !== undefined || route.dev === inLink || inLink === 'lo') &&
				(route.type !== 'local' || inLink === 'lo' || options['accept-local'] !== undefined);
			return good !== invert;
		};
	},
};
export default match;
