import type {World} from '../node/world.js';
import {because} from './because.js';
import type {Check, Finding} from './check.js';
import {together} from './check.js';
import {describeOutcome, fetchFrom} from './fetch.js';
import {findPlaces, type Places, places} from './places.js';
import {resolve} from './resolve.js';
import {list, map, object, required, text} from './shape.js';
import {findAddress, type Target, targetShape} from './target.js';

interface Params {
	readonly from: Readonly<Record<string, Places>>;
	readonly to: Readonly<Record<string, Target>>;
	/** `frontend -> web`: all other pairs must not connect. */
	readonly open: readonly string[];
}

const pairForm = /^\s*(\S+)\s*->\s*(\S+)\s*$/;

/** A whole matrix of who may reach whom, tried pair by pair. */
const check: Check<Params> = {
	name: 'reach',
	params: object('who may reach whom; every pair not listed must be closed', {
		from: required(map('named senders', places)),
		to: required(map('named targets', targetShape)),
		open: required(
			list('pairs that connect', text('`sender -> target`', {pattern: pairForm, patternHelp: 'of the form "sender -> target"'})),
		),
	}),
	run(params, {world, explain = false}) {
		const open = new Set(params.open.map(pair => pair.replace(pairForm, '$1 -> $2')));
		const pairs = Object.entries(params.from).flatMap(([sender, from]) =>
			Object.entries(params.to).map(([name, to]) => {
				const pair = `${sender} -> ${name}`;
				return {pair, open: open.has(pair), ...tryPair(world, pair, from, to, {open: open.has(pair), explain})};
			}),
		);
		return matrix(pairs);
	},
};
export default check;

/** One pair of the matrix: as it is, and as it shall be. */
export interface Pair extends Finding {
	readonly pair: string;
	readonly open: boolean;
}

/** The whole matrix in one finding: the pairs that are wrong, or all of them. */
export function matrix(pairs: readonly Pair[]): Finding {
	const wrong = pairs.filter(({passed}) => !passed);
	const shown = wrong.length > 0 ? wrong : pairs;
	const named = (open: boolean) => {
		const those = shown.filter(each => each.open === open).map(({pair}) => pair);
		return those.length > 0 ? [`${those.join(', ')} ${open ? 'open' : 'closed'}`] : [];
	};
	return {
		passed: wrong.length === 0,
		found: shown.map(({found}) => found).join('; '),
		expected: [...named(true), ...named(false)].join('; '),
		look: shown[0]!.look,
	};
}

function tryPair(world: World, pair: string, from: Places, to: Target, {open, explain}: {open: boolean; explain: boolean}): Finding {
	const expected = pair;
	const address = findAddress(world, to);
	if (typeof address === 'string') return {passed: false, found: `${pair}: ${address}`, expected, look: 'kubectl get svc -A'};
	return together(
		findPlaces(world, from).map(({label, machine, prefix}) => {
			if (!machine) return {passed: false, found: `${label} is not running`, expected, look: 'kubectl get pods -A -o wide'};
			const ip = resolve(machine, address.host);
			const outcome = ip === undefined ? undefined : fetchFrom(machine, {...address, address: ip}).outcome;
			const connected = outcome?.kind === 'connected';
			const reason = explain && open && !connected ? because(machine, label, address) : undefined;
			const came = outcome ? describeOutcome(outcome) : `${address.host} does not resolve`;
			return {
				passed: connected === open,
				found: `${pair}: ${came}${reason ? ` (${reason})` : ''}`,
				expected,
				look: `${prefix}curl -s -m 5 ${address.host}:${address.port}`,
			};
		}),
	);
}
