import type {KubeObject} from '../../../api/object.js';
import {withHash} from '../create/append-hash.js';
import {failure, notSimulated} from '../failure.js';
import {toYaml} from '../output/yaml-print.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import {logLine} from '../klog.js';
import type {Session} from '../session.js';
import {generate} from './generate.js';
import {placesAt} from './field-path.js';
import {fileNames, readKustomization} from './kustomization.js';
import {applyPatch} from './patches.js';
import {followNames} from './references.js';
import {replaceFields, type Replacement} from './replacements.js';
import {replaceVariables, type Variable} from './variables.js';
import {type Build, missing, refusal, resolved} from './root.js';
import {idOf, inOrder, type Resource, resourceOf} from './resource.js';
import {addAnnotations, addLabels, affix, setImages, setNamespace, setReplicas} from './transformers.js';

/** What a kustomization makes, as YAML. Models sigs.k8s.io/kustomize/api/internal/target. */
export function buildKustomization(session: Session, name: string, restricted = true): string {
	if (/^https?:\/\/|^git@|github\.com/.test(name)) throw notSimulated('a kustomization from a URL');
	const folder = session.io.path(name);
	const {files} = session.machine;
	if (!files.exists(folder))
		throw failure(
			`must build at directory: not a valid directory: evalsymlink failure on '${name}' : lstat ${folder}: no such file or directory`,
		);
	if (files.stat(folder).type !== 'folder')
		throw failure(`must build at directory: not a valid directory: '${folder}' is not a directory: file is not directory`);
	const build: Build = {session, restricted, variables: [], order: 'legacy'};
	const resources = layer(build, folder);
	for (const resource of resources) if (resource.hashed) resource.object = rename(resource);
	followNames(resources);
	const unused = replaceVariables(resources, build.variables);
	if (unused.length > 0)
		session.err(logLine(session, 'I', 'log.go:245', `well-defined vars that were never replaced: ${unused.join(',')}`));
	return (build.order === 'fifo' ? resources : inOrder(resources)).map(({object}) => toYaml(object)).join('---\n');
}

function rename(resource: Resource): KubeObject {
	resource.names.push(resource.object.metadata.name);
	return withHash(resource.object, '');
}

/** One folder: what it gathers, makes and changes, in kustomize's order. A component is given what there is so far, and changes that. */
function layer(build: Build, folder: string, component?: Resource[]): Resource[] {
	const {session} = build;
	const spec = readKustomization(session, folder);
	const kind = spec['kind'] ?? 'Kustomization';
	if (component && kind !== 'Component')
		throw failure(`accumulating components: accumulateDirectory: "expected kind 'Component' for path '${folder}' but got '${kind}'"`);
	const resources: Resource[] = component ?? [];
	for (const entry of [...(spec['resources'] ?? []), ...(spec['bases'] ?? [])] as string[]) {
		for (const resource of gather(build, folder, entry)) {
			const id = idOf(resource.object);
			if (resources.some(other => idOf(other.object) === id))
				throw failure(
					`accumulating resources: accumulation err='merging resources from '${entry}': may not add resource with an already registered id: ${id}': must build at directory: '${folder}/${entry}': file is not directory`,
				);
			resources.push(resource);
		}
	}

	for (const one of spec['configMapGenerator'] ?? []) generate(build, folder, resources, 'ConfigMap', one, spec['generatorOptions']);
	for (const one of spec['secretGenerator'] ?? []) generate(build, folder, resources, 'Secret', one, spec['generatorOptions']);
	for (const entry of (spec['components'] ?? []) as string[]) layer(build, componentAt(build, folder, entry), resources);
	patchAll(build, folder, spec, resources);
	transform(spec, resources);
	for (const one of (spec['replacements'] ?? []) as any[])
		for (const each of replacementsOf(build, folder, one)) replaceFields(resources, each);
	if ((spec['buildMetadata'] ?? []).includes('managedByLabel'))
		addLabels(resources, {'app.kubernetes.io/managed-by': 'kustomize-(devel)'}, {selectors: false, templates: false});
	build.variables.push(...((spec['vars'] ?? []) as Variable[]));
	build.order = orderOf(spec['sortOptions']);
	return resources;
}

function base(build: Build, entry: string, path: string): Resource[] {
	const {files} = build.session.machine;
	const file = fileNames.find(name => files.exists(`${path}/${name}`));
	if (file && /^kind:\s*Component\s*$/m.test(files.readText(`${path}/${file}`)))
		throw failure(
			`accumulating resources: accumulation err='accumulating resources from '${entry}': '${path}' must resolve to a file': expected kind != 'Component' for path '${path}'`,
		);
	return layer(build, path);
}

function componentAt({session: {machine}}: Build, folder: string, entry: string): string {
	const path = resolved(folder, entry);
	if (!machine.files.exists(path))
		throw failure(`accumulating components: loader.New "must build at directory: not a valid directory: ${missing(path)}"`);
	return path;
}

