import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {failure, Failure, rawFailure} from '../failure.js';
import type {Values} from '../flags/values.js';
import {clientIdentity} from '../../../tls/client-identity.js';
import {holderOfToken} from '../../../kinds/token-review/holder.js';
import {base64Bytes, utf8} from './identity.js';
import {checkUsable} from './usable.js';
import {
	type ClusterEntry,
	type ContextEntry,
	emptyKubeconfig,
	findCluster,
	findContext,
	findUser,
	type Kubeconfig,
	mergeKubeconfigs,
	parseKubeconfig,
	type UserEntry,
} from './kubeconfig.js';
import type {User} from '../../../api/user.js';

type Place = Pick<Io<Machine>, 'env' | 'cwd' | 'machine'> & {path?(name: string): string};

/** Where the API server is and as whom kubectl speaks to it. */
export interface Access {
	readonly config: Kubeconfig;
	readonly context: ContextEntry;
	readonly server: string;
	readonly user: User;
	/** Who asks to be `user`, with `--as`. */
	readonly impersonator?: User;
	readonly namespace: string;
	/** PEM of the authorities that the server is verified by; undefined: the system's. */
	readonly authority?: string;
	/** --insecure-skip-tls-verify */
	readonly insecure?: boolean;
}

const inClusterFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** `--kubeconfig`, else $KUBECONFIG, else ~/.kube/config: the files that are read, in order. */
export function kubeconfigPaths(place: Place, flags: Values): string[] {
	const explicit = flags.global('kubeconfig');
	if (explicit) return [absolute(place, explicit)];
	const listed = (place.env['KUBECONFIG'] ?? '').split(':').filter(Boolean);
	if (listed.length > 0) return [...new Set(listed)].map(path => absolute(place, path));
	return [`${place.env['HOME'] ?? place.machine.home}/.kube/config`];
}

export const absolute = (place: Place, path: string): string =>
	place.path ? place.path(path) : path.startsWith('/') ? path : `${place.cwd === '/' ? '' : place.cwd}/${path}`;

/** `located`: paths in a file are meant from where it lies (clientcmd: ResolveLocalPaths); `kubectl config` shows them as written. */
export function loadKubeconfig(place: Place, flags: Values, {located = false} = {}): Kubeconfig {
	const paths = kubeconfigPaths(place, flags);
	const {files} = place.machine;
	const explicit = flags.global('kubeconfig');
	if (located && explicit && !files.exists(paths[0]!)) throw failure(`stat ${explicit}: no such file or directory`);
	const found = paths.filter(path => files.exists(path) && files.stat(path).type === 'file');
	return mergeKubeconfigs(
		found.length > 0
			? found.map(path => {
					const config = readKubeconfig(place, path, explicit || path);
					return located ? locate(config, path) : config;
				})
			: [emptyKubeconfig()],
	);
}

const pathFields = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/** Each kubectl reads the same file: what it says, seen from there, is kept. */
const located = new WeakMap<Kubeconfig, {readonly folder: string; readonly config: Kubeconfig}>();

function locate(config: Kubeconfig, path: string): Kubeconfig {
	const folder = path.slice(0, path.lastIndexOf('/') + 1);
	const known = located.get(config);
	if (known?.folder === folder) return known.config;
	const placed = placedIn(config, folder);
	located.set(config, {folder, config: placed});
	return placed;
}

function placedIn(config: Kubeconfig, folder: string): Kubeconfig {
	const placed = <T extends object>(entry: T): T =>
		Object.fromEntries(
			Object.entries(entry ?? {}).map(([key, value]) => [
				key,
				pathFields.includes(key) && typeof value === 'string' && value !== '' && !value.startsWith('/') ? folder + value : value,
			]),
		) as T;
	return {
		...config,
		clusters: config.clusters.map(each => ({...each, cluster: placed(each.cluster)})),
		users: config.users.map(each => ({...each, user: placed(each.user)})),
	};
}

function readKubeconfig(place: Place, path: string, called: string): Kubeconfig {
	try {
		return parseKubeconfig(place.machine.files.readText(path));
	} catch (error) {
		throw failure(`error loading config file "${called}": ${(error as Error).message}`);
	}
}

export function findAccess(place: Place, flags: Values): Access {
	const config = loadKubeconfig(place, flags, {located: true});
	const contextName = flags.global('context') || config['current-context'];
	const context = findContext(config, contextName);
	if (contextName && !context) throw rawFailure(`Error in configuration: context was not found for specified context: ${contextName}`);
	const clusterName = flags.global('cluster') || context?.cluster || '';
	const cluster = findCluster(config, clusterName);
	if (flags.global('cluster') && !cluster) throw failure(`no server found for cluster "${clusterName}"`);
	if (context && clusterName && !cluster && !flags.global('server'))
		throw rawFailure(`Error in configuration: cluster was not found for specified context: ${contextName}`);
	const userName = flags.global('user') || context?.user || '';
	const user = findUser(config, userName);
	if (flags.global('user') && !user) throw failure(`auth info "${userName}" does not exist`);
	const inCluster = !context && !flags.global('server') ? inClusterAccess(place, config) : undefined;
	if (inCluster) return {...inCluster, ...asOther(inCluster.user, flags)};
	checkUsable(place, {name: clusterName, entry: cluster}, {name: userName, entry: user}, flags);
	return {
		config,
		context: context ?? {},
		server: serverOf(cluster, flags),
		...asOther(identityOf(place, user, flags), flags),
		namespace: context?.namespace || 'default',
		...trustOf(place, cluster, flags),
	};
}

