import type {KubeObject} from '../../api/object.js';
import {notSimulated} from './failure.js';
import type {Verb} from './verb.js';

const dump: Verb = {
	name: 'dump',
	summary: 'Dump relevant information for debugging and diagnosis',
	usage: 'cluster-info dump [flags]',
	flags: [],
	*run() {
		throw notSimulated('kubectl cluster-info dump');
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
