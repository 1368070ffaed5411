import test from 'ava';
import {loadLab} from '../../source/lab/format/load.js';
import {mutantsOf} from '../../source/lab/proof/mutants.js';
import {proveLab} from '../../source/lab/proof/proofs.js';
import {scaffold} from '../../source/lab/format/scaffold.js';

const lab = (changes: Record<string, string> = {}) => loadLab(new Map([...scaffold('demo'), ...Object.entries(changes)]), 'labs/demo').lab!;

test('slips: a command forgotten, a line of a heredoc, a name, a number', t => {
	const script = 'kubectl apply -f - <<EOF\nname: web\nport: 80\nEOF\nkubectl get svc\n';
	const names = mutantsOf(lab(), script, ['kubectl apply -f - <<EOF\nname: web\nport: 80\nEOF', 'kubectl get svc']).map(each => each.name);
	t.deepEqual(names, [
		'without "kubectl apply -f - <<EOF name: web port: 80 EOF"',
		'without "kubectl get svc"',
		'without line 2 "name: web"',
		'line 2: webx for web',
		'without line 3 "port: 80"',
		'line 3: 81 for 80',
	]);
});

test('what another solution does, too, is slipped on there', t => {
	const shared = 'kubectl apply -f - <<EOF\nname: web\nport: 80\nEOF';
	const names = mutantsOf(lab(), `${shared}\nkubectl expose pod web\n`, [shared, 'kubectl expose pod web'], new Set([shared])).map(
		each => each.name,
	);
	t.deepEqual(names, ['without "kubectl expose pod web"', 'line 5: webx for web']);
});

test('a new lab stands, and a check that asks for too little lets slips survive', async t => {
	const {proofs, mutation} = await proveLab(lab());
	t.deepEqual(
		proofs.filter(each => each.fault),
		[],
	);
	t.true(mutation.tried > 5);
	t.deepEqual(mutation.survived, []);
	const loose = scaffold('demo')
		.get('lab.yaml')!
		.replace(/- connect: .*/, '- resource: {kind: svc, name: web}');
	const wrong = 'true\n# misses: answers\n';
	const {mutation: survivors} = await proveLab(lab({'lab.yaml': loose, 'wrong/selector.sh': wrong}));
	t.true(survivors.survived.some(each => each.includes('81 for 80')));
});
