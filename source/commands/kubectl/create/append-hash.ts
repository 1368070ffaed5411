import type {KubeObject} from '../../../api/object.js';
import {toJsonLine} from '../output/json-print.js';
import {sha256} from './sha256.js';

const safe: Readonly<Record<string, string>> = {0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't'};

/**
 * `--append-hash`: the name ends in a hash of the content (kubectl/pkg/util/hash), to which the name belongs. To kustomize it does not
 * (api/hasher), so that a prefix changes nothing.
 */
export function withHash(object: KubeObject, name = object.metadata.name): KubeObject {
	const {kind, metadata} = object;
	const body =
		kind === 'ConfigMap'
			? {kind, name, data: object['data'] ?? {}, ...(object['binaryData'] && {binaryData: object['binaryData']})}
			: {kind, type: object['type'] ?? '', name, data: object['data'] ?? {}};
	const hash = sha256(new TextEncoder().encode(toJsonLine(body)))
		.slice(0, 10)
		.replace(/[013ae]/g, char => safe[char]!);
	return {...object, metadata: {...metadata, name: `${metadata.name}-${hash}`}};
}
