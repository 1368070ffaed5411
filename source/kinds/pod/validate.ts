import {validateAnnotations, validateLabels} from '../../api/object-meta.js';
import {isSubdomain1123} from '../../api/selector/label-syntax.js';
import {duplicate, each, type Errors, forbidden, invalid, items, notSupported, oneOf, required} from '../errors.js';
import {goStrings, ip, isUnderscoredSubdomain, label1123, qualifiedName, subdomain1123} from '../rules.js';
import {validateAffinity, validateSpread, validateTolerations} from './validate-affinity.js';
import {validatePodAnnotations} from './validate-annotations.js';
import {imagePadding, rulesOf, validateContainers, validateInitContainers} from './validate-container.js';
import {validateSystem} from './validate-system.js';
import {validateResources} from './validate-resources.js';
import {validateHostUsers, validatePodSecurityContext} from './validate-security.js';
import {validateVolumes} from './validate-volumes.js';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const maxInt32 = 2 ** 31 - 1;

/** Models ValidatePodCreate. */
export function validatePod(pod: any): Errors {
	const spec = pod.spec ?? {};
	const errors = validatePodAndMeta(pod);
	if (spec.ephemeralContainers?.length) errors.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
	if (spec.nodeName && spec.schedulingGates?.length)
		errors.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
	return errors;
}

/** What holds for pods and not for templates as well. Models validatePodMetadataAndSpec. */
export function validatePodAndMeta({metadata, spec = {}}: any): Errors {
	const errors = [
		...validatePodAnnotations('metadata.annotations', metadata.annotations, spec),
		...validatePodSpec('spec', spec, metadata.name),
	];
	if (!spec.serviceAccountName)
		for (const [index, volume] of (spec.volumes ?? []).entries())
			errors.push(
				...items(`spec.volumes[${index}].projected.sources`, volume.projected?.sources, ({serviceAccountToken}: any, at) =>
					serviceAccountToken ? [forbidden(`${at}.serviceAccountToken`, 'must not be specified when serviceAccountName is not set')] : [],
				),
			);
	return [...errors, ...imagePadding('spec.containers', spec.containers), ...imagePadding('spec.initContainers', spec.initContainers)];
}

