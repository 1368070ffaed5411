import {createRandom} from '../../source/sim/random.js';
import {State} from '../../source/sim/state.js';

export type Maker = (name: string, number: number) => string;

export const names = ['web', 'db', 'cache'];
/** Of objects that come, change and go. */
export const objectCommands: readonly Maker[] = [
	name => `kubectl create deployment ${name} --image=myapp:v1 --replicas=2`,
	name => `kubectl expose deployment ${name} --port 80`,
	(name, number) => `kubectl scale deployment ${name} --replicas=${number}`,
	(name, number) => `kubectl label deployment ${name} step=${number} --overwrite`,
	name => `kubectl delete deployment,svc ${name}`,
	name => `kubectl get svc ${name} -o yaml > ${name}.yaml`,
	name => `kubectl run ${name} --image=busybox -- sleep 1d`,
];
const makers: readonly Maker[] = [
	...objectCommands,
	name => `curl -s $(kubectl get svc ${name} -o jsonpath={.spec.clusterIP})`,
	(_, number) => `iptables -A INPUT -p tcp --dport ${8000 + number} -j DROP`,
	() => 'iptables -F INPUT',
	(name, number) => `N=${number}; echo $N ${name} >> notes; cd /tmp; cd -`,
	(_, number) => `sleep ${number}`,
];

/** What is typed in a lab, without sense: a quarter of it starts or ends pods. The same ones each time. */
export function randomCommands(count: number): string[] {
	const random = createRandom(new State(), 'history');
	return Array.from({length: count}, () => random.pick(makers)(random.pick(names), random.int(6)));
}
