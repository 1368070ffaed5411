import type {Directive} from '../corefile.js';
import {isReverse, zonesOf} from '../names.js';
import type {Setup} from '../plugin.js';
import {readSelector} from './selector.js';

export interface KubernetesConfig {
	readonly zones: readonly string[];
	/** The zone that names are made in: the first that is not a reverse one. */
	readonly primaryZone: string;
	/** Empty: all. */
	readonly namespaces: readonly string[];
	/** In Kubernetes's canonical spelling. */
	readonly labelSelector: string;
	readonly namespaceLabelSelector: string;
	readonly podMode: 'disabled' | 'insecure' | 'verified';
	readonly endpointPodNames: boolean;
	readonly ignoreEmptyService: boolean;
	readonly endpoints: boolean;
	readonly ttl: number;
	/** Zones that fall through to the next plugin when a name is not found; absent: none. */
	readonly fall?: readonly string[];
}

type Draft = {-readonly [K in keyof KubernetesConfig]: KubernetesConfig[K]};
type Fail = (text: string) => never;

/** Models plugin/kubernetes/setup.go. */
export function setupKubernetes(directives: readonly Directive[], setup: Setup): KubernetesConfig {
	const [directive, second] = directives;
	if (second) setup.error(second.line, 'this plugin can only be used once per Server Block');
	const {args, block = []} = directive!;
	const zones = args.length > 0 ? args.flatMap(zonesOf) : [...setup.zones];
	const config: Draft = {
		zones,
		primaryZone: zones.find(zone => !isReverse(`x.${zone}`)) ?? '',
		namespaces: [],
		labelSelector: '',
		namespaceLabelSelector: '',
		podMode: 'disabled',
		endpointPodNames: false,
		ignoreEmptyService: false,
		endpoints: true,
		ttl: 5,
	};
	if (!config.primaryZone) setup.error(directive!.line, 'non-reverse zone name must be used');
	for (const {words, line} of block) readProperty(config, words, text => setup.error(line, text));
	if (config.namespaces.length > 0 && config.namespaceLabelSelector) {
		setup.error(block.at(-1)!.line, 'namespaces and namespace_labels cannot both be set');
	}

	return config;
}

/** Arguments a property may have: least and most. */
const counts: Readonly<Record<string, readonly [number, number]>> = {
	endpoint_pod_names: [0, 0],
	pods: [1, 1],
	namespaces: [1, 100],
	endpoint: [1, 100],
	tls: [3, 3],
	labels: [1, 100],
	namespace_labels: [1, 100],
	fallthrough: [0, 100],
	ttl: [1, 1],
	noendpoints: [0, 0],
	ignore: [1, 100],
	kubeconfig: [1, 2],
	startup_timeout: [1, 1],
	apiserver_qps: [1, 1],
	apiserver_burst: [1, 1],
	apiserver_max_inflight: [1, 1],
	multicluster: [1, 100],
};

function readProperty(config: Draft, words: readonly string[], fail: Fail): void {
	const [name = '', ...args] = words;
	const count = counts[name];
	if (!count) fail(`unknown property '${name}'`);
	if (args.length < count![0] || args.length > count![1])
		fail(`Wrong argument count or unexpected line ending after '${args.at(-1) ?? name}'`);
	if (name === 'pods') {
		if (!['disabled', 'insecure', 'verified'].includes(args[0]!))
			fail(`wrong value for pods: ${args[0]},  must be one of: disabled, verified, insecure`);
		config.podMode = args[0] as Draft['podMode'];
	} else if (name === 'ignore') {
		if (args[0] !== 'empty_service') fail(`unable to parse ignore value: '${args[0]}'`);
		config.ignoreEmptyService = true;
	} else if (name === 'labels' || name === 'namespace_labels') {
		const selector = readSelector(args.join(' '));
		if (selector === undefined)
			fail(`unable to parse ${name === 'labels' ? 'label' : 'namespace_label'} selector value: '${args.join(' ')}'`);
		config[name === 'labels' ? 'labelSelector' : 'namespaceLabelSelector'] = selector!;
	} else if (name === 'ttl') {
		const ttl = Number(args[0]);
		if (!Number.isInteger(ttl)) fail(`strconv.Atoi: parsing "${args[0]}": invalid syntax`);
		if (ttl < 0 || ttl > 3600) fail(`ttl must be in range [0, 3600]: ${ttl}`);
		config.ttl = ttl;
	} else if (name === 'namespaces') config.namespaces = [...config.namespaces, ...args];
	else if (name === 'fallthrough') config.fall = args.length > 0 ? args.flatMap(zonesOf) : ['.'];
	else if (name === 'endpoint_pod_names') config.endpointPodNames = true;
	else if (name === 'noendpoints') config.endpoints = false;
	else if (name === 'multicluster') fail('kubelab: not simulated: CoreDNS kubernetes multicluster');
}
