import {ApiError, type Status} from '../../api/status.js';
import {apiVersionOf, type Kind} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {isPathSegment} from '../../api/selector/label-syntax.js';
import type {ApiRequest, ApiServer} from '../../api/server.js';
import type {Machine} from '../../node/host/machine.js';
import type {Io} from '../../shell/command.js';
import {type Access, findAccess} from './config/access.js';
import {checkImpersonation} from './config/impersonation.js';
import {reach} from './config/reach.js';
import {requestUri} from '../../api/http/path.js';

import {discoveryLines, Unreachable} from './config/unreachable.js';
import {exit, failure} from './failure.js';
import type {Values} from './flags/values.js';
import type {User} from '../../api/user.js';

export type Query = Readonly<Record<string, string>>;

/** One run of kubectl: its streams, its kubeconfig, and requests to the API server as the user whom that names. */
export class Session {
	readonly io: Io<Machine>;
	readonly flags: Values;
	/** `kubectl rollout status`. */
	readonly path: string;
	#access: Access | undefined;
	#reached = false;
	#told = false;
	#impersonates = false;
	readonly #warned = new Set<string>();

	constructor(io: Io<Machine>, flags: Values, path = '') {
		this.path = path;
		this.io = io;
		this.flags = flags;
	}

	get access(): Access {
		this.#access ??= findAccess(this.io, this.flags);
		return this.#access;
	}

	get machine(): Machine {
		return this.io.machine;
	}

	/** Discovery and watches; asking for it costs a look whether the server answers at all. */
	get api(): ApiServer {
		this.connect(true);
		return this.machine.world.api;
	}

	/** Looks once whether the server answers; `discovering`: as a verb does that has to know what it serves. */
	connect(discovering: boolean): void {
		if (this.#reached) return;
		try {
			reach(this);
			this.#reached = true;
		} catch (error) {
			if (discovering && error instanceof Unreachable && !this.#told) this.err(discoveryLines(this, this.path, error.cause));
			this.#told = true;
			throw error;
		}
	}

	get user(): User {
		return this.access.user;
	}

	get namespace(): string {
		return this.flags.global('namespace') || this.access.namespace;
	}

	/** `-n` was given: objects from files must agree with it. */
	get namespaceForced(): boolean {
		return this.flags.global('namespace') !== '';
	}

	get nowMs(): number {
		return this.machine.sim.clock.now();
	}

	out(text: string): void {
		if (text !== '') this.io.out(text);
	}

	err(text: string): void {
		if (text !== '') this.io.err(text);
	}

	/** Warnings are said once a run; `--warnings-as-errors` makes the run fail at its end. */
	warn(text: string): void {
		if (this.#warned.has(text)) return;
		this.#warned.add(text);
		this.err(`Warning: ${text}\n`);
	}

	checkWarnings(): void {
		const count = this.#warned.size;
		if (count === 0 || !this.flags.bool('warnings-as-errors')) return;
		this.err(`error: ${count} warning${count === 1 ? '' : 's'} received\n`);
		throw exit(1);
	}

	/** Throws the server's refusal as an `ApiError`. */
	request(request: Omit<ApiRequest, 'user' | 'query'> & {query?: Query}): any {
		this.#connectFor(request);
		const wrong = request.namespace ? isPathSegment(request.namespace) : [];
		if (wrong.length > 0) throw failure(`invalid namespace ${JSON.stringify(request.namespace)}: [${wrong.join(' ')}]`);
		const {impersonator} = this.access;
		if (impersonator && !this.#impersonates) checkImpersonation(this.api, impersonator, this.user, this.flags.list('as-group'));
		this.#impersonates = true;
		const answer = this.api.handle({...request, query: {fieldManager: 'kubectl', ...request.query}, user: this.user});
		for (const text of answer.warnings) this.warn(text);
		if (answer.code >= 400) throw apiError(answer.body as Status, answer.code);
		return answer.body;
	}

	/** A verb that needs no discovery finds out by its request, and says so with its address. */
	#connectFor(request: Omit<ApiRequest, 'user' | 'query'> & {query?: Query}): void {
		try {
			this.connect(true);
		} catch (error) {
			if (error instanceof Unreachable && request.verb === 'create') error.asked = `Post "${this.access.server}${requestUri(request)}"`;
			throw error;
		}
	}

	get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, query?: Query, subresource?: string): T {
		return this.request({...target(kind, namespace), verb: 'get', name, ...(query && {query}), ...(subresource && {subresource})});
	}

	/** A missing object in a namespace that is missing too is told as the latter (resource.Info.Get). */
	getNamed<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, query?: Query, subresource?: string): T {
		try {
			return this.get<T>(kind, namespace, name, query, subresource);
		} catch (error) {
			if (error instanceof ApiError && error.reason === 'NotFound') this.checkNamespace(kind, namespace);
			throw error;
		}
	}

	/** Throws when the namespace does not exist. */
	checkNamespace(kind: Kind, namespace: string | undefined): void {
		if (!kind.namespaced || !namespace || namespace === 'default') return;
		const namespaces = this.kindNamed('namespaces');
		try {
			this.get(namespaces, undefined, namespace);
		} catch (error) {
			if (error instanceof ApiError && error.reason === 'NotFound') throw error;
		}
	}

	find<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string): T | undefined {
		try {
			return this.get<T>(kind, namespace, name);
		} catch (error) {
			if (error instanceof ApiError && error.reason === 'NotFound') return undefined;
			throw error;
		}
	}

	list<T extends KubeObject>(kind: Kind, namespace: string | undefined, query: Query = {}): readonly T[] {
		return this.request({...target(kind, namespace), verb: 'list', query}).items;
	}

	create<T extends KubeObject>(kind: Kind, namespace: string | undefined, body: KubeObject, query: Query = {}, subresource?: string): T {
		return this.request({
			...target(kind, namespace),
			verb: 'create',
			body,
			query,
			...(subresource && {subresource, name: body.metadata.name}),
		});
	}

	update<T extends KubeObject>(
		kind: Kind,
		namespace: string | undefined,
		name: string,
		body: KubeObject,
		query: Query = {},
		subresource?: string,
	): T {
		return this.request({...target(kind, namespace), verb: 'update', name, body, query, ...(subresource && {subresource})});
	}

	patch<T extends KubeObject>(
		kind: Kind,
		namespace: string | undefined,
		name: string,
		patchType: NonNullable<ApiRequest['patchType']>,
		body: unknown,
		query: Query = {},
		subresource?: string,
	): T {
		return this.request({...target(kind, namespace), verb: 'patch', name, patchType, body, query, ...(subresource && {subresource})});
	}

	delete(kind: Kind, namespace: string | undefined, name: string, body: unknown, query: Query = {}): any {
		return this.request({...target(kind, namespace), verb: 'delete', name, body, query});
	}

	kindNamed(name: string): Kind {
		const kind = this.api.findKind(name);
		if (!kind) throw new Error(`this server does not know ${name}`);
		return kind;
	}
}

const target = (kind: Kind, namespace: string | undefined) => ({
	group: kind.group,
	version: kind.version,
	resource: kind.plural,
	...(kind.namespaced && namespace !== undefined && namespace !== '' && {namespace}),
});

const apiError = (status: Status, code: number) =>
	new ApiError(status.code ?? code, status.reason ?? '', status.message ?? '', status.details);

/** `apps/v1` of a kind, for objects that kubectl makes itself. */
export const versionOf = apiVersionOf;
