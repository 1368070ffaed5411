export interface Shown {
	readonly protocol: 'tcp' | 'udp';
	readonly state: string;
	readonly local: {readonly address: string; readonly port: string};
	readonly peer: {readonly address: string; readonly port: string};
	readonly queue: number;
	readonly process: string;
}

export type Filter = (socket: Shown) => boolean;

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
export function readFilter(words: readonly string[], portNumber: (name: string) => number | undefined): Filter | undefined {
	const tokens = words
		.join(' ')
		.replace(/([()])/g, ' $1 ')
		.trim()
		.split(/\s+/)
		.filter(Boolean);
	let at = 0;
	const either = (): Filter | undefined => {
		let left = both();
		while (left && (tokens[at] === 'or' || tokens[at] === '||')) {
			at++;
			const [one, other]: [Filter, Filter | undefined] = [left, both()];
			left = other && (socket => one(socket) || other(socket));
		}
		return left;
	};
	const both = (): Filter | undefined => {
		let left = single();
		while (left && at < tokens.length && tokens[at] !== 'or' && tokens[at] !== '||' && tokens[at] !== ')') {
			if (tokens[at] === 'and' || tokens[at] === '&&') at++;
			const [one, other]: [Filter, Filter | undefined] = [left, single()];
			left = other && (socket => one(socket) && other(socket));
		}
		return left;
	};
	const single = (): Filter | undefined => {
		const word = tokens[at++];
		if (word === '(') {
			const inner = either();
			return tokens[at++] === ')' ? inner : undefined;
		}
		if (word === 'not' || word === '!') {
			const inner = single();
			return inner && (socket => !inner(socket));
		}
		if (word === 'sport' || word === 'dport') return portTest(word === 'sport' ? 'local' : 'peer');
		if (word === 'src' || word === 'dst') return addressTest(word === 'src' ? 'local' : 'peer');
		return undefined;
	};
	const portTest = (side: 'local' | 'peer'): Filter | undefined => {
		const operator = tokens[at]?.startsWith(':') ? '=' : tokens[at++];
		const value = portNumber((tokens[at++] ?? '').replace(/^.*:/, ''));
		const compare = comparisons[operator ?? ''];
		return compare && value !== undefined ? socket => compare(Number(socket[side].port), value) : undefined;
	};
	const addressTest = (side: 'local' | 'peer'): Filter | undefined => {
		if (tokens[at] === '=' || tokens[at] === '==') at++;
		const [address = '', port] = (tokens[at++] ?? '').split(':');
		return socket =>
			(address === '' || address === '*' || socket[side].address === address) &&
			(port === undefined || port === '*' || socket[side].port === port);
	};
	const filter = tokens.length === 0 ? () => true : either();
	return at >= tokens.length ? filter : undefined;
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
