import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {runKubectl} from '../helpers/run-kubectl.js';

test('nobody grants more than they have', t => {
	const cluster = createCluster({profile: 'empty'});
	const say = (line: string) => runKubectl(cluster, line);
	say('kubectl create clusterrole maker --verb=create,get --resource=roles,rolebindings');
	say('kubectl create rolebinding maker --clusterrole=maker --user=bob');
	t.is(
		say('kubectl --as=bob create role r --verb=get,list --resource=secrets,deployments.apps').stderr,
		'Error from server (Forbidden): roles.rbac.authorization.k8s.io "r" is forbidden: user "bob" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}\n{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}\n',
	);
	t.is(say('kubectl --as=bob create role r --verb=get --resource=roles').exitCode, 0);
	t.regex(
		say('kubectl --as=bob create rolebinding b --clusterrole=view --user=bob').stderr,
		/^error: failed to create rolebinding: .*not currently held:$/m,
	);
	say('kubectl create clusterrole binder --verb=bind --resource=clusterroles --resource-name=view');
	say('kubectl create clusterrolebinding binder --clusterrole=binder --user=bob');
	t.is(say('kubectl --as=bob create rolebinding b --clusterrole=view --user=bob').exitCode, 0);
});

test('nobody takes another name without leave', t => {
	const cluster = createCluster({profile: 'empty'});
	const say = (line: string) => runKubectl(cluster, line);
	say('kubectl create sa s1');
	say('kubectl create rolebinding rb --clusterrole=edit --serviceaccount=default:s1');
	const token = say('kubectl create token s1').stdout.trim();
	say(`kubectl config set-credentials s1 --token=${token}`);
	t.is(say('kubectl --user=s1 --as=system:serviceaccount:default:s1 get pods').exitCode, 0);
	t.is(
		say('kubectl --user=s1 --as=al get pods').stderr,
		'Error from server (Forbidden): users "al" is forbidden: User "system:serviceaccount:default:s1" cannot impersonate resource "users" in API group "" at the cluster scope\n',
	);
});
