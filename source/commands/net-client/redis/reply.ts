/** One reply of redis, read out of RESP: `+OK`, `-ERR ...`, `:1`, `$3`, `*2`. */
export type Reply =
	| {readonly kind: 'status' | 'error' | 'integer'; readonly text: string}
	| {readonly kind: 'bulk'; readonly text: string | undefined}
	| {readonly kind: 'list'; readonly items: readonly Reply[]};

const kinds = {'+': 'status', '-': 'error', ':': 'integer'} as const;
const itemsMax = 10_000;

/** Undefined where the bytes are no whole reply. */
export function readReply(bytes: string): Reply | undefined {
	let at = 0;
	const line = (): string | undefined => {
		const end = bytes.indexOf('\r\n', at);
		if (end < 0) return undefined;
		const text = bytes.slice(at, end);
		at = end + 2;
		return text;
	};
	const next = (depth: number): Reply | undefined => {
		const head = line();
		if (!head || depth > 8) return undefined;
		const [mark, rest] = [head[0]!, head.slice(1)];
		if (mark === '+' || mark === '-' || mark === ':') return {kind: kinds[mark], text: rest};
		const count = Number(rest);
		if (!Number.isInteger(count) || count > itemsMax * 100) return undefined;
		if (mark === '$') {
			if (count < 0) return {kind: 'bulk', text: undefined};
			const text = bytes.slice(at, at + count);
			at += count + 2;
			return {kind: 'bulk', text};
		}

		if (mark !== '*' || count > itemsMax) return undefined;
		const items: Reply[] = [];
		for (let left = count; left > 0; left--) {
			const item = next(depth + 1);
			if (!item) return undefined;
			items.push(item);
		}

		return {kind: 'list', items};
	};
	return next(0);
}

/** As redis-cli shows it to people. */
export function shown(reply: Reply, indent = ''): string {
	switch (reply.kind) {
		case 'status':
			return `${reply.text}\n`;
		case 'error':
			return `(error) ${reply.text}\n`;
		case 'integer':
			return `(integer) ${reply.text}\n`;
		case 'bulk':
			return reply.text === undefined ? '(nil)\n' : `${JSON.stringify(reply.text)}\n`;
		case 'list': {
			if (reply.items.length === 0) return '(empty array)\n';
			const width = String(reply.items.length).length;
			const inner = `${indent}${' '.repeat(width + 2)}`;
			return reply.items
				.map((item, index) => `${index === 0 ? '' : indent}${String(index + 1).padStart(width)}) ${shown(item, inner)}`)
				.join('');
		}
	}
}

/** As it prints into a pipe or a file. */
export function raw(reply: Reply): string {
	if (reply.kind === 'list') return reply.items.length === 0 ? '\n' : reply.items.map(raw).join('');
	return `${reply.text ?? ''}\n${reply.kind === 'error' ? '\n' : ''}`;
}
