import {lookup} from '../lookup.js';
import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import {type Cursor, type Predicate, readExpression} from '../expression.js';
import type {Shown} from './row.js';

export type Filter = Predicate<Shown>;

const stateNames: Readonly<Record<string, readonly string[]>> = {
	established: ['ESTAB'],
	'time-wait': ['TIME-WAIT'],
	'close-wait': ['CLOSE-WAIT'],
	'fin-wait-2': ['FIN-WAIT-2'],
	'syn-recv': ['SYN-RECV'],
	listening: ['LISTEN'],
	listen: ['LISTEN'],
	closed: ['UNCONN'],
	unconnected: ['UNCONN'],
	connected: ['ESTAB', 'TIME-WAIT', 'CLOSE-WAIT', 'FIN-WAIT-2', 'SYN-RECV'],
	all: ['ESTAB', 'TIME-WAIT', 'CLOSE-WAIT', 'FIN-WAIT-2', 'LISTEN', 'UNCONN'],
	synchronized: ['ESTAB', 'TIME-WAIT', 'CLOSE-WAIT', 'FIN-WAIT-2'],
	bucket: ['TIME-WAIT', 'SYN-RECV'],
	big: ['ESTAB', 'CLOSE-WAIT', 'FIN-WAIT-2', 'LISTEN', 'UNCONN'],
	'syn-sent': [],
	'fin-wait-1': [],
	'last-ack': [],
	closing: [],
};

export const statesOf = (name: string): readonly string[] | undefined => lookup(stateNames, name);

/** Reads `sport = :8080 and dst 10.0.0.1`; undefined when it holds something that is not understood. */
export const readFilter = (words: readonly string[], portNumber: (name: string) => number | undefined): Filter | undefined =>
	readExpression<Shown>(words, {
		implicitAnd: true,
		term(word, cursor) {
			if (word === 'sport' || word === 'dport') return portTest(word === 'sport' ? 'local' : 'peer', cursor, portNumber);
			if (word === 'src' || word === 'dst') return addressTest(word === 'src' ? 'local' : 'peer', cursor);
			if (word === undefined || ['and', 'or', 'not', '(', ')', '|', '&', '!'].includes(word)) return undefined;
			// Any other word is taken to be an address of the peer.
			return addressTest('peer', {...cursor, peek: () => word, take: () => word});
		},
	});

type Side = 'local' | 'peer';

function portTest(side: Side, cursor: Cursor, portNumber: (name: string) => number | undefined): Filter | undefined {
	const operator = cursor.peek()?.startsWith(':') ? '=' : cursor.take();
	const word = cursor.take();
	if (operator === undefined || word === undefined) throw syntaxError();
	const name = word.replace(/^.*:/, '');
	const value = /^\d+$/.test(name) ? Number(name) : portNumber(name);
	const compare = lookup(comparisons, operator ?? '');
	return compare && value !== undefined ? socket => compare(Number(socket[side].port), value) : undefined;
}

/** A wrong filter: what ss says, its exit status, and whether it also tells how it is used. */
export class FilterError extends Error {
	readonly exitCode: number;

	constructor(message: string, exitCode = 255) {
		super(message);
		this.exitCode = exitCode;
	}
}

export const syntaxError = (): FilterError => new FilterError('ss: bison bellows (while parsing filter): "syntax error!" Sorry.');

function addressTest(side: Side, cursor: Cursor): Filter {
	if (cursor.peek() === '=' || cursor.peek() === '==') cursor.take();
	const word = cursor.take();
	if (word === undefined) throw syntaxError();
	// A path is the name of a Unix socket, and may hold a pattern.
	if (word.startsWith('/')) {
		const pattern = new RegExp(
			`^${word
				.replace(/[.+^${}()|[\]\\]/g, '\\$&')
				.replaceAll('*', '.*')
				.replaceAll('?', '.')}$`,
		);
		return socket => socket.family === 'unix' && pattern.test(socket[side].address);
	}
	const [address = '', port] = word.split(':');
	const prefix = address === '' || address === '*' ? undefined : parsePrefix(address);
	if (address !== '' && address !== '*' && !prefix)
		throw new FilterError(`Error: an inet prefix is expected rather than "${address}".\nCannot parse dst/src address.`, 1);
	return socket =>
		(prefix === undefined || inPrefix(parseIpv4(socket[side].address === '*' ? '0.0.0.0' : socket[side].address) ?? 0, prefix)) &&
		(port === undefined || port === '*' || socket[side].port === port);
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
	'=': (a, b) => a === b,
	'==': (a, b) => a === b,
	eq: (a, b) => a === b,
	'!=': (a, b) => a !== b,
	ne: (a, b) => a !== b,
	'>=': (a, b) => a >= b,
	ge: (a, b) => a >= b,
	'<=': (a, b) => a <= b,
	le: (a, b) => a <= b,
	'>': (a, b) => a > b,
	gt: (a, b) => a > b,
	'<': (a, b) => a < b,
	lt: (a, b) => a < b,
};
