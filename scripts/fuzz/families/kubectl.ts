import type {Family} from '../family.js';
import {nasty} from '../mutate.js';
import {createStage} from '../world.js';

const verbs =
	'get describe create expose run set explain edit delete rollout scale autoscale certificate cluster-info top cordon drain taint logs attach exec port-forward proxy cp auth debug events diff apply patch replace wait kustomize label annotate completion api-resources api-versions config version options'.split(
		' ',
	);
const words =
	'pods pod/web svc deploy deployments.apps/web node nodes k8s-node1 ns cm secret all web default service clusterip image resources status history undo can-i view current-context set-context spec.template --all -A -n kube-system -o yaml json wide name jsonpath={.items[*].metadata.name} custom-columns=N:.metadata.name go-template={{.kind}} -l app=web,tier!=db --field-selector=status.phase=Running --sort-by=.metadata.name --replicas=3 --port=80 --target-port=8080 --type=NodePort --image=nginx --tcp=80:80 --from-literal=a=b --dry-run=client --force --grace-period=0 --timeout=1s --for=condition=Ready --overwrite app=web app- key=value:NoSchedule -c x -- sh -c ls -f - --server-side --subresource=status -v=9 --help -w --watch-only --chunk-size=1 --show-labels --no-headers -p {"spec":{"replicas":1}} --type=json --as=bob --kubeconfig=/nope'.split(
		' ',
	);
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''").replaceAll('\u0000', '')}'`;

const family: Family = {
	name: 'kubectl',
	open() {
		const stage = createStage('empty', [
			'kubectl create deployment web --image=nginx --replicas=2',
			'kubectl expose deployment web --port 80',
		]);
		return {
			draw(random) {
				const argv = Array.from({length: random.int(7)}, () => quoted(random.chance(1, 10) ? random.pick(nasty) : random.pick(words)));
				return ['kubectl', random.pick(verbs), ...argv].join(' ');
			},
			take: line => stage.run(line),
		};
	},
};
export default family;
