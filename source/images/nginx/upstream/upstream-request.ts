type Header = readonly [name: string, value: string];

/** What the proxy module never passes on as it came; TE and the like are between two neighbours. */
const replaced = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'te', 'keep-alive', 'expect', 'upgrade']);

export const passedFields = (fields: readonly Header[]): Header[] => fields.filter(([name]) => !replaced.has(name.toLowerCase()));

export interface UpstreamRequest {
	readonly method: string;
	readonly target: string;
	readonly version: string;
	/** proxy_set_header, in order: they replace the client's; an empty one takes it away. */
	readonly set: readonly Header[];
	/** The client's own. */
	readonly passed: readonly Header[];
	readonly body: string;
}

export function requestBytes({method, target, version, set, passed, body}: UpstreamRequest): string {
	const names = new Set(set.map(([name]) => name.toLowerCase()));
	const lines = [
		...set.filter(([, value]) => value !== ''),
		...(body === '' ? [] : [['Content-Length', String(body.length)] as const]),
		...passed.filter(([name]) => !names.has(name.toLowerCase())),
	];
	return `${method} ${target} HTTP/${version}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}
