import {createRandom} from '../../source/sim/random.js';
import {State} from '../../source/sim/state.js';

const apps = ['web', 'api', 'db'];
const images = ['nginx', 'myapp:v1', 'busybox -- sleep 3600', 'nope'];

/** What learners type, without sense: some of it succeeds, some fails. */
const makers: ReadonlyArray<(pick: <T>(list: readonly T[]) => T, n: () => number) => string> = [
	pick => `kubectl create deployment ${pick(apps)} --image=${pick(images)}`,
	(pick, n) => `kubectl scale deployment ${pick(apps)} --replicas=${n() % 4}`,
	pick => `kubectl expose deployment ${pick(apps)} --port 80 --type=${pick(['ClusterIP', 'NodePort', 'LoadBalancer'])}`,
	pick => `kubectl delete ${pick(['deployment', 'service', 'pod -l app='])} ${pick(apps)} --wait=false`.replace('= ', '='),
	pick => `kubectl get ${pick(['pods', 'svc', 'all', 'events', 'endpointslices'])} -A -o ${pick(['wide', 'yaml', 'json', 'name'])}`,
	pick => `curl -s -m 2 http://$(kubectl get svc ${pick(apps)} -o jsonpath={.spec.clusterIP})`,
	(pick, n) => `kubectl label deployment ${pick(apps)} tier=t${n() % 3} --overwrite`,
	(pick, n) => `kubectl set image deployment ${pick(apps)} ${pick(['nginx', 'myapp'])}=nginx:1.${n() % 9}`,
	pick => `kubectl rollout ${pick(['restart', 'undo', 'status', 'history'])} deployment ${pick(apps)} --timeout=20s`,
	(pick, n) => `iptables -t ${pick(['nat', 'filter'])} -A ${pick(['OUTPUT', 'INPUT'])} -d 10.9.${n() % 9}.1 -j ${pick(['ACCEPT', 'DROP'])}`,
	pick => `iptables -t nat -F ${pick(['KUBE-SERVICES', 'KUBE-NODEPORTS', 'NOWHERE'])}`,
	(pick, n) => `mkdir -p /tmp/d${n() % 3}; cd /tmp/d${n() % 3}; echo ${pick(apps)} >> f${n() % 3}; x=$((x + 1)); ls -l`,
	(_, n) => `sleep ${n() % 20}; echo $RANDOM $x $PWD`,
	(pick, n) => `kubectl ${pick(['cordon', 'uncordon', 'drain --ignore-daemonsets --force'])} k8s-node${(n() % 2) + 1}`,
	pick => `ssh k8s-node1 '${pick(['hostname', 'ipvsadm -Ln', 'iptables-save -t nat | wc -l', 'systemctl restart kubelet'])}'`,
	pick => `f() { echo ${pick(apps)}; }; f; alias k=kubectl; k get ns | wc -l`,
	pick => `kubectl exec deploy/${pick(apps)} -- ${pick(['hostname', 'cat /etc/hosts', 'ls /'])}`,
	(pick, n) =>
		`kubectl create configmap c${n() % 4} --from-literal=k=${pick(apps)}; kubectl delete configmap c${n() % 3} --ignore-not-found`,
];

export function randomLines(seed: string, count: number): string[] {
	const random = createRandom(new State(), seed);
	return Array.from({length: count}, () =>
		random.pick(makers)(
			list => random.pick(list),
			() => random.int(1000),
		),
	);
}
