import type {FieldSchema} from '../schema/schema.js';

/**
 * Go leaves a field out of its JSON when it is empty and marked so. The schema does not say which optional scalars are pointers (an explicit
 * zero is kept) and which are plain (a zero vanishes); this does. Strings vanish unless named, numbers and booleans stay unless named.
 */
const pointerStrings = new Set(
	`storageClassName volumeMode ingressClassName loadBalancerClass runtimeClassName preemptionPolicy appProtocol holderIdentity timeZone
	ipFamilyPolicy internalTrafficPolicy policy volumeAttributesClassName dataSourceRef gmsaCredentialSpec fsGroupChangePolicy
	mountPropagation selectPolicy labelSelectorPath failurePolicy matchPolicy reinvocationPolicy sideEffects hostname zone nodeName
	trafficDistribution url path procMount localhostProfile reclaimPolicy volumeBindingMode sessionAffinity`.split(/\s+/),
);
const plainScalars = new Set(
	`hostNetwork hostPID hostIPC readOnly stdin stdinOnce tty paused publishNotReadyAddresses unschedulable minReadySeconds nodePort hostPort
	initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold healthCheckNodePort observedGeneration updatedReplicas
	readyReplicas availableReplicas unavailableReplicas fullyLabeledReplicas currentReplicas count generation active succeeded failed
	numberUnavailable numberAvailable updatedNumberScheduled partition globalDefault restartCount isCA`.split(/\s+/),
);

/** Where the name alone would mislead: `type.field` that behaves the other way. */
const plainStrings = new Set([
	'core.v1.PodSpec.nodeName',
	'core.v1.PodSpec.hostname',
	'core.v1.ObjectReference.nodeName',
	'core.v1.PersistentVolumeSpec.storageClassName',
]);
const alsoPlainStrings = new Set(['core.v1.HTTPGetAction.path', 'core.v1.ServiceSpec.sessionAffinity', 'core.v1.EndpointAddress.hostname']);

/** Pointers that share their name with what is none. */
const alsoPointers = new Set([
	'core.v1.PodDNSConfigOption.value',
	'core.v1.CSIVolumeSource.fsType',
	'core.v1.LocalVolumeSource.fsType',
	'core.v1.ClientIPConfig.timeoutSeconds',
	'admissionregistration.v1.RuleWithOperations.scope',
	'admissionregistration.v1.MutatingWebhook.timeoutSeconds',
	'admissionregistration.v1.ValidatingWebhook.timeoutSeconds',
]);

/** True when Go would not print this value of an optional field. */
export function vanishes(struct: string, field: FieldSchema, value: unknown): boolean {
	if (value === null) return true;
	if (field.required) return false;
	if (value === '' && field.type.shape === 'scalar' && field.type.scalar === 'intstr') return false;
	if (value === '')
		return (
			!alsoPointers.has(`${struct}.${field.name}`) &&
			(!pointerStrings.has(field.name) || plainStrings.has(`${struct}.${field.name}`) || alsoPlainStrings.has(`${struct}.${field.name}`))
		);
	if (value === 0 || value === false) return plainScalars.has(field.name) && !alsoPointers.has(`${struct}.${field.name}`);
	if (typeof value !== 'object') return false;
	if (Array.isArray(value)) return value.length === 0 && !keptEmpty.has(`${struct}.${field.name}`);
	if (field.type.shape === 'map') return Object.keys(value as object).length === 0;
	return false;
}

/** Slices behind a pointer, or where empty and absent differ. */
const keptEmpty = new Set([
	'networking.v1.NetworkPolicySpec.ingress',
	'networking.v1.NetworkPolicySpec.egress',
	'autoscaling.v2.HPAScalingRules.policies',
]);
