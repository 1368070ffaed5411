import type {KubeObject} from '../../api/object.js';
import {apiVersionOf} from '../../api/kind.js';
import type {ExecResult} from '../../shell/command.js';
import {failure} from './failure.js';
import {allNamespacesFlag, printFlags} from './flags/flag.js';
import {printerFor} from './output/printer.js';
import type {Steps} from './resource/files.js';
import type {Session} from './session.js';
import type {Verb} from './verb.js';

const namespacedResources = ['events', 'replicationcontrollers', 'services', 'daemonsets.apps', 'deployments.apps', 'replicasets.apps'];

function namespacesOf(session: Session, all: boolean, asked: readonly string[]): readonly string[] {
	if (all) return session.list<KubeObject>(session.kindNamed('namespaces'), undefined).map(({metadata}) => metadata.name);
	if (asked.length > 0) return asked;
	return [...new Set(['kube-system', session.namespace])];
}

const fileNames: Readonly<Record<string, string>> = {replicationcontrollers: 'replication-controllers'};

/** To standard output, or below `--output-directory`; what is there already is added to. */
function writeTo(session: Session, folder: string, name: string, text: string): void {
	if (folder === '' || folder === '-') {
		session.out(text);
		return;
	}

	const {files} = session.machine;
	const path = `${session.io.path(folder).replace(/\/$/, '')}/${name}`;
	files.makeFolder(path.slice(0, path.lastIndexOf('/')), {recursive: true});
	files.write(path, name.endsWith('.txt') && files.exists(path) ? files.readText(path) + text : text);
}

function* printLogs(session: Session, folder: string, {metadata}: KubeObject, container: string): Steps<void> {
	const {namespace, name} = metadata;
	const answer: ExecResult = yield {exec: {argv: ['kubectl', 'logs', '-n', namespace ?? '', name, '-c', container]}};
	const of = `logs for container ${container} of pod ${namespace}/${name} ====`;
	writeTo(session, folder, `${namespace}/${name}/logs.txt`, `==== START ${of}\n${answer.stdout}==== END ${of}\n`);
}

const dump: Verb = {
	name: 'dump',
	summary: 'Dump relevant information for debugging and diagnosis',
	usage: 'cluster-info dump [flags]',
	flags: [
		...printFlags.filter(([name]) => name !== 'output'),
		...allNamespacesFlag,
		['namespaces', 'strings', ''],
		['output', 'string', 'json', 'o'],
		['output-directory', 'string', ''],
		['pod-running-timeout', 'duration', '20s'],
	],
	*run({session, flags}) {
		const printer = ['', 'name'].includes(flags.string('output')) ? undefined : printerFor(session, flags);
		if (flags.durationMs('pod-running-timeout') <= 0) throw failure('--pod-running-timeout must be higher than zero');
		const folder = flags.string('output-directory');
		const extension = flags.string('output') === 'yaml' ? 'yaml' : 'json';
		const print = (resource: string, namespace?: string) => {
			const kind = session.kindNamed(resource);
			const items = session.list<KubeObject>(kind, namespace);
			if (!printer) throw failure(`list types are not supported by name printing: *v1.${kind.kind}List`);
			const text = printer.print({kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata: {}, items}, {typed: true});
			const name = fileNames[kind.plural] ?? kind.plural;
			writeTo(session, folder, [...(namespace === undefined ? [] : [namespace]), `${name}.${extension}`].join('/'), text);
			return items;
		};
		print('nodes');
		for (const namespace of namespacesOf(session, flags.bool('all-namespaces'), flags.list('namespaces'))) {
			for (const resource of namespacedResources) print(resource, namespace);
			for (const pod of print('pods', namespace)) for (const {name} of pod['spec'].containers) yield* printLogs(session, folder, pod, name);
		}

		if (folder !== '' && folder !== '-') session.out(`Cluster info dumped to ${folder}\n`);

		return 0;
	},
};

const clusterInfo: Verb = {
	name: 'cluster-info',
	summary: 'Display cluster information',
	group: 'Cluster Management Commands:',
	flags: [],
	verbs: [dump],
	*run({session}) {
		const hint = "\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n";
		const {server} = session.access;
		try {
			const services = session.list<KubeObject>(session.kindNamed('services'), 'kube-system', {
				labelSelector: 'kubernetes.io/cluster-service=true',
			});
			session.out(`Kubernetes control plane is running at ${server}\n`);
			for (const service of services)
				session.out(
					`${service.metadata.labels?.['kubernetes.io/name'] ?? service.metadata.name} is running at ${server}${proxyPath(service)}\n`,
				);
		} finally {
			session.out(hint);
		}

		return 0;
	},
};

export default clusterInfo;

function proxyPath({metadata, spec}: KubeObject & {spec?: any}): string {
	const port = spec.ports?.[0];
	const scheme = port && (port.name === 'https' || port.port === 443) ? 'https:' : '';
	return `/api/v1/namespaces/${metadata.namespace}/services/${scheme}${metadata.name}${port?.name ? `:${port.name}` : scheme ? ':' : ''}/proxy`;
}
