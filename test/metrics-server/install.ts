import test from 'ava';
import {runCli} from '../helpers/run-cli.js';

const pod = 'kubectl -n kube-system get pods -l k8s-app=metrics-server --no-headers';
const address = 'https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml';

async function follow(
	t: {is(a: unknown, b: unknown, message?: string): unknown; regex(text: string, wanted: RegExp, message?: string): unknown},
	rows: ReadonlyArray<readonly [line: string, wanted: RegExp]>,
) {
	const stdin = rows.map(([run]) => JSON.stringify({run})).join('\n');
	const {stdout} = await runCli(['sh', '--steps', '-', '--json'], {stdin});
	const steps = stdout.trim().split('\n');
	for (const [i, [line, wanted]] of rows.entries()) {
		const step = JSON.parse(steps[i]!);
		t.regex(step.stdout + step.stderr, wanted, line);
	}
}

/** As it goes with a learner: the kubelets' certificates name no address, and metrics-server is told not to mind. */
const installing: ReadonlyArray<readonly [line: string, wanted: RegExp]> = [
	['kubectl top node', /^error: Metrics API not available\n$/],
	[`wget -q ${address}; kubectl apply -f components.yaml`, /apiservice\.apiregistration\.k8s\.io\/v1beta1\.metrics\.k8s\.io created/],
	[`sleep 40; ${pod}`, /^metrics-server-\S+ +0\/1 +Running/],
	['kubectl get apiservice v1beta1.metrics.k8s.io', /kube-system\/metrics-server +False \(MissingEndpoints\)/],
	[
		'kubectl top node',
		/^Error from server \(ServiceUnavailable\): the server is currently unable to handle the request \(get nodes\.metrics\.k8s\.io\)\n$/,
	],
	[
		'kubectl -n kube-system logs deploy/metrics-server',
		/"Failed to scrape node" err="Get \\"https:\/\/172\.25\.254\.10:10250\/metrics\/resource\\": tls: failed to verify certificate: x509: cannot validate certificate for 172\.25\.254\.10 because it doesn't contain any IP SANs" node="k8s-node1"\n[\s\S]*"Failed probe" probe="metric-storage-ready" err="no metrics to serve"/,
	],
	['kubectl -n kube-system describe pod -l k8s-app=metrics-server', /Readiness probe failed: HTTP probe failed with statuscode: 500/],
	[
		"sed -i 's/- --metric-resolution=15s/&\\n        - --kubelet-insecure-tls/' components.yaml; kubectl apply -f components.yaml",
		/deployment\.apps\/metrics-server configured/,
	],
	[`sleep 60; ${pod}`, /^metrics-server-\S+ +1\/1 +Running/],
	['kubectl get apiservice v1beta1.metrics.k8s.io', /kube-system\/metrics-server +True /],
];

test('metrics-server is of use only once it minds no names; then top prints', async t => {
	await follow(t, [
		...installing,
		[
			'kubectl top node',
			/^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\) *\nk8s-master +1\d\dm +\d% {2,}1\d{3}Mi +\d\d% *\nk8s-node1 .*\nk8s-node2 .*\n$/,
		],
		['kubectl top node nosuch', /^Error from server \(NotFound\): nodemetrics\.metrics\.k8s\.io "nosuch" not found\n$/],
		['kubectl top pod', /^No resources found in default namespace\.\n$/],
		['kubectl top pod -n kube-system --sort-by=memory --no-headers | head -1', /^kube-apiserver-k8s-master +\d\dm +2\d\dMi *\n$/],
		[
			'kubectl top pod -n kube-system -l component=etcd --containers',
			/^POD +NAME +CPU\(cores\) +MEMORY\(bytes\) *\netcd-k8s-master +etcd +\d\dm +\d\dMi *\n$/,
		],
		['kubectl top pod x -l a=b', /^error: only one of NAME or selector can be provided\n$/],
		['kubectl run fresh --image=nginx; sleep 3; kubectl top pod', /error: metrics not available yet\n$/],
		['curl -sk https://172.25.254.10:10250/metrics/resource', /^Unauthorized$/],
		[
			'kubectl create token default > t; curl -sk -H "Authorization: Bearer $(cat t)" https://172.25.254.10:10250/pods',
			/^Forbidden \(user=system:serviceaccount:default:default, verb=get, resource=nodes, subresource\(s\)=\[pods proxy\]\)\n$/,
		],
	]);
});

test('an autoscaler follows the load there and back', async t => {
	await follow(t, [
		...installing.slice(1, 2),
		...installing.slice(7, 8),
		[
			'kubectl create deployment php-apache --image=registry.k8s.io/hpa-example; kubectl set resources deploy php-apache --requests=cpu=200m --limits=cpu=500m; kubectl expose deploy php-apache --port 80; kubectl autoscale deployment php-apache --cpu-percent=50 --min=1 --max=10',
			/autoscaled\n$/,
		],
		['sleep 75; kubectl get hpa', /Deployment\/php-apache +cpu: \d%\/50% +1 +10 +1 /],
		['kubectl run load --image=busybox -- /bin/sh -c "while sleep 0.01; do wget -q -O- http://php-apache; done"', /created/],
		['sleep 75; kubectl get hpa --no-headers', /cpu: [456]\d%\/50% +1 +10 +[67] /],
		['kubectl describe hpa php-apache', /New size: [34]; reason: cpu resource utilization \(percentage of request\) above target/],
		['kubectl delete pod load --now; sleep 45; kubectl get hpa --no-headers', /cpu: \d%\/50% +1 +10 +[67] /],
		['kubectl describe hpa php-apache', /AbleToScale +True +ScaleDownStabilized +recent recommendations were higher/],
		['sleep 300; kubectl get hpa --no-headers', /cpu: \d%\/50% +1 +10 +1 /],
		['kubectl describe hpa php-apache', /New size: 1; reason: All metrics below target/],
	]);
});
