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
	try {
		const {v, rv, start} = JSON.parse(text);
		if (v !== 'meta.k8s.io/v1' || typeof start !== 'string') throw new Error('wrong version');
		return {rv, start};
	} catch {
		throw badRequest(
			`invalid continue token: continue key is not valid: invalid character ${`'${String.fromCharCode(base64Bytes(token)[0] ?? 0)}'`} looking for beginning of value`,
		);
	}
}
