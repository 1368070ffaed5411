import {base64, base64Bytes, base64Text} from '../values/base64.js';
import {badRequest} from '../errors.js';
import {type KubeObject, keyOf} from '../object.js';

/** Where the next page of a list starts. Models apiserver/pkg/storage/continue.go. */
interface Continue {
	/** The key after which to go on, relative to what is listed, and a zero byte. */
	readonly start: string;
	readonly rv: number;
}

export function pageOf(
	objects: readonly KubeObject[],
	namespace: string | undefined,
	limit: number,
	from: Continue | undefined,
	resourceVersion: number,
) {
	const keyIn = (object: KubeObject) => (namespace ? object.metadata.name : keyOf(object));
	const rest = from ? objects.filter(object => `${keyIn(object)}\u0000` > from.start) : objects;
	if (limit <= 0 || rest.length <= limit) return {items: rest, meta: {}};
	const items = rest.slice(0, limit);
	const token = {v: 'meta.k8s.io/v1', rv: from?.rv ?? resourceVersion, start: `${keyIn(items.at(-1)!)}\u0000`};
	return {items, meta: {continue: base64(JSON.stringify(token)).replace(/=+$/, ''), remainingItemCount: rest.length - limit}};
}

export function readToken(token: string): Continue {
	const text = base64Text(token);
	let read: any;
	try {
		read = JSON.parse(text);
	} catch {
		const byte = base64Bytes(token)[0] ?? 0;
		const shown = byte >= 0x7f && byte < 0xa0 ? `\\u00${byte.toString(16)}` : String.fromCharCode(byte);
		throw notValid(`invalid character '${shown}' looking for beginning of value`);
	}

	if (read?.v !== 'meta.k8s.io/v1') throw notValid(`server does not recognize this encoded version ${JSON.stringify(read?.v ?? '')}`);
	return {rv: read.rv, start: String(read.start ?? '')};
}

const notValid = (why: string) => badRequest(`invalid continue token: continue key is not valid: ${why}`);
