import test from 'ava';
import {createServer, podOf, refusal, serviceOf} from './_world.js';

/**
 * What a real API server refused of changed objects, one rule a row: the object, and what is said of it after its name. Found by sending
 * changed objects of every kind to it, and to this one.
 */
const container = (more: object) => podOf('p', {containers: [{name: 'c', image: 'i', ...more}]});
const volume = (source: object) => podOf('p', {volumes: [{name: 'v', ...source}]});
const env = (valueFrom: object) => container({env: [{name: 'E', valueFrom}]});
const object = (apiVersion: string, kind: string, rest: object) => ({
	apiVersion,
	kind,
	metadata: {name: 'x', namespace: 'default'},
	...rest,
});
const wide = (apiVersion: string, kind: string, rest: object) => ({apiVersion, kind, metadata: {name: 'x'}, ...rest});
const subdomain =
	"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const template = {metadata: {labels: {a: 'b'}}, spec: {containers: [{name: 'c', image: 'i'}]}};
const target = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'd'};
const webhook = (more: object) =>
	wide('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
		webhooks: [
			{
				name: 'a.example.com',
				sideEffects: 'None',
				admissionReviewVersions: ['v1'],
				clientConfig: {url: 'https://a.b/c'},
				rules: [],
				...more,
			},
		],
	});
const rule = (more: object) =>
	webhook({rules: [{apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], ...more}]});
const column = (more: object) => version({additionalPrinterColumns: [{name: 'R', type: 'integer', jsonPath: '.spec.r', ...more}]});
const schema = (of: object) => version({schema: {openAPIV3Schema: {type: 'object', properties: {p: of}}}});
const version = (more: object) => ({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'shops.example.com'},
	spec: {
		group: 'example.com',
		scope: 'Namespaced',
		names: {plural: 'shops', kind: 'Shop'},
		versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}, ...more}],
	},
});
const at = 'spec.validation.openAPIV3Schema.properties[p]';

