import type {ImageReference} from '../image/image-reference.js';
import type {Machine} from '../host/machine.js';
import {connectRegistry, type RegistryConnection, type RegistryRequest} from '../registry/client.js';
import {layersOf, manifestJson} from '../registry/content.js';
import {hostOf} from '../registry/hosts-toml.js';
import {isPublic} from '../registry/public.js';
import type {Registries} from '../registry/registries.js';
import {authorized} from '../registry/token.js';
import {accessTo} from './config.js';
import {familiar} from './images.js';
import {EngineError} from './model.js';
import type {Credentials} from '../registry/credentials.js';
import type {PushedLayer, DaemonConfig} from './docker.js';
import type {ResolvedImage} from '../registry/manifest.js';

/** Who speaks to registries for the daemon, and as whom. */
export interface Transfer {
	readonly machine: Machine;
	readonly registries: Registries;
	readonly config: DaemonConfig;
	readonly nameServer: string;
	readonly credentials?: Credentials;
}

/** Mirrors first for Docker Hub, then the registry itself. */
export function pullImage(transfer: Transfer, reference: ImageReference): ResolvedImage {
	const {registries, config} = transfer;
	if (reference.registry === 'docker.io') {
		for (const mirror of config.mirrors) {
			try {
				return fromRegistry({...transfer, credentials: undefined}, hostOf(mirror).host, reference);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
			}
		}
	}

	if (!isPublic(reference.registry)) return fromRegistry(transfer, reference.registry, reference);
	const found = registries.published(reference);
	if (found) return found;
	const hidden = registries.hasRepository(reference.repository) ? undefined : hiding[reference.registry];
	if (hidden) throw new EngineError(hidden(reference));
	throw new EngineError(`manifest for ${familiar(reference.name)} not found: manifest unknown: manifest unknown`);
}

/** What those registries answer that do not tell a missing repository from a private one. */
const hiding: Readonly<Record<string, (reference: ImageReference) => string>> = {
	'docker.io': ({repository}) =>
		`pull access denied for ${familiar(repository)}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
	'quay.io': () => 'unauthorized: access to the requested resource is not authorized',
	'ghcr.io': ({path, tag, digest}) => `Head "https://ghcr.io/v2/${path}/manifests/${digest ?? tag}": denied`,
};

function open({machine, config, nameServer}: Transfer, host: string): RegistryConnection {
	const connection = connectRegistry(machine, accessTo(machine.files, host, config, nameServer));
	if ('unreachable' in connection) throw new EngineError(`Get "https://${host}/v2/": ${connection.unreachable}`);
	return connection;
}

function ask(transfer: Transfer, connection: RegistryConnection, request: RegistryRequest) {
	const answer = authorized(connection, request, transfer.credentials);
	if ('tokenStatus' in answer) throw new EngineError('unauthorized: authentication required');
	return answer;
}

/** `unknown: repository library/x not found`: the code's word, then the server's. */
function refusal(body: string, status: number, repository: string): EngineError {
	let errors: Array<{code?: string; message?: string}> = [];
	try {
		errors = JSON.parse(body).errors ?? [];
	} catch {
		// Not an answer of a registry.
	}

	const [first] = errors;
	if (!first)
		return new EngineError(
			status === 401
				? `unauthorized: authentication required`
				: `error parsing HTTP ${status} response body: invalid character '<' looking for beginning of value`,
		);
	const words: Readonly<Record<string, string>> = {
		UNAUTHORIZED: 'unauthorized',
		DENIED: 'denied',
		MANIFEST_UNKNOWN: `manifest for ${repository} not found: manifest unknown`,
		NAME_UNKNOWN: 'name unknown',
	};
	return new EngineError(`${words[first.code ?? ''] ?? 'unknown'}: ${first.message ?? ''}`);
}

function fromRegistry(transfer: Transfer, host: string, reference: ImageReference): ResolvedImage {
	const {registries} = transfer;
	const connection = open(transfer, host);
	try {
		const target = reference.digest ?? reference.tag;
		const answer = ask(transfer, connection, {method: 'GET', path: `/v2/${reference.path}/manifests/${target}`});
		if (answer.status > 399) throw refusal(answer.body, answer.status, reference.name);
		const manifest = registries.byDigest(answer.headers['docker-content-digest'] ?? '');
		const found = manifest && registries.lookup(manifest);
		if (!found) throw new EngineError(`manifest for ${reference.name} not found: manifest unknown: manifest unknown`);
		return found;
	} finally {
		connection.close();
	}
}

/** What a push does with each layer, lowest first; throws before anything is shown when the registry cannot be reached. */
export function pushImage(
	transfer: Transfer,
	reference: ImageReference,
	image: ResolvedImage,
): {readonly layers: readonly PushedLayer[]; readonly error?: EngineError} {
	const layers = layersOf(image);
	if (isPublic(reference.registry)) {
		const denied = 'denied: requested access to the resource is denied';
		return {
			layers: [],
			error: new EngineError(
				reference.registry === 'docker.io' ? denied : 'unauthorized: access to the requested resource is not authorized',
			),
		};
	}

	const connection = open(transfer, reference.registry);
	try {
		const pushed: PushedLayer[] = [];
		for (const {digest} of layers) {
			const there = ask(transfer, connection, {method: 'HEAD', path: `/v2/${reference.path}/blobs/${digest}`}).status === 200;
			if (!there) {
				const answer = ask(transfer, connection, {
					method: 'POST',
					path: `/v2/${reference.path}/blobs/uploads/?digest=${digest}`,
					type: 'application/octet-stream',
				});
				if (answer.status > 399) return {layers: pushed, error: refusal(answer.body, answer.status, reference.name)};
			}

			pushed.push({digest, state: there ? 'Layer already exists' : 'Pushed'});
		}

		const type = 'application/vnd.docker.distribution.manifest.v2+json';
		const answer = ask(transfer, connection, {
			method: 'PUT',
			path: `/v2/${reference.path}/manifests/${reference.tag}`,
			body: manifestJson(image),
			type,
		});
		return answer.status > 399 ? {layers: pushed, error: refusal(answer.body, answer.status, reference.name)} : {layers: pushed};
	} finally {
		connection.close();
	}
}

/** Whether a registry takes these credentials; throws its refusal. */
export function login(transfer: Transfer, host: string): void {
	const {username = '', password = ''} = transfer.credentials ?? {};
	if (isPublic(host)) {
		const where = host === 'docker.io' ? 'https://registry-1.docker.io/v2/' : `https://${host}/v2/`;
		throw new EngineError(`Get "${where}": unauthorized: incorrect username or password`);
	}

	const connection = open(transfer, host);
	const answer = authorized(connection, {method: 'GET', path: '/v2/'}, {username, password});
	connection.close();
	if ('tokenStatus' in answer || answer.status === 401)
		throw new EngineError(`Get "https://${host}/v2/": unauthorized: authentication required`);
	if (answer.status > 399)
		throw new EngineError(`login attempt to https://${host}/v2/ failed with status: ${answer.status} ${answer.statusText}`);
}