/** `spec.template` of workloads. Its labels' path has no `metadata`, as in ValidatePodTemplateSpec. */
export function validateTemplate(field: string, template: any): Errors {
	const {metadata, spec = {}} = template ?? {};
	const errors = [
		...validateLabels(metadata?.labels, `${field}.labels`),
		...validateAnnotations(metadata?.annotations, `${field}.annotations`),
	];
	errors.push(...validatePodAnnotations(`${field}.annotations`, metadata?.annotations, spec));
	errors.push(...validatePodSpec(`${field}.spec`, spec));
	if (spec.ephemeralContainers?.length)
		errors.push(forbidden(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
	return errors;
}

/** In the order of ValidatePodSpec. `pod`: the name of the pod this is the spec of, if it is one. */
export function validatePodSpec(path: string, spec: any, pod?: string): Errors {
	const {named, errors} = validateVolumes(`${path}.volumes`, spec.volumes, pod);
	const rules = rulesOf(spec, named);
	errors.push(...validateContainers(`${path}.containers`, spec.containers, rules));
	errors.push(...validateInitContainers(`${path}.initContainers`, spec.initContainers, spec.containers ?? [], rules));
	if (spec.resources) errors.push(...validateResources(`${path}.resources`, spec.resources));
	errors.push(...hostPorts(path, spec, pod !== undefined));
	errors.push(...oneOf(`${path}.restartPolicy`, spec.restartPolicy, restartPolicies));
	errors.push(...oneOf(`${path}.dnsPolicy`, spec.dnsPolicy, dnsPolicies));
	errors.push(...validateLabels(spec.nodeSelector, `${path}.nodeSelector`));
	errors.push(...validatePodSecurityContext(path, spec));
	errors.push(...validateAffinity(`${path}.affinity`, spec.affinity));
	errors.push(...dnsConfig(`${path}.dnsConfig`, spec.dnsConfig, spec.dnsPolicy));
	errors.push(
		...items(`${path}.readinessGates`, spec.readinessGates, ({conditionType = ''}: any, at) =>
			qualifiedName(`${at}.conditionType`, conditionType),
		),
	);
	errors.push(...schedulingGates(`${path}.schedulingGates`, spec.schedulingGates));
	errors.push(...validateSpread(`${path}.topologySpreadConstraints`, spec.topologySpreadConstraints));
	errors.push(...validateHostUsers(path, spec));
	return [...errors, ...names(path, spec)];
}

/** On the host's network a port is the host's. A template may leave it to its pods. */
const hostPorts = (path: string, {hostNetwork, containers}: any, isPod: boolean): Errors =>
	hostNetwork
		? items(`${path}.containers`, containers, ({ports}: any, at) =>
				items(`${at}.ports`, ports, ({hostPort = 0, containerPort = 0}: any, port) =>
					(isPod || hostPort !== 0) && hostPort !== containerPort
						? [invalid(`${port}.hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true')]
						: [],
				),
			)
		: [];

/** The second half, mostly single values. */
function names(path: string, spec: any): Errors {
	const errors: Errors = [];
	if (spec.serviceAccountName)
		errors.push(...each(`${path}.serviceAccountName`, spec.serviceAccountName, isSubdomain1123(spec.serviceAccountName)));
	if (spec.nodeName) errors.push(...subdomain1123(`${path}.nodeName`, spec.nodeName));
	const deadline = spec.activeDeadlineSeconds;
	if (deadline !== undefined && (deadline < 1 || deadline > maxInt32))
		errors.push(invalid(`${path}.activeDeadlineSeconds`, deadline, `must be between 1 and ${maxInt32}, inclusive`));
	if (spec.hostname) errors.push(...label1123(`${path}.hostname`, spec.hostname));
	if (spec.subdomain) errors.push(...label1123(`${path}.subdomain`, spec.subdomain));
	errors.push(...validateTolerations(`${path}.tolerations`, spec.tolerations));
	errors.push(
		...items(`${path}.hostAliases`, spec.hostAliases, (alias: any, at) => [
			...ip(`${at}.ip`, alias.ip ?? ''),
			...items(`${at}.hostnames`, alias.hostnames, (host: string, hostAt) => subdomain1123(hostAt, host)),
		]),
	);
	if (spec.priorityClassName) errors.push(...subdomain1123(`${path}.priorityClassName`, spec.priorityClassName));
	if (spec.runtimeClassName !== undefined) errors.push(...subdomain1123(`${path}.runtimeClassName`, spec.runtimeClassName));
	if (spec.preemptionPolicy !== undefined)
		errors.push(...oneOf(`${path}.preemptionPolicy`, spec.preemptionPolicy, ['PreemptLowerPriority', 'Never']));
	if (spec.overhead) errors.push(...validateResources(`${path}.overhead`, {limits: spec.overhead}));
	if (!spec.os) return errors;
	if (!spec.os.name) errors.push(required(`${path}.os.name`, 'cannot be empty'));
	else if (!['linux', 'windows'].includes(spec.os.name)) errors.push(notSupported(`${path}.os`, spec.os.name, ['linux', 'windows']));
	else errors.push(...validateSystem(path, spec));
	return errors;
}

function dnsConfig(path: string, config: any, policy: string): Errors {
	const errors: Errors = [];
	if (policy === 'None') {
		if (!config) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
		if (!config.nameservers?.length)
			return [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
	}

	if (!config) return errors;
	const {nameservers = [], searches = []} = config;
	if (nameservers.length > 3) errors.push(invalid(`${path}.nameservers`, goStrings(nameservers), 'must not have more than 3 nameservers'));
	errors.push(...items(`${path}.nameservers`, nameservers, (server: string, at) => ip(at, server)));
	if (searches.length > 32) errors.push(invalid(`${path}.searches`, goStrings(searches), 'must not have more than 32 search paths'));
	if (searches.join(' ').length > 2048)
		errors.push(
			invalid(`${path}.searches`, goStrings(searches), 'must not have more than 2048 characters (including spaces) in the search list'),
		);
	errors.push(
		...items(`${path}.searches`, searches, (search: string, at) =>
			search === '.' ? [] : each(at, search.replace(/\.$/, ''), isUnderscoredSubdomain(search.replace(/\.$/, ''))),
		),
	);
	return [...errors, ...items(`${path}.options`, config.options, ({name}: any, at) => (name ? [] : [required(at, 'must not be empty')]))];
}

function schedulingGates(field: string, gates: readonly any[] | undefined): Errors {
	const seen = new Set<string>();
	return items(field, gates, ({name = ''}, at) => {
		const errors = qualifiedName(at, name);
		if (seen.has(name)) errors.push(duplicate(at, name));
		seen.add(name);
		return errors;
	});
}
