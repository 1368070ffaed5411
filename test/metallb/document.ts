import test from 'ava';
import {runCli} from '../helpers/run-cli.js';

const url = 'https://raw.githubusercontent.com/metallb/metallb/v0.14.8/config/manifests/metallb-native.yaml';
const pool = `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: first-pool
  namespace: metallb-system
spec:
  addresses:
  - 172.25.254.50-172.25.254.99
---
apiVersion: metallb.io/v1beta1
kind: L2Advertisement
metadata:
  name: example
  namespace: metallb-system
spec:
  ipAddressPools:
  - first-pool
`;

/** Commands of the course document, each with what it must print. */
const steps: ReadonlyArray<readonly [command: string, wanted: RegExp]> = [
	['kubectl create deployment myapp --image myapp:v1 --replicas 2', /created/],
	['kubectl expose deployment myapp --port 80 --type LoadBalancer', /exposed/],
	['kubectl get svc myapp', /LoadBalancer +\S+ +<pending> +80:3\d{4}\/TCP/],
	[`wget ${url}; ls`, /metallb-native\.yaml/],
	['grep image: metallb-native.yaml', /image: quay\.io\/metallb\/controller:v0\.14\.8\n.*image: quay\.io\/metallb\/speaker:v0\.14\.8/],
	[
		"sed -i 's#quay.io/metallb#reg.lilee.org/metallb#' metallb-native.yaml; kubectl apply -f metallb-native.yaml",
		/daemonset\.apps\/speaker created/,
	],
	['sleep 30; kubectl -n metallb-system get pods', /controller-\S+ +0\/1 +(ErrImagePull|ImagePullBackOff)/],
	[
		"sed -i 's#reg.lilee.org/metallb#quay.io/metallb#' metallb-native.yaml; kubectl apply -f metallb-native.yaml",
		/deployment\.apps\/controller configured/,
	],
	['sleep 60; kubectl -n metallb-system get pods', /controller-\S+ +1\/1 +Running[\s\S]*(speaker-\S+ +1\/1 +Running[\s\S]*){3}/],
	[`cat > configmap.yml <<EOF\n${pool}EOF\nkubectl apply -f configmap.yml`, /first-pool created\n.*example created/],
	['kubectl get svc myapp', /172\.25\.254\.50/],
	['ssh reg curl -s 172.25.254.50', /Hello MyApp \| Version: v1/],
];

test('0.12, 0.13 MetalLB by the document, a wrong image path included', async t => {
	const stdin = steps.map(([run]) => JSON.stringify({run})).join('\n');
	const {stdout, exitCode} = await runCli(['sh', '--steps', '-', '--json'], {stdin});
	t.is(exitCode, 0);
	const results = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	t.is(results.length, steps.length);
	for (const [i, [run, wanted]] of steps.entries()) t.regex(results[i].stdout + results[i].stderr, wanted, run);
});
