import {copy} from '../../../api/values/plain.js';
import type {Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {structSchema, type TypeSchema} from '../../../api/schema/schema.js';
import {ApiError} from '../../../api/status.js';
import {threeWayJson, threeWayStrategic} from '../../kubectl/apply/three-way.js';
import {Failure} from '../../kubectl/failure.js';
import {Session} from '../../kubectl/session.js';
import {HelmError, helmError} from '../failure.js';

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** kubectl's way to the API server; warnings are klog's lines. */
class HelmSession extends Session {
	override warn(text: string): void {
		const ms = this.nowMs;
		const day = new Date(ms);
		const clock = `${pad(day.getUTCHours())}:${pad(day.getUTCMinutes())}:${pad(day.getUTCSeconds())}.${pad(ms % 1000, 3)}000`;
		this.err(
			`W${pad(day.getUTCMonth() + 1)}${pad(day.getUTCDate())} ${clock}   ${this.io.machine.sim.random.fork('helm/pid').int(8000) + 2000} warnings.go:70] ${text}\n`,
		);
	}
}

/** The cluster as Helm uses it: objects by apiVersion and kind. */
export class Cluster {
	readonly session: Session;

	constructor(io: Session['io'], flags: Session['flags']) {
		this.session = new HelmSession(io, flags);
	}

	get nowMs(): number {
		return this.session.nowMs;
	}

	get namespace(): string {
		return this.session.namespace;
	}

	/** Throws unless the API server answers. */
	reach(): void {
		try {
			void this.session.api;
		} catch (error) {
			if (!(error instanceof Failure)) throw error;
			const {server} = this.session.access;
			const url = `Get "${server}/version"`;
			const refused = /connection to the server (\S+) was refused/.exec(error.message);
			const why = refused
				? `dial tcp ${refused[1]}: connect: connection refused`
				: error.message.replace(/^Unable to connect to the server: /, '');
			throw helmError(
				error.status
					? `Kubernetes cluster unreachable: the server has asked for the client to provide credentials`
					: `Kubernetes cluster unreachable: ${url}: ${why}`,
			);
		}
	}

	kindOf(object: KubeObject): Kind {
		const kind = this.session.api.kindOf(object.apiVersion, object.kind);
		if (kind) return kind;
		const {name = '', namespace = ''} = object.metadata ?? {};
		throw helmError(
			`resource mapping not found for name: "${name}" namespace: "${namespace}" from "": no matches for kind "${object.kind}" in version "${object.apiVersion}"\nensure CRDs are installed first`,
		);
	}

	#place(object: KubeObject): [Kind, string | undefined] {
		const kind = this.kindOf(object);
		return [kind, kind.namespaced ? object.metadata.namespace || this.namespace : undefined];
	}

	/** The namespace that an object is in; undefined where there is none. */
	namespaceOf = (object: KubeObject): string | undefined => this.#place(object)[1];

	create(object: KubeObject): KubeObject {
		const [kind, namespace] = this.#place(object);
		return this.session.create(kind, namespace, object, {fieldManager: 'helm', fieldValidation: 'Warn'});
	}

	update(object: KubeObject): KubeObject {
		const [kind, namespace] = this.#place(object);
		return this.session.update(kind, namespace, object.metadata.name, object, {fieldManager: 'helm'});
	}

	find(object: KubeObject): KubeObject | undefined {
		const [kind, namespace] = this.#place(object);
		return this.session.find(kind, namespace, object.metadata.name);
	}

	get(apiVersion: string, kind: string, namespace: string, name: string): KubeObject | undefined {
		return this.find({apiVersion, kind, metadata: {name, namespace}} as KubeObject);
	}

	list(apiVersion: string, kindName: string, namespace: string | undefined, labelSelector = ''): readonly KubeObject[] {
		const kind = this.kindOf({apiVersion, kind: kindName, metadata: {name: ''}} as KubeObject);
		return this.session.list(kind, namespace, labelSelector ? {labelSelector} : {});
	}

	/** True when it was there. */
	remove(object: KubeObject, propagationPolicy = 'Background'): boolean {
		const [kind, namespace] = this.#place(object);
		try {
			this.session.delete(kind, namespace, object.metadata.name, {kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy});
			return true;
		} catch (error) {
			if (error instanceof ApiError && error.reason === 'NotFound') return false;
			throw error;
		}
	}

	/** What the old manifest said, what the new one says, what is there: three ways, as Helm upgrades. */
	patch(old: KubeObject, object: KubeObject, force: boolean): void {
		const [kind, namespace] = this.#place(object);
		const current = this.session.find(kind, namespace, object.metadata.name);
		if (!current)
			throw helmError(
				`could not get information about the resource ${kind.kind} ${JSON.stringify(object.metadata.name)} in namespace ${JSON.stringify(namespace ?? '')}: ${kind.plural}${kind.group ? `.${kind.group}` : ''} ${JSON.stringify(object.metadata.name)} not found`,
			);
		if (force) {
			this.session.update(
				kind,
				namespace,
				object.metadata.name,
				{...copy(object), metadata: {...copy(object.metadata), resourceVersion: current.metadata.resourceVersion}} as KubeObject,
				{fieldManager: 'helm'},
			);
			return;
		}

		const type: TypeSchema | undefined = structSchema(kind.schema) ? {shape: 'struct', name: kind.schema} : undefined;
		const [one, other, live] = [copy(old), copy(object), copy(current)] as unknown as [
			Record<string, unknown>,
			Record<string, unknown>,
			Record<string, unknown>,
		];
		const patch = type ? threeWayStrategic(one, other, live, type) : threeWayJson(one, other, live);
		if (Object.keys(patch).length === 0) return;
		try {
			this.session.patch(kind, namespace, object.metadata.name, type ? 'strategic' : 'merge', patch, {fieldManager: 'helm'});
		} catch (error) {
			if (error instanceof HelmError) throw error;
			throw helmError(`cannot patch ${JSON.stringify(object.metadata.name)} with kind ${kind.kind}: ${(error as Error).message}`);
		}
	}
}
