import {validateAnnotations, validateLabels} from '../../api/object-meta.js';
import {isSubdomain1123} from '../../api/selector/label-syntax.js';
import {duplicate, each, type Errors, forbidden, invalid, items, notSupported, oneOf, required, tooMany} from '../errors.js';
import {ip, label1123, qualifiedName, subdomain1123} from '../rules.js';
import {validateAffinity, validateSpread, validateTolerations} from './validate-affinity.js';
import {validateContainers, validateInitContainers} from './validate-container.js';
import {validateResources} from './validate-resources.js';
import {validatePodSecurityContext} from './validate-security.js';
import {validateVolumes} from './validate-volumes.js';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const maxInt32 = 2 ** 31 - 1;

/** Models ValidatePodCreate. */
export function validatePod(pod: any): Errors {
	const errors = validatePodSpec('spec', pod.spec ?? {});
	if (pod.spec?.ephemeralContainers?.length) errors.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
	return errors;
}

/** `spec.template` of workloads. Its labels' path has no `metadata`, as in ValidatePodTemplateSpec. */
export function validateTemplate(field: string, template: any): Errors {
	const errors = [
		...validateLabels(template?.metadata?.labels, `${field}.labels`),
		...validateAnnotations(template?.metadata?.annotations, `${field}.annotations`),
	];
	errors.push(...validatePodSpec(`${field}.spec`, template?.spec ?? {}));
	if (template?.spec?.ephemeralContainers?.length)
		errors.push(forbidden(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
	return errors;
}

/** In the order of ValidatePodSpec. */
export function validatePodSpec(path: string, spec: any): Errors {
	const {named, errors} = validateVolumes(`${path}.volumes`, spec.volumes);
	errors.push(...validateContainers(`${path}.containers`, spec.containers, named));
	errors.push(...validateInitContainers(`${path}.initContainers`, spec.initContainers, spec.containers ?? [], named));
	if (spec.resources) errors.push(...validateResources(`${path}.resources`, spec.resources));
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
	return [...errors, ...names(path, spec)];
}

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
			...items(`${at}.hostnames`, alias.hostnames, (host: string) => subdomain1123(`${at}.hostnames`, host)),
		]),
	);
	if (spec.priorityClassName) errors.push(...subdomain1123(`${path}.priorityClassName`, spec.priorityClassName));
	if (spec.runtimeClassName !== undefined) errors.push(...subdomain1123(`${path}.runtimeClassName`, spec.runtimeClassName));
	const policies = ['Never', 'PreemptLowerPriority'];
	if (spec.preemptionPolicy !== undefined && !policies.includes(spec.preemptionPolicy))
		errors.push(notSupported(`${path}.preemptionPolicy`, spec.preemptionPolicy, policies));
	if (spec.os?.name !== undefined && !['linux', 'windows'].includes(spec.os.name))
		errors.push(notSupported(`${path}.os.name`, spec.os.name, ['linux', 'windows']));
	return errors;
}

function dnsConfig(path: string, config: any, policy: string): Errors {
	const errors: Errors = [];
	if (policy === 'None') {
		if (!config) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
		if (!config.nameservers?.length)
			errors.push(required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'));
	}

	if (!config) return errors;
	if (config.nameservers?.length > 3) errors.push(tooMany(`${path}.nameservers`, config.nameservers.length, 3));
	errors.push(...items(`${path}.nameservers`, config.nameservers, (server: string, at) => ip(at, server)));
	if (config.searches?.length > 32) errors.push(tooMany(`${path}.searches`, config.searches.length, 32));
	errors.push(
		...items(`${path}.searches`, config.searches, (search: string, at) =>
			search === '.' ? [] : subdomain1123(at, search.replace(/\.$/, '')),
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
