import type {ImageReference} from '../image/image-reference.js';
import type {Machine} from '../host/machine.js';
import {connectRegistry} from './client.js';
import {hostsOf, type RegistryHost} from './hosts-toml.js';
import type {Manifest, PullFailure, ResolvedImage} from './manifest.js';
import {fromPublic, isPublic} from './public.js';
import {authorized} from './token.js';
import type {Credentials} from './credentials.js';

export interface Asker {
	readonly machine: Machine;
	/** Tried in this order, then nobody in particular. */
	readonly credentials?: readonly Credentials[];
	readonly nameServer: string;
	readonly registries: {
		published(reference: ImageReference): ResolvedImage | undefined;
		hasRepository(repository: string): boolean;
		byDigest(digest: string): Manifest | undefined;
		lookup(manifest: Manifest): ResolvedImage | undefined;
	};
}

/** Asks the mirrors that /etc/containerd/certs.d names, then the registry itself. Models containerd core/remotes/docker/resolver.go. */
export function containerdPull(asker: Asker, reference: ImageReference): ResolvedImage | PullFailure {
	const {mirrors, server} = hostsOf(asker.machine.files, reference.registry);
	let failure: PullFailure | undefined;
	for (const mirror of mirrors) {
		const found = askHost(asker, mirror, reference);
		if (!('code' in found)) return found;
		if (found.code === 'Unknown') failure ??= found;
	}

	const last = isPublic(reference.registry) ? fromPublic(asker.registries, reference) : askAll(asker, server, reference);
	// What the upstream says matters more than what a mirror lacked.
	return 'code' in last && last.code === 'NotFound' && failure && mirrors.length === 0 ? failure : last;
}

function askAll(asker: Asker, host: RegistryHost, reference: ImageReference): ResolvedImage | PullFailure {
	let last: ResolvedImage | PullFailure | undefined;
	for (const each of asker.credentials ?? []) {
		last = askHost(asker, host, reference, each);
		if (!('code' in last)) return last;
	}

	return last ?? askHost(asker, host, reference);
}

function askHost(
	asker: Asker,
	{host, plain, insecure, trusted}: RegistryHost,
	reference: ImageReference,
	credentials?: Credentials,
): ResolvedImage | PullFailure {
	const {registries, machine, nameServer} = asker;
	const target = reference.digest ?? reference.tag;
	const path = `/v2/${reference.path}/manifests/${target}`;
	const url = `${plain ? 'http' : 'https'}://${host}${path}`;
	const connection = connectRegistry(machine, {host, plain, insecure, trusted, nameServer});
	if ('unreachable' in connection) return {code: 'Unknown', message: `failed to do request: Head "${url}": ${connection.unreachable}`};
	const answer = authorized(connection, {method: 'HEAD', path}, credentials);
	connection.close();
	if ('tokenStatus' in answer) {
		const kind = credentials ? 'oauth' : 'anonymous';
		return {
			code: 'Unknown',
			message: `failed to authorize: failed to fetch ${kind} token: unexpected status from GET request to ${answer.url}: ${answer.tokenStatus} Unauthorized`,
		};
	}

	if (answer.status === 404) return {code: 'NotFound', message: `${reference.name}: not found`};
	if (answer.status > 399)
		return {code: 'Unknown', message: `unexpected status from HEAD request to ${url}: ${answer.status} ${answer.statusText}`};
	const manifest = registries.byDigest(answer.headers['docker-content-digest'] ?? '');
	return (manifest && registries.lookup(manifest)) ?? {code: 'NotFound', message: `${reference.name}: not found`};
}
