import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

const file = (verbs: string, user: string) => `cat > r.yaml <<'Y'
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: team}
rules: [{apiGroups: [""], resources: [pods], verbs: [${verbs}]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: team}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: User, name: ${user}, apiGroup: rbac.authorization.k8s.io}]
Y
`;
const done = 'role.rbac.authorization.k8s.io/reader reconciled\nrolebinding.rbac.authorization.k8s.io/reader reconciled\n';
const rule = (verb: string) => `\t\t{Verbs:[${verb}] APIGroups:[] Resources:[pods] ResourceNames:[] NonResourceURLs:[]}\n`;
const subject = (name: string) => `\t\t{Kind:User APIGroup:rbac.authorization.k8s.io Name:${name} Namespace:}\n`;

test('auth reconcile adds what is missing, and takes away what is too much when asked to', async t => {
	const player = createPlayer(createCluster({profile: 'empty'}));
	const reconcile = (flags = '') => player.play(`kubectl auth reconcile -f r.yaml ${flags}`);
	const verbs = async () => (await player.play("kubectl get role reader -n team -o jsonpath='{.rules[*].verbs}'")).stdout;
	await player.play(file('get, list', 'bob'));
	const made = await reconcile();
	t.is(made.stdout, done);
	t.is(
		made.stderr,
		`\treconciliation required create\n\tmissing rules added:\n${rule('get list')}\treconciliation required create\n\tmissing subjects added:\n${subject('bob')}`,
	);
	const again = await reconcile();
	t.deepEqual([again.stdout, again.stderr], [done, '']);
	await player.play(file('get, watch', 'eve'));
	t.is((await reconcile('--dry-run=client')).stdout, done.replaceAll('reconciled', 'reconciled (dry run)'));
	t.is(await verbs(), '["get","list"]');
	await reconcile();
	t.is(await verbs(), '["get","list"] ["watch"]');
	const strict = await reconcile('--remove-extra-permissions --remove-extra-subjects');
	t.is(
		strict.stderr,
		`\treconciliation required update\n\textra rules removed:\n${rule('list')}\treconciliation required update\n\textra subjects removed:\n${subject('bob')}`,
	);
	t.is(await verbs(), '["get","watch"]');
});
