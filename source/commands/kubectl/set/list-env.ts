import type {KubeObject} from '../../../api/object.js';
import {copy} from '../../../api/values/plain.js';
import {base64Text} from '../../../api/values/base64.js';
import {describeEnvSource} from '../../../kinds/describe/env-source.js';
import {failure} from '../failure.js';
import type {Target} from '../resource/target.js';
import type {Session} from '../session.js';
import type {Call} from '../verb.js';

/** `kubectl set env --list`: what would stand there after the changes; with `--resolve` the values that references lead to. What goes
 * wrong with an object is not said: kubectl looks at the errors only when it changes something. */
export function listEnv(call: Call, infos: readonly Target[], edit: (draft: KubeObject, target: Target) => readonly any[]): void {
	const {session, flags} = call;
	for (const target of infos) {
		const object = copy(target.object!);
		const missed = new Map<string, string[]>();
		let containers: readonly any[];
		try {
			containers = edit(object, target);
		} catch {
			continue;
		}

		for (const container of containers) {
			session.out(`# ${target.kind.kind} ${target.name}, container ${container.name}\n`);
			for (const one of container.env ?? []) session.out(`${lineOf(session, object, one, flags.bool('resolve'), missed)}\n`);
		}

		for (const line of [...missed].map(([why, names]) => `error retrieving reference for ${names.sort().join(', ')}: ${why}`).sort())
			session.err(`${line}\n`);
	}
}

function lineOf(session: Session, owner: KubeObject, one: any, resolve: boolean, missed: Map<string, string[]>): string {
	if (!one.valueFrom) return `${one.name}=${one.value ?? ''}`;
	if (resolve) {
		try {
			return `${one.name}=${resolved(session, owner, one.valueFrom)}`;
		} catch (error) {
			const {message} = error as Error;
			missed.set(message, [...(missed.get(message) ?? []), one.name]);
		}
	}

	return `# ${one.name} from ${describeEnvSource(one.valueFrom)}`;
}

/** Models kubectl/pkg/cmd/set/env/env_resolve.go. */
function resolved(session: Session, owner: KubeObject, source: any): string {
	const {namespace} = owner.metadata;
	if (source.configMapKeyRef) {
		const {name, key} = source.configMapKeyRef;
		const value = session.get<KubeObject>(session.kindNamed('configmaps'), namespace, name)['data']?.[key];
		if (value === undefined) throw failure(`key ${key} not found in config map ${name}`);
		return value;
	}

	if (source.secretKeyRef) {
		const {name, key} = source.secretKeyRef;
		const value = session.get<KubeObject>(session.kindNamed('secrets'), namespace, name)['data']?.[key];
		if (value === undefined) throw failure(`key ${key} not found in secret ${name}`);
		return base64Text(value);
	}

	if (source.fieldRef) return fieldOf(owner, source.fieldRef.fieldPath);
	throw failure('kubelab: not simulated: resource fields');
}

function fieldOf({metadata}: KubeObject, path: string): string {
	const subscript = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path);
	if (subscript) return metadata[subscript[1] as 'annotations' | 'labels']?.[subscript[2]!] ?? '';
	if (path === 'metadata.annotations' || path === 'metadata.labels') {
		const map = metadata[path.slice(9) as 'annotations' | 'labels'] ?? {};
		return Object.keys(map)
			.sort()
			.map(key => `${key}=${JSON.stringify(map[key])}`)
			.join('\n');
	}

	const known: Record<string, string | undefined> = {
		'metadata.name': metadata.name,
		'metadata.namespace': metadata.namespace ?? '',
		'metadata.uid': metadata.uid,
	};
	const value = known[path];
	if (value === undefined) throw failure(`unsupported fieldPath: ${path}`);
	return value;
}
