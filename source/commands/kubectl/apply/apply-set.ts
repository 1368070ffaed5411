import {groupResource, type Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {bytesBase64, utf8Bytes} from '../config/identity.js';
import {sha256} from '../create/sha256.js';
import {failure, rawFailure, throwAll} from '../failure.js';
import type {DryRun} from '../resource/dry-run.js';
import type {Target} from '../resource/target.js';
import type {Call} from '../verb.js';
import {versionInfo} from '../../../api/http/version.js';
import type {Prunable} from './prune.js';

const prefix = 'applyset.kubernetes.io';
const tooling = `${prefix}/tooling`;
const idLabel = `${prefix}/id`;
const partOf = `${prefix}/part-of`;
const groupKindsAnnotation = `${prefix}/contains-group-kinds`;
const namespacesAnnotation = `${prefix}/additional-namespaces`;
const tool = 'kubectl';

/** What is in a set: its kinds (`Deployment.apps`) and its namespaces. */
interface Contents {
	readonly groupKinds: ReadonlySet<string>;
	readonly namespaces: ReadonlySet<string>;
}

/**
 * `apply --applyset`: members carry the set's label, and one parent object remembers which kinds and namespaces they may be found in
 * (kubectl/pkg/cmd/apply/applyset.go).
 */
export class ApplySet {
	readonly id: string;
	readonly #call: Call;
	readonly #kind: Kind;
	readonly #namespace: string | undefined;
	readonly #name: string;
	#before: Contents = {groupKinds: new Set(), namespaces: new Set()};

	constructor(call: Call, reference: string) {
		const parts = reference.split('/');
		const [type, name] = parts.length > 1 ? [parts[0]!, parts.slice(1).join('/')] : ['secrets', reference];
		const kind = call.session.api.findKind(type);
		if (!kind) throw failure(`invalid parent reference ${JSON.stringify(reference)}: no matches for /, Resource=${type}`);
		this.#call = call;
		this.#kind = kind;
		this.#name = name;
		this.#namespace = kind.namespaced && call.session.namespaceForced ? call.session.namespace : undefined;
		const identity = [name, this.#namespace ?? '', kind.kind, kind.group].join('.');
		this.id = `applyset-${urlBase64(sha256(utf8Bytes(identity)))}-v1`;
	}

	/** Secrets and ConfigMaps can be parents, and kinds whose definition says so. */
	check(): void {
		const {session} = this.#call;
		const kind = this.#kind;
		const errors: Error[] = [];
		if (kind.namespaced && this.#namespace === undefined) errors.push(failure('namespace is required to use namespace-scoped ApplySet'));
		const builtIn = kind.group === '' && ['secrets', 'configmaps'].includes(kind.plural);
		const definition = kind.customSchema
			? session.find<KubeObject>(session.kindNamed('customresourcedefinitions.apiextensions.k8s.io'), undefined, groupResource(kind))
			: undefined;
		if (!builtIn && definition?.metadata.labels?.[`${prefix}/is-parent-type`] !== 'true') {
			const version = kind.group ? `${kind.group}/${kind.version}` : `/${kind.version}`;
			errors.push(failure(`resource "${version}, Resource=${kind.plural}" is not permitted as an ApplySet parent`));
		}

		throwAll(errors.length > 1 ? errors.map(error => rawFailure(error.message)) : errors);
	}

	labelled(target: Target): Target {
		const object = target.object!;
		const labels = {...object.metadata.labels, [partOf]: this.id};
		return {...target, object: {...object, metadata: {...object.metadata, labels}}};
	}

	/** Remembers old and new members both, so that a run that is broken off loses none. */
	beforeApply(targets: readonly Target[], dryRun: DryRun): void {
		this.#readParent();
		const now = this.#contentsOf(targets);
		this.#write(
			{
				groupKinds: new Set([...this.#before.groupKinds, ...now.groupKinds]),
				namespaces: new Set([...this.#before.namespaces, ...now.namespaces]),
			},
			dryRun,
		);
	}

	/** Members by label, wherever old or new ones may be. */
	members(targets: readonly Target[]): Prunable[] {
		const {session} = this.#call;
		const now = this.#contentsOf(targets);
		const groupKinds = [...new Set([...this.#before.groupKinds, ...now.groupKinds])].sort();
		const namespaces = [
			...new Set([...(this.#namespace === undefined ? [] : [this.#namespace]), ...this.#before.namespaces, ...now.namespaces]),
		].sort();
		return groupKinds.flatMap(groupKind => {
			const kind = session.api.kinds().find(one => groupKindOf(one) === groupKind);
			if (!kind)
				throw failure(
					`could not find mapping for kind in ${JSON.stringify(groupKindsAnnotation)} annotation: no matches for kind ${JSON.stringify(groupKind)}`,
				);
			return (kind.namespaced ? namespaces : [undefined]).flatMap(namespace =>
				session.list<KubeObject>(kind, namespace, {labelSelector: `${partOf}=${this.id}`}).map(object => ({kind, namespace, object})),
			);
		});
	}

	/** Only what is a member now is remembered. */
	afterPrune(targets: readonly Target[], dryRun: DryRun): void {
		this.#write(this.#contentsOf(targets), dryRun);
	}

	#contentsOf(targets: readonly Target[]): Contents {
		return {
			groupKinds: new Set(targets.map(({kind}) => groupKindOf(kind))),
			namespaces: new Set(targets.flatMap(({namespace}) => (namespace === undefined || namespace === this.#namespace ? [] : [namespace]))),
		};
	}

	#readParent(): void {
		const parent = this.#call.session.find<KubeObject>(this.#kind, this.#namespace, this.#name);
		const shown = JSON.stringify(`${this.#kind.plural}.${this.#kind.group}/${this.#name}`);
		if (!parent) {
			if (this.#kind.customSchema) throw failure('custom resource ApplySet parents cannot be created automatically');
			return;
		}

		const {labels = {}, annotations = {}} = parent.metadata;
		const owner = annotations[tooling];
		if (owner === undefined)
			throw failure(`ApplySet parent object ${shown} already exists and is missing required annotation "${tooling}"`);
		if (owner.split('/')[0] !== tool)
			throw failure(
				`ApplySet parent object ${shown} already exists and is managed by tooling "${owner.split('/')[0]}" instead of "${tool}"`,
			);
		const id = labels[idLabel];
		if (id === undefined) throw failure(`ApplySet parent object ${shown} exists and does not have required label ${idLabel}`);
		if (id !== this.id)
			throw failure(`ApplySet parent object ${shown} exists and has incorrect value for label "${idLabel}" (got: ${id}, want: ${this.id})`);
		this.#before = {groupKinds: listOf(annotations[groupKindsAnnotation]), namespaces: listOf(annotations[namespacesAnnotation])};
	}

	#write(contents: Contents, dryRun: DryRun): void {
		if (dryRun === 'client') return;
		const kind = this.#kind;
		const body = {
			apiVersion: kind.group ? `${kind.group}/${kind.version}` : kind.version,
			kind: kind.kind,
			metadata: {
				name: this.#name,
				...(this.#namespace !== undefined && {namespace: this.#namespace}),
				annotations: {
					[tooling]: `${tool}/${versionInfo.gitVersion}`,
					[groupKindsAnnotation]: [...contents.groupKinds].sort().join(','),
					[namespacesAnnotation]: [...contents.namespaces].sort().join(','),
				},
				labels: {[idLabel]: this.id},
			},
		};
		const query = {fieldManager: 'kubectl-applyset', force: 'false', ...(dryRun === 'server' && {dryRun: 'All'})};
		this.#call.session.patch(kind, this.#namespace, this.#name, 'apply', body, query);
	}
}

const groupKindOf = ({kind, group}: Pick<Kind, 'kind' | 'group'>): string => (group ? `${kind}.${group}` : kind);
const listOf = (text: string | undefined): Set<string> => new Set((text ?? '').split(',').filter(Boolean));

function urlBase64(hex: string): string {
	const bytes = Uint8Array.from(hex.match(/../g)!, pair => Number.parseInt(pair, 16));
	return bytesBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
