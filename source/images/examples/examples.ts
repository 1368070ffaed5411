import {stringify} from 'yaml';
import {deployment, nginx, pod, service, tcp} from './objects.js';

const app = (name: string) => ({app: name});
const hello = {app: 'hello', tier: 'backend', track: 'stable'};
const front = {app: 'hello', tier: 'frontend', track: 'stable'};
const balanced = {'app.kubernetes.io/name': 'load-balancer-example'};
const helloApp = 'us-docker.pkg.dev/google-samples/containers/gke/hello-app:2.0';
const agnhost = 'registry.k8s.io/e2e-test-images/agnhost';

const probe = {initialDelaySeconds: 3, periodSeconds: 3};
const livenessScript = 'touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600';

/** What `https://k8s.io/examples/` has for the tasks and tutorials about Services and pods, by path. */
const objects: Readonly<Record<string, () => readonly object[]>> = {
	'admin/dns/dnsutils.yaml': () => [
		pod(
			'dnsutils',
			{
				name: 'dnsutils',
				image: `${agnhost}:2.39`,
				imagePullPolicy: 'IfNotPresent',
			},
			{spec: {restartPolicy: 'Always'}},
		),
	],
	'application/deployment.yaml': () => [deployment({name: 'nginx-deployment', labels: app('nginx'), replicas: 2, container: nginx()})],
	'application/deployment-update.yaml': () => [
		deployment({name: 'nginx-deployment', labels: app('nginx'), replicas: 2, container: nginx('nginx:1.16.1')}),
	],
	'application/deployment-scale.yaml': () => [
		deployment({name: 'nginx-deployment', labels: app('nginx'), replicas: 4, container: nginx('nginx:1.16.1')}),
	],
	'application/nginx-app.yaml': () => [
		service('my-nginx-svc', app('nginx'), [{port: 80}], {type: 'LoadBalancer', labels: app('nginx')}),
		deployment({name: 'my-nginx', labels: app('nginx'), own: app('nginx'), replicas: 3, container: nginx()}),
	],
	'application/php-apache.yaml': () => [
		deployment({
			name: 'php-apache',
			labels: {run: 'php-apache'},
			container: {
				name: 'php-apache',
				image: 'registry.k8s.io/hpa-example',
				ports: [{containerPort: 80}],
				resources: {limits: {cpu: '500m'}, requests: {cpu: '200m'}},
			},
		}),
		service('php-apache', {run: 'php-apache'}, [{port: 80}], {labels: {run: 'php-apache'}}),
	],
	'controllers/nginx-deployment.yaml': () => [
		deployment({name: 'nginx-deployment', labels: app('nginx'), own: app('nginx'), replicas: 3, container: nginx()}),
	],
	'pods/simple-pod.yaml': () => [pod('nginx', nginx())],
	'pods/probe/exec-liveness.yaml': () => [
		pod(
			'liveness-exec',
			{
				name: 'liveness',
				image: 'registry.k8s.io/busybox:1.27.2',
				args: ['/bin/sh', '-c', livenessScript],
				livenessProbe: {exec: {command: ['cat', '/tmp/healthy']}, initialDelaySeconds: 5, periodSeconds: 5},
			},
			{labels: {test: 'liveness'}},
		),
	],
	'pods/probe/http-liveness.yaml': () => [
		pod(
			'liveness-http',
			{
				name: 'liveness',
				image: `${agnhost}:2.40`,
				args: ['liveness'],
				livenessProbe: {httpGet: {path: '/healthz', port: 8080, httpHeaders: [{name: 'Custom-Header', value: 'Awesome'}]}, ...probe},
			},
			{labels: {test: 'liveness'}},
		),
	],
	'service/load-balancer-example.yaml': () => [
		deployment({
			name: 'hello-world',
			labels: balanced,
			own: balanced,
			replicas: 5,
			container: {image: helloApp, name: 'hello-world', ports: [{containerPort: 8080}]},
		}),
	],
	'service/access/hello-application.yaml': () => [
		deployment({
			name: 'hello-world',
			labels: {run: 'load-balancer-example'},
			replicas: 2,
			container: {name: 'hello-world', image: helloApp, ports: [{containerPort: 8080, protocol: 'TCP'}]},
		}),
	],
	'service/access/backend-deployment.yaml': () => [
		deployment({
			name: 'backend',
			labels: hello,
			replicas: 3,
			container: {name: 'hello', image: 'gcr.io/google-samples/hello-go-gke:1.0', ports: [{name: 'http', containerPort: 80}]},
		}),
	],
	'service/access/backend-service.yaml': () => [service('hello', {app: 'hello', tier: 'backend'}, [tcp(80, {targetPort: 'http'})])],
	'service/access/frontend-deployment.yaml': () => [
		deployment({
			name: 'frontend',
			labels: front,
			replicas: 1,
			container: {
				name: 'nginx',
				image: 'gcr.io/google-samples/hello-frontend:1.0',
				lifecycle: {preStop: {exec: {command: ['/usr/sbin/nginx', '-s', 'quit']}}},
			},
		}),
	],
	'service/access/frontend-service.yaml': () => [
		service('frontend', {app: 'hello', tier: 'frontend'}, [tcp(80, {targetPort: 80})], {type: 'LoadBalancer'}),
	],
	'service/networking/run-my-nginx.yaml': () => [
		deployment({
			name: 'my-nginx',
			labels: {run: 'my-nginx'},
			replicas: 2,
			container: {name: 'my-nginx', image: 'nginx', ports: [{containerPort: 80}]},
		}),
	],
	'service/networking/nginx-svc.yaml': () => [service('my-nginx', {run: 'my-nginx'}, [tcp(80)], {labels: {run: 'my-nginx'}})],
	'service/networking/nginx-policy.yaml': () => [
		{
			apiVersion: 'networking.k8s.io/v1',
			kind: 'NetworkPolicy',
			metadata: {name: 'access-nginx'},
			spec: {podSelector: {matchLabels: app('nginx')}, ingress: [{from: [{podSelector: {matchLabels: {access: 'true'}}}]}]},
		},
	],
	'service/networking/minimal-ingress.yaml': () => [
		{
			apiVersion: 'networking.k8s.io/v1',
			kind: 'Ingress',
			metadata: {name: 'minimal-ingress', annotations: {'nginx.ingress.kubernetes.io/rewrite-target': '/'}},
			spec: {
				ingressClassName: 'nginx-example',
				rules: [{http: {paths: [{path: '/testpath', pathType: 'Prefix', backend: {service: {name: 'test', port: {number: 80}}}}]}}],
			},
		},
	],
	'service/networking/example-ingress.yaml': () => [
		{
			apiVersion: 'networking.k8s.io/v1',
			kind: 'Ingress',
			metadata: {name: 'example-ingress'},
			spec: {
				ingressClassName: 'nginx',
				rules: [
					{
						host: 'hello-world.example',
						http: {paths: [{path: '/', pathType: 'Prefix', backend: {service: {name: 'web', port: {number: 8080}}}}]},
					},
				],
			},
		},
	],
};

const roots = ['kubernetes.io/examples', 'raw.githubusercontent.com/kubernetes/website/main/content/en/examples'];

/** At the addresses under which they are applied. */
export const exampleDocuments: ReadonlyArray<readonly [url: string, text: () => string]> = roots.flatMap(root =>
	Object.entries(objects).map(
		([path, made]) =>
			[
				`${root}/${path}`,
				() =>
					made()
						.map(object => stringify(object, {lineWidth: 0, aliasDuplicateObjects: false}))
						.join('---\n'),
			] as const,
	),
);
