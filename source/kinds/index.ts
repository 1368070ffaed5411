import type {Kind} from '../api/kind.js';
import apiService from './api-service/api-service.js';
import binding from './binding/binding.js';
import certificateSigningRequest from './certificate-signing-request/certificate-signing-request.js';
import clusterRoleBinding from './cluster-role-binding/cluster-role-binding.js';
import clusterRole from './cluster-role/cluster-role.js';
import componentStatus from './component-status/component-status.js';
import configMap from './config-map/config-map.js';
import controllerRevision from './controller-revision/controller-revision.js';
import cronJob from './cron-job/cron-job.js';
import csiDriver from './csi-driver/csi-driver.js';
import csiNode from './csi-node/csi-node.js';
import csiStorageCapacity from './csi-storage-capacity/csi-storage-capacity.js';
import customResourceDefinition from './custom-resource-definition/custom-resource-definition.js';
import daemonSet from './daemon-set/daemon-set.js';
import deployment from './deployment/deployment.js';
import endpointSlice from './endpoint-slice/endpoint-slice.js';
import endpoints from './endpoints/endpoints.js';
import event from './event/event.js';
import eventsEvent from './events-event/events-event.js';
import flowSchema from './flow-schema/flow-schema.js';
import horizontalPodAutoscalerV1 from './horizontal-pod-autoscaler/horizontal-pod-autoscaler-v1.js';
import horizontalPodAutoscaler from './horizontal-pod-autoscaler/horizontal-pod-autoscaler.js';
import ingressClass from './ingress-class/ingress-class.js';
import ingress from './ingress/ingress.js';
import ipAddress from './ip-address/ip-address.js';
import job from './job/job.js';
import lease from './lease/lease.js';
import limitRange from './limit-range/limit-range.js';
import localSubjectAccessReview from './local-subject-access-review/local-subject-access-review.js';
import mutatingWebhookConfiguration from './mutating-webhook-configuration/mutating-webhook-configuration.js';
import namespace from './namespace/namespace.js';
import networkPolicy from './network-policy/network-policy.js';
import node from './node/node.js';
import persistentVolumeClaim from './persistent-volume-claim/persistent-volume-claim.js';
import persistentVolume from './persistent-volume/persistent-volume.js';
import podDisruptionBudget from './pod-disruption-budget/pod-disruption-budget.js';
import podTemplate from './pod-template/pod-template.js';
import pod from './pod/pod.js';
import priorityClass from './priority-class/priority-class.js';
import priorityLevelConfiguration from './priority-level-configuration/priority-level-configuration.js';
import replicaSet from './replica-set/replica-set.js';
import replicationController from './replication-controller/replication-controller.js';
import resourceQuota from './resource-quota/resource-quota.js';
import roleBinding from './role-binding/role-binding.js';
import role from './role/role.js';
import runtimeClass from './runtime-class/runtime-class.js';
import secret from './secret/secret.js';
import selfSubjectAccessReview from './self-subject-access-review/self-subject-access-review.js';
import selfSubjectReview from './self-subject-review/self-subject-review.js';
import selfSubjectRulesReview from './self-subject-rules-review/self-subject-rules-review.js';
import serviceAccount from './service-account/service-account.js';
import serviceCidr from './service-cidr/service-cidr.js';
import service from './service/service.js';
import statefulSet from './stateful-set/stateful-set.js';
import storageClass from './storage-class/storage-class.js';
import subjectAccessReview from './subject-access-review/subject-access-review.js';
import tokenReview from './token-review/token-review.js';
import validatingAdmissionPolicyBinding from './validating-admission-policy-binding/validating-admission-policy-binding.js';
import validatingAdmissionPolicy from './validating-admission-policy/validating-admission-policy.js';
import validatingWebhookConfiguration from './validating-webhook-configuration/validating-webhook-configuration.js';
import volumeAttachment from './volume-attachment/volume-attachment.js';
import volumeAttributesClass from './volume-attributes-class/volume-attributes-class.js';

/** Every built-in kind, in the order of `kubectl api-resources`; a group's preferred version comes first. */
const kinds: readonly Kind[] = [
	binding,
	componentStatus,
	configMap,
	endpoints,
	event,
	limitRange,
	namespace,
	node,
	persistentVolumeClaim,
	persistentVolume,
	pod,
	podTemplate,
	replicationController,
	resourceQuota,
	secret,
	serviceAccount,
	service,
	mutatingWebhookConfiguration,
	validatingAdmissionPolicy,
	validatingAdmissionPolicyBinding,
	validatingWebhookConfiguration,
	customResourceDefinition,
	apiService,
	controllerRevision,
	daemonSet,
	deployment,
	replicaSet,
	statefulSet,
	selfSubjectReview,
	tokenReview,
	localSubjectAccessReview,
	selfSubjectAccessReview,
	selfSubjectRulesReview,
	subjectAccessReview,
	horizontalPodAutoscaler,
	horizontalPodAutoscalerV1,
	cronJob,
	job,
	certificateSigningRequest,
	lease,
	endpointSlice,
	eventsEvent,
	flowSchema,
	priorityLevelConfiguration,
	ingressClass,
	ingress,
	ipAddress,
	networkPolicy,
	serviceCidr,
	runtimeClass,
	podDisruptionBudget,
	clusterRoleBinding,
	clusterRole,
	roleBinding,
	role,
	priorityClass,
	csiDriver,
	csiNode,
	csiStorageCapacity,
	storageClass,
	volumeAttachment,
];

/** Beta, and so off unless `--runtime-config` asks for it: kubectl knows how to show them. */
export const offByDefault: readonly Kind[] = [volumeAttributesClass];

export default kinds;