const refused: ReadonlyArray<readonly [given: object, said: string]> = [
	[
		podOf('p', {}, {finalizers: ['f']}),
		'metadata.finalizers[0]: Invalid value: "f": name is neither a standard finalizer name nor is it fully qualified',
	],
	[
		volume({iscsi: {targetPortal: 't', iqn: 'x', lun: 0}}),
		'spec.volumes[0].iscsi.iqn: Invalid value: "x": must be valid format starting with iqn, eui, or naa',
	],
	[
		volume({iscsi: {targetPortal: 't', iqn: 'iqn.2001-04.a:b', lun: 256}}),
		'spec.volumes[0].iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive',
	],
	[volume({csi: {driver: 'Bad_Name'}}), `spec.volumes[0].csi.driver: Invalid value: "Bad_Name": ${subdomain}`],
	[
		volume({nfs: {server: 's'}}),
		'[spec.volumes[0].nfs.path: Required value, spec.volumes[0].nfs.path: Invalid value: "": must be an absolute path]',
	],
	[
		volume({downwardAPI: {items: [{path: '/a', fieldRef: {fieldPath: 'metadata.name'}}]}}),
		'spec.volumes[0].downwardAPI.path: Invalid value: "/a": must be a relative path',
	],
	[
		volume({downwardAPI: {items: [{path: 'a', resourceFieldRef: {resource: 'limits.cpu'}}]}}),
		'spec.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value',
	],
	[volume({projected: {sources: [{serviceAccountToken: {path: ''}}]}}), 'spec.volumes[0].projected.path: Required value'],
	[
		volume({projected: {sources: ['a', 'b'].map(name => ({configMap: {name, items: [{key: 'k', path: 'p'}]}}))}}),
		'spec.volumes[0].projected: Invalid value: "b": conflicting duplicate paths',
	],
	[
		env({fieldRef: {apiVersion: 'v2', fieldPath: 'metadata.name'}}),
		'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2',
	],
	[
		env({resourceFieldRef: {resource: 'limits.gpu'}}),
		'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
	],
	[
		env({resourceFieldRef: {resource: 'limits.cpu', divisor: '2'}}),
		'spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m and 1 are supported with the cpu resource',
	],
	[env({secretKeyRef: {name: 'A', key: 'k'}}), `spec.containers[0].env[0].valueFrom.secretKeyRef.name: Invalid value: "A": ${subdomain}`],
	[container({volumeDevices: [{name: 'd', devicePath: '/x'}]}), 'spec.containers[0].volumeDevices[0].name: Not found: "d"'],
	[
		container({securityContext: {seccompProfile: {type: 'Localhost', localhostProfile: '/a'}}}),
		'spec.containers[0].securityContext.seccompProfile.localhostProfile: Invalid value: "/a": must be a relative path',
	],
	[
		podOf('p', {
			affinity: {
				nodeAffinity: {
					requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: 'x', operator: 'In', values: ['a']}]}]},
				},
			},
		}),
		'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key: Invalid value: "x": not a valid field selector key',
	],
	[
		podOf('p', {topologySpreadConstraints: [{maxSkew: 0, topologyKey: 'z', whenUnsatisfiable: 'DoNotSchedule'}]}),
		'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
	],
	[
		podOf('p', {dnsConfig: {nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4']}}),
		'spec.dnsConfig.nameservers: Invalid value: []string{"1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"}: must not have more than 3 nameservers',
	],
	[
		serviceOf('s', {sessionAffinity: 'ClientIP', sessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}}),
		'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400',
	],
	[
		object('apps/v1', 'ControllerRevision', {revision: -1}),
		'[data: Required value: data is mandatory, revision: Invalid value: -1: must be greater than or equal to 0]',
	],
	[
		object('autoscaling/v2', 'HorizontalPodAutoscaler', {spec: {maxReplicas: 1, scaleTargetRef: {...target, name: 'a/b'}}}),
		'spec.scaleTargetRef.name: Invalid value: "a/b": may not contain \'/\'',
	],
	[
		object('coordination.k8s.io/v1', 'Lease', {spec: {leaseTransitions: -1}}),
		'spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0',
	],
	[
		object('v1', 'LimitRange', {spec: {limits: [{type: 'Pod', max: {storage: '1Gi'}}]}}),
		'spec.limits[0].max[storage]: Invalid value: storage: must be a standard resource for containers',
	],
	[
		object('v1', 'PersistentVolumeClaim', {
			spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}, dataSource: {kind: 'A', name: 'a'}},
		}),
		'spec.dataSource: Invalid value: "A": must be \'PersistentVolumeClaim\' when referencing the default apiGroup',
	],
	[
		wide('v1', 'Node', {spec: {podCIDRs: ['10.0.0.0/24', '10.1.0.0/24']}}),
		'spec.podCIDRs: Invalid value: []string{"10.0.0.0/24", "10.1.0.0/24"}: may specify no more than one CIDR for each IP family',
	],
	[
		wide('storage.k8s.io/v1', 'StorageClass', {
			provisioner: 'a',
			allowedTopologies: [{matchLabelExpressions: [{key: 'z', values: ['a', 'a']}]}],
		}),
		'allowedTopologies[0].matchLabelExpressions[0].values[1]: Duplicate value: "a"',
	],
	[
		wide('node.k8s.io/v1', 'RuntimeClass', {handler: 'h', scheduling: {tolerations: [{operator: 'Equal'}]}}),
		'scheduling.tolerations.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
	],
	[
		object('apps/v1', 'Deployment', {spec: {selector: {matchLabels: {'a b': 'c'}}, template}}),
		"[spec.selector.matchLabels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"a b\":\"c\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: invalid label selector]",
	],
	[
		webhook({admissionReviewVersions: ['v2']}),
		'webhooks[0].admissionReviewVersions: Invalid value: []string{"v2"}: must include at least one of v1, v1beta1',
	],
	[
		webhook({clientConfig: {url: 'http://a.b/c'}}),
		'webhooks[0].clientConfig.url: Invalid value: "http": \'https\' is the only allowed URL scheme; desired format: https://host[/path]',
	],
	[
		rule({apiGroups: ['*', 'a']}),
		'webhooks[0].rules[0].apiGroups: Invalid value: []string{"*", "a"}: if \'*\' is present, must not specify other API groups',
	],
	[
		rule({resources: ['pods/*', 'pods/status']}),
		'webhooks[0].rules[0].resources[1]: Invalid value: "pods/status": if \'pods/*\' is present, must not specify pods/status',
	],
	[column({type: 'int'}), 'spec.additionalPrinterColumns[0].type: Invalid value: "int": must be one of boolean,date,integer,number,string'],
	[
		column({jsonPath: 'spec.r'}),
		'spec.additionalPrinterColumns[0].JSONPath: Invalid value: "spec.r": must be a simple json path starting with .',
	],
	[
		version({subresources: {scale: {specReplicasPath: '.status.r', statusReplicasPath: '.status.r'}}}),
		'spec.subresources.scale.specReplicasPath: Invalid value: ".status.r": should be a json path under .spec',
	],
	[schema({type: 'array', items: {}}), `${at}.items.type: Required value: must not be empty for specified array items`],
	[
		schema({type: 'string', 'x-kubernetes-list-type': 'set'}),
		`${at}.type: Invalid value: "string": must be array if x-kubernetes-list-type is specified`,
	],
	[
		schema({
			type: 'array',
			'x-kubernetes-list-type': 'map',
			'x-kubernetes-list-map-keys': ['k'],
			items: {type: 'object', properties: {k: {type: 'string'}}},
		}),
		`${at}.items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property`,
	],
	[
		schema({type: 'object', 'x-kubernetes-preserve-unknown-fields': false}),
		`${at}.x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined`,
	],
	[object('v1', 'PodTemplate', {template: {}}), 'template.spec.containers: Required value'],
	[
		object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
			roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r'},
			subjects: [{name: 'n'}],
		}),
		'subjects[0].kind: Unsupported value: "": supported values: "ServiceAccount", "User", "Group"',
	],
	[
		wide('apiregistration.k8s.io/v1', 'APIService', {metadata: {name: '.'}, spec: {}}),
		'[metadata.name: Invalid value: ".": may not be \'.\', spec.group: Required value: only v1 may have an empty group and it better be legacy kube, ' +
			`spec.version: Invalid value: "": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?'), ` +
			'spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000, spec.versionPriority: Invalid value: 0: must be positive and less than 1000]',
	],
	[
		wide('certificates.k8s.io/v1', 'CertificateSigningRequest', {spec: {request: 'YQ==', signerName: 'w'}}),
		'[spec.request: Invalid value: []byte{0x61}: PEM block type must be CERTIFICATE REQUEST, spec.usages: Required value: usages must be provided, ' +
			'spec.signerName: Invalid value: "w": must be a fully qualified domain and path of the form \'example.com/signer-name\']',
	],
	[
		wide('storage.k8s.io/v1', 'CSIDriver', {spec: {volumeLifecycleModes: ['a/b']}}),
		'spec.volumeLifecycleModes: Unsupported value: "a/b": supported values: "Persistent", "Ephemeral"',
	],
	[wide('storage.k8s.io/v1', 'CSINode', {spec: {drivers: [{name: 'd'}]}}), 'spec.drivers[0].nodeID: Required value'],
	[
		wide('storage.k8s.io/v1', 'VolumeAttachment', {spec: {attacher: 'a', nodeName: 'n'}}),
		'spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName',
	],
	[
		wide('storage.k8s.io/v1', 'StorageClass', {provisioner: 'p', allowedTopologies: [{}]}),
		'allowedTopologies[0].matchLabelExpressions: Duplicate value: ""',
	],
	[
		object('apps/v1', 'Deployment', {spec: {selector: {matchLabels: {a: 'b'}}, template, strategy: {type: 'X'}}}),
		'spec.strategy: Unsupported value: apps.DeploymentStrategy{Type:"X", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}: supported values: "Recreate", "RollingUpdate"',
	],
];

