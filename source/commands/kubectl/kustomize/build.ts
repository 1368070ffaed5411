import type {KubeObject} from '../../../api/object.js';
import {withHash} from '../create/append-hash.js';
import {failure, notSimulated} from '../failure.js';
import {toYaml} from '../output/yaml-print.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import type {Session} from '../session.js';
import {generate} from './generate.js';
import {readKustomization} from './kustomization.js';
import {applyPatch} from './patches.js';
import {followNames} from './references.js';
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
	const resources = layer({session, restricted}, folder);
	for (const resource of resources) if (resource.hashed) resource.object = rename(resource);
	followNames(resources);
	return inOrder(resources)
		.map(({object}) => toYaml(object))
		.join('---\n');
}

function rename(resource: Resource): KubeObject {
	resource.names.push(resource.object.metadata.name);
	return withHash(resource.object);
}

/** One folder: what it gathers, makes and changes, in kustomize's order. */
function layer(build: Build, folder: string): Resource[] {
	const {session} = build;
	const spec = readKustomization(session, folder);
	const resources: Resource[] = [];
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
	patchAll(build, folder, spec, resources);
	transform(spec, resources);
	return resources;
}

function gather(build: Build, folder: string, entry: string): Resource[] {
	if (/^https?:\/\//.test(entry)) throw notSimulated('a kustomization that loads from a URL');
	const {files} = build.session.machine;
	const path = resolved(folder, entry);
	if (!files.exists(path))
		throw failure(
			`accumulating resources: accumulation err='accumulating resources from '${entry}': ${missing(path)}': must build at directory: not a valid directory: ${missing(path)}`,
		);
	if (files.stat(path).type === 'folder') return layer(build, path);
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
		if (fields) throw notSimulated('fields of kustomization labels');
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
