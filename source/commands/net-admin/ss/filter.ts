import {type Cursor, type Predicate, readExpression} from '../expression.js';

export interface Shown {
	readonly protocol: 'tcp' | 'udp';
	readonly state: string;
	readonly local: {readonly address: string; readonly port: string};
	readonly peer: {readonly address: string; readonly port: string};
	readonly queue: number;
	readonly process: string;
}

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
	'syn-sent': [],
	'fin-wait-1': [],
	'last-ack': [],
	closing: [],
};

export const statesOf = (name: string): readonly string[] | undefined => stateNames[name];

/** Reads `sport = :8080 and dst 10.0.0.1`; undefined when it holds something that is not understood. */
export const readFilter = (words: readonly string[], portNumber: (name: string) => number | undefined): Filter | undefined =>
	readExpression<Shown>(words, {
		implicitAnd: true,
		term(word, cursor) {
			if (word === 'sport' || word === 'dport') return portTest(word === 'sport' ? 'local' : 'peer', cursor, portNumber);
			if (word === 'src' || word === 'dst') return addressTest(word === 'src' ? 'local' : 'peer', cursor);
			return undefined;
		},
	});

type Side = 'local' | 'peer';

function portTest(side: Side, cursor: Cursor, portNumber: (name: string) => number | undefined): Filter | undefined {
	const operator = cursor.peek()?.startsWith(':') ? '=' : cursor.take();
	const value = portNumber((cursor.take() ?? '').replace(/^.*:/, ''));
	const compare = comparisons[operator ?? ''];
	return compare && value !== undefined ? socket => compare(Number(socket[side].port), value) : undefined;
}

function addressTest(side: Side, cursor: Cursor): Filter {
	if (cursor.peek() === '=' || cursor.peek() === '==') cursor.take();
	const [address = '', port] = (cursor.take() ?? '').split(':');
	return socket =>
		(address === '' || address === '*' || socket[side].address === address) &&
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
