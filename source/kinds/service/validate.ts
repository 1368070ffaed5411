import {goText} from '../../api/field-error.js';
import {validateLabels} from '../../api/object-meta.js';
import {duplicate, each, type Errors, forbidden, invalid, items, notSupported, oneOf, required} from '../errors.js';
import {cidr, endpointIp, ip, isIP, label1123, portNumber, portNumberOrName, protocols, qualifiedName, subdomain1123} from '../rules.js';
import {clusterIps} from './validate-cluster-ips.js';

const kubeletPort = 10_250;
const affinitySecondsMax = 86_400;
const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const policies = ['Cluster', 'Local'];

/** Models ValidateService in pkg/apis/core/validation, in its order. */
export function validateService({spec, metadata}: any): Errors {
	return [
		...byType(spec),
		...servicePorts(spec),
		...(spec.selector ? validateLabels(spec.selector, 'spec.selector') : []),
		...oneOf('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']),
		...affinityConfig(spec),
		...clusterIps(spec),
		...items('spec.externalIPs', spec.externalIPs, (value: string, at) => (isIP(value) ? endpointIp(at, value) : ip(at, value))),
		...oneOf('spec.type', spec.type, types),
		...nodePorts(spec),
		...loadBalancer(spec, metadata),
		...trafficPolicies(spec),
	];
}

const isHeadless = (spec: any): boolean => spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';

