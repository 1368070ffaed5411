import type {KubeObject} from '../../../api/object.js';
import {bytesBase64, utf8} from '../config/identity.js';
import {isUtf8} from '../create/config-sources.js';
import {failure} from '../failure.js';
import {type Build, missing, refusal, resolved} from './root.js';
import {goesBy, type Resource, resourceOf} from './resource.js';

type Entry = readonly [key: string, value: Uint8Array];

/** `configMapGenerator` and `secretGenerator`: made anew, or laid over what a base has made. */
export function generate(
	build: Build,
	folder: string,
	resources: Resource[],
	kind: 'ConfigMap' | 'Secret',
	spec: any,
	shared: any = {},
): void {
	if (!spec.name) throw failure(`invalid ${kind === 'ConfigMap' ? 'configmap' : 'secret'}: missing metadata.name`);
	const made = makeObject(kind, spec, entriesOf(build, folder, spec), {...shared, ...spec.options});
	const present = resources.find(resource => resource.object.kind === kind && goesBy(resource, spec.name));
	const behavior: string = spec.behavior ?? 'create';
	if (behavior === 'create' || behavior === 'unspecified') {
		if (present) throw failure(`${merging(kind, spec)} exists; behavior must be merge or replace`);
		resources.push(resourceOf(made, !(spec.options?.disableNameSuffixHash ?? shared.disableNameSuffixHash)));
		return;
	}

	if (!present) throw failure(`${merging(kind, spec)} does not exist; cannot merge or replace`);
	const {metadata} = present.object;
	const meta = {
		...metadata,
		...(made.metadata.labels && {labels: {...metadata.labels, ...made.metadata.labels}}),
		...(made.metadata.annotations && {annotations: {...metadata.annotations, ...made.metadata.annotations}}),
	};
	const over = (field: string) => (behavior === 'merge' ? {...present.object[field], ...made[field]} : made[field]);
	present.object = {...present.object, metadata: meta};
	for (const field of ['data', 'binaryData']) {
		const value = over(field);
		if (value && Object.keys(value).length > 0) present.object[field] = value;
		else delete present.object[field];
	}
}

/** Which one, in Go's words for it. */
const merging = (kind: string, {name, namespace = ''}: any): string =>
	`merging from generator &{0xc000a1b2c0 <nil>}: id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"${kind}", isClusterScoped:false}, Name:"${name}", Namespace:"${namespace}"}`;

function makeObject(
	kind: string,
	{name, namespace, type}: any,
	entries: readonly Entry[],
	{labels, annotations, immutable}: any,
): KubeObject {
	const metadata = {name, ...(namespace && {namespace}), ...(labels && {labels}), ...(annotations && {annotations})};
	const rest = immutable ? {immutable: true} : {};
	const encoded = ([key, bytes]: Entry) => [key, bytesBase64(bytes)] as const;
	if (kind === 'Secret')
		return {apiVersion: 'v1', kind, metadata, data: Object.fromEntries(entries.map(encoded)), type: type ?? 'Opaque', ...rest} as never;
	const text = entries.filter(([, bytes]) => isUtf8(bytes)).map(([key, bytes]) => [key, utf8(bytes)]);
	const binary = entries.filter(([, bytes]) => !isUtf8(bytes)).map(encoded);
	return {
		apiVersion: 'v1',
		kind,
		metadata,
		...(text.length > 0 && {data: Object.fromEntries(text)}),
		...(binary.length > 0 && {binaryData: Object.fromEntries(binary)}),
		...rest,
	} as never;
}

function entriesOf(build: Build, folder: string, spec: any): Entry[] {
	const {files} = build.session.machine;
	const read = (name: string, what: string): Uint8Array => {
		const path = resolved(folder, name);
		const problem = files.exists(path) ? refusal(build, folder, path) : missing(path);
		if (problem) throw failure(`loading KV pairs: ${what}: ${problem}`);
		return files.readBytes(path);
	};

	const encode = (text: string) => new TextEncoder().encode(text);
	const pair = (text: string): Entry => {
		const equals = text.indexOf('=');
		if (equals <= 0) throw failure(`loading KV pairs: literal sources [${text}]: invalid literal source ${text}, expected key=value`);
		return [text.slice(0, equals), encode(text.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2'))];
	};
	const envFiles: string[] = [...(spec.envs ?? []), ...(spec.env ? [spec.env] : [])];
	const fromFile = (name: string) => read(name, `file sources: [${spec.files.join(' ')}]`);
	return [
		...envFiles.flatMap(name =>
			utf8(read(name, `env source files: [${envFiles.join(' ')}]`))
				.split(/\r?\n/)
				.map(line => line.trimStart())
				.filter(line => line !== '' && !line.startsWith('#'))
				.map((line): Entry => {
					const equals = line.indexOf('=');
					return equals === -1 ? [line, encode('')] : [line.slice(0, equals), encode(line.slice(equals + 1))];
				}),
		),
		...((spec.files ?? []) as string[]).map((source): Entry => {
			const [first = '', second] = source.split('=');
			return second === undefined ? [first.split('/').at(-1)!, fromFile(first)] : [first, fromFile(second)];
		}),
		...((spec.literals ?? []) as string[]).map(pair),
	];
}