test('what a real server refuses is refused in its words', t => {
	const {client} = createServer();
	const said = (given: object) => refusal(() => client.create(given as any)).replace(/^.*? is invalid: /s, '');
	t.deepEqual(
		refused.map(([given]) => said(given)),
		refused.map(([, expected]) => expected),
	);
});

test('a PUT of some kinds must say what it replaces', t => {
	const {ask, client} = createServer();
	const lease: any = client.create(object('coordination.k8s.io/v1', 'Lease', {spec: {}}) as any);
	const {resourceVersion: _, ...metadata} = lease.metadata;
	const put = (body: object) =>
		ask({verb: 'update', group: 'coordination.k8s.io', resource: 'leases', namespace: 'default', name: 'x', body}).body.message;
	t.is(
		put({...lease, metadata}),
		'leases.coordination.k8s.io "x" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update',
	);
	t.is(put(lease), undefined);
});

test('of the metadata a write to the status leaves alone what its strategy says', t => {
	const {client} = createServer();
	const labels = (given: object, resource: string) => {
		const {metadata}: any = client.create(given as any);
		const patched = client.patch<any>(
			resource,
			metadata.namespace,
			metadata.name,
			'merge',
			{metadata: {labels: {x: 'y'}}},
			{subresource: 'status'},
		);
		return patched.metadata.labels;
	};
	t.deepEqual(labels(podOf('p', {containers: [{name: 'c', image: 'i'}]}), 'pods'), {x: 'y'});
	t.is(labels(object('apps/v1', 'Deployment', {spec: {selector: {matchLabels: {a: 'b'}}, template}}), 'deployments.apps'), undefined);
});
