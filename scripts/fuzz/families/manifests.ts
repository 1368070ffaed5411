import type {Family} from '../family.js';
import {mutate} from '../mutate.js';
import {createStage} from '../world.js';

const manifests: readonly string[] = [
	'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  labels: {app: web}\nspec:\n  containers:\n  - name: c\n    image: nginx\n    ports: [{containerPort: 80}]\n    env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]\n    resources: {requests: {cpu: 100m, memory: 64Mi}}\n    readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 2}\n  volumes: [{name: v, emptyDir: {}}]\n',
	'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n  selector:\n    matchLabels: {app: web}\n  strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: c\n        image: nginx\n',
	'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: NodePort\n  selector: {app: web}\n  ports:\n  - name: http\n    port: 80\n    targetPort: 8080\n    nodePort: 30080\n    protocol: TCP\n  sessionAffinity: ClientIP\n  externalTrafficPolicy: Local\n',
	'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: n\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n  ingress:\n  - from: [{podSelector: {matchLabels: {a: b}}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]\n    ports: [{port: 80, endPort: 90}]\n',
	'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i\n  annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$2}\nspec:\n  ingressClassName: nginx\n  rules:\n  - host: a.example.org\n    http:\n      paths: [{path: /a(/|$)(.*), pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]\n',
	'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: c\nspec:\n  schedule: "*/5 * * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers: [{name: c, image: busybox, command: [sh, -c, date]}]\n',
	'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}\n- {apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {k: v}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: s}\nspec: {serviceName: s, replicas: 2, selector: {matchLabels: {a: s}}, template: {metadata: {labels: {a: s}}, spec: {containers: [{name: c, image: nginx}]}}}\n',
	'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: e, labels: {kubernetes.io/service-name: web}}\naddressType: IPv4\nendpoints: [{addresses: [10.1.2.3], conditions: {ready: true}, nodeName: k8s-node1}]\nports: [{name: "", port: 80, protocol: TCP}]\n',
	'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.org}\nspec:\n  group: example.org\n  scope: Namespaced\n  names: {plural: things, kind: Thing}\n  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, x-kubernetes-preserve-unknown-fields: true}}}}}]\n',
];

const verbs = [
	'apply -f',
	'create -f',
	'apply --server-side -f',
	'create --dry-run=server -o yaml -f',
	'diff -f',
	'replace --force -f',
	'apply --dry-run=client -o json -f',
];

/** YAML that learners send, damaged. */
const family: Family = {
	name: 'manifests',
	open() {
		const stage = createStage('empty', ['kubectl create deployment web --image=nginx', 'kubectl create service clusterip web --tcp=80']);
		return {
			draw: random => JSON.stringify([random.pick(verbs), mutate(random, random.pick(manifests))]),
			take(input) {
				const [verb, text] = JSON.parse(input) as [string, string];
				return stage.run(`kubectl ${verb} f.yaml`, () => stage.cluster.hosts()[0]!.files.write('/root/f.yaml', text));
			},
		};
	},
};
export default family;
