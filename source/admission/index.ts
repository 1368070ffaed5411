import type {Admission} from '../api/admission.js';
import alwaysDeny from './always-deny.js';
import alwaysPullImages from './always-pull-images.js';
import certificateRequester from './certificate-requester.js';
import defaultIngressClass from './default-ingress-class.js';
import defaultStorageClass from './default-storage-class.js';
import defaultTolerationSeconds from './default-toleration-seconds.js';
import denyServiceExternalIPs from './deny-service-external-ips.js';
import limitRanger from './limit-ranger.js';
import namespaceLifecycle from './namespace-lifecycle.js';
import persistentVolumeClaimResize from './persistent-volume-claim-resize.js';
import podSecurity from './pod-security/pod-security.js';
import validatingAdmissionPolicy from './policy/validating-admission-policy.js';
import priority from './priority.js';
import rbacEscalation from './rbac/escalation.js';
import resourceQuota from './resource-quota.js';
import runtimeClass from './runtime-class.js';
import serviceAccount from './service-account.js';
import serviceAddress from './service-address/service-address.js';
import storageObjectInUseProtection from './storage-object-in-use-protection.js';
import taintNodesByCondition from './taint-nodes-by-condition.js';
import mutatingAdmissionWebhook from './webhook/mutating-admission-webhook.js';
import validatingAdmissionWebhook from './webhook/validating-admission-webhook.js';

/** Admission plug-ins, in the order kube-apiserver runs them. */
const admission: readonly Admission[] = [
	namespaceLifecycle,
	alwaysPullImages,
	denyServiceExternalIPs,
	limitRanger,
	serviceAccount,
	taintNodesByCondition,
	podSecurity,
	priority,
	defaultTolerationSeconds,
	defaultStorageClass,
	storageObjectInUseProtection,
	persistentVolumeClaimResize,
	runtimeClass,
	defaultIngressClass,
	mutatingAdmissionWebhook,
	rbacEscalation,
	certificateRequester,
	serviceAddress,
	validatingAdmissionPolicy,
	validatingAdmissionWebhook,
	resourceQuota,
	alwaysDeny,
];

export default admission;