function serverOf(cluster: ClusterEntry | undefined, flags: Values): string {
	const server = flags.global('server') || cluster?.server || 'http://localhost:8080';
	return /^https?:\/\//.test(server) ? server.replace(/\/$/, '') : `http://${server}`;
}

function trustOf(place: Place, cluster: ClusterEntry | undefined, flags: Values): Pick<Access, 'authority' | 'insecure'> {
	const insecure = flags.global('insecure-skip-tls-verify') === 'true' || cluster?.['insecure-skip-tls-verify'] === true;
	const data = cluster?.['certificate-authority-data'];
	const file = flags.global('certificate-authority') || cluster?.['certificate-authority'];
	const authority = fileText(place, flags.global('certificate-authority')) || (data ? decoded(cluster, data) : fileText(place, file));
	return {...(insecure && {insecure}), ...(authority && {authority})};
}

/** Of an entry that was read before, the same text: what was found out of its certificates is found again by it. */
const decodings = new WeakMap<object, {readonly data: string; readonly text: string}>();

function decoded(entry: object, data: string): string {
	const known = decodings.get(entry);
	if (known?.data === data) return known.text;
	const text = utf8(base64Bytes(data));
	decodings.set(entry, {data, text});
	return text;
}

/** In a pod without a kubeconfig, kubectl uses the pod's service account. */
function inClusterAccess(place: Place, config: Kubeconfig): Access | undefined {
	const host = place.machine.env['KUBERNETES_SERVICE_HOST'] ?? place.env['KUBERNETES_SERVICE_HOST'];
	const {files} = place.machine;
	if (!host || !files.exists(`${inClusterFolder}/token`)) return undefined;
	const user = holderOf(place, files.readText(`${inClusterFolder}/token`).trim()) ?? anonymous;
	const namespace = files.exists(`${inClusterFolder}/namespace`) ? files.readText(`${inClusterFolder}/namespace`).trim() : 'default';
	return {
		config,
		context: {},
		server: `https://${host}:${place.machine.env['KUBERNETES_SERVICE_PORT'] ?? '443'}`,
		user: authenticated(user),
		namespace,
		authority: fileText(place, `${inClusterFolder}/ca.crt`),
	};
}

const holderOf = ({machine: {world, sim}}: Place, token: string) => holderOfToken(world.api.reader, sim.clock.now(), token);

const anonymous: User = {name: 'system:anonymous', groups: ['system:unauthenticated']};
const authenticated = (user: User): User =>
	user === anonymous ? user : {...user, groups: [...new Set([...user.groups, 'system:authenticated'])]};

function identityOf(place: Place, user: UserEntry | undefined, flags: Values): User {
	const token = flags.global('token') || user?.token || fileText(place, user?.tokenFile).trim();
	if (token) {
		const known = holderOf(place, token);
		if (!known) throw new Failure('', {status: unauthorized, exitCode: 1});
		return authenticated(known);
	}

	const data = user?.['client-certificate-data'];
	const pem =
		fileText(place, flags.global('client-certificate')) || (data ? decoded(user, data) : fileText(place, user?.['client-certificate']));
	if (!pem) return anonymous;
	const known = clientIdentity(pem, clientAuthorities(place), place.machine.sim.clock.now());
	if (!known) throw new Failure('', {status: unauthorized, exitCode: 1});
	return authenticated(known);
}

/** Whose certificates the API server takes: its --client-ca-file. */
function clientAuthorities({machine: {world}}: Place): string {
	const master = world.hosts().find(({files}) => files.exists('/etc/kubernetes/pki/apiserver.crt'));
	const path = '/etc/kubernetes/pki/ca.crt';
	return master?.files.exists(path) ? master.files.readText(path) : '';
}

const unauthorized = {
	kind: 'Status',
	apiVersion: 'v1',
	metadata: {},
	status: 'Failure',
	message: 'Unauthorized',
	reason: 'Unauthorized',
	code: 401,
} as const;

function fileText(place: Place, path: string | undefined): string {
	if (!path) return '';
	const full = absolute(place, path);
	return place.machine.files.exists(full) ? place.machine.files.readText(full) : '';
}

const asOther = (user: User, flags: Values) => ({user: impersonated(user, flags), ...(flags.global('as') && {impersonator: user})});

function impersonated(user: User, flags: Values): User {
	const name = flags.global('as');
	const groups = flags.list('as-group');
	if (!name) {
		if (groups.length > 0 || flags.global('as-uid'))
			throw failure(`requesting uid, groups or user-extra for ${user.name} without impersonating a user`);
		return user;
	}

	const account = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name);
	const own = account && groups.length === 0 ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : groups;
	return {name, groups: [...new Set([...own, 'system:authenticated'])], ...(flags.global('as-uid') && {uid: flags.global('as-uid')})};
}