function byType(spec: any): Errors {
	const errors: Errors = [];
	if (!spec.ports?.length && !isHeadless(spec) && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
	if (spec.type === 'LoadBalancer') {
		errors.push(
			...items('spec.ports', spec.ports, ({port}: any, at) =>
				port === kubeletPort ? [invalid(at, port, `may not expose port ${kubeletPort} externally since it is used by kubelet`)] : [],
			),
		);
	}

	if ((spec.type === 'LoadBalancer' || spec.type === 'NodePort') && isHeadless(spec))
		errors.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`));
	if (spec.type === 'ExternalName') {
		const text = 'may not be set for ExternalName services';
		if (spec.clusterIPs?.length) errors.push(forbidden('spec.clusterIPs', text));
		if (spec.ipFamilies?.length) errors.push(forbidden('spec.ipFamilies', text));
		if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden('spec.ipFamilyPolicy', text));
		const name = (spec.externalName ?? '').replace(/\.$/, '');
		errors.push(...(name ? subdomain1123('spec.externalName', name) : [required('spec.externalName')]));
	}

	return errors;
}

function servicePorts(spec: any): Errors {
	const names = new Set<string>();
	const many = (spec.ports?.length ?? 0) > 1;
	return items('spec.ports', spec.ports, (port: any, at) => {
		const errors: Errors = [];
		if (!port.name) errors.push(...(many ? [required(`${at}.name`)] : []));
		else {
			errors.push(...label1123(`${at}.name`, port.name));
			if (names.has(port.name)) errors.push(duplicate(`${at}.name`, port.name));
			names.add(port.name);
		}

		errors.push(...each(`${at}.port`, port.port ?? 0, portNumber(port.port ?? 0)));
		errors.push(...oneOf(`${at}.protocol`, port.protocol, protocols));
		errors.push(...portNumberOrName(`${at}.targetPort`, port.targetPort));
		if (port.appProtocol !== undefined) errors.push(...qualifiedName(`${at}.appProtocol`, port.appProtocol));
		return errors;
	});
}

function affinityConfig({sessionAffinity, sessionAffinityConfig: config}: any): Errors {
	const field = 'spec.sessionAffinityConfig';
	if (sessionAffinity === 'None') return config ? [forbidden(field, 'must not be set when session affinity is None')] : [];
	if (sessionAffinity !== 'ClientIP') return [];
	const text = 'when session affinity type is ClientIP';
	if (!config) return [required(field, text)];
	if (!config.clientIP) return [required(`${field}.clientIP`, text)];
	const seconds = config.clientIP.timeoutSeconds;
	if (seconds === undefined) return [required(`${field}.clientIP.timeoutSeconds`, text)];
	return seconds <= 0 || seconds > affinitySecondsMax
		? [invalid(`${field}.clientIP.timeoutSeconds`, seconds, `must be greater than 0 and less than ${affinitySecondsMax}`)]
		: [];
}

function nodePorts(spec: any): Errors {
	const errors: Errors = [];
	if (spec.type === 'ClusterIP')
		errors.push(
			...items('spec.ports', spec.ports, ({nodePort}: any, at) =>
				nodePort ? [forbidden(`${at}.nodePort`, "may not be used when `type` is 'ClusterIP'")] : [],
			),
		);
	const byNode = new Set<string>();
	const byPort = new Set<string>();
	errors.push(
		...items('spec.ports', spec.ports, ({protocol, nodePort}: any, at) => {
			if (!nodePort) return [];
			const key = `${protocol}/${nodePort}`;
			if (byNode.has(key)) return [duplicate(`${at}.nodePort`, nodePort)];
			byNode.add(key);
			return [];
		}),
	);
	errors.push(
		...items('spec.ports', spec.ports, ({protocol, port}: any, at) => {
			const key = `${protocol}/${port}`;
			if (byPort.has(key)) return [duplicate(at, goPort(protocol, port))];
			byPort.add(key);
			return [];
		}),
	);
	return errors;
}

/** The comparison key that Go prints: all but two fields empty. */
const goPort = (protocol: string, port = 0) =>
	goText(
		`core.ServicePort{Name:"", Protocol:"${protocol}", AppProtocol:(*string)(nil), Port:${port}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`,
	);

function loadBalancer(spec: any, metadata: any): Errors {
	const errors: Errors = [];
	const only = "may only be used when `type` is 'LoadBalancer'";
	const is = spec.type === 'LoadBalancer';
	if (spec.loadBalancerSourceRanges?.length) {
		const field = 'spec.LoadBalancerSourceRanges';
		if (!is) errors.push(forbidden(field, only));
		errors.push(...items(field, spec.loadBalancerSourceRanges, (range: string, at) => cidr(at, range.trim())));
	} else {
		const annotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';
		const value = metadata?.annotations?.[annotation];
		const field = `metadata.annotations[${annotation}]`;
		if (value !== undefined && !is) errors.push(forbidden(field, only));
		for (const range of value?.trim() ? value.split(',') : []) errors.push(...cidr(field, range.trim()));
	}

	if (spec.allocateLoadBalancerNodePorts !== undefined && !is) errors.push(forbidden('spec.allocateLoadBalancerNodePorts', only));
	if (spec.loadBalancerClass !== undefined) {
		if (is) errors.push(...qualifiedName('spec.loadBalancerClass', spec.loadBalancerClass));
		else errors.push(forbidden('spec.loadBalancerClass', only));
	}

	return errors;
}

const isExternal = (spec: any): boolean =>
	spec.type === 'LoadBalancer' || spec.type === 'NodePort' || (spec.type === 'ClusterIP' && spec.externalIPs?.length > 0);

function trafficPolicies(spec: any): Errors {
	const errors: Errors = [];
	const {externalTrafficPolicy: external, healthCheckNodePort: health} = spec;
	if (external) {
		if (!isExternal(spec))
			errors.push(invalid('spec.externalTrafficPolicy', external, 'may only be set for externally-accessible services'));
		else if (!policies.includes(external)) errors.push(notSupported('spec.externalTrafficPolicy', external, policies));
	} else if (isExternal(spec)) errors.push(required('spec.externalTrafficPolicy'));
	if (health) {
		const text = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
		if (spec.type !== 'LoadBalancer' || external !== 'Local') errors.push(invalid('spec.healthCheckNodePort', health, text));
		else errors.push(...each('spec.healthCheckNodePort', health, portNumber(health)));
	}

	if (spec.type !== 'ExternalName') {
		if (spec.internalTrafficPolicy === undefined) errors.push(required('spec.internalTrafficPolicy'));
		else if (!policies.includes(spec.internalTrafficPolicy))
			errors.push(notSupported('spec.internalTrafficPolicy', spec.internalTrafficPolicy, policies));
	}

	if (spec.trafficDistribution !== undefined && spec.trafficDistribution !== 'PreferClose')
		errors.push(notSupported('spec.trafficDistribution', spec.trafficDistribution, ['PreferClose']));
	return errors;
}