/** Written out, or in a file of its own: one, or a list. */
function replacementsOf({session: {machine}}: Build, folder: string, one: any): Replacement[] {
	if (one.path === undefined) return [one];
	const path = resolved(folder, one.path);
	if (!machine.files.exists(path)) throw failure(missing(path));
	return parseDocuments(machine.files.readText(path), '1.2').flatMap(document => document as Replacement | Replacement[]);
}

function orderOf(options: any): Build['order'] {
	if (options?.legacySortOptions) throw notSimulated('legacySortOptions of a kustomization');
	return options?.order === 'fifo' ? 'fifo' : 'legacy';
}

function gather(build: Build, folder: string, entry: string): Resource[] {
	if (/^https?:\/\//.test(entry)) throw notSimulated('a kustomization that loads from a URL');
	const {files} = build.session.machine;
	const path = resolved(folder, entry);
	if (!files.exists(path))
		throw failure(
			`accumulating resources: accumulation err='accumulating resources from '${entry}': ${missing(path)}': must build at directory: not a valid directory: ${missing(path)}`,
		);
	if (files.stat(path).type === 'folder') return base(build, entry, path);
	const strange = refusal(build, folder, path);
	if (strange) {
		const why = entry.startsWith('/')
			? `new root '${entry}' cannot be absolute`
			: `must build at directory: '${path}': file is not directory`;
		throw failure(`accumulating resources: accumulation err='accumulating resources from '${entry}': ${strange}': ${why}`);
	}

	try {
		return parseDocuments(files.readText(path), '1.2')
			.filter(document => document !== null && document !== undefined)
			.flatMap(document => ((document as any).kind === 'List' ? (document as any).items : [document]))
			.map(object => resourceOf(object as KubeObject));
	} catch (error) {
		throw failure(
			`accumulating resources: accumulation err='accumulating resources from '${entry}': MalformedYAMLError: ${(error as Error).message} in File: ${entry}': must build at directory: '${path}': file is not directory`,
		);
	}
}

function patchAll(build: Build, folder: string, spec: Record<string, any>, resources: Resource[]): void {
	const {session} = build;
	const read = (name: string) => {
		const path = resolved(folder, name);
		const problem = session.machine.files.exists(path) ? refusal(build, folder, path) : missing(path);
		if (problem)
			throw failure(
				`trouble configuring builtin PatchTransformer with config: \`\npath: ${name}\n\`: failed to get the patch file from path(${name}): ${problem}`,
			);
		return session.machine.files.readText(path);
	};

	for (const patch of (spec['patchesStrategicMerge'] ?? []) as string[])
		applyPatch(session, resources, {text: patch.includes('\n') ? patch : read(patch)});
	for (const one of [...(spec['patches'] ?? []), ...(spec['patchesJson6902'] ?? [])] as any[]) {
		if (one.options) throw notSimulated('options of a kustomization patch');
		applyPatch(session, resources, {text: one.patch ?? read(one.path), ...(one.target && {target: one.target})});
	}
}

function transform(spec: Record<string, any>, resources: Resource[]): void {
	if (spec['namespace']) setNamespace(resources, spec['namespace']);
	if (spec['namePrefix'] || spec['nameSuffix']) affix(resources, spec['namePrefix'] ?? '', spec['nameSuffix'] ?? '');
	for (const {pairs, includeSelectors = false, includeTemplates = false, fields} of (spec['labels'] ?? []) as any[]) {
		for (const field of (fields ?? []) as any[]) labelField(resources, pairs ?? {}, field);
		addLabels(resources, pairs ?? {}, {selectors: includeSelectors, templates: includeTemplates});
	}

	if (spec['commonLabels']) addLabels(resources, spec['commonLabels'], {selectors: true, templates: true});
	if (spec['commonAnnotations']) addAnnotations(resources, spec['commonAnnotations']);
	for (const {name, count} of (spec['replicas'] ?? []) as any[])
		if (!setReplicas(resources, name, count))
			throw failure(
				`resource with name ${name} does not match a config with the following GVK [Deployment.[noVer].[noGrp] StatefulSet.[noVer].[noGrp] ReplicaSet.[noVer].[noGrp] ReplicationController.[noVer].[noGrp]]`,
			);
	setImages(resources, spec['images'] ?? []);
}

/** A place for labels beside those that kustomize knows. */
function labelField(
	resources: readonly Resource[],
	pairs: Record<string, string>,
	field: {path?: string; create?: boolean; kind?: string},
): void {
	for (const {object} of resources) {
		if (field.kind && object.kind !== field.kind) continue;
		const parts = (field.path ?? '').split('/').map(part => part.replace(/\[\]$/, ''));
		for (const name of Object.keys(pairs)) {
			for (const {holder, key} of placesAt(object, [...parts, name], field.create)) holder[key] = pairs[name];
		}
	}
}
